"""A mail server on loopback: it takes whatever is handed in, and keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any


@dataclass
class MailServer:
    """Where it listens, and the mails it has taken."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that speaks as much SMTP (RFC 5321) as handing in a mail takes."""
    with ThreadingTCPServer(("127.0.0.1", 0), _Conversation) as listening:
        server = MailServer(listening.server_address[1])
        listening.mail_server = server  # type: ignore[attr-defined]  # what its handlers know of each other
        Thread(target=listening.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            listening.shutdown()


class _Conversation(StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline():
            command = line.decode().strip().upper()
            if command == "DATA":
                self.say("354 go on")
                self.take()
            self.say("221 bye" if command == "QUIT" else "250 ok")
            if command == "QUIT":
                return

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline().decode()) not in {".\r\n", ""}:
            lines.append(line)
        mail = message_from_string("".join(lines), policy=policy.default)
        self.server.mail_server.mails.append(mail)

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
