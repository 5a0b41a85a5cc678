"""``/ws/speech``, against a real server with its embedded voice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.audio import decoded_s
from tests.dictating import Dictator, dictator
from tests.guests import Guest, invite
from tests.server import AloudServer
from voice.consumers.speech import BOUNDS
from voice.domain.audio import AudioFormat


@pytest.fixture
async def client(server: AloudServer, ada: Guest) -> AsyncIterator[Dictator]:
    async with dictator(server, ada.cookies) as open_one:
        yield open_one


async def test_what_is_written_is_said_in_numbered_segments_in_order(client: Dictator) -> None:
    text = "It is *late*. Nobody is here, and the lamp is out! Shall we go?"
    await client.write(*(text[at : at + 5] for at in range(0, len(text), 5)))
    await client.say("end")
    heard = await client.hear_until("done")
    assert heard.said == ["It is late.", "Nobody is here, and the lamp is out!", "Shall we go?"]
    assert [event["index"] for event in heard.of("segment")] == [0, 1, 2] == sorted(heard.finished)
    for event in heard.of("segment-end"):
        lasts_s = decoded_s(heard.audio(event["index"]), AudioFormat.MP3)
        assert event["duration"] == pytest.approx(lasts_s, abs=0.06)
    kinds = [event["type"] for event in heard.events]
    assert kinds == ["segment", "segment-end"] * 3 + ["done"]


async def test_a_sentence_is_heard_while_the_next_is_being_written(client: Dictator) -> None:
    await client.write("This one is over. And this one is")
    heard = await client.hear_until("segment-end")
    assert heard.said == ["This one is over."]
    assert heard.audio(0)


async def test_a_flush_says_what_has_not_ended(client: Dictator) -> None:
    await client.write("Wait a")
    await client.say("flush")
    assert (await client.hear_until("segment-end")).said == ["Wait a"]
    await client.write(" moment. ")
    await client.say("end")
    assert (await client.hear_until("done")).said == ["Wait a", "moment."]


async def test_it_speaks_as_it_is_told_from_the_start_on(client: Dictator) -> None:
    await client.say("start", voice="local:deep", format="wav", speed=2)
    await client.write("Now in another voice.")
    await client.say("end")
    heard = await client.hear_until("done")
    assert heard.audio(0).startswith(b"RIFF")
    await client.say("start", format="wav", speed=0.5)
    await client.write("Now in another voice.")
    await client.say("end")
    heard = await client.hear_until("done")
    assert heard.of("segment-end")[1]["duration"] > 2 * heard.of("segment-end")[0]["duration"]


async def test_after_an_interruption_nothing_more_of_it_is_heard(client: Dictator) -> None:
    await client.write("One sentence. " * 40)
    await client.hear_until("audio")
    await client.say("interrupt")
    await client.write("Something else. ")
    await client.say("end")
    heard = await client.hear_until("interrupted")
    told_before = len(heard.events)
    heard = await client.hear_until("done")
    assert [event["type"] for event in heard.events[told_before:]] == ["segment", "segment-end", "done"]
    last = heard.of("segment")[-1]
    assert last["text"] == "Something else."
    assert last["index"] in heard.finished
    assert len(heard.said) < 41


async def test_what_cannot_be_said_is_told_and_the_rest_is_said(client: Dictator) -> None:
    await client.write("你好世界。 ", "😊 ", "Hello. ")
    await client.say("end")
    heard = await client.hear_until("done")
    (error,) = heard.of("error")
    assert (error["index"], error["error"]["code"]) == (0, "unsupported_text")
    assert 0 not in heard.chunks
    assert heard.said[1:] == ["Hello."]
    assert heard.audio(1)


async def test_it_is_the_audio_that_everybody_else_hears(client: Dictator, server: AloudServer, ada: Guest) -> None:
    async with ada.browser(server) as browser:
        spoken = await browser.post("/tts", json={"text": "The very same."})
    await client.write("The very same.")
    await client.say("end")
    assert (await client.hear_until("done")).audio(0) == spoken.content


async def test_a_text_without_a_word_is_done_at_once(client: Dictator) -> None:
    await client.write("… 😊")
    await client.say("end")
    assert (await client.hear_until("done")).events == [{"type": "done"}]


@pytest.mark.parametrize(
    "frame",
    [{"type": "sing"}, {"type": "text"}, {"type": "text", "delta": 5}, b"\x01", "text", "[]"],
)
async def test_what_is_no_frame_of_ours_closes_it(client: Dictator, frame: Any) -> None:
    await client.tab.say(frame)
    assert (await client.tab.closed())[0] == 4400


@pytest.mark.parametrize(
    "wrong", [{"voice": "local:nobody"}, {"format": "midi"}, {"speed": 9}, {"speed": "1"}, {"settings": {"a": [1]}}]
)
async def test_a_manner_nobody_has_is_told_and_closes_it(client: Dictator, wrong: dict[str, Any]) -> None:
    await client.say("start", **wrong)
    await client.write("Hello. ")
    heard = await client.hear_until("error")
    assert heard.events[0]["error"]["code"] == "invalid_request"
    assert (await client.tab.closed())[0] == 4400


async def test_a_frame_that_is_too_big_closes_it(client: Dictator) -> None:
    await client.write("a" * 17_000)
    assert (await client.tab.closed())[0] == 1009


async def test_more_text_than_anybody_may_send_closes_it(client: Dictator) -> None:
    await client.write(*["no end to it " * 1000] * 2)
    code, reason = await client.tab.closed()
    assert (code, reason) == (1009, "At most 20000 characters may wait to be said (TTS_MAX_CHARACTERS).")


async def test_a_flood_closes_it(client: Dictator) -> None:
    with pytest.raises(ConnectionClosed) as closed:  # it may be closed while it still sends
        for _ in range(BOUNDS.frames_a_minute * 2):
            await client.write("")
        await client.hear_until("done")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4429


async def test_a_client_can_see_that_it_is_still_there(client: Dictator) -> None:
    await client.say("ping")
    assert (await client.hear_until("pong")).events == [{"type": "pong"}]


async def test_it_does_not_outlive_its_session(server: AloudServer) -> None:
    (fay,) = invite(server, "fay")
    async with fay.browser(server) as browser, dictator(server, fay.cookies) as client:
        await client.write("I am still ")
        await browser.post("/accounts/logout/", headers={"Referer": f"{server.url}/"})
        assert (await client.tab.closed())[0] == 4401


async def test_who_hangs_up_in_the_middle_is_no_fault_of_ours(server: AloudServer, ada: Guest) -> None:
    async with dictator(server, ada.cookies) as client:
        await client.write("One sentence after the other, and none of them is like the one before it. " * 30)
        await client.hear_until("audio")
        client.tab.connection.transport.abort()
    async with dictator(server, ada.cookies) as client:
        await client.write("Here I am again.")
        await client.say("end")
        assert (await client.hear_until("done")).audio(0)
    await asyncio.to_thread(server.stop)
    log = server.log.read_text()
    server.start()
    assert "Traceback" not in log
    assert "ERROR" not in log


async def test_who_is_not_signed_in_cannot_dictate(server: AloudServer) -> None:
    async with dictator(server, {"Cookie": "sessionid=nobody"}) as stranger:
        assert (await stranger.tab.closed())[0] == 4401
