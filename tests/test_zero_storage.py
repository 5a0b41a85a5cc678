"""With caching off, audio passes through: no byte of it is stored, and little of it is in memory at any time."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
import pytest

from tests.audio import decoded_s, tone
from tests.http import sign_in
from tests.processes import ProcessGroup, free_port
from tests.server import ROOT, AloudServer
from tests.system_calls import UNSEEN, WRITES, Call, recorded, tracing
from tests.vendors.environment import environment
from tests.vendors.server import FakeVendors
from voice.domain.audio import BYTES_PER_SECOND, AudioFormat

NO_STORE = {"Cache-Control": "no-store"}
HELLO = {"text": "Hello there", "voice": "openai:alloy"}
ASKED = [
    {**HELLO, "format": "mp3"},
    {**HELLO, "format": "pcm"},
    {"text": "Hello there", "voice": "piper:default", "format": "opus"},  # WAV comes in, and is encoded here
]
LONG_S = 1_000
LONG_BYTES = LONG_S * BYTES_PER_SECOND
BOUND_BYTES = 12 * 1024**2
RECOGNISED_BYTES = 16


@contextmanager
def serving(
    folder: Path, settings: Mapping[str, str], *, seconds: float = 1.0, under: Sequence[str] = ()
) -> Iterator[AloudServer]:
    """The application in front of vendors whose answers last ``seconds``."""
    port = free_port()
    vendor = ProcessGroup(
        [sys.executable, "-m", "tests.vendors", str(port), f"--seconds={seconds}"],
        env={"PATH": "", "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        log=folder.with_suffix(".vendor.log"),
    )
    settings = {
        "OPENAI_API_KEY": "sk-test",
        "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/openai/v1",
        "PIPER_BASE_URL": f"http://127.0.0.1:{port}/piper",
        "PYTHONDONTWRITEBYTECODE": "1",
        **settings,
    }
    folder.mkdir()
    with vendor, AloudServer(folder, under=under, **settings) as server:
        yield server


# -- What is written --------------------------------------------------------------------------------------------------


class Watched:
    """What a server did to its folder, and to files anywhere, while it spoke."""

    def __init__(self, folder: Path, records: Path) -> None:
        self.folder = folder
        self.records = records
        self.spoken: list[bytes] = []
        self.before: set[Path] = set()

    def files(self) -> set[Path]:
        """Those in the folder."""
        return {path for path in self.folder.rglob("*") if path.is_file()}

    def new_files(self) -> set[str]:
        """Those that came while it spoke, but for the database's own."""
        return {path.name for path in self.files() - self.before if not path.name.startswith("db.sqlite3")}

    def calls(self) -> list[Call]:
        """What it asked the kernel."""
        return list(recorded(self.records))

    def writes_with_audio(self) -> set[str]:
        """The files that were written audio to."""
        known = recognisable(*self.spoken, tone(1.0))
        to_files = [call for call in self.calls() if call.name in WRITES and call.is_to_a_file]
        return {call.target for call in to_files if holds(call.data, known)}

    def files_with_audio(self) -> set[str]:
        """The files in the folder that hold audio, however it came there."""
        known = recognisable(*self.spoken, tone(1.0))
        return {path.name for path in self.files() if holds(path.read_bytes(), known)}

    def mapped(self) -> set[str]:
        """The files that were written to as memory."""
        return {Path(call.target).name for call in self.calls() if call.maps_for_writing and call.is_to_a_file}


def recognisable(*audio: bytes) -> set[bytes]:
    """Every few bytes in a row of ``audio``, cut anywhere, that nothing else has by chance."""
    pieces = {data[at : at + RECOGNISED_BYTES] for data in audio for at in range(len(data) - RECOGNISED_BYTES + 1)}
    return {piece for piece in pieces if len(set(piece)) > RECOGNISED_BYTES // 2}


def holds(data: bytes, known: set[bytes]) -> bool:
    """Whether anything of what is ``known`` stands in ``data``."""
    return any(data[at : at + RECOGNISED_BYTES] in known for at in range(len(data) - RECOGNISED_BYTES + 1))


async def watched_speaking(folder: Path, *, headers: dict[str, str], storage: str) -> Watched:
    """A server that has said everything of ASKED under strace, and has ended."""
    watched = Watched(folder, folder.with_suffix(".calls"))
    settings = {
        "TTS_PROVIDER": "openai,piper",
        "TTS_STORAGE": storage,
        "UVICORN_LOOP": "asyncio",  # uvloop asks for io_uring, and what goes through a ring is seen by nobody
    }
    with serving(folder, settings, under=tracing(watched.records)) as server:
        async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
            await sign_in(client)
            watched.before = watched.files()
            for asked in ASKED * 2:  # whoever comes again is answered ahead of Django, where that may be
                response = await client.post("/tts", json=asked, headers=headers)
                assert decoded_s(response.content, AudioFormat(asked["format"])) == pytest.approx(1.0, abs=0.1)
                watched.spoken.append(response.content)
    return watched


@pytest.mark.parametrize(("storage", "headers"), [("off", {}), ("file", NO_STORE)], ids=["off", "no-store"])
async def test_no_byte_of_audio_is_written_anywhere(tmp_path: Path, storage: str, headers: dict[str, str]) -> None:
    watched = await watched_speaking(tmp_path / "server", storage=storage, headers=headers)
    assert watched.writes_with_audio() == set()
    assert watched.files_with_audio() == set()
    assert watched.new_files() == set()
    assert watched.mapped() <= {"db.sqlite3-shm"}
    assert not [call for call in watched.calls() if call.name in UNSEEN]


async def test_the_same_look_sees_it_where_it_may_be_stored(tmp_path: Path) -> None:
    """The control: what is found nowhere above is found here, by each of its means."""
    watched = await watched_speaking(tmp_path / "server", storage="file", headers={})
    kinds = {Path(name).suffix for name in watched.new_files()}
    assert kinds == {".mp3", ".pcm", ".opus"}
    assert {Path(name).suffix for name in watched.files_with_audio()} == kinds
    assert {Path(name).name.split(".")[2] for name in watched.writes_with_audio()} == {"mp3", "pcm", "opus"}


# -- What is held in memory ------------------------------------------------------------------------------------------


def status_bytes(server: AloudServer, field: str) -> int:
    status = Path(f"/proc/{server.pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024


def forget_peak(server: AloudServer) -> None:
    """Let the kernel measure the peak anew (proc(5), clear_refs)."""
    Path(f"/proc/{server.pid}/clear_refs").write_text("5")


@pytest.fixture(scope="module")
def long_winded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AloudServer]:
    """A server whose vendor talks for a quarter of an hour, and takes no time for it."""
    with serving(tmp_path_factory.mktemp("memory") / "server", {"TTS_PROVIDER": "openai"}, seconds=LONG_S) as server:
        yield server


async def peak_above_idle(server: AloudServer, headers: dict[str, str]) -> int:
    """Bytes the server needs for one long stream that is heard by somebody slow."""
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        await sign_in(client)
        assert (await client.post("/tts", json={**HELLO, "model": "400"}, headers=headers)).status_code == 503
        idle = status_bytes(server, "VmRSS")
        forget_peak(server)
        received = 0
        async with client.stream("POST", "/tts", json={**HELLO, "format": "pcm"}, headers=headers) as response:
            assert response.headers["X-Cache"] == "miss"
            async for chunk in response.aiter_bytes():
                if received == 0:
                    await asyncio.sleep(2)
                received += len(chunk)
        assert received == LONG_BYTES
    return status_bytes(server, "VmHWM") - idle


async def test_a_long_stream_to_a_slow_listener_takes_little_memory(long_winded: AloudServer) -> None:
    assert await peak_above_idle(long_winded, NO_STORE) < BOUND_BYTES < LONG_BYTES / 3


async def test_the_same_measure_sees_what_is_held_to_be_kept(long_winded: AloudServer) -> None:
    """The control."""
    assert await peak_above_idle(long_winded, {}) > LONG_BYTES


# -- Who leaves ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mischief", ["", "hang-midway", "hang"], ids=["while it speaks", "midway", "before it speaks"])
async def test_when_nobody_listens_any_longer_the_call_is_ended(tmp_path: Path, mischief: str) -> None:
    async with FakeVendors(seconds=60.0, chunks=3_000, chunk_delay_s=0.01) as vendor:
        server = AloudServer(tmp_path, **environment(vendor), TTS_PROVIDER="openai", TTS_STORAGE="off")
        await asyncio.to_thread(server.__enter__)
        async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
            await sign_in(client)
            if mischief:
                vendor.misbehave("openai", mischief)
            leaving = asyncio.create_task(client.post("/tts", json={**HELLO, "format": "pcm"}))
            async with asyncio.timeout(20):
                while not vendor.heard:
                    await asyncio.sleep(0.01)
                await asyncio.sleep(0.3)  # so that the server watches for a hang-up
                leaving.cancel()
                await vendor.left.wait()
        await asyncio.to_thread(server.stop)
