"""Addresses say where in a list one is, and are not believed blindly."""

from __future__ import annotations

from uuid import uuid4

import pytest

from voice.calls.paging import before_of, page_of
from voice.domain.errors import InvalidRequest


def test_the_first_page_needs_no_number() -> None:
    assert page_of({}) == 1
    assert page_of({"page": "12"}) == 12


@pytest.mark.parametrize("written", ["0", "-1", "", "two", "1.5", "100000", "٣", "1 ", "01"])
def test_what_is_no_page_is_refused(written: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        page_of({"page": written})
    assert "page" in refusal.value.fields


def test_before_names_a_message() -> None:
    message_id = uuid4()
    assert before_of({"before": str(message_id)}) == message_id
    assert before_of({}) is None


def test_what_is_no_message_is_refused() -> None:
    with pytest.raises(InvalidRequest) as refusal:
        before_of({"before": "yesterday"})
    assert "before" in refusal.value.fields
