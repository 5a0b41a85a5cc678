"""The admin shows what is kept, plays it, lets it go, and tells nobody's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse

from accounts.models import User
from voice.cache import index
from voice.cache.index import Entry
from voice.cache.store import audio_store, path_of
from voice.domain.audio import AudioFormat
from voice.domain.voice import VoiceId
from voice.models import CallSession, Message, TtsCache

pytestmark = pytest.mark.django_db(transaction=True)

KEY = "c0ffee" + "0" * 58
COUNTED = ["voice_ttscache", "voice_callsession", "voice_message", "accounts_useranalytics"]


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def entry(transactional_db: None) -> Entry:
    """A piece of audio in the store and in the index."""
    path = path_of(KEY, AudioFormat.MP3)
    kept = Entry(KEY, VoiceId("local", "heart"), "", AudioFormat.MP3, path, duration_s=83.25, size_bytes=2048)
    audio_store().save(path, b"x" * 2048)
    index.record(kept, datetime.now(UTC), 3600)
    return kept


@pytest.fixture
def message(transactional_db: None) -> Message:
    call = CallSession.objects.create(owner=User.objects.create_user("ada"), title="my secret title")
    return call.messages.create(author=Message.Author.USER, text="my secret words")


def page(admin: Client, name: str, *args: object, **query: str) -> str:
    response = admin.get(reverse(f"admin:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_cached_audio_is_listed_in_words_people_read(admin: Client, entry: Entry) -> None:
    listed = page(admin, "voice_ttscache_changelist")
    assert "c0ffee000000…" in listed
    assert "1:23.2" in listed
    assert "2.0\xa0KB" in listed


def test_cached_audio_can_be_listened_to_there(admin: Client, entry: Entry) -> None:
    player = f'<audio controls preload="none" src="/tts/audio/{KEY}.mp3?token='
    assert player in page(admin, "voice_ttscache_changelist")
    assert player in page(admin, "voice_ttscache_change", KEY)


@pytest.mark.parametrize(("query", "found"), [("c0ffee", True), ("0ffee", False), ("heart", True), ("alloy", False)])
def test_cached_audio_is_found_by_the_beginning_of_its_key_or_by_voice(
    admin: Client, entry: Entry, query: str, found: bool
) -> None:
    assert ("c0ffee000000…" in page(admin, "voice_ttscache_changelist", q=query)) is found


def test_deleting_a_row_deletes_its_file(admin: Client, entry: Entry) -> None:
    admin.post(reverse("admin:voice_ttscache_delete", args=[KEY]), {"post": "yes"})
    assert not TtsCache.objects.exists()
    assert async_to_sync(audio_store().find)(entry.path) is None


def test_deleting_several_rows_deletes_their_files(admin: Client, entry: Entry) -> None:
    chosen = {"action": "delete_selected", "_selected_action": [KEY], "post": "yes"}
    admin.post(reverse("admin:voice_ttscache_changelist"), chosen)
    assert not TtsCache.objects.exists()
    assert async_to_sync(audio_store().find)(entry.path) is None


@pytest.mark.parametrize("model", COUNTED)
def test_an_empty_list_says_what_would_be_there(admin: Client, model: str) -> None:
    assert 'class="when-empty"' in page(admin, f"{model}_changelist")


@pytest.mark.parametrize("model", COUNTED)
def test_nobody_makes_by_hand_what_makes_itself(admin: Client, model: str) -> None:
    assert admin.get(reverse(f"admin:{model}_add")).status_code == 403


def test_conversations_are_counted_and_found_by_owner(admin: Client, message: Message) -> None:
    assert '<td class="field-message_count">1</td>' in page(admin, "voice_callsession_changelist", q="ada")
    assert str(message.call_id)[:8] not in page(admin, "voice_callsession_changelist", q="eve")


def pages_about(admin: Client, message: Message) -> Iterator[str]:
    for model, key in (("callsession", message.call_id), ("message", message.pk)):
        yield page(admin, f"voice_{model}_changelist")
        yield page(admin, f"voice_{model}_change", key)


def test_nobodys_words_are_shown(admin: Client, message: Message) -> None:
    for shown in pages_about(admin, message):
        assert "secret" not in shown


def test_a_message_shows_how_long_it_is_and_whose(admin: Client, message: Message) -> None:
    listed = page(admin, "voice_message_changelist")
    assert '<td class="field-length">15</td>' in listed
    assert '<td class="field-owner">ada</td>' in listed


def test_the_admin_bears_our_name(admin: Client) -> None:
    front = page(admin, "index")
    assert '<div id="site-name"><a href="/admin/">Aloud</a></div>' in front
    assert "css/admin.css" in front
