"""What anybody can be asked: the time, a sum, to repeat something, a story; and how one says hello."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

STORY: Final = """\
Gladly. Here is a short one.

A lighthouse keeper had a radio that could only listen. Every night she turned the dial and collected voices: a captain
reading the weather, a child counting to 100, somebody far away who laughed before the joke was over.

One winter the light failed. She could not call for help, so she carried the radio up the stairs, set it in the window
and turned it as loud as it would go. The captain heard his own voice come back from the rocks, *reading the weather*,
and turned his ship around.

In spring they brought her a new lamp. And a microphone."""

ABILITIES: Final = """\
I read my replies aloud: press the **speaker icon** below. I can also

1. explain Aloud: its *voices*, *formats*, *cache*, *API*, or what happens when a vendor fails,
2. tell the time and the date, or do a sum such as `12 * 7`,
3. say something after you: write `say` and any words,
4. tell a story, a joke or a tongue twister.

What shall it be?"""

_COURTESIES: Final[Mapping[str, str]] = {
    r"\b(tell|read|hear|know)\b.{0,30}\b(story|tale)\b|^a story\b": STORY,
    r"\b(joke|funny)\b": "Why did the speech engine get the part? For its *delivery*. I will stay in the booth.",
    r"\btongue.?twister\b": "Six sleek swans swam swiftly southwards. Press the icon: I need no breath for that.",
    r"\bwhat (can|do) (you|i) (do|ask|know|say)\b|^\W*help\b": ABILITIES,
    r"\b(who|what) are you\b|\byour name\b": (
        "I am the **demo assistant** of Aloud. There is no language model behind me: I answer from a short list of "
        "topics and small talk, so that you can try the speaker icon without a key. What would you like to hear?"
    ),
    r"\bhow (are|do) you( do)?\W*$": (
        "All my threads are warm and my cache is tidy, so: very well, thank you. How are *you*?"
    ),
    r"\b(thanks|thank you|cheers)\b": "You are welcome! Is there anything else you would like to hear?",
    r"^\W*(bye|goodbye|good night|see you)\b": (
        "Goodbye! This conversation stays here, should you want to hear it again."
    ),
    r"^\W*(hi|hello|hey|good (morning|afternoon|evening)|howdy|greetings)\b": (
        "Hello! Nice to meet you. Press the speaker icon below to hear this reply, or ask me what I can do."
    ),
}

_NUMBER: Final = r"-?\d{1,9}(?:\.\d{1,6})?"
_SUM: Final = re.compile(
    rf"(?:.{{0,30}}\s)?(?P<a>{_NUMBER})\s*(?P<sign>[-+*/]|plus|minus|times|divided by)\s*(?P<b>{_NUMBER})\s*[=?.]*",
    re.IGNORECASE,
)
_REPEAT: Final = re.compile(
    r"(?:please\s+)?(?:say|repeat(?: after me)?|read(?: aloud| out)?)[:,]?\s+"
    r"(?!(?:me|to)\b|(?:it|that|this|something)\b.{0,12}$)(?P<words>.+)",
    re.IGNORECASE | re.DOTALL,
)
_TIME: Final = re.compile(r"\bwhat('s| is)? (the )?time\b|\btime is it\b|\btell me the time\b", re.IGNORECASE)
_DATE: Final = re.compile(
    r"\bwhat('s| is)? (the |today's )?(date|day)\b|\bwhat day is\b|\btell me the date\b", re.IGNORECASE
)

_OPERATIONS: Final[Mapping[str, tuple[str, Callable[[float, float], float]]]] = {
    "+": ("plus", operator.add),
    "-": ("minus", operator.sub),
    "*": ("times", operator.mul),
    "/": ("divided by", operator.truediv),
}
_SIGNS: Final = {name: sign for sign, (name, _) in _OPERATIONS.items()}


def request(said: str, now: datetime) -> str | None:
    """The answer to a plain request for a sum, the time or the date, or for something to be repeated."""
    if asked := _SUM.fullmatch(said):
        return _sum(asked)
    if asked := _REPEAT.fullmatch(said):
        return asked["words"]
    if _TIME.search(said):
        return f"By the server's clock it is {now:%H:%M}, in Coordinated Universal Time. What time is it where you are?"
    if _DATE.search(said):
        return f"Today is {now:%A, %B} {now.day}, {now.year}. Anything planned?"
    return None


def courtesy(said: str) -> str | None:
    """The answer to a greeting, a thank-you, a wish for a story."""
    return next((answer for words, answer in _COURTESIES.items() if re.search(words, said, re.IGNORECASE)), None)


def _sum(asked: re.Match[str]) -> str:
    written = asked["sign"].lower()
    name, operation = _OPERATIONS[_SIGNS.get(written, written)]
    a, b = float(asked["a"]), float(asked["b"])
    if operation is operator.truediv and b == 0:
        return "Nobody can divide by zero, not even aloud. Try another number?"
    return f"{_written(a)} {name} {_written(b)} is **{_written(operation(a, b))}**."


def _written(number: float) -> str:
    return f"{number:,.6f}".rstrip("0").rstrip(".")
