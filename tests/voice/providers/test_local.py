# ruff: noqa: RUF001 - letters of other scripts are the point
"""The embedded voices, heard as a listener would."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from voice.audio.loudness import CEILING, TARGET_DB, loudness_db
from voice.audio.pcm import Samples, samples_of
from voice.audio.silence import LEAD_S, SENTENCE_PAUSE_S, TAIL_S
from voice.domain.audio import SAMPLE_RATE
from voice.domain.errors import ProviderRejected, UnsupportedText
from voice.domain.speech import MAX_SPEED, MIN_SPEED, SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers import local
from voice.providers.local import LocalProvider
from voice.providers.local_engine import Engine, engine
from voice.providers.local_voices import FACTS, TIMBRES

NAMES = [facts.name for facts in FACTS]
SENTENCE = "The quick brown fox jumps over the lazy dog."
TWO_SENTENCES = "Press the icon to listen. It speaks at once."
WAIT_S = 20
"""How long a test waits for a thread that should move: only ever reached by a failure."""


def request(text: str, voice: str = "heart", speed: float = 1.0) -> SpeechRequest:
    return SpeechRequest(text, VoiceId("local", voice), speed=speed)


async def chunks(asked: SpeechRequest) -> list[bytes]:
    return [chunk async for chunk in LocalProvider().synthesize(asked)]


async def heard(asked: SpeechRequest) -> Samples:
    return samples_of(b"".join(await chunks(asked)))


def edges(samples: Samples) -> tuple[int, int]:
    """The first and the last sample of any sound to speak of."""
    where = np.flatnonzero(np.abs(samples) > 0.01)
    return int(where[0]), int(where[-1])


def test_every_voice_it_lists_is_one_it_has() -> None:
    assert set(NAMES) == set(TIMBRES)
    assert len(NAMES) == 4


@pytest.mark.parametrize("voice", NAMES)
async def test_a_sentence_is_trimmed_levelled_and_never_clips(voice: str) -> None:
    samples = await heard(request(SENTENCE, voice))
    first, last = edges(samples)
    assert first <= (LEAD_S + 0.03) * SAMPLE_RATE
    assert last >= len(samples) - (TAIL_S + 0.08) * SAMPLE_RATE
    assert loudness_db(samples) == pytest.approx(TARGET_DB, abs=0.5)
    assert np.abs(samples).max() <= CEILING + 1e-3
    assert 2 < len(samples) / SAMPLE_RATE < 4


async def test_every_voice_sounds_different() -> None:
    spoken = {voice: b"".join(await chunks(request(SENTENCE, voice))) for voice in NAMES}
    assert len(set(spoken.values())) == len(NAMES)


def median_pitch_hz(samples: Samples) -> float:
    """Median over voiced 40 ms frames of the lag at which the autocorrelation is greatest (80 to 400 Hz)."""
    size, pitches = 960, []
    for start in range(0, len(samples) - size, 480):
        frame = samples[start : start + size] - samples[start : start + size].mean()
        products = np.correlate(frame, frame, "full")[size - 1 :]
        lag = 60 + int(np.argmax(products[60:300]))
        if products[lag] > 0.6 * products[0] > 0.5:
            pitches.append(SAMPLE_RATE / lag)
    return float(np.median(pitches))


async def test_deep_is_lower_than_warm_is_lower_than_heart_is_lower_than_bright() -> None:
    pitches = [median_pitch_hz(await heard(request(SENTENCE, voice))) for voice in ("deep", "warm", "heart", "bright")]
    assert pitches == sorted(pitches)
    assert pitches[-1] > 1.2 * pitches[0]


@pytest.mark.parametrize("voice", NAMES)
async def test_the_same_request_gives_the_same_bytes(voice: str) -> None:
    assert await chunks(request(TWO_SENTENCES, voice)) == await chunks(request(TWO_SENTENCES, voice))


async def test_eight_listeners_at_once_hear_what_one_alone_hears() -> None:
    alone = [await chunks(request(TWO_SENTENCES, voice)) for voice in NAMES]
    together = await asyncio.gather(*(chunks(request(TWO_SENTENCES, voice)) for voice in NAMES * 2))
    assert together == alone * 2


async def test_a_sentence_sounds_the_same_wherever_it_stands() -> None:
    alone = await heard(request("It speaks at once."))
    _, second = await chunks(request(TWO_SENTENCES))
    pause = round(SENTENCE_PAUSE_S * SAMPLE_RATE)
    assert np.array_equal(samples_of(second)[pause:], alone)


async def test_each_sentence_is_a_chunk_and_the_pause_stands_between() -> None:
    first, second = await chunks(request(TWO_SENTENCES))
    pause = round(SENTENCE_PAUSE_S * SAMPLE_RATE)
    assert not samples_of(second)[:pause].any()
    assert samples_of(first)[-1] == 0


async def test_a_paragraph_is_followed_by_a_longer_pause_than_a_sentence() -> None:
    sentences = await heard(request("One thing. Another thing."))
    paragraphs = await heard(request("One thing.\n\nAnother thing."))
    assert len(paragraphs) > len(sentences) + 0.2 * SAMPLE_RATE


class CountingEngine:
    """The engine, counting what it is asked to say; ``blocked`` holds it up."""

    def __init__(self, actual: Engine) -> None:
        self.asked = 0
        self.blocked = threading.Event()
        self.blocked.set()
        self._actual = actual

    def say(self, *arguments: object) -> Samples:
        self.asked += 1
        assert self.blocked.wait(WAIT_S)
        return self._actual.say(*arguments)  # type: ignore[arg-type]  # handed on as they came


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingEngine]:
    counting = CountingEngine(engine())
    monkeypatch.setattr(local, "engine", lambda: counting)
    yield counting
    counting.blocked.set()


async def test_closing_stops_the_engine_before_the_next_sentence(counting: CountingEngine) -> None:
    stream = LocalProvider().synthesize(request("One. Two. Three. Four. Five."))
    await anext(stream)
    await stream.aclose()
    assert counting.asked == 1


async def test_a_cancelled_listener_costs_no_more_than_the_sentence_being_made(counting: CountingEngine) -> None:
    counting.blocked.clear()
    listener = asyncio.create_task(chunks(request("One. Two. Three. Four. Five.")))
    while not counting.asked:
        await asyncio.sleep(0)
    listener.cancel()
    counting.blocked.set()
    with pytest.raises(asyncio.CancelledError):
        await listener
    await heard(request("After it."))
    assert counting.asked == 2


async def test_nothing_is_made_ahead_of_the_listener(counting: CountingEngine) -> None:
    stream = LocalProvider().synthesize(request("One. Two. Three."))
    await anext(stream)
    assert counting.asked == 1
    await stream.aclose()


@pytest.mark.parametrize(
    "text",
    [
        "你好，世界！今天天气很好。",
        "Привет, как дела?",
        "مرحبا بالعالم",
        "Γειά σου Κόσμε",
        "नमस्ते दुनिया",
        "!!! ??? — …",
        "$ % &",
        "Hello, 你好世界今天天气很好",
    ],
)
async def test_what_it_cannot_say_is_refused_before_any_audio(text: str, counting: CountingEngine) -> None:
    with pytest.raises(UnsupportedText):
        await chunks(request(text))
    assert counting.asked == 0


@pytest.mark.parametrize(
    "text",
    [
        "The Chinese word 你好 means hello.",
        "She said спасибо and left.",
        "A café in Zürich, how naïve!",
        "We met in Việt Nam with Łukasz and Dvořák.",
        "Ｆｕｌｌ width",
        "42",
        "A",
    ],
)
async def test_english_with_a_foreign_word_or_an_accent_is_spoken(text: str) -> None:
    samples = await heard(request(text))
    assert len(samples) > 0.2 * SAMPLE_RATE
    assert loudness_db(samples) > TARGET_DB - 15


async def test_sentences_without_a_sound_leave_no_gap() -> None:
    assert len(await chunks(request("One sentence. 你好. “你好！” Another sentence."))) == 2


@pytest.mark.parametrize("speed", [MIN_SPEED, 0.5, 0.8, 1.25, 1.5, 2.0, MAX_SPEED])
async def test_speed_divides_the_time_it_takes(speed: float) -> None:
    usual, changed = len(await heard(request(SENTENCE))), len(await heard(request(SENTENCE, speed=speed)))
    assert changed * speed == pytest.approx(usual, rel=0.08)


async def test_markup_that_the_engine_would_take_for_phonemes_is_read_as_it_stands() -> None:
    plain = await heard(request("Say hello now."))
    overridden = await heard(request("Say [hello](/ɡʊdbˈI ɡʊdbˈI ɡʊdbˈI ɡʊdbˈI ɡʊdbˈI/) now."))
    spelled_out = await heard(request("Say [hello] (/ɡʊdbˈI ɡʊdbˈI ɡʊdbˈI ɡʊdbˈI ɡʊdbˈI/) now."))
    assert len(plain) != len(overridden)
    assert np.array_equal(overridden, spelled_out)


async def test_an_unknown_voice_is_rejected() -> None:
    with pytest.raises(ProviderRejected):
        await chunks(replace(request(SENTENCE), voice=VoiceId("local", "nobody")))


async def test_it_needs_nothing_and_warms_up_once() -> None:
    assert LocalProvider().unavailable_because() is None
    await LocalProvider().warm_up()
    loaded = engine()
    await LocalProvider().warm_up()
    assert engine() is loaded
