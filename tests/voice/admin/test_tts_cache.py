"""Cached audio is forgotten in the admin by those who may, and it is written down who did."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from voice.cache import index
from voice.cache.index import Entry
from voice.cache.store import audio_store, path_of
from voice.domain.audio import AudioFormat
from voice.domain.voice import VoiceId
from voice.models import AudioReference, TtsCache

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "admin:voice_ttscache_changelist"


def keep(letter: str) -> Entry:
    key = letter * 64
    path = path_of(key, AudioFormat.MP3)
    entry = Entry(key, VoiceId("local", "heart"), "", AudioFormat.MP3, path, duration_s=1.0, size_bytes=4)
    audio_store().save(path, b"tone")
    index.record(entry, datetime.now(UTC), 3600)
    return entry


def somebody(*permissions: str) -> Client:
    user = User.objects.create_user("clerk", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def forget(client: Client, *entries: Entry) -> None:
    chosen = {"action": "delete_selected", "_selected_action": [entry.key for entry in entries], "post": "yes"}
    client.post(reverse(LIST), chosen)


def test_the_action_is_called_by_what_it_does(transactional_db: None) -> None:
    keep("a")
    page = somebody("view_ttscache", "delete_ttscache").get(reverse(LIST)).content.decode()
    assert "Forget the chosen audio" in page


def test_what_is_forgotten_goes_with_its_file_and_every_reference(cache_dir: Path) -> None:
    entries = [keep("a"), keep("b"), keep("c")]
    client = somebody("view_ttscache", "delete_ttscache")
    for entry in entries:
        AudioReference.objects.create(key=entry.key, user=User.objects.get())
    forget(client, *entries[:2])
    assert [row.key for row in TtsCache.objects.all()] == ["c" * 64]
    assert [reference.key for reference in AudioReference.objects.all()] == ["c" * 64]
    assert [path.name[0] for path in cache_dir.rglob("*.mp3")] == ["c"]


def test_who_forgot_what_is_written_down(transactional_db: None) -> None:
    entries = [keep("a"), keep("b")]
    forget(somebody("view_ttscache", "delete_ttscache"), *entries)
    entry = LogEntry.objects.filter(action_flag=DELETION)
    assert {(one.user.username, one.object_id) for one in entry} == {("clerk", "a" * 64), ("clerk", "b" * 64)}


def test_who_may_only_look_is_not_offered_it_and_cannot(transactional_db: None) -> None:
    entry = keep("a")
    client = somebody("view_ttscache")
    assert "Forget" not in client.get(reverse(LIST)).content.decode()
    forget(client, entry)
    assert TtsCache.objects.count() == 1
