"""The API is described, for programs and for people."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> str:
    return Client().get("/schema/docs").content.decode()


def test_programs_get_openapi() -> None:
    assert Client().get("/schema").content.startswith(b"openapi: 3.")
    paths = Client().get("/schema?format=json").json()["paths"]
    assert {"/tts", "/tts/voices", "/calls", "/calls/{call_id}", "/calls/{call_id}/messages"} <= set(paths)


def test_people_get_a_page_with_every_operation(page: str) -> None:
    for anchor in ("post-tts", "get-calls", "post-calls-call_id-messages"):
        assert f'<article id="{anchor}">' in page
        assert f'href="#{anchor}"' in page


def test_the_page_shows_bodies_answers_and_examples(page: str) -> None:
    assert "&quot;text&quot;: &quot;Which voices are there?&quot;" in page
    assert "<code>audio_ready</code>" in page
    assert ">list of Message</a>" in page


def test_the_page_tells_every_error(page: str) -> None:
    for code in ("invalid_request", "not_signed_in", "all_providers_failed", "unsupported_text"):
        assert f"<code>{code}</code>" in page


def test_nothing_in_it_needs_an_exception_from_the_policy(page: str) -> None:
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script|<img", page)


def test_who_is_signed_in_sees_so() -> None:
    client = Client()
    client.force_login(User.objects.create_user("ada"))
    assert "Sign out" in client.get("/schema/docs").content.decode()


def test_the_schema_is_sound_and_complete() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")


def test_the_addresses_served_ahead_of_django_are_described_too(page: str) -> None:
    paths = Client().get("/schema?format=json").json()["paths"]
    assert set(paths["/tts/audio/{key}.{format}"]["get"]["responses"]) == {"200", "206", "304", "416", "default"}
    assert "signed address" in page


def test_every_operation_tells_what_an_error_looks_like() -> None:
    paths = Client().get("/schema?format=json").json()["paths"]
    operations = [operation for methods in paths.values() for operation in methods.values()]
    assert operations
    for operation in operations:
        shape = operation["responses"]["default"]["content"]["application/json"]["schema"]
        assert shape == {"$ref": "#/components/schemas/Error"}


def test_programs_are_told_that_a_key_will_do() -> None:
    schema = Client().get("/schema?format=json").json()
    assert schema["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"
    assert {"apiKey": []} in schema["paths"]["/tts"]["post"]["security"]
    assert schema["paths"]["/tts/audio/{key}.{format}"]["get"]["security"] == []
