"""The admin shows the last runs of prune_tts_cache, and says so when there have been none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from voice.models import PruningRun, TtsCache

pytestmark = pytest.mark.django_db

NEGLECTED = "has not been pruned for a day"


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


def run(*, hours_ago: float = 0, minutes: float | None = 1, **came_to: object) -> PruningRun:
    """A run that took so long; None: it has not ended."""
    began_at = timezone.now() - timedelta(hours=hours_ago)
    ended_at = None if minutes is None else began_at + timedelta(minutes=minutes)
    return PruningRun.objects.create(began_at=began_at, ended_at=ended_at, **came_to)


def keep_something(*, made_hours_ago: float) -> None:
    made_at = timezone.now() - timedelta(hours=made_hours_ago)
    TtsCache.objects.create(
        key="a" * 64,
        provider="local",
        voice="heart",
        format="mp3",
        path="tts-cache/a.mp3",
        duration_s=1,
        size_bytes=1,
        created_at=made_at,
        last_accessed_at=made_at,
        expires_at=made_at + timedelta(days=7),
    )


def listed(admin: Client) -> str:
    return admin.get(reverse("admin:voice_pruningrun_changelist")).content.decode()


def front_page(admin: Client) -> str:
    return admin.get(reverse("admin:index")).content.decode()


def test_a_run_tells_how_long_it_took_and_what_it_freed(admin: Client) -> None:
    run(expired=12, evicted=3, orphan_files=2, orphan_rows=1, freed_bytes=5 * 2**20)
    page = listed(admin)
    assert '<td class="field-took">60.0 s</td>' in page
    assert '<td class="field-outcome">complete</td>' in page
    assert '<td class="field-expired">12</td>' in page
    assert '<td class="field-freed">5.0\xa0MB</td>' in page


@pytest.mark.parametrize(
    ("hours_ago", "minutes", "error", "outcome"),
    [
        (0, None, "", "running"),
        (2, None, "", "killed"),
        (2, 1, "OperationalError", "ended early: OperationalError"),
    ],
)
def test_a_run_tells_how_it_ended(
    admin: Client, hours_ago: float, minutes: float | None, error: str, outcome: str
) -> None:
    run(hours_ago=hours_ago, minutes=minutes, error=error)
    assert f'<td class="field-outcome">{outcome}</td>' in listed(admin)


def test_a_run_can_be_looked_at_and_not_written(admin: Client) -> None:
    one = run()
    page = admin.get(reverse("admin:voice_pruningrun_change", args=[one.pk]))
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert admin.get(reverse("admin:voice_pruningrun_add")).status_code == 403
    assert admin.get(reverse("admin:voice_pruningrun_delete", args=[one.pk])).status_code == 403


def test_without_a_run_it_says_what_to_do(admin: Client) -> None:
    assert "prune_tts_cache" in listed(admin)


def test_the_front_page_warns_when_no_run_ended_well_within_a_day(admin: Client) -> None:
    keep_something(made_hours_ago=30)
    assert NEGLECTED in front_page(admin)
    run(hours_ago=25)
    run(hours_ago=3, minutes=None)
    run(hours_ago=2, error="OSError")
    assert NEGLECTED in front_page(admin)
    run(hours_ago=1)
    assert NEGLECTED not in front_page(admin)


def test_where_nothing_is_a_day_old_there_is_nothing_to_warn_of(admin: Client) -> None:
    assert NEGLECTED not in front_page(admin)
    keep_something(made_hours_ago=20)
    assert NEGLECTED not in front_page(admin)


def test_who_may_not_see_the_runs_is_not_warned(client: Client) -> None:
    keep_something(made_hours_ago=30)
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    assert NEGLECTED not in front_page(client)
