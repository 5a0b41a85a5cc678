"""The example page of the elements for other sites."""

from __future__ import annotations

import re

import httpx2 as httpx
import pytest

from accounts.models import User
from tests.http import signed_in, stranger

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = {"Accept": "text/html"}


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    user.default_voice = "local:bright"
    user.save()
    return signed_in(user)


async def test_strangers_are_sent_to_sign_in() -> None:
    response = await stranger().get("/embed/example", headers=PAGE)
    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/login/?next=/embed/example")


async def test_it_shows_what_to_write_and_the_elements_at_work(client: httpx.AsyncClient) -> None:
    page = (await client.get("/embed/example", headers=PAGE)).text
    assert '&lt;script type="module" src="http://127.0.0.1/static/embed/aloud.js"&gt;' in page
    assert '<speak-button src="/tts/voices/local:bright/sample">' in page
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script>", page)
