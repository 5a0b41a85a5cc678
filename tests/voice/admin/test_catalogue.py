"""Voices, speakers, models and calls in the admin."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from voice.domain.errors import ProviderTimeout
from voice.models import ProviderCall, ProviderModel, Speaker, Voice
from voice.speech.availability import availability

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.now().date()


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


def page(admin: Client, name: str, /, *args: object, **query: str) -> str:
    response = admin.get(reverse(f"admin:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def sent(admin: Client, name: str, /, *args: object, **fields: Any) -> str:
    """What comes back for a form; nothing when it was accepted."""
    response = admin.post(reverse(f"admin:{name}", args=args), fields)
    return "" if response.status_code == 302 else response.content.decode()


def voice(**facts: Any) -> dict[str, Any]:
    return {"provider": "elevenlabs", "name": "ourVoice1", "label": "Ours", "language": "en", "gender": "male"} | facts


def heart() -> Voice:
    return Voice.objects.get(provider="local", name="heart")


class TestVoices:
    def test_every_shipped_voice_is_listed_and_can_be_heard_where_it_can_speak(self, admin: Client) -> None:
        listed = page(admin, "voice_voice_changelist", provider="local")
        assert 'src="/tts/voices/local:heart/sample"' in listed
        assert "<audio" not in page(admin, "voice_voice_changelist", provider="azure")

    @pytest.mark.parametrize(
        ("query", "found"), [("George", True), ("JBFqn", True), ("storyteller", True), ("x7", False)]
    )
    def test_a_voice_is_found_by_what_is_known_of_it(self, admin: Client, query: str, found: bool) -> None:
        assert ("JBFqnCBsd6RMkjVDRZzb" in page(admin, "voice_voice_changelist", q=query)) is found

    def test_a_voice_can_be_added_to_an_open_catalogue(self, admin: Client) -> None:
        assert sent(admin, "voice_voice_add", **voice(enabled="on")) == ""
        assert Voice.objects.get(name="ourVoice1").listed_at is None

    @pytest.mark.parametrize(
        ("facts", "told"),
        [
            (voice(provider="local"), "local has the voices it came with"),
            (voice(name=":x"), "may not begin with"),
            (voice(provider="gramophone"), "Select a valid choice"),
        ],
    )
    def test_a_voice_that_cannot_be_is_refused(self, admin: Client, facts: dict[str, Any], told: str) -> None:
        assert told in sent(admin, "voice_voice_add", **facts)

    def test_a_voice_falls_back_within_its_own_provider(self, admin: Client) -> None:
        told = sent(admin, "voice_voice_add", **voice(fallback=str(heart().pk)))
        assert "a voice of local, not of elevenlabs" in told

    def test_several_are_switched_off_and_on_at_once(self, admin: Client) -> None:
        chosen = {"_selected_action": [heart().pk]}
        sent(admin, "voice_voice_changelist", action="switch_off", **chosen)
        assert not heart().enabled
        assert '<td class="field-state">off</td>' in page(admin, "voice_voice_changelist", q="heart", provider="local")
        sent(admin, "voice_voice_changelist", action="switch_on", **chosen)
        assert heart().enabled

    def test_what_its_vendor_took_away_is_shown_as_gone(self, admin: Client) -> None:
        Voice.objects.filter(pk=heart().pk).update(vanished_on=date(2026, 11, 1))
        assert "gone since 2026-11-01" in page(admin, "voice_voice_changelist", provider="local")

    def test_what_was_added_by_hand_can_be_deleted_and_what_is_shipped_cannot(self, admin: Client) -> None:
        own = Voice.objects.create(**voice())
        assert sent(admin, "voice_voice_delete", own.pk, post="yes") == ""
        assert admin.get(reverse("admin:voice_voice_delete", args=[heart().pk])).status_code == 403
        sent(admin, "voice_voice_changelist", action="delete_selected", _selected_action=[heart().pk], post="yes")
        assert heart()

    def test_its_name_stays_once_it_is_there(self, admin: Client) -> None:
        shown = page(admin, "voice_voice_change", heart().pk)
        assert 'name="name"' not in shown


class TestSpeakers:
    def add(self, admin: Client, **facts: Any) -> str:
        george = Voice.objects.get(name="JBFqnCBsd6RMkjVDRZzb")
        return sent(admin, "voice_speaker_add", **({"name": "Ada", "voice": george.pk, "settings": "{}"} | facts))

    def test_a_speaker_has_a_voice_a_model_and_settings(self, admin: Client) -> None:
        told = self.add(admin, model="eleven_multilingual_v2", settings='{"stability": 0.4, "use_speaker_boost": true}')
        assert told == ""
        assert Speaker.objects.get().settings == {"stability": 0.4, "use_speaker_boost": True}
        assert "George (elevenlabs)" in page(admin, "voice_speaker_changelist", q="ada")

    @pytest.mark.parametrize(
        ("facts", "told"),
        [
            ({"settings": '{"loudness": 3}'}, "elevenlabs has no setting loudness"),
            ({"settings": '{"stability": [1]}'}, "stability is a number"),
            ({"settings": '["stability"]'}, "An object, like"),
            ({"settings": "stability=1"}, "Enter a valid JSON"),
            ({"name": ""}, "This field is required"),
        ],
    )
    def test_what_its_provider_does_not_know_is_refused(self, admin: Client, facts: dict[str, Any], told: str) -> None:
        assert told in self.add(admin, **facts)
        assert not Speaker.objects.exists()

    def test_a_model_of_another_provider_is_refused_where_there_is_but_one(self, admin: Client) -> None:
        assert "local has one model" in self.add(admin, voice=heart().pk, model="tts-1")
        assert self.add(admin, voice=heart().pk, model="hibari-0.2.1") == ""

    def test_a_name_is_taken_whatever_its_case(self, admin: Client) -> None:
        self.add(admin)
        assert "There is a speaker of that name." in self.add(admin, name="ADA")

    def test_before_the_first_one_it_is_said_what_they_are_for(self, admin: Client) -> None:
        assert "Nobody speaks in messages yet" in page(admin, "voice_speaker_changelist")


class TestModels:
    def test_prices_and_last_days_are_listed(self, admin: Client) -> None:
        listed = page(admin, "voice_providermodel_changelist", provider="openai", q="tts-1-hd")
        assert '<td class="field-price">30</td>' in listed
        assert "2027-01-06" in listed

    def test_a_price_is_corrected(self, admin: Client) -> None:
        model = ProviderModel.objects.get(name="tts-1")
        fields = {"provider": "openai", "name": "tts-1", "label": "TTS 1", "price_per_million_characters": "12.5"}
        assert sent(admin, "voice_providermodel_change", model.pk, **fields, enabled="on") == ""
        assert ProviderModel.objects.get(name="tts-1").price_per_million_characters == Decimal("12.5")

    def test_a_negative_price_is_refused(self, admin: Client) -> None:
        fields = {"provider": "openai", "name": "x", "price_per_million_characters": "-1"}
        assert "greater than or equal to 0" in sent(admin, "voice_providermodel_add", **fields)

    @pytest.mark.parametrize(("days", "told"), [(30, "in 30 days"), (-1, "over since")])
    def test_a_last_day_that_is_near_or_over_is_marked(self, admin: Client, days: int, told: str) -> None:
        ProviderModel.objects.filter(name="tts-1").update(sunset_on=TODAY + timedelta(days=days))
        assert told in page(admin, "voice_providermodel_changelist", ends="soon")

    def test_those_that_end_soon_can_be_picked_out(self, admin: Client) -> None:
        ProviderModel.objects.filter(provider="openai").update(sunset_on=TODAY + timedelta(days=61))
        assert "tts-1" in page(admin, "voice_providermodel_changelist", ends="known")
        assert "0 models" in page(admin, "voice_providermodel_changelist", ends="soon", provider="openai")


class TestProviders:
    def test_each_is_shown_with_its_place_or_why_it_cannot_speak(self, admin: Client, settings: Settings) -> None:
        settings.TTS_PROVIDER = ["openai", "local"]
        shown = page(admin, "voice_providers")
        assert "OPENAI_API_KEY is not set." in shown
        assert "Can speak." in shown
        assert "AZURE_SPEECH_KEY is not set." in shown
        assert reverse("admin:voice_providers") in page(admin, "voice_providermodel_changelist")

    def test_one_that_is_left_alone_is_shown_as_such(self, admin: Client) -> None:
        availability.failed("local", ProviderTimeout("local", "No audio."))
        assert "Left alone after 3 failures (provider_timeout)" in page(admin, "voice_providers")

    def test_no_key_is_shown(self, admin: Client, settings: Settings) -> None:
        settings.OPENAI_API_KEY = "sk-very-secret"
        assert "sk-very-secret" not in page(admin, "voice_providers")

    def test_it_is_for_the_staff(self) -> None:
        assert Client().get(reverse("admin:voice_providers")).status_code == 302

    def test_the_front_page_warns_of_a_last_day_that_is_near(self, admin: Client, settings: Settings) -> None:
        settings.TTS_PROVIDER = ["openai", "local"]
        ProviderModel.objects.filter(provider="openai").update(sunset_on=None)
        assert "provider-notices" not in page(admin, "index")
        ProviderModel.objects.filter(name="tts-1").update(sunset_on=TODAY + timedelta(days=46))
        assert f"openai switches tts-1 off on {TODAY + timedelta(days=46)}" in page(admin, "index")

    def test_the_front_page_says_when_nobody_can_speak(self, admin: Client, settings: Settings) -> None:
        settings.TTS_PROVIDER = ["azure"]
        assert "No provider of the chain can speak." in page(admin, "index")


class TestCalls:
    @pytest.fixture
    def call(self) -> ProviderCall:
        return ProviderCall.objects.create(
            created_at=timezone.now(),
            provider="openai",
            model="tts-1",
            voice="alloy",
            characters=120,
            duration_s=1.5,
            outcome=ProviderCall.Outcome.FAILED,
            error="provider_timeout",
        )

    def test_a_call_is_listed_with_how_it_came_out(self, admin: Client, call: ProviderCall) -> None:
        listed = page(admin, "voice_providercall_changelist", outcome="failed")
        assert "failed before the first chunk" in listed
        assert "provider_timeout" in listed
        assert "alloy" in page(admin, "voice_providercall_change", call.pk)

    @pytest.mark.usefixtures("call")
    def test_calls_are_found_by_their_error(self, admin: Client) -> None:
        assert "?error=provider_timeout" in page(admin, "voice_providercall_changelist")
        assert "1 provider call" in page(admin, "voice_providercall_changelist", error="provider_timeout")
        assert "0 provider calls" in page(admin, "voice_providercall_changelist", error="bad_audio")

    @pytest.mark.usefixtures("call")
    def test_a_call_without_an_error_is_no_link_without_words(self, admin: Client) -> None:
        ProviderCall.objects.update(error="")
        assert "?error=" not in page(admin, "voice_providercall_changelist")

    def test_it_is_nobodys_to_write_or_to_take_away(self, admin: Client, call: ProviderCall) -> None:
        assert admin.get(reverse("admin:voice_providercall_add")).status_code == 403
        assert admin.get(reverse("admin:voice_providercall_delete", args=[call.pk])).status_code == 403
        assert admin.post(reverse("admin:voice_providercall_change", args=[call.pk]), {}).status_code == 403

    def test_before_the_first_one_it_is_said_what_would_be_there(self, admin: Client) -> None:
        assert "No provider has been called yet." in page(admin, "voice_providercall_changelist")
