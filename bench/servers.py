"""What is measured and what it is measured against, each in a process of its own on its own core."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import AF_INET, SOCK_STREAM, socket
from typing import Final

import psutil

from bench.machine import CLIENT_CORE, SERVER_CORE, on_core
from tests.processes import ProcessGroup, free_port, wait_until
from tests.server import AloudServer

UVICORN: Final = {"UVICORN_LOOP": "uvloop", "UVICORN_HTTP": "httptools", "UVICORN_ACCESS_LOG": "false"}
"""As ``make run`` starts it."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, and what it has used."""

    port: int
    process: psutil.Process

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def cpu_s(self) -> float:
        """Seconds of processor time since it started."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def resident_bytes(self) -> int:
        """Its memory now."""
        return int(self.process.memory_info().rss)

    def forget_peak(self) -> None:
        """Let its highest memory so far be what it has now (man 5 proc, clear_refs)."""
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def peak_bytes(self) -> int:
        """Its highest memory since ``forget_peak``."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@dataclass(frozen=True, slots=True)
class Street:
    """Aloud, the plain application beside it, and the vendor both may ask."""

    aloud: Server
    plain: Server
    vendor: Server


@contextmanager
def street() -> Iterator[Street]:
    """All three, with Aloud asking the fake vendor."""
    with (
        uvicorn("bench.vendor:vendor", CLIENT_CORE) as vendor,
        uvicorn("bench.plain:application", SERVER_CORE, VENDOR_URL=vendor.url) as plain,
        aloud_asking(vendor) as speaking,
    ):
        yield Street(speaking, plain, vendor)


def aloud_asking(vendor: Server, **settings: str) -> AbstractContextManager[Server]:
    """Aloud, speaking through the fake vendor."""
    chain = {"TTS_PROVIDER": "openai", "OPENAI_API_KEY": "sk-bench", "OPENAI_BASE_URL": f"{vendor.url}/v1"}
    return aloud(**chain, **settings)


BE_GENEROUS: Final = """
from accounts.models import Quota, User
Quota.objects.create(
    user=User.objects.get(username="demo"), requests_per_minute=10**6, characters_per_day=10**9,
    characters_per_month=10**9, voice_minutes_per_month=10**6, money_per_month=10**6,
)
"""
"""Limits are on, and counted, and never reached."""


@contextmanager
def aloud(**settings: str) -> Iterator[Server]:
    """The real application, with the demo user, on a database and a cache of its own."""
    with tempfile.TemporaryDirectory(prefix="aloud-bench-") as folder, ExitStack() as running:
        with on_core(SERVER_CORE):
            server = running.enter_context(AloudServer(Path(folder), **UVICORN, **settings))
            server.manage("shell", "-c", BE_GENEROUS)
        yield Server(server.port, psutil.Process(server.pid))


@contextmanager
def uvicorn(application: str, core: int, **environment: str) -> Iterator[Server]:
    """An ASGI application on the same server as Aloud."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", application, f"--port={port}", "--lifespan=off"]
    env = {"PATH": os.environ["PATH"], **UVICORN, **environment}
    with tempfile.TemporaryDirectory(prefix="aloud-bench-") as folder, ExitStack() as running:
        with on_core(core):
            group = running.enter_context(ProcessGroup(command, env=env, log=Path(folder, "log")))
        wait_until(lambda: _listens(port), 20, application)
        yield Server(port, psutil.Process(group.pid))


def _listens(port: int) -> bool:
    with closing(socket(AF_INET, SOCK_STREAM)) as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
