"""What the demo assistant knows about this product: words that may be asked about, and what it says then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from voice.domain.audio import AudioFormat
from voice.providers import catalogue

NAMED_VOICES: Final = 12
"""Nobody listens to a longer list."""

_DAY_S: Final = 24 * 3600


@dataclass(frozen=True, slots=True)
class Topic:
    """Words of a question, in lower case, and the answer; ``{names}`` in it stand for facts of this installation."""

    words: frozenset[str]
    answer: str


def topic(words: str, answer: str) -> Topic:
    """A topic from its words, written with spaces between."""
    return Topic(frozenset(words.split()), answer)


def facts() -> Mapping[str, str]:
    """What answers may name: how this installation is set up."""
    voices = catalogue.current().voices()
    named = [f"- **{voice.label}**: {voice.description or voice.gender}" for voice in voices[:NAMED_VOICES]]
    more = len(voices) - len(named)
    return {
        "voices": "\n".join([*named, f"- and {more} more"] if more else named),
        "formats": ", ".join(f"`{known.value}`" for known in AudioFormat),
        "days": f"{settings.TTS_CACHE_TTL_SECONDS / _DAY_S:g}",
        "limit": f"{settings.TTS_MAX_CHARACTERS:,}",
        "chain": ", then ".join(f"`{name}`" for name in settings.TTS_PROVIDER),
        "patience": f"{settings.TTS_PROVIDER_TIMEOUT:g}",
    }


TOPICS: Final = (
    topic(
        "icon speaker press button player pause listen hear heard seek bar",
        "Every reply has a **speaker icon**. Press it and the reply is read aloud while it is still being made; press "
        "again to pause. Once it is complete you can move along the bar, with the arrow keys too. Pressing another "
        "reply stops the first: there is one voice in the room at a time.",
    ),
    topic(
        "voice voices speakers sound sounds male female",
        "These voices are installed here:\n\n{voices}\n\nA conversation speaks in the one set as its `voice`, for "
        'example `PATCH /calls/<id>` with `{{"voice": "local:heart"}}`; `GET /tts/voices` lists them all.',
    ),
    topic(
        "format formats mp3 wav flac opus aac pcm codec",
        "Audio comes as {formats}. The page plays MP3, which every browser knows; through the API you choose with "
        "`format`. All of them are streamed while they are made.",
    ),
    topic(
        "cache cached caching twice replay stored",
        "What was said once is kept for {days} days, so the **second press plays at once** and costs nothing. Whatever "
        "decides the sound is part of its name: text, voice, model, format and speed. When room runs out, what was "
        "unheard longest goes first.",
    ),
    topic(
        "key keys offline network internet install setup openai",
        "No key is needed: a neural voice is built in and speaks **without any network**. Vendors' voices can be added "
        "with one setting and one key; the order of `TTS_PROVIDER` says who is asked first. Here it is {chain}.",
    ),
    topic(
        "privacy private secrets gdpr logs logged secure security",
        "What you write stays between you and this server. The words are **never logged**, and the audio is filed "
        "under a hash, not under its text. With the built-in voice nothing leaves the machine; other people get a "
        '"not found" for your conversations.',
    ),
    topic(
        "vendor vendors fail fails failed failure outage error errors fallback timeout unavailable provider providers",
        "If a vendor sends nothing within {patience} seconds, or fails, the next one in the chain speaks instead. That "
        "is decided **before the first sound**, so you never hear half a sentence twice. What is in the cache plays "
        "even when every vendor is down; and if nobody can speak, the icon says so. Here the chain is {chain}.",
    ),
    topic(
        "fast slow latency speed quickly instantly immediately delay streaming",
        "The first sound usually comes within a tenth of a second: sentences are spoken one by one, and the first "
        "plays while the next are made. The second time, it comes straight from memory.",
    ),
    topic(
        "api curl endpoint developer developers integrate http json rest documentation docs schema",
        'Everything here is an API. This says a sentence:\n\n```\nPOST /tts\n{{"text": "Hello there", "format": '
        '"mp3"}}\n```\n\nThe answer is audio, streamed; ask for JSON and you get an address instead. All of it is '
        "described at [/schema/docs](/schema/docs).",
    ),
    topic(
        "simultaneous simultaneously concurrent users scale",
        "When many people press the same icon at once, the sentence is spoken **once** and everybody listens to that "
        "one stream, each from its beginning. The first of them may leave; the others hear it to the end.",
    ),
    topic(
        "markdown table tables links lists emoji emojis headings html urls",
        "Replies are Markdown, and they are read as a person would:\n\n- **bold** and *italic* words are just words\n"
        "- a [link](https://example.com) is read by its text\n- a `list` like this one gets its pauses\n\n"
        "Code blocks are announced, not spelled out, and emoji stay silent.",
    ),
    topic(
        "number numbers money dates abbreviation abbreviations price prices unit units dollars",
        "Numbers are said the way you would say them: on Jan. 5th, 2026, at 3:30 pm, Dr. Smith paid $3.50 for 2.5 kg "
        "of apples, 12% less than the 1,200 others did. Press the icon and check me.",
    ),
    topic(
        "language languages english german french spanish chinese japanese arabic translate",
        "The built-in voices speak **English**. Text they cannot say, Chinese for example, is refused with a clear "
        "error instead of a mumble; a vendor's voice further down the chain may know the language.",
    ),
    topic(
        "limit limits longest length characters maximum",
        "One text may have up to {limit} characters. Long ones are cut into sentences and spoken one after the other, "
        "so the wait for the first sound stays the same.",
    ),
    topic(
        "cost costs free pay licence license",
        "The built-in voice is free to use and runs on your own processor. Vendors bill by the character, which is why "
        "nothing is ever said twice: the cache answers first.",
    ),
    topic(
        "accessible accessibility blind keyboard shortcuts screenreader",
        "Every control is a real button or slider with a name that says what it does and for which reply. Tab moves, "
        "Space presses, the arrow keys seek, and new replies are announced politely.",
    ),
)
