from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2 as httpx
import pytest

from tests.audio import decoded_s
from tests.http import JSON, sign_in
from tests.processes import ProcessGroup, free_port, wait_until
from tests.server import ROOT, AloudServer
from voice.domain.audio import AudioFormat

HELLO = {"text": "Hello there", "voice": "openai:alloy"}
GAP_S = 0.2


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AloudServer]:
    """The application in front of a vendor that takes about two seconds for an answer."""
    folder, port = tmp_path_factory.mktemp("crash"), free_port()
    vendor = ProcessGroup(
        [sys.executable, "-m", "tests.vendors", str(port), f"--chunk-delay={GAP_S}"],
        env={"PATH": "", "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        log=folder / "vendor.log",
    )
    settings = {
        "TTS_PROVIDER": "openai",
        "OPENAI_API_KEY": "sk-test",
        "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/openai/v1",
        "TTS_RESPONSE_TIMEOUT": "0.1",
    }
    with AloudServer(folder, **settings) as running:
        yield running
    vendor.stop()


@pytest.fixture
async def client(server: AloudServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as signed_in:
        await sign_in(signed_in)
        yield signed_in


def rows(server: AloudServer) -> int:
    with sqlite3.connect(server.database) as database:
        return int(database.execute("SELECT COUNT(*) FROM voice_ttscache").fetchone()[0])


def audio_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.mp3") if not path.name.startswith(".")]


async def test_killed_while_it_speaks_it_keeps_nothing_and_starts_afresh(
    server: AloudServer, client: httpx.AsyncClient
) -> None:
    address = (await client.post("/tts", json=HELLO, headers=JSON)).json()["audio_url"]
    received = 0
    with pytest.raises(httpx.RemoteProtocolError):
        async with client.stream("GET", address) as response:
            assert response.headers["X-Cache"] == "joined"
            async for chunk in response.aiter_bytes():
                received += len(chunk)
                server.kill()
    assert received > 0
    server.restart()
    assert rows(server) == 0
    assert audio_files(server.cache) == []
    assert (await client.get(address)).status_code == 404

    again = await client.post("/tts", json=HELLO)
    assert again.headers["X-Cache"] == "miss"
    assert decoded_s(again.content, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
    wait_until(lambda: rows(server) == 1, 10, "the row of what was spoken after the restart")


async def test_stopped_politely_it_finishes_what_it_is_saying(server: AloudServer, client: httpx.AsyncClient) -> None:
    asked = {**HELLO, "text": "One last word"}
    speaking = asyncio.create_task(client.post("/tts", json=asked))
    await asyncio.sleep(2 * GAP_S)
    await asyncio.to_thread(server.stop)
    assert decoded_s((await speaking).content, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
    server.start()
    assert (await client.post("/tts", json=asked)).headers["X-Cache"] == "hit"


async def test_a_stream_that_breaks_off_is_seen_to_break_off(server: AloudServer, client: httpx.AsyncClient) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        await client.post("/tts", json={**HELLO, "model": "cut"})


async def test_a_caller_who_hangs_up_changes_nothing_for_the_others(
    server: AloudServer, client: httpx.AsyncClient
) -> None:
    asked = {**HELLO, "text": "Heard by two"}
    async with client.stream("POST", "/tts", json=asked) as first:
        assert first.headers["X-Cache"] == "miss"
        second = asyncio.create_task(client.post("/tts", json=asked))
        await asyncio.sleep(GAP_S)
    response = await second
    assert response.headers["X-Cache"] == "joined"
    assert decoded_s(response.content, AudioFormat.MP3) == pytest.approx(1.0, abs=0.05)
