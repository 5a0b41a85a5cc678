"""A server in a process of its own, and two people on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.guests import Guest, invite
from tests.server import AloudServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AloudServer]:
    with AloudServer(tmp_path_factory.mktemp("sockets")) as running:
        yield running


@pytest.fixture(scope="module")
def guests(server: AloudServer) -> list[Guest]:
    return invite(server, "ada", "eve")


@pytest.fixture
def ada(guests: list[Guest]) -> Guest:
    return guests[0]


@pytest.fixture
def eve(guests: list[Guest]) -> Guest:
    return guests[1]
