"""A key from the command to the sound, and what one process changes as another sees it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import httpx2 as httpx
import pytest

from accounts.recent import TRUST_S
from tests.processes import wait_until
from tests.server import AloudServer

HELLO = {"text": "Hello there"}
REVOKED = "from accounts import keys; from accounts.models import ApiKey; keys.revoke(ApiKey.objects.get(name='{}'))"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AloudServer]:
    with AloudServer(tmp_path_factory.mktemp("keys")) as running:
        yield running


def made(server: AloudServer, name: str) -> str:
    return server.manage("create_api_key", "demo", "--name", name).splitlines()[-1]


def heard(server: AloudServer, key: str) -> httpx.Response:
    return httpx.post(f"{server.url}/tts", json=HELLO, headers={"Authorization": f"Bearer {key}"}, timeout=60)


def test_a_key_of_the_command_is_heard_and_its_use_is_written_down(server: AloudServer) -> None:
    answer = heard(server, made(server, "the bot"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "audio/mpeg")

    def used() -> bool:
        with sqlite3.connect(server.database) as database:
            return bool(
                database.execute("SELECT last_used_at FROM accounts_apikey WHERE name = 'the bot'").fetchone()[0]
            )

    wait_until(used, 10, "the last use of the key")


def test_a_key_that_another_process_revokes_ends_within_seconds(server: AloudServer) -> None:
    key = made(server, "short-lived")
    assert heard(server, key).status_code == 200
    server.manage("shell", "-c", REVOKED.format("short-lived"))
    wait_until(lambda: heard(server, key).status_code == 401, TRUST_S + 5, "the end of the key")


def test_no_line_of_the_log_holds_a_key(server: AloudServer) -> None:
    key = made(server, "secret")
    assert heard(server, key).status_code == 200
    assert heard(server, key + "0").status_code == 401
    assert key[6:] not in server.log.read_text()
