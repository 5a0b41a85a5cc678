"""One mail when a threshold is crossed, and one when it is so no longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from tests.mail_server import MailServer, mail_server
from tests.processes import free_port
from tests.voice.watching.conftest import Called
from voice.models import Alert, ProviderCall
from voice.watching.alerts import look_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings: Settings) -> Iterator[MailServer]:
    """A mail server that the settings lead to."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        yield server


@pytest.fixture
def alert() -> Alert:
    return Alert.objects.create(kind="budget", threshold=5, recipients="ada@example.com, grace@example.com")


def now_crossed(alert: Alert) -> bool:
    alert.refresh_from_db()
    return alert.crossed_at is not None


def subjects(post: MailServer) -> list[str]:
    return [str(mail["Subject"]) for mail in post.mails]


def test_one_mail_when_it_is_crossed_and_one_when_it_is_over(post: MailServer, alert: Alert, called: Called) -> None:
    assert call_command("send_alerts") == "1 alerts looked at: 0 crossed, 0 over."
    called("openai", "spoke", ago=0, cost="6")
    assert call_command("send_alerts") == "1 alerts looked at: 1 crossed, 0 over."
    assert now_crossed(alert)
    for _ in range(3):
        assert call_command("send_alerts") == "1 alerts looked at: 0 crossed, 0 over."
    ProviderCall.objects.all().delete()
    assert call_command("send_alerts") == "1 alerts looked at: 0 crossed, 1 over."
    assert not now_crossed(alert)
    call_command("send_alerts")
    told = "money spent this month (USD)"
    assert subjects(post) == [f"[Aloud] {told}", f"[Aloud] over: {told}"]


def test_a_mail_says_what_is_the_matter_and_goes_to_who_is_named(
    post: MailServer, alert: Alert, called: Called, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "aloud@example.com"
    called("openai", "spoke", ago=0, cost="6.50")
    call_command("send_alerts")
    (mail,) = post.mails
    assert (mail["From"], mail["To"]) == ("aloud@example.com", "ada@example.com, grace@example.com")
    assert "Providers took $6.50 since" in mail.get_content()
    assert "The threshold is 5." in mail.get_content()


def test_it_goes_to_every_superuser_where_nobody_is_named(post: MailServer, alert: Alert, called: Called) -> None:
    Alert.objects.update(recipients="")
    User.objects.create_superuser("root", "root@example.com")
    User.objects.create_superuser("former", "former@example.com", is_active=False)
    User.objects.create_superuser("silent")
    called("openai", "spoke", ago=0, cost="6")
    call_command("send_alerts")
    assert [mail["To"] for mail in post.mails] == ["root@example.com"]


def test_what_was_seen_is_written_down(post: MailServer, alert: Alert, called: Called) -> None:
    called("openai", "spoke", ago=0, cost="2.5")
    call_command("send_alerts")
    alert.refresh_from_db()
    assert alert.last_value == 2.5
    assert alert.checked_at is not None


def test_who_looks_at_the_same_moment_tells_it_once(post: MailServer, alert: Alert, called: Called) -> None:
    called("openai", "spoke", ago=0, cost="6")
    another = Alert.objects.get()
    assert look_at(alert, timezone.now()).began
    assert not look_at(another, timezone.now() + timedelta(seconds=1)).began
    assert len(post.mails) == 1


def test_what_cannot_be_sent_is_sent_by_the_next_run_that_can(
    post: MailServer, alert: Alert, called: Called, settings: Settings
) -> None:
    called("openai", "spoke", ago=0, cost="6")
    settings.EMAIL_PORT = free_port()
    with pytest.raises(CommandError, match=r"Not told: money spent this month .*ConnectionRefusedError"):
        call_command("send_alerts")
    assert not now_crossed(alert)
    settings.EMAIL_PORT = post.port
    call_command("send_alerts")
    assert len(post.mails) == 1


def test_one_without_anybody_to_tell_says_so_and_holds_up_no_other(
    post: MailServer, alert: Alert, called: Called
) -> None:
    Alert.objects.create(kind="budget", threshold=1)
    called("openai", "spoke", ago=0, cost="6")
    with pytest.raises(CommandError, match="it has no recipients"):
        call_command("send_alerts")
    assert len(post.mails) == 1
    assert now_crossed(alert)


def test_one_that_is_switched_off_is_not_looked_at(post: MailServer, alert: Alert, called: Called) -> None:
    Alert.objects.update(enabled=False)
    called("openai", "spoke", ago=0, cost="6")
    assert call_command("send_alerts") == "0 alerts looked at: 0 crossed, 0 over."
    assert post.mails == []
