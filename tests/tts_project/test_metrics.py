"""What Prometheus is told, who may ask, and that the alerts we ship ask for what there is."""

from __future__ import annotations

import asyncio
import ipaddress
import re
from typing import cast

import httpx2 as httpx
import pytest
import yaml
from asgiref.sync import sync_to_async
from prometheus_client import REGISTRY
from pytest_django import Settings

from accounts.account import Account
from accounts.models import User
from tests.http import BASE_URL, signed_in, stranger
from tests.server import ROOT
from tests.vendors.server import FakeVendors
from tts_project.asgi import application
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.speech.speak import speak

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = SpeechRequest("Hello there", VoiceId("openai", "alloy"), model="tts-1")


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def test_metrics_are_for_staff(user: User) -> None:
    assert (await stranger().get("/metrics")).status_code == 403
    client = await sync_to_async(signed_in)(user)
    assert (await client.get("/metrics")).status_code == 403
    user.is_staff = True
    await user.asave()
    response = await client.get("/metrics")
    assert response.status_code == 200
    assert "aloud_cache_failures_total" in response.text


async def test_or_for_who_has_the_token(settings: Settings, user: User) -> None:
    settings.METRICS_TOKEN = "prométheus"
    for sent, status in (("prométheus", 200), ("prometheus", 403), ("", 403)):
        bearer = {b"Authorization": f"Bearer {sent}".encode()}
        assert (await stranger().get("/metrics", headers=bearer)).status_code == status


async def test_no_token_lets_nobody_in_while_none_is_set(user: User) -> None:
    assert (await stranger().get("/metrics", headers={"Authorization": "Bearer "})).status_code == 403


@pytest.mark.parametrize(("network", "status"), [("127.0.0.0/8", 200), ("10.0.0.0/8", 403), ("::1/128", 403)])
async def test_or_for_who_comes_from_near(settings: Settings, user: User, network: str, status: int) -> None:
    settings.METRICS_ALLOW = [ipaddress.ip_network(network)]
    assert (await stranger().get("/metrics")).status_code == status


async def test_who_comes_without_an_address_does_not_come_from_near(settings: Settings, user: User) -> None:
    settings.METRICS_ALLOW = [ipaddress.ip_network("0.0.0.0/0")]
    for address in (None, ("", 0), ("unknown", 0)):
        transport = httpx.ASGITransport(application, client=cast("tuple[str, int]", address))
        async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as nowhere:
            assert (await nowhere.get("/metrics")).status_code == 403


async def test_a_call_is_counted_with_its_first_byte_and_its_cost(vendor: FakeVendors, account: Account) -> None:
    first_bytes, cost = "aloud_provider_first_byte_seconds_count", "aloud_provider_cost_dollars_total"
    before = counted(first_bytes, provider="openai"), counted(cost, provider="openai")
    await (await speak(HELLO, account)).whole()
    assert counted(first_bytes, provider="openai") == before[0] + 1
    assert counted(cost, provider="openai") - before[1] == pytest.approx(11 * 15 / 1_000_000)


async def test_hits_and_what_they_save_are_counted(vendor: FakeVendors, account: Account) -> None:
    outcomes = ("made", "hit", "joined", "failed")
    before = [counted("aloud_requests_total", outcome=outcome) for outcome in outcomes]
    saved = counted("aloud_saved_dollars_total")
    parts = await asyncio.gather(*[speak(HELLO, account) for _ in range(3)])
    for part in parts:
        await part.whole()
    await speak(HELLO, account)
    after = [counted("aloud_requests_total", outcome=outcome) for outcome in outcomes]
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 2, 0]
    assert counted("aloud_saved_dollars_total") - saved == pytest.approx(3 * 11 * 15 / 1_000_000)


async def test_refusals_are_counted_by_their_code(user: User) -> None:
    before = counted("aloud_refusals_total", code="not_signed_in")
    assert (await stranger().post("/tts", json={"text": "Hello"})).status_code == 401
    assert counted("aloud_refusals_total", code="not_signed_in") == before + 1


def test_the_alerts_ask_for_what_is_counted() -> None:
    groups = yaml.safe_load((ROOT / "deploy" / "prometheus-alerts.yml").read_text())["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    asked = {name for rule in rules for name in re.findall(r"aloud_\w+", rule["expr"])}
    known = {metric.name for metric in REGISTRY.collect()}
    assert {re.sub(r"_(total|bucket)$", "", name) for name in asked} <= known
    assert len(asked) > 5
    assert all(rule["labels"]["severity"] and rule["annotations"]["summary"] for rule in rules)
