from __future__ import annotations

import asyncio
import errno
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.account import Account
from accounts.models import User, UserAnalytics
from accounts.usage import usages
from tests.audio import decoded_s
from tests.vendors.server import FakeVendors
from voice.cache.access import FAILURES
from voice.cache.store import audio_store
from voice.cache.touches import touches
from voice.domain.audio import AudioFormat
from voice.domain.errors import (
    AllProvidersFailed,
    InvalidRequest,
    NothingToSay,
    ProviderError,
    SpeechDisabled,
    SpeechError,
)
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.models import ProviderCall, TtsCache
from voice.speech import ledger
from voice.speech.inflight import in_flight
from voice.speech.speak import speak
from voice.speech.speech import Found, Live, Speech

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = SpeechRequest("Hello **there**", VoiceId("openai", "alloy"), model="tts-1")


async def heard(speech: Speech) -> bytes:
    """What a listener hears, chunk by chunk where it is live."""
    return await speech.whole() if isinstance(speech, Found) else b"".join([chunk async for chunk in speech.listen()])


async def live(request: SpeechRequest, account: Account, *, keep: bool = True) -> Live:
    speech = await speak(request, account, keep=keep)
    assert isinstance(speech, Live)
    return speech


async def kept(request: SpeechRequest, account: Account) -> Live:
    """Spoken to the end and stored."""
    speech = await live(request, account)
    await speech.job.making
    return speech


def stored_files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def test_the_words_are_cleaned_before_anybody_speaks_them(vendor: FakeVendors, account: Account) -> None:
    await kept(HELLO, account)
    assert [request.body["input"] for request in vendor.heard] == ["Hello there"]


async def test_a_miss_streams_what_the_provider_sends_and_keeps_it(
    vendor: FakeVendors, account: Account, cache_dir: Path
) -> None:
    speech = await live(HELLO, account)
    streamed = await heard(speech)
    entry = await speech.job.making
    assert decoded_s(streamed, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
    assert stored_files(cache_dir) == [f"tts-cache/{entry.key}.mp3"]
    assert (cache_dir / entry.path).read_bytes() == streamed
    row = await TtsCache.objects.aget()
    assert (row.key, row.provider, row.voice, row.model, row.format) == (entry.key, "openai", "alloy", "tts-1", "mp3")
    assert row.duration_s == pytest.approx(1.0, abs=0.05)
    assert row.size_bytes == len(streamed)
    assert row.access_count == 0


async def test_the_row_holds_no_word_of_what_was_said(vendor: FakeVendors, account: Account) -> None:
    await kept(replace(HELLO, text="Xylophone"), account)
    row = await TtsCache.objects.values().aget()
    assert "ylophone" not in repr(row)


async def test_the_second_time_nobody_is_called(vendor: FakeVendors, account: Account) -> None:
    first = await heard(await kept(HELLO, account))
    again = await speak(HELLO, account)
    assert isinstance(again, Found)
    assert await heard(again) == first
    assert len(vendor.heard) == 1


async def test_markup_that_sounds_the_same_is_the_same_audio(vendor: FakeVendors, account: Account) -> None:
    await kept(HELLO, account)
    assert isinstance(await speak(replace(HELLO, text="Hello _there_"), account), Found)


async def test_a_hit_is_counted_on_its_row(vendor: FakeVendors, account: Account) -> None:
    await kept(HELLO, account)
    for _ in range(3):
        await speak(HELLO, account)
    await touches.flush()
    row = await TtsCache.objects.aget()
    assert row.access_count == 3
    assert row.last_accessed_at > row.created_at


async def test_the_users_day_adds_up(vendor: FakeVendors, account: Account, user: User) -> None:
    await kept(HELLO, account)
    await speak(HELLO, account)
    await usages.flush()
    day = await UserAnalytics.objects.aget(user=user)
    assert (day.requests, day.hits, day.characters) == (2, 1, len("Hello there"))
    assert day.voice_seconds == pytest.approx(2.0, abs=0.1)


async def test_an_expired_entry_is_no_hit(vendor: FakeVendors, account: Account) -> None:
    await kept(HELLO, account)
    await TtsCache.objects.aupdate(expires_at=timezone.now())
    await kept(HELLO, account)
    assert len(vendor.heard) == 2


async def test_an_entry_whose_file_is_gone_is_made_again(
    vendor: FakeVendors, account: Account, cache_dir: Path
) -> None:
    entry = await (await kept(HELLO, account)).job.making
    await audio_store().delete(entry.path)
    await kept(HELLO, account)
    assert len(vendor.heard) == 2
    assert (cache_dir / entry.path).exists()


async def test_two_hundred_at_once_make_one_call_and_hear_the_same(vendor: FakeVendors, account: Account) -> None:
    vendor.chunk_delay_s = 0.005
    bodies = await asyncio.gather(*(_ask_and_hear(account) for _ in range(200)))
    assert len(vendor.heard) == 1
    assert len(set(bodies)) == 1
    assert decoded_s(bodies[0], AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)


async def _ask_and_hear(account: Account) -> bytes:
    return await heard(await speak(HELLO, account))


async def test_whoever_asks_between_the_first_chunk_and_the_row_starts_no_second_job(
    vendor: FakeVendors, account: Account
) -> None:
    asking = [asyncio.create_task(_ask_and_hear(account))]
    while not (asking[0].done() and in_flight.find((await speak(HELLO, account)).key) is None):
        asking.append(asyncio.create_task(_ask_and_hear(account)))
        await asyncio.sleep(0)
    assert len(set(await asyncio.gather(*asking))) == 1
    assert len(vendor.heard) == 1


async def test_the_first_caller_may_leave(vendor: FakeVendors, account: Account) -> None:
    vendor.hold.clear()
    first = asyncio.create_task(_ask_and_hear(account))
    second = asyncio.create_task(_ask_and_hear(account))
    while not vendor.heard:
        await asyncio.sleep(0.001)
    first.cancel()
    vendor.hold.set()
    assert decoded_s(await second, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
    assert len(vendor.heard) == 1


async def test_it_is_kept_even_when_everybody_has_left(vendor: FakeVendors, account: Account) -> None:
    vendor.hold.clear()
    only = asyncio.create_task(_ask_and_hear(account))
    while not vendor.heard:
        await asyncio.sleep(0.001)
    only.cancel()
    vendor.hold.set()
    await in_flight.settle(5)
    assert isinstance(await speak(HELLO, account), Found)


@pytest.mark.parametrize("mischief", ["400", "401", "429", "500", "empty", "html", "hang"])
async def test_a_provider_that_fails_before_the_first_chunk_is_an_honest_error(
    vendor: FakeVendors, account: Account, settings: Settings, cache_dir: Path, mischief: str
) -> None:
    settings.TTS_PROVIDER_TIMEOUT = 1.5
    speech = await live(replace(HELLO, model=mischief), account)
    with pytest.raises(AllProvidersFailed):
        await speech.ready()
    assert not await TtsCache.objects.aexists()
    assert stored_files(cache_dir) == []
    assert in_flight.find(speech.key) is None


async def test_the_wait_a_provider_asks_for_is_passed_on(
    vendor: FakeVendors, account: Account, settings: Settings
) -> None:
    settings.TTS_PROVIDER_TIMEOUT = 5
    with pytest.raises(AllProvidersFailed) as failed:
        await (await live(replace(HELLO, model="429"), account)).ready()
    assert failed.value.retry_after_s == 7
    assert failed.value.reasons == {"openai": "provider_rate_limited"}


@pytest.mark.parametrize("mischief", ["cut", "hang-midway"])
async def test_a_provider_that_fails_midway_breaks_the_stream_and_nothing_is_kept(
    vendor: FakeVendors, account: Account, settings: Settings, cache_dir: Path, mischief: str
) -> None:
    settings.TTS_PROVIDER_TIMEOUT = 1.5
    speech = await live(replace(HELLO, model=mischief), account)
    await speech.ready()
    with pytest.raises(ProviderError):
        await heard(speech)
    await in_flight.settle(5)
    assert not await TtsCache.objects.aexists()
    assert stored_files(cache_dir) == []


async def test_what_is_no_audio_is_not_kept(vendor: FakeVendors, account: Account, cache_dir: Path) -> None:
    speech = await live(replace(HELLO, model="garbage"), account)
    with pytest.raises(AllProvidersFailed):
        await speech.job.making
    assert not await TtsCache.objects.aexists()
    assert stored_files(cache_dir) == []


async def test_after_a_failure_the_next_request_starts_afresh(vendor: FakeVendors, account: Account) -> None:
    for _ in range(2):
        with pytest.raises(AllProvidersFailed):
            await (await live(replace(HELLO, model="400"), account)).ready()
    assert len(vendor.heard) == 2


@pytest.mark.parametrize("mischief", ["500", "404"])
async def test_what_a_fallback_said_once_costs_nothing_while_the_first_choice_is_out(
    vendors: FakeVendors, account: Account, user: User, settings: Settings, mischief: str
) -> None:
    settings.TTS_PROVIDER = ["openai", "azure"]
    vendors.misbehave("openai", mischief)
    first = await kept(HELLO, account)
    again = await kept(HELLO, account)
    assert await heard(again) == await heard(first)
    assert await again.job.making == await first.job.making
    assert [each.vendor for each in vendors.heard].count("azure") == 1
    await usages.flush()
    assert (await UserAnalytics.objects.aget(user=user)).characters == len("Hello there")


async def test_it_costs_nothing_either_where_nothing_is_to_be_kept(
    vendors: FakeVendors, account: Account, settings: Settings
) -> None:
    settings.TTS_PROVIDER = ["openai", "azure"]
    vendors.misbehave("openai", "500")
    first = await kept(HELLO, account)
    again = await live(HELLO, account, keep=False)
    assert await heard(again) == await heard(first)
    assert [each.vendor for each in vendors.heard].count("azure") == 1


async def test_what_a_fallback_said_is_kept_under_its_own_name_and_never_replaces_the_first_choice(
    vendor: FakeVendors, account: Account, settings: Settings
) -> None:
    settings.TTS_PROVIDER = ["openai", "azure"]
    vendor.misbehave("openai", "400")
    fallback = await kept(HELLO, account)
    assert (await fallback.ready()).voice.provider == "azure"
    assert await kept_providers() == ["azure"]
    vendor.behave("openai")
    first_choice = await kept(HELLO, account)
    assert (await first_choice.ready()).voice == HELLO.voice
    assert await kept_providers() == ["azure", "openai"]
    again = await speak(HELLO, account)
    assert isinstance(again, Found)
    assert again.entry.voice == HELLO.voice


async def kept_providers() -> list[str]:
    return [row.provider async for row in TtsCache.objects.order_by("provider")]


async def test_a_full_disk_costs_the_listener_nothing(
    vendor: FakeVendors, account: Account, cache_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache_dir.write_bytes(b"a file stands where the folder should be")
    before = FAILURES.labels("keep")._value.get()
    speech = await live(HELLO, account)
    assert decoded_s(await heard(speech), AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
    entry = await speech.job.making
    assert entry.duration_s == pytest.approx(1.0, abs=0.05)
    assert "cache_failed" in caplog.text
    assert FAILURES.labels("keep")._value.get() == before + 1
    assert not await TtsCache.objects.aexists()


async def test_a_store_that_cannot_be_read_is_a_miss(
    vendor: FakeVendors, account: Account, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await kept(HELLO, account)
    _break_reading(settings)
    before = FAILURES.labels("look_up")._value.get()
    await kept(HELLO, account)
    assert len(vendor.heard) == 2
    assert FAILURES.labels("look_up")._value.get() == before + 1
    assert "cache_failed" in caplog.text


def _break_reading(settings: Settings) -> None:
    settings.STORAGES = {**settings.STORAGES, "audio": {"BACKEND": f"{__name__}.UnreadableStorage"}}
    audio_store.cache_clear()


class UnreadableStorage:
    """A storage whose every call fails, as S3's does when the network is down."""

    def _fail(self, *_args: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    open = save = delete = _fail


async def test_no_log_line_holds_what_was_said(
    vendor: FakeVendors, account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for model in ("tts-1", "500", "html", "cut"):
        speech = await live(replace(HELLO, text="Xylophone secrets", model=model), account)
        try:
            await heard(speech)
        except SpeechError:
            continue
    assert caplog.records
    assert "ylophone" not in caplog.text
    assert "sk-test" not in caplog.text


async def test_the_cache_stays_within_its_room(
    vendor: FakeVendors, account: Account, settings: Settings, cache_dir: Path
) -> None:
    first = await (await kept(HELLO, account)).job.making
    settings.TTS_CACHE_MAX_BYTES = first.size_bytes * 3
    for number in range(5):
        await kept(replace(HELLO, text=f"Number {number}"), account)
    assert await TtsCache.objects.acount() == 3
    assert len(stored_files(cache_dir)) == 3
    assert not await TtsCache.objects.filter(key=first.key).aexists()


async def test_what_was_heard_lately_stays(vendor: FakeVendors, account: Account, settings: Settings) -> None:
    first = await (await kept(HELLO, account)).job.making
    await kept(replace(HELLO, text="Second"), account)
    await speak(HELLO, account)
    await touches.flush()
    settings.TTS_CACHE_MAX_BYTES = first.size_bytes * 2
    await kept(replace(HELLO, text="Third one"), account)
    assert await TtsCache.objects.filter(key=first.key).aexists()


async def test_expired_entries_go_with_the_next_write(
    vendor: FakeVendors, account: Account, settings: Settings, cache_dir: Path
) -> None:
    settings.TTS_CACHE_MAX_BYTES = 100_000
    await kept(HELLO, account)
    await TtsCache.objects.aupdate(expires_at=timezone.now())
    await kept(replace(HELLO, text="Another"), account)
    assert await TtsCache.objects.acount() == 1
    assert len(stored_files(cache_dir)) == 1


async def test_without_leave_to_keep_nothing_is_stored(vendor: FakeVendors, account: Account, cache_dir: Path) -> None:
    speech = await live(HELLO, account, keep=False)
    assert decoded_s(await heard(speech), AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
    await speech.job.making
    assert not await TtsCache.objects.aexists()
    assert stored_files(cache_dir) == []


async def test_one_that_may_be_kept_does_not_hang_on_one_that_may_not(vendor: FakeVendors, account: Account) -> None:
    vendor.hold.clear()
    private, public = await live(HELLO, account, keep=False), await live(HELLO, account)
    assert not public.joined
    vendor.hold.set()
    await asyncio.gather(heard(private), heard(public))
    await public.job.making
    assert isinstance(await speak(HELLO, account), Found)


async def test_with_caching_off_every_request_is_spoken_anew(
    vendor: FakeVendors, account: Account, settings: Settings, cache_dir: Path
) -> None:
    settings.TTS_STORAGE = "off"
    for _ in range(2):
        await heard(await live(HELLO, account))
        await in_flight.settle(5)
    assert len(vendor.heard) == 2
    assert not await TtsCache.objects.aexists()
    assert stored_files(cache_dir) == []


async def test_two_who_ask_at_once_for_what_is_not_kept_share_one_voice(vendor: FakeVendors, account: Account) -> None:
    first, second = await live(HELLO, account, keep=False), await live(HELLO, account, keep=False)
    assert (first.joined, second.joined) == (False, True)
    one, other = await asyncio.gather(heard(first), heard(second))
    assert one == other
    assert decoded_s(one, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
    assert len(vendor.heard) == 1


async def test_who_asks_when_the_beginning_is_gone_is_spoken_to_anew(vendor: FakeVendors, account: Account) -> None:
    vendor.hold.clear()
    early = await live(HELLO, account, keep=False)
    await early.ready()
    late = await live(HELLO, account, keep=False)
    assert not late.joined
    vendor.hold.set()
    assert await heard(early) == await heard(late)
    assert len(vendor.heard) == 2


async def test_what_is_not_kept_counts_for_as_long_as_it_lasts(
    vendor: FakeVendors, account: Account, user: User
) -> None:
    await heard(await live(HELLO, account, keep=False))
    await in_flight.settle(5)
    await usages.flush()
    day = await UserAnalytics.objects.aget(user=user)
    assert (day.requests, day.hits, day.characters) == (1, 0, len("Hello there"))
    assert day.voice_seconds == pytest.approx(1.0, abs=0.05)


async def test_who_leaves_what_is_not_kept_ends_it_and_counts_for_what_was_said(
    vendor: FakeVendors, account: Account, user: User
) -> None:
    vendor.hold.clear()
    speech = await live(replace(HELLO, format=AudioFormat.PCM), account, keep=False)
    await speech.ready()
    async with aclosing(speech.listen()) as chunks:
        async for _ in chunks:
            break
    await asyncio.wait_for(vendor.left.wait(), 5)
    await in_flight.settle(5)
    await usages.flush()
    assert (await UserAnalytics.objects.aget(user=user)).voice_seconds == pytest.approx(1 / 8)
    await ledger.calls.flush()
    assert (await ProviderCall.objects.aget()).outcome == ProviderCall.Outcome.CANCELLED


async def test_who_no_longer_waits_for_what_is_not_kept_ends_it(vendor: FakeVendors, account: Account) -> None:
    vendor.misbehave("openai", "hang")
    speech = await live(HELLO, account, keep=False)
    waiting = asyncio.create_task(speech.ready())
    while not vendor.heard:
        await asyncio.sleep(0.001)
    waiting.cancel()
    await asyncio.wait_for(vendor.left.wait(), 5)
    await in_flight.settle(5)
    assert in_flight.find(speech.key) is None


async def test_what_is_not_kept_and_breaks_off_is_heard_to_break_off(vendor: FakeVendors, account: Account) -> None:
    speech = await live(replace(HELLO, model="cut"), account, keep=False)
    await speech.ready()
    with pytest.raises(ProviderError):
        await heard(speech)


async def test_all_of_what_is_not_kept_can_be_had_at_once(
    vendor: FakeVendors, account: Account, settings: Settings
) -> None:
    settings.TTS_STORAGE = "off"
    made = await (await speak(HELLO, account)).whole()
    assert decoded_s(made, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
    with pytest.raises(AllProvidersFailed):
        await (await speak(replace(HELLO, model="500"), account)).whole()


async def test_all_of_it_can_be_had_at_once(vendor: FakeVendors, account: Account) -> None:
    made = await (await speak(HELLO, account)).whole()
    assert decoded_s(made, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
    found = await speak(HELLO, account)
    assert isinstance(found, Found)
    assert await found.whole() == made
    with pytest.raises(AllProvidersFailed):
        await (await speak(replace(HELLO, model="500"), account)).whole()


async def test_memory_keeps_audio_as_well_as_a_disk(
    vendor: FakeVendors, account: Account, settings: Settings, cache_dir: Path
) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "audio": memory}
    audio_store.cache_clear()
    entry = await (await kept(HELLO, account)).job.making
    settings.TTS_CACHE_MAX_BYTES = entry.size_bytes
    assert isinstance(await speak(HELLO, account), Found)
    await kept(replace(HELLO, text="Another one"), account)
    assert isinstance(await speak(HELLO, account), Live)
    assert stored_files(cache_dir) == []


async def test_a_format_the_provider_does_not_make_is_converted(vendor: FakeVendors, account: Account) -> None:
    for audio_format in AudioFormat:
        entry = await (await kept(replace(HELLO, format=audio_format), account)).job.making
        found = await speak(replace(HELLO, format=audio_format), account)
        assert isinstance(found, Found)
        assert entry.duration_s == pytest.approx(1.0, abs=0.07)
        assert decoded_s(await heard(found), audio_format) == pytest.approx(entry.duration_s, abs=0.07)


async def test_a_text_beyond_the_providers_limit_is_said_in_pieces_and_joined(
    vendor: FakeVendors, account: Account
) -> None:
    sentence = "This sentence is about fifty characters long, yes. "
    entry = await (await kept(replace(HELLO, text=sentence * 200), account)).job.making
    pieces = [request.body["input"] for request in vendor.heard]
    assert len(pieces) == 3
    assert all(len(piece) <= 4096 for piece in pieces)
    assert " ".join(pieces).split() == (sentence * 200).split()
    assert entry.duration_s == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize("text", ["😀 🎉", "```\ncode\n```", "---", "\x00", "<!-- nothing -->"])
async def test_a_text_with_nothing_to_say_calls_nobody(vendor: FakeVendors, account: Account, text: str) -> None:
    with pytest.raises(NothingToSay):
        await speak(replace(HELLO, text=text), account)
    assert vendor.heard == []


@pytest.mark.parametrize("text", ["", "  \n "])
async def test_a_blank_text_is_a_mistake(vendor: FakeVendors, account: Account, text: str) -> None:
    with pytest.raises(InvalidRequest) as wrong:
        await speak(replace(HELLO, text=text), account)
    assert set(wrong.value.fields) == {"text"}


async def test_a_text_that_is_too_long_is_refused_by_the_name_of_the_limit(
    vendor: FakeVendors, account: Account, settings: Settings
) -> None:
    settings.TTS_MAX_CHARACTERS = 10
    with pytest.raises(InvalidRequest, match=r"At most 10 characters \(TTS_MAX_CHARACTERS\); these are 11"):
        await speak(replace(HELLO, text="a" * 11), account)


async def test_the_kill_switch_stops_even_what_is_cached(
    vendor: FakeVendors, account: Account, settings: Settings
) -> None:
    await kept(HELLO, account)
    settings.TTS_ENABLED = False
    with pytest.raises(SpeechDisabled):
        await speak(HELLO, account)
