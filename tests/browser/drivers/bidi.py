"""One connection that speaks WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/)."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

from websockets.sync.client import ClientConnection

Json = dict[str, Any]


class BidiError(Exception):
    """The browser refuses a command."""


class BidiConnection:
    """Commands go out one at a time; events that arrive meanwhile are given to ``on_event``."""

    on_event: Callable[[str, Json], None]

    def __init__(self, connection: ClientConnection) -> None:
        self._socket = connection
        self._numbers = itertools.count(1)

    def command(self, method: str, *, timeout_s: float = 30, **params: Any) -> Json:
        """The result of one command.

        Raises:
            BidiError: the browser refused it.
            TimeoutError: it sent nothing for ``timeout_s``.
        """
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (message := json.loads(self._socket.recv(timeout_s))).get("id") != number:
            self.on_event(message["method"], message["params"])
        if message["type"] == "error":
            raise BidiError(f"{method}: {message['error']}: {message['message']}")
        result: Json = message["result"]
        return result
