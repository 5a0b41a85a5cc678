"""The real application in a process of its own, on a database and a cache of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final, Self

from tests.processes import ProcessGroup, free_port, wait_until

ROOT: Final = Path(__file__).resolve().parent.parent
START_TIMEOUT_S: Final = 60


class AloudServer:
    """``with AloudServer(folder) as server`` serves at ``server.url``; everything it keeps is in ``folder``.

    ``settings`` are environment variables on top of those in ``env``. Nothing else of the caller's environment gets in,
    so that no key or address of a developer does. It is started ``under`` another program, if one is given.
    """

    def __init__(self, folder: Path, *, under: Sequence[str] = (), **settings: str) -> None:
        self.folder = folder
        self._under = under
        self.log = folder / "server.log"
        self.database = folder / "db.sqlite3"
        self.cache = folder / "cache"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite:///{self.database}",
            "TTS_CACHE_DIR": str(self.cache),
            "STATIC_ROOT": str(folder / "static"),
            "DEBUG": "false",
            "SECRET_KEY": "only for tests, and long enough for Django not to complain of it",
            "ALLOWED_HOSTS": "127.0.0.1",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        } | settings
        self._group: ProcessGroup | None = None

    @property
    def pid(self) -> int:
        """The process id of the server that runs now, or of what it runs under."""
        assert self._group, "not started"
        return self._group.pid

    def manage(self, *arguments: str, **environment: str) -> str:
        """What ``manage.py`` prints for these arguments.

        Raises:
            subprocess.CalledProcessError: it failed; its notes hold what it complained of.
        """
        command = [sys.executable, "manage.py", *arguments]
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=self.env | environment, check=True, capture_output=True, text=True, timeout=300
            )
        except subprocess.CalledProcessError as error:
            error.add_note(error.stderr)
            raise
        return done.stdout

    def prepare(self) -> None:
        """Make what the first start needs: tables, static files, the demo."""
        self.manage("migrate", "--verbosity=0")
        self.manage("collectstatic", "--no-input", "--verbosity=0")
        self.manage("load_demo")

    def start(self) -> None:
        """Start serving, and wait until it is ready.

        Raises:
            RuntimeError: it ended instead; the notes hold the end of its log.
            TimeoutError: it is not ready within START_TIMEOUT_S; the same notes.
        """
        application = ["tts_project.asgi:application", f"--app-dir={ROOT}", f"--port={self.port}"]
        self._group = ProcessGroup(
            [*self._under, sys.executable, "-m", "uvicorn", *application], env=self.env, log=self.log
        )
        try:
            wait_until(self._ready, START_TIMEOUT_S, f"{self.url}/health/ready")
        except (RuntimeError, TimeoutError) as error:
            error.add_note(self.log.read_text()[-4000:])
            raise

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        if self._group:
            self._group.stop()

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        if self._group:
            self._group.kill()

    def restart(self) -> None:
        """Start again, at the same address with the same data, whether or not it still runs."""
        self.stop()
        self.start()

    def __enter__(self) -> Self:
        self.prepare()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _ready(self) -> bool:
        if not self._group or not self._group.running():
            raise RuntimeError("the server ended before it was ready")
        asking = HTTPConnection("127.0.0.1", self.port, timeout=5)
        with closing(asking), suppress(OSError, HTTPException):  # not listening yet, or not yet for us
            asking.request("GET", "/health/ready")
            return asking.getresponse().status == HTTPStatus.OK
        return False
