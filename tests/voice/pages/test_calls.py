"""The chat page: who sees what, and what a browser needs to find in it."""

from __future__ import annotations

import re
from uuid import uuid4

import httpx2 as httpx
import pytest

from accounts.models import User
from tests.http import signed_in, stranger
from voice.models import CallSession, Message

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    client = signed_in(user)
    client.headers.update(PAGE)
    return client


@pytest.fixture
def call(user: User) -> CallSession:
    return CallSession.objects.create(owner=user, title="Tea & <biscuits>")


async def test_strangers_are_sent_to_sign_in_and_come_back(call: CallSession) -> None:
    for path in ("/calls", call.get_absolute_url()):
        response = await stranger().get(path, headers=PAGE)
        assert (response.status_code, response.headers["Location"]) == (302, f"/accounts/login/?next={path}")


async def test_without_conversations_the_page_says_how_to_begin(client: httpx.AsyncClient) -> None:
    page = (await client.get("/calls")).text
    assert "You have no conversations yet" in page
    assert '<new-conversation action="/calls">' in page


async def test_conversations_are_listed_with_links(client: httpx.AsyncClient, call: CallSession) -> None:
    page = (await client.get("/calls")).text
    assert f'href="{call.get_absolute_url()}"' in page
    assert "Tea &amp; &lt;biscuits&gt;" in page
    assert "just now" in page


async def test_the_one_that_is_open_is_marked(client: httpx.AsyncClient, call: CallSession) -> None:
    page = (await client.get(call.get_absolute_url())).text
    assert f'href="{call.get_absolute_url()}" aria-current="page"' in page
    assert "<title>Tea &amp; &lt;biscuits&gt; · Aloud</title>" in page


async def test_a_reply_is_markdown_with_a_player(client: httpx.AsyncClient, call: CallSession) -> None:
    reply = await replied(call, "Some **bold** <script>alert(1)</script>")
    page = (await client.get(call.get_absolute_url())).text
    facts = f"/calls/{call.pk}/messages/{reply.pk}"
    assert f'<message-player src="/tts/audio/{reply.pk}" data-state="idle" data-message="{facts}">' in page
    assert "<strong>bold</strong> &lt;script&gt;" in page
    assert page.count("<audio") == 1


async def test_what_a_person_wrote_is_plain_text(client: httpx.AsyncClient, call: CallSession) -> None:
    await call.messages.acreate(author=Message.Author.USER, text="**not bold** <b>")
    page = (await client.get(call.get_absolute_url())).text
    assert "**not bold** &lt;b&gt;" in page


async def test_the_page_holds_what_its_scripts_need(client: httpx.AsyncClient, call: CallSession) -> None:
    page = (await client.get(call.get_absolute_url())).text
    assert re.search(r'<meta name="csrf-token" content="\w{64}">', page)
    assert f'<message-composer action="{call.get_absolute_url()}" for="log">' in page
    for kind in ("said", "reply", "writing"):
        assert f'<template data-kind="{kind}">' in page


async def test_nothing_in_it_needs_an_exception_from_the_policy(client: httpx.AsyncClient, call: CallSession) -> None:
    await replied(call, "| a |\n|--:|\n| 1 |\n\n![i](https://example.com/i.png)\n\n```js\nx\n```")
    page = (await client.get(call.get_absolute_url())).text
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)|<img", page)


async def test_somebody_elses_conversation_is_not_there(client: httpx.AsyncClient, transactional_db: None) -> None:
    eve = await User.objects.acreate(username="eve")
    foreign = await CallSession.objects.acreate(owner=eve, title="secret")
    for path in (foreign.get_absolute_url(), f"/calls/{uuid4()}/messages"):
        response = await client.get(path)
        assert response.status_code == 404
        assert "There is nothing here." in response.text
        assert "secret" not in response.text


@pytest.mark.parametrize("query", ["page=0", "page=x"])
async def test_a_page_that_cannot_be_is_not_there(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"/calls?{query}")).status_code == 404


async def test_long_conversations_show_their_end_and_a_way_back(client: httpx.AsyncClient, call: CallSession) -> None:
    first = await replied(call, "the first")
    for number in range(100):
        await replied(call, f"number {number}")
    page = (await client.get(call.get_absolute_url())).text
    assert str(first.pk) not in page
    (earlier,) = re.findall(r'class="earlier" href="(\?before=[\w-]+)"', page)
    older = (await client.get(call.get_absolute_url() + earlier)).text
    assert str(first.pk) in older
    assert "Newest messages" in older


async def replied(call: CallSession, text: str) -> Message:
    return await call.messages.acreate(author=Message.Author.ASSISTANT, text=text)
