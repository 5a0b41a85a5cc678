"""Captions are in step with what is heard: sentence onsets are measured in the decoded audio."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from pytest_django import Settings

from accounts.account import Account
from accounts.models import User
from tests import storyteller
from tests.audio import decoded, encoded
from tests.vendors.server import FakeVendors
from voice.audio.pcm import Samples, pcm_of, silence
from voice.cache.index import recent_entries
from voice.calls.captions import Captions, captions_of
from voice.calls.messages import as_spoken
from voice.domain.audio import SAMPLE_RATE, AudioFormat
from voice.domain.errors import NothingToSay
from voice.models import CallSession, Message, TtsCache
from voice.speech.speak import speak
from voice.text.cleaning import clean

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

IN_STEP_S = 0.25


@pytest.fixture
def message(user: User) -> Message:
    return CallSession.objects.create(owner=user).messages.create(
        author=Message.Author.ASSISTANT, text=storyteller.STORY
    )


async def heard(message: Message, account: Account) -> bytes:
    """The audio of ``message``, once it is made."""
    return await (await speak(as_spoken(message, account), account)).whole()


def check_in_step(captions: Captions, mp3: bytes, sounds: list[Samples]) -> None:
    """See that each caption begins when its sentence does, and ends before the next one begins."""
    onsets = storyteller.onsets_s(decoded(mp3, AudioFormat.MP3), sounds)
    assert captions.exact
    assert [one.text for one in captions.sentences] == storyteller.sentences()
    assert len(captions.times) == len(onsets)
    late = [start_s - onset_s for (start_s, _), onset_s in zip(captions.times, onsets, strict=True)]
    assert max(map(abs, late)) < IN_STEP_S, late
    assert all(end_s <= start_s for (_, end_s), (start_s, _) in pairwise(captions.times))


async def test_they_are_in_step_with_the_embedded_voice(message: Message, account: Account) -> None:
    mp3 = await heard(message, account)
    check_in_step(await captions_of(message, account), mp3, list(map(storyteller.sound_of, storyteller.sentences())))


async def test_they_are_in_step_with_a_vendors_mp3(
    message: Message, account: Account, vendor: FakeVendors, settings: Settings
) -> None:
    """Another voice, a faster one, whose pauses are all different, in a room that hums, encoded by somebody else."""
    sounds = [storyteller.sound_of(sentence, "deep", 1.15) for sentence in storyteller.sentences()]
    vendor.recording = encoded(pcm_of(recorded(sounds)), AudioFormat.MP3)
    assert await heard(message, account) == vendor.recording
    check_in_step(await captions_of(message, account), vendor.recording, sounds)


def recorded(sounds: list[Samples]) -> Samples:
    """``sounds`` with pauses between them as people make them, and the hum of a room under all of it."""
    chance = np.random.default_rng(5)
    parts = [part for sound in sounds for part in (sound, silence(chance.uniform(0.15, 0.9)))]
    together = np.concatenate([silence(0.2), *parts])
    hum = np.sin(2 * np.pi * 50 * np.arange(len(together)) / SAMPLE_RATE) + chance.normal(0, 0.5, len(together))
    return (together + 0.002 * hum).astype(np.float32)


async def test_before_it_was_made_they_are_estimated_and_nothing_is_made_for_them(
    message: Message, account: Account, vendor: FakeVendors
) -> None:
    captions = await captions_of(message, account)
    assert not captions.exact
    assert captions.duration_s is None
    assert vendor.heard == []
    assert [one.text for one in captions.sentences] == storyteller.sentences()
    assert all(start_s < end_s <= after_s for (start_s, end_s), (after_s, _) in pairwise(captions.times))


async def test_they_say_where_in_the_cleaned_text_each_sentence_stands(message: Message, account: Account) -> None:
    text = clean(message.text)
    captions = await captions_of(message, account)
    assert all(text[one.start : one.end] == one.text for one in captions.sentences)


async def test_they_are_worked_out_once_and_kept_in_the_row_of_the_audio(
    message: Message, account: Account, vendor: FakeVendors
) -> None:
    await heard(message, account)
    first = await captions_of(message, account)
    kept = (await TtsCache.objects.aget()).timing
    assert kept
    assert kept["spans"] == [pytest.approx(list(times), abs=0.001) for times in first.times]
    changed = [[at, at + 1] for at in range(len(first.times))]
    await TtsCache.objects.aupdate(timing={"spans": changed, "exact": True})
    again = await captions_of(message, account)
    assert ([list(times) for times in again.times], again.exact) == (changed, True)


async def test_what_was_kept_for_other_sentences_is_worked_out_anew(
    message: Message, account: Account, vendor: FakeVendors
) -> None:
    await heard(message, account)
    await TtsCache.objects.aupdate(timing={"spans": [[0, 1]], "exact": True})
    captions = await captions_of(message, account)
    assert len(captions.times) == len(captions.sentences)


async def test_audio_that_is_made_anew_is_listened_to_anew(
    message: Message, account: Account, vendor: FakeVendors
) -> None:
    await heard(message, account)
    before = await captions_of(message, account)
    await TtsCache.objects.aupdate(expires_at="2020-01-01T00:00Z")
    vendor.seconds = 3.0
    recent_entries.clear()
    await heard(message, account)
    after = await captions_of(message, account)
    assert before.times[-1][1] < 1.1
    assert after.times[-1][1] > 2.9


async def test_a_sound_without_pauses_is_shared_out_and_not_called_exact(
    message: Message, account: Account, vendor: FakeVendors
) -> None:
    vendor.seconds = 20.0
    await heard(message, account)
    captions = await captions_of(message, account)
    assert not captions.exact
    assert captions.duration_s == pytest.approx(20, abs=0.2)
    assert captions.times[0][0] < 0.2
    assert captions.times[-1][1] == pytest.approx(20, abs=0.2)


async def test_what_is_silent_is_shared_out_and_listened_to_again_next_time(
    message: Message, account: Account, vendor: FakeVendors
) -> None:
    vendor.recording = encoded(bytes(96_000), AudioFormat.MP3)
    await heard(message, account)
    captions = await captions_of(message, account)
    assert (captions.exact, captions.times[0][0]) == (False, 0.0)
    assert captions.times[-1][1] == pytest.approx(captions.duration_s)
    assert (await TtsCache.objects.aget()).timing is None


async def test_a_stand_ins_audio_has_captions_too(
    message: Message, account: Account, vendors: FakeVendors, settings: Settings
) -> None:
    settings.TTS_PROVIDER = ["openai", "elevenlabs"]
    vendors.misbehave("openai", "empty")
    await heard(message, account)
    captions = await captions_of(message, account)
    assert captions.duration_s


async def test_what_has_no_words_has_no_captions(message: Message, account: Account) -> None:
    message.text = "😊"
    with pytest.raises(NothingToSay):
        await captions_of(message, account)
