"""The voices page: which voices it shows, and what can be chosen on it."""

from __future__ import annotations

import re
from uuid import uuid4

import httpx2 as httpx
import pytest
from pytest_django import Settings

from accounts.models import Plan, User
from tests.http import signed_in, stranger
from voice.models import CallSession, Voice

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = {"Accept": "text/html"}


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    client = signed_in(user)
    client.headers.update(PAGE)
    return client


@pytest.fixture
def call(user: User) -> CallSession:
    return CallSession.objects.create(owner=user, title="Tea & <biscuits>", voice="local:deep")


async def page(client: httpx.AsyncClient, **asked: str) -> str:
    response = await client.get("/voices", params=asked)
    assert response.status_code == 200
    return response.text


def shown(text: str) -> list[str]:
    return re.findall(r'<li data-voice="([^"]+)"', text)


def pressed(text: str, action: str) -> list[str]:
    """The voices whose button is pressed."""
    items = re.findall(r'<li data-voice="([^"]+)"(.*?)</li>', text, re.DOTALL)
    return [voice for voice, item in items if f'data-action="{action}" aria-pressed="true"' in item]


async def test_strangers_are_sent_to_sign_in_and_come_back() -> None:
    response = await stranger().get("/voices", headers=PAGE)
    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/login/?next=/voices")


async def test_every_voice_has_a_sample_and_can_be_ones_own(client: httpx.AsyncClient) -> None:
    text = await page(client)
    assert shown(text)[0] == "local:heart"
    assert 'data-sample="/tts/voices/local:heart/sample"' in text
    assert text.count('data-action="default"') == len(shown(text)) > 1
    assert 'data-action="call"' not in text
    assert pressed(text, "default") == []


async def test_ones_own_voice_is_marked(client: httpx.AsyncClient, user: User) -> None:
    await User.objects.filter(pk=user.pk).aupdate(default_voice="local:bright")
    assert pressed(await page(client), "default") == ["local:bright"]


async def test_that_of_a_conversation_is_marked_and_can_be_chosen(client: httpx.AsyncClient, call: CallSession) -> None:
    text = await page(client, call=str(call.pk))
    assert pressed(text, "call") == ["local:deep"]
    assert f'data-call="/calls/{call.pk}"' in text
    assert f'href="{call.get_absolute_url()}"' in text
    assert "Tea &amp; &lt;biscuits&gt;" in text


async def test_the_chat_leads_there(client: httpx.AsyncClient, call: CallSession) -> None:
    assert f'href="/voices?call={call.pk}"' in (await client.get(call.get_absolute_url())).text


async def test_somebody_elses_conversation_is_not_there(client: httpx.AsyncClient) -> None:
    eve = await User.objects.acreate(username="eve")
    theirs = await eve.calls.acreate()
    for written in (theirs.pk, uuid4(), "tea"):
        assert (await client.get("/voices", params={"call": str(written)})).status_code == 404


async def test_voices_are_found_by_language_and_provider(client: httpx.AsyncClient, settings: Settings) -> None:
    settings.TTS_PROVIDER = ["local", "openai"]
    everything = shown(await page(client))
    ours = shown(await page(client, provider="local", language="en"))
    assert ours == [voice for voice in everything if voice.startswith("local:")] != everything
    nothing = await page(client, provider="local", language="de")
    assert shown(nothing) == []
    assert "No voice is like that." in nothing
    assert '<option value="local" selected>' in nothing


async def test_voices_that_cannot_speak_just_now_say_so(client: httpx.AsyncClient, settings: Settings) -> None:
    assert "Cannot speak just now" not in await page(client)
    settings.TTS_PROVIDER = ["local", "openai"]
    assert "Cannot speak just now" in await page(client)


async def test_voices_that_are_off_or_not_in_the_plan_are_not_shown(client: httpx.AsyncClient, user: User) -> None:
    await Voice.objects.filter(provider="local", name="deep").aupdate(enabled=False)
    assert "local:deep" not in shown(await page(client))
    elsewhere = await Plan.objects.acreate(name="theirs", label="Elsewhere", providers=["openai"])
    user.plan = elsewhere
    await user.asave()
    assert shown(await page(client)) == []


async def test_nothing_in_it_needs_an_exception_from_the_policy(client: httpx.AsyncClient) -> None:
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script>", await page(client))
