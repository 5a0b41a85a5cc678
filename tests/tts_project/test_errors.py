from __future__ import annotations

import httpx2 as httpx
import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from pytest_django import Settings

from tests.http import stranger


async def fails(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("a secret detail")


async def forbids(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [path("fails", fails), path("forbids", forbids), path("", include("tts_project.urls"))]
handler400 = "tts_project.errors.bad_request"
handler403 = "tts_project.errors.permission_denied"
handler404 = "tts_project.errors.page_not_found"
handler500 = "tts_project.errors.server_error"

CASES = [
    ("/nowhere", {}, 404, "not_found"),
    ("/forbids", {}, 403, "forbidden"),
    ("/fails", {}, 500, "internal_error"),
    ("/fails", {"Host": "evil.example"}, 400, "bad_request"),
]


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


async def answer(address: str, headers: dict[str, str]) -> httpx.Response:
    return await stranger().get(address, headers=headers)


@pytest.mark.parametrize(("address", "headers", "status", "code"), CASES)
async def test_a_program_is_told_in_the_shape_of_the_api(
    address: str, headers: dict[str, str], status: int, code: str
) -> None:
    response = await answer(address, headers)
    assert response.status_code == status
    assert response.json()["error"]["code"] == code
    assert response.json()["error"]["request_id"] == response.headers["X-Request-Id"]
    assert "secret" not in response.text


@pytest.mark.parametrize(("address", "headers", "status", "code"), CASES)
async def test_a_person_is_told_on_a_page(address: str, headers: dict[str, str], status: int, code: str) -> None:
    response = await answer(address, {**headers, "Accept": "text/html"})
    assert response.status_code == status
    assert response.headers["Content-Type"].startswith("text/html")
    assert code not in response.text
    assert "secret" not in response.text
