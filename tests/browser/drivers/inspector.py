"""The console of WebKitGTK, read where its Web Inspector reads it, since its WebDriver has no word for a console.

The browser's inspector port speaks length-prefixed messages: a big-endian size, a byte for the sender's byte order, the
message's name, and a GVariant with its parameters. Source: WebKit's ``RemoteInspectorServer.cpp`` and
``SocketConnection.cpp`` under ``Source/``; the JSON inside is its Web Inspector protocol.
"""

from __future__ import annotations

import itertools
import json
import socket
import struct
from typing import Any, Final

Json = dict[str, Any]

BROWSER: Final = struct.pack("<QQ", 1, 1)
"""The first page of the browser: connection and target, as the browser numbers them."""

LITTLE_ENDIAN: Final = 1


class WebInspector:
    """The errors in the console of the browser whose inspector listens at ``host:port``."""

    def __init__(self, address: str) -> None:
        host, _, port = address.partition(":")
        self._socket = socket.create_connection((host, int(port)), timeout=10)
        self._stream = self._socket.makefile("rb")
        self._numbers = itertools.count(1)
        self._errors: list[str] = []
        self._send("SetupInspectorClient", b"\0")
        self._send("Setup", BROWSER)
        self._page = ""
        while not self._page:
            self._read()
        self.errors()

    def errors(self) -> list[str]:
        """Errors since the start: the console's, uncaught exceptions, blocked and failed loads."""
        page, number = self._page, self._listen(self._page)
        while self._read() != number:
            if self._page != page:  # the answer died with the process of the page that was left
                page, number = self._page, self._listen(self._page)
        return list(self._errors)

    def close(self) -> None:
        """Hang up."""
        self._stream.close()
        self._socket.close()

    def _listen(self, page: str) -> int:
        """Ask a page for its console. A page that tells already answers too, after all it had to tell."""
        number = next(self._numbers)
        message = json.dumps({"id": number, "method": "Console.enable"})
        params = {"targetId": page, "message": message}
        command = {"id": next(self._numbers), "method": "Target.sendMessageToTarget", "params": params}
        self._send("SendMessageToBackend", BROWSER + json.dumps(command).encode() + b"\0")
        return number

    def _read(self) -> int | None:
        """Take in one message; the number it answers, if it comes from a page and is an answer."""
        size, _ = struct.unpack(">IB", self._exactly(5))
        name, _, params = self._exactly(size).partition(b"\0")
        if name != b"SendMessageToFrontend":
            return None
        event = json.loads(params[len(BROWSER) : -1])
        return self._take(event.get("method"), event.get("params"))

    def _take(self, method: str | None, params: Json) -> int | None:
        if method == "Target.targetCreated":
            created = params["targetInfo"]
            self._page = self._page or created["targetId"]
            self._listen(created["targetId"])
        elif method == "Target.didCommitProvisionalTarget":
            self._page = params["newTargetId"]
        elif method == "Target.dispatchMessageFromTarget":
            return self._hear(json.loads(params["message"]))
        return None

    def _hear(self, message: Json) -> int | None:
        if message.get("method") == "Console.messageAdded":
            entry = message["params"]["message"]
            if entry["level"] == "error":
                self._errors.append(f"{entry['text']} ({entry.get('url', '')})")
        return message.get("id")

    def _send(self, name: str, params: bytes) -> None:
        body = name.encode() + b"\0" + params
        self._socket.sendall(struct.pack(">IB", len(body), LITTLE_ENDIAN) + body)

    def _exactly(self, size: int) -> bytes:
        read = self._stream.read(size)
        if len(read) < size:
            raise ConnectionError("WebKit's inspector hung up")
        return read
