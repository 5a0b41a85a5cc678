"""A client that talks to the whole application, signed in as somebody or as nobody."""

from __future__ import annotations

import httpx2 as httpx
from django.conf import settings
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from accounts.models import User
from tts_project.asgi import application

BASE_URL = "http://127.0.0.1"
JSON = {"Accept": "application/json"}


def stranger() -> httpx.AsyncClient:
    """Somebody without a session."""
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=BASE_URL)


def signed_in(user: User) -> httpx.AsyncClient:
    """``user``, with a session and the CSRF token of a page."""
    browser = Client()
    browser.force_login(user)
    token = get_token(RequestFactory().get("/"))
    client = stranger()
    client.cookies.set(settings.SESSION_COOKIE_NAME, browser.cookies[settings.SESSION_COOKIE_NAME].value)
    client.cookies.set(settings.CSRF_COOKIE_NAME, token)
    client.headers["X-CSRFToken"] = token
    return client


def with_key(key: str) -> httpx.AsyncClient:
    """A program with an API key, and nothing else."""
    client = stranger()
    client.headers["Authorization"] = f"Bearer {key}"
    return client


async def sign_in(client: httpx.AsyncClient, username: str = "demo", password: str = "demo-aloud") -> None:
    """Sign in through the page, and carry the page's CSRF token from then on."""
    page = await client.get("/accounts/login/")
    csrf = page.cookies[settings.CSRF_COOKIE_NAME]
    form = {"login": username, "password": password, "csrfmiddlewaretoken": csrf}
    response = await client.post("/accounts/login/", data=form, headers={"Referer": str(page.url)})
    assert response.status_code == 302, response.text
    client.headers["X-CSRFToken"] = client.cookies[settings.CSRF_COOKIE_NAME]
