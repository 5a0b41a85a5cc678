"""An assistant without a language model: it knows this product, some small talk, and that it is a demo.

The same words at the same moment get the same reply, and nothing leaves the machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Final

from voice.models import Message
from voice.realtime import small_talk
from voice.realtime.topics import TOPICS, facts

LONGEST_QUOTE: Final = 90

_PIECE: Final = re.compile(r"\s*\S+\s*")
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_MARKS: Final = re.compile(r"[*_`#<>\[\]|~\\]")
_TYPEWRITTEN: Final = {ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'", 0xD7: "*", 0xF7: "/"}
"""Apostrophes and signs as a keyboard has them."""


async def reply(history: Sequence[Message], now: datetime | None = None) -> AsyncIterator[str]:
    """Reply to the last message of ``history``, word by word; ``now`` is the moment it is asked for."""
    for piece in _PIECE.findall(answer(history, now or datetime.now(UTC))):
        yield piece


def answer(history: Sequence[Message], now: datetime) -> str:
    """The whole reply: what was asked for, or about the product if the words are, or about the words themselves."""
    said = unicodedata.normalize("NFC", history[-1].text).translate(_TYPEWRITTEN).strip()
    if _YES.fullmatch(said) and len(history) > 1:
        said = _accepted(history[-2].text) or said
    return (
        small_talk.request(said, now)
        or _about_the_product(said)
        or small_talk.courtesy(said)
        or _about_the_words(said, turn=sum(message.author == Message.Author.USER for message in history))
    )


def _accepted(offer: str) -> str | None:
    """What somebody who says yes to ``offer``, a reply of ours, could have asked instead."""
    return next((question for words, question in _OFFERS.items() if words in offer), None)


def _about_the_product(said: str) -> str | None:
    """The answer of the topic most of whose words occur."""
    words = {word.lower() for word in _WORD.findall(said)}
    best = max(TOPICS, key=lambda topic: len(topic.words & words))
    return best.answer.format_map(facts()) if best.words & words else None


def _about_the_words(said: str, turn: int) -> str:
    """Something about what was written, and a question back; another one each turn."""
    answers = _ON_QUESTIONS if said.endswith("?") else _ON_REMARKS
    return answers[turn % len(answers)].format(quote=_quoted(said), words=_count(said))


def _quoted(said: str) -> str:
    """Its beginning, on one line and without marks that would be Markdown in our reply."""
    line = " ".join(_MARKS.sub(" ", said).split())
    if len(line) <= LONGEST_QUOTE:
        return line
    head, _, _ = line[:LONGEST_QUOTE].rpartition(" ")
    return f"{head or line[:LONGEST_QUOTE]}…"


def _count(said: str) -> str:
    number = len(_WORD.findall(said))
    return "one word" if number == 1 else f"{number} words"


_YES: Final = re.compile(r"\W*+(yes|yeah|yep|sure|please|ok|okay|of course)\W*+(please)?\W*+", re.IGNORECASE)
_OFFERS: Final = {
    "what I *can* do": "What can you do?",
    "when you press the icon": "How does the icon work?",
    "story": "Tell me a story",
}
"""What the replies below offer, and how one asks for it."""

_ON_QUESTIONS: Final = (
    "You asked: “{quote}” A good question, and one that takes a language model, which this demo does not have. "
    "What I do know is Aloud itself: ask me about **voices**, **formats**, the **cache** or **privacy**.",
    "“{quote}” I would have to make that up, so I will not. I am a demo that knows one thing well: how replies "
    "become speech. Shall I tell you what happens when you press the icon?",
    "I have no honest answer to “{quote}” Connect a real assistant and it will reply here, in this same voice. "
    "Meanwhile: would you like to hear a story, or how fast the second press is?",
)
_ON_REMARKS: Final = (
    "You wrote: “{quote}” That is {words}, and I can read every one of them aloud, though as a demo I do not "
    "understand them as you do. Would you like me to tell you what I *can* do?",
    "“{quote}” Noted! I am only a demo, so I listen better than I reason. What should I say next: something about "
    "the **voices**, or a short story?",
    "I heard {words}: “{quote}” A real assistant would now have an opinion. I have a question instead: how does it "
    "sound when you press the icon below?",
)
