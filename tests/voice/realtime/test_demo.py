"""The demo assistant answers about the product, does what it is asked, and else speaks of what was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.calls.rendering import to_html
from voice.models import Message
from voice.realtime.demo import answer, reply

NOW = datetime(2026, 1, 5, 9, 7, tzinfo=UTC)


def history(*texts: str) -> list[Message]:
    return [Message(author=Message.Author.USER, text=text) for text in texts]


def answered(text: str) -> str:
    return answer(history(text), NOW)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("How do I press the icon?", "speaker icon"),
        ("Which voices are there?", "local:heart"),
        ("what FORMATS do you know", "`mp3`"),
        ("How does the cache work?", "second press plays at once"),
        ("Do I need an API key?", "built in"),
        ("Is what I write private?", "never logged"),
        ("What happens when a vendor fails?", "next one in the chain"),
        ("How is markdown read?", "read as a person would"),
    ],
)
def test_it_knows_the_product(asked: str, told: str) -> None:
    assert told in answered(asked)


def test_a_request_comes_before_the_product() -> None:
    assert answered("say the cache is full") == "the cache is full"


def test_the_product_comes_before_courtesy() -> None:
    assert "`mp3`" in answered("Hello, which formats are there?")


def test_curly_apostrophes_and_signs_are_understood() -> None:
    assert "09:07" in answered("What\u2019s the time?")
    assert "**84**" in answered("12 \u00d7 7")


def test_it_refers_to_anything_else_and_asks_back() -> None:
    told = answered("My cat likes tea")
    assert "“My cat likes tea”" in told
    assert "demo" in told or "four words" in told or "4 words" in told
    assert "?" in told


def test_it_does_not_repeat_itself_at_once() -> None:
    talk = history("My cat likes tea", "My cat likes tea", "My cat likes tea")
    assert len({answer(talk[:turns], NOW) for turns in (1, 2, 3)}) == 3


@pytest.mark.parametrize("yes", ["Yes", "yes, please!", "Sure.", "ok"])
@pytest.mark.parametrize(("said", "told"), [("My cat likes tea", "lighthouse"), ("Why is that?", "speaker icon")])
def test_a_yes_takes_up_what_it_offered(said: str, told: str, yes: str) -> None:
    talk = history(said)
    talk.append(Message(author=Message.Author.ASSISTANT, text=answer(talk, NOW)))
    assert told in answer([*talk, *history(yes)], NOW)


def test_a_yes_to_nothing_is_a_remark() -> None:
    assert "“Yes”" in answered("Yes")


def test_it_is_honest_about_questions_it_cannot_answer() -> None:
    assert "demo" in answered("Why is the sky blue?")


@pytest.mark.parametrize("hostile", ["{quote}", "{0.__class__}", "%s", "}{", "**" * 300, "x" * 5000, "\u202e", "]("])
def test_what_was_written_breaks_nothing(hostile: str) -> None:
    assert len(answered(hostile)) < 1000
    assert "href" not in to_html(answered(hostile))


@given(st.text(max_size=200))
def test_every_text_gets_an_answer_and_always_the_same(text: str) -> None:
    assert answered(text)
    assert answered(text) == answered(text)


async def test_a_reply_comes_in_pieces_that_make_the_whole() -> None:
    talk = history("What can you do?")
    pieces = [piece async for piece in reply(talk, NOW)]
    assert len(pieces) > 20
    assert "".join(pieces) == answer(talk, NOW)
