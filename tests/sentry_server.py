"""A server on loopback that takes what Sentry's clients send, and opens it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class SentryServer:
    """The address of its one project, and every envelope that came, unpacked."""

    dsn: str
    envelopes: list[bytes] = field(default_factory=list)

    def events(self) -> list[dict[str, Any]]:
        """The events out of the envelopes."""
        return [event for envelope in self.envelopes for event in _events_in(envelope)]


def _events_in(envelope: bytes) -> Iterator[dict[str, Any]]:
    """An envelope is a line of header, then for each item a line of header and its payload."""
    lines = envelope.split(b"\n")
    for header, payload in zip(lines[1::2], lines[2::2], strict=False):
        if json.loads(header)["type"] == "event":
            yield json.loads(payload)


@contextmanager
def sentry_server() -> Iterator[SentryServer]:
    """One that runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Intake) as httpd:
        server = SentryServer(f"http://publickey@127.0.0.1:{httpd.server_port}/1")
        httpd.sentry = server  # type: ignore[attr-defined]  # what its handlers know of each other
        Thread(target=httpd.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            httpd.shutdown()


class _Intake(BaseHTTPRequestHandler):
    server: Any

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        packed = self.headers.get("Content-Encoding") == "gzip"
        if self.path == "/api/1/envelope/":
            self.server.sentry.envelopes.append(gzip.decompress(body) if packed else body)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""
