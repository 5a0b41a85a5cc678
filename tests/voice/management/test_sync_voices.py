from __future__ import annotations

import asyncio

import pytest
from django.core.management import CommandError, call_command

from tests.vendors.server import FakeVendors
from voice.models import Voice

pytestmark = pytest.mark.django_db(transaction=True)


async def test_it_asks_one_vendor_after_the_other_whatever_becomes_of_the_first(
    vendors: FakeVendors, capsys: pytest.CaptureFixture[str]
) -> None:
    vendors.misbehave("azure", "500")
    told = await asyncio.to_thread(call_command, "sync_voices", "azure", "piper", "elevenlabs")
    assert capsys.readouterr().out.splitlines() == [
        "azure: It answered 500.",
        "piper: 3 voices, 2 of them new; 0 gone.",
        "elevenlabs: 3 voices, 3 of them new; 13 gone.",
        told,
    ]
    assert told == "5 voices added, 13 gone."
    assert await Voice.objects.filter(provider="piper", name="en_US-joe-medium").aexists()


def test_by_itself_it_asks_the_chain(capsys: pytest.CaptureFixture[str]) -> None:
    assert call_command("sync_voices") == "0 voices added, 0 gone."
    assert capsys.readouterr().out.splitlines()[0] == "local: It does not list its voices."


def test_it_does_not_ask_whom_it_does_not_know() -> None:
    with pytest.raises(CommandError, match="gramophone"):
        call_command("sync_voices", "gramophone")
