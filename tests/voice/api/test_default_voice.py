"""One's own voice is chosen, and heard from then on."""

from __future__ import annotations

import httpx2 as httpx
import pytest

from accounts.models import Plan, User
from tests.http import JSON, signed_in, stranger
from voice.models import Message, Voice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

ADDRESS = "/tts/voices/default"


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    return signed_in(user)


async def refusal(client: httpx.AsyncClient, **body: object) -> str:
    response = await client.put(ADDRESS, json=body)
    assert response.status_code == 400
    return str(response.json()["error"]["fields"]["voice"])


async def test_the_voice_that_is_chosen_is_heard_from_then_on(client: httpx.AsyncClient, user: User) -> None:
    call = await user.calls.acreate()
    reply = await call.messages.acreate(author=Message.Author.ASSISTANT, text="A reply to you.")
    assert (await client.get(reply.audio_url)).headers["X-Voice"] == "local:heart"

    response = await client.put(ADDRESS, json={"voice": "local:bright"})
    assert (response.status_code, response.json()) == (200, {"voice": "local:bright"})
    assert (await client.get(reply.audio_url)).headers["X-Voice"] == "local:bright"
    assert (await client.post("/tts", json={"text": "Hello"}, headers=JSON)).json()["voice"] == "local:bright"


async def test_an_empty_one_gives_the_services_own_back(client: httpx.AsyncClient, user: User) -> None:
    await client.put(ADDRESS, json={"voice": "local:bright"})
    assert (await client.put(ADDRESS, json={"voice": ""})).json() == {"voice": "local:heart"}
    await user.arefresh_from_db()
    assert user.default_voice == ""


async def test_a_voice_that_cannot_be_had_is_refused(client: httpx.AsyncClient, user: User) -> None:
    await Voice.objects.filter(provider="local", name="deep").aupdate(enabled=False)
    for voice in ("local:nobody", "heart", 7, "local:deep"):
        assert await refusal(client, voice=voice)
    assert await refusal(client)
    await user.arefresh_from_db()
    assert user.default_voice == ""


async def test_a_voice_the_plan_does_not_include_is_refused(client: httpx.AsyncClient, user: User) -> None:
    elsewhere = await Plan.objects.acreate(name="theirs", label="Elsewhere", providers=["openai"])
    await User.objects.filter(pk=user.pk).aupdate(plan=elsewhere)
    assert await refusal(client, voice="local:bright") == "Your plan does not include the voices of local."


async def test_it_takes_a_session_and_the_token_of_a_page(client: httpx.AsyncClient) -> None:
    assert (await stranger().put(ADDRESS, json={"voice": "local:bright"})).status_code == 401
    del client.headers["X-CSRFToken"]
    assert (await client.put(ADDRESS, json={"voice": "local:bright"})).status_code == 403


async def test_other_methods_are_refused(client: httpx.AsyncClient) -> None:
    response = await client.post(ADDRESS, json={"voice": "local:bright"})
    assert (response.status_code, response.headers["Allow"]) == (405, "PUT")
