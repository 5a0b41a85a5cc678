"""What goes wrong is said on a page of ours, without asking the database for anything."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client

PAGES = {
    "400.html": "made no sense",
    "403.html": "not yours to open",
    "403_csrf.html": "gone stale",
    "404.html": "nothing here",
    "429.html": "a little fast",
    "500.html": "broke on our side",
}


@pytest.mark.parametrize("template", PAGES)
def test_each_says_what_happened_and_shows_a_way_on(template: str) -> None:
    page = render_to_string(template)
    assert PAGES[template] in page
    assert 'href="/"' in page


def test_an_unknown_address_gets_the_page_for_it() -> None:
    response = Client().get("/nothing", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "There is nothing here." in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_gets_the_page_for_it() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "ada", "password": "x"})
    assert response.status_code == 403
    assert "gone stale" in response.content.decode()
