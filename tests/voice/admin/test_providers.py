"""Having a provider say a word, from the admin."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import AsyncClient
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from tests.vendors.server import FakeVendors
from voice.domain.errors import ProviderTimeout
from voice.models import ProviderCall, ProviderModel
from voice.speech import ledger
from voice.speech.availability import availability
from voice.speech.trial import WORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]


async def somebody(*permissions: str) -> AsyncClient:
    """Staff with these permissions."""
    user = await User.objects.acreate(username="grace", is_staff=True)
    chosen = [one async for one in Permission.objects.filter(codename__in=permissions)]
    await user.user_permissions.aset(chosen)
    client = AsyncClient()
    await client.aforce_login(user)
    return client


async def try_now(client: AsyncClient, name: str) -> str:
    """What the page tells after "Test now"."""
    answer = await client.post(reverse("admin:voice_provider_test", args=[name]), follow=True)
    assert answer.redirect_chain[-1][1] == 303
    return answer.content.decode()


@pytest.fixture
async def admin(transactional_db: None) -> AsyncClient:
    return await somebody("view_providermodel", "change_providermodel")


async def test_it_says_a_word_and_the_time_it_took(vendor: FakeVendors, admin: AsyncClient) -> None:
    assert "A word of openai: first byte after" in await try_now(admin, "openai")
    assert [request.body["input"] for request in vendor.heard] == [WORD]
    await ledger.calls.flush()
    assert (await ProviderCall.objects.aget()).outcome == "spoke"


async def test_one_that_fails_is_told_with_its_reason(vendor: FakeVendors, admin: AsyncClient) -> None:
    vendor.misbehave("openai", "401")
    told = await try_now(admin, "openai")
    assert "A word of openai failed:" in told
    assert "sk-" not in told


async def test_one_that_is_back_is_no_longer_left_alone(vendor: FakeVendors, admin: AsyncClient) -> None:
    availability.failed("openai", ProviderTimeout("openai", "No audio."))
    assert "Left alone after 3 failures" in (await admin.get(reverse("admin:voice_providers"))).content.decode()
    assert "Left alone" not in await try_now(admin, "openai")


async def test_it_leaves_a_log_entry_at_the_model(vendor: FakeVendors, admin: AsyncClient) -> None:
    await try_now(admin, "openai")
    entry = await LogEntry.objects.select_related("user").aget()
    model = await ProviderModel.objects.aget(provider="openai", name="tts-1")
    assert (entry.user.username, entry.object_id, entry.object_repr) == ("grace", str(model.pk), str(model))
    assert "first byte after" in entry.get_change_message()


async def test_one_that_lacks_a_key_is_not_asked(admin: AsyncClient, settings: Settings) -> None:
    settings.AZURE_SPEECH_KEY = ""
    assert "No word of azure: AZURE_SPEECH_KEY is not set." in await try_now(admin, "azure")
    assert not await LogEntry.objects.aexists()


async def test_there_is_no_such_provider(admin: AsyncClient) -> None:
    assert (await admin.post(reverse("admin:voice_provider_test", args=["gramophone"]))).status_code == 404


async def test_who_only_looks_may_not_spend(vendor: FakeVendors) -> None:
    reader = await somebody("view_providermodel")
    assert "Test now</em>" in (page := (await reader.get(reverse("admin:voice_providers"))).content.decode())
    assert 'value="Test now"' not in page
    assert (await reader.post(reverse("admin:voice_provider_test", args=["openai"]))).status_code == 403
    assert vendor.heard == []


async def test_a_link_tests_nothing(vendor: FakeVendors, admin: AsyncClient) -> None:
    assert (await admin.get(reverse("admin:voice_provider_test", args=["openai"]))).status_code == 405
    assert vendor.heard == []


async def test_the_page_is_for_who_may_see_models(transactional_db: None) -> None:
    nobody = await somebody()
    assert (await nobody.get(reverse("admin:voice_providers"))).status_code == 403
