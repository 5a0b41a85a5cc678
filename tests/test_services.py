from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as Unreachable

from tests.postgres import PostgresServer
from tests.redis_server import RedisServer
from tests.server import AloudServer


def test_a_redis_is_gone_when_stopped_and_empty_when_started_again(tmp_path: Path) -> None:
    with RedisServer(tmp_path) as server:
        with Redis.from_url(server.url) as client:
            client.set("a", 1)
        server.stop()
        with pytest.raises(Unreachable), Redis.from_url(server.url) as client:
            client.get("a")
        server.start()
        with Redis.from_url(server.url) as client:
            assert client.get("a") is None


def test_a_fresh_database_is_nobody_elses_and_gone_afterwards(postgres: PostgresServer) -> None:
    with postgres.database() as ours, postgres.database() as other:
        with psycopg.connect(ours) as connection:
            connection.execute("CREATE TABLE kept (id int)")
        with psycopg.connect(other) as connection, pytest.raises(psycopg.errors.UndefinedTable):
            connection.execute("SELECT * FROM kept")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(ours)


def test_the_application_serves_from_postgresql(postgres_url: str, tmp_path: Path) -> None:
    with AloudServer(tmp_path, DATABASE_URL=postgres_url), psycopg.connect(postgres_url) as connection:
        users = connection.execute("SELECT username FROM accounts_user ORDER BY username").fetchall()
    assert users == [("demo",)]
    assert not (tmp_path / "db.sqlite3").exists()
