"""One session of classic WebDriver over plain HTTP (https://www.w3.org/TR/webdriver2/)."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import Any

Json = dict[str, Any]


class WebDriverError(Exception):
    """The driver refuses a command; its text begins with the specification's error code."""


class WebDriverSession:
    """A session with the driver on that port of the loopback."""

    def __init__(self, port: int, capabilities: Json) -> None:
        self._http = HTTPConnection("127.0.0.1", port, timeout=60)
        self._path = ""
        answer = self._call("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self._path = f"/session/{answer['sessionId']}"

    def get(self, command: str) -> Any:
        """The value of ``GET /session/…/command``.

        Raises:
            WebDriverError: the driver refused it.
        """
        return self._call("GET", command)

    def post(self, command: str, **params: Any) -> Any:
        """The value of ``POST /session/…/command``; raises as ``get`` does."""
        return self._call("POST", command, params)

    def close(self) -> None:
        """End the session, and with it the browser."""
        self._call("DELETE", "")
        self._http.close()

    def _call(self, method: str, command: str, params: Json | None = None) -> Any:
        body = None if params is None else json.dumps(params)
        self._http.request(method, self._path + command, body)
        answer = self._http.getresponse()
        value = json.loads(answer.read())["value"]
        if answer.status != 200:
            raise WebDriverError(f"{value['error']}: {value['message']}")
        return value
