"""The whole of moving house: beside a server that plays, killed half-way, and after the switch."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
from django.core.management import CommandError, call_command

from tests.http import JSON, sign_in
from tests.processes import ProcessGroup, wait_until
from tests.s3_server import S3Server
from tests.server import ROOT, AloudServer

TEN_YEARS = str(10 * 365 * 24 * 3600)
"""To the rules of the tests' store a day lasts a second, and it would let go while the test looks on."""

MANY = 400
MAKE_MANY = f"""
from datetime import timedelta
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from voice.models import TtsCache
now = timezone.now()
for number in range({MANY}):
    key = f"{{number:064x}}"
    path = f"tts-cache/{{key}}.mp3"
    row = TtsCache(key=key, provider="local", voice="heart", format="mp3", path=path, duration_s=1.0)
    storages["audio"].save(row.path, ContentFile(key.encode()))
    row.size_bytes, row.created_at, row.last_accessed_at = len(key), now, now
    row.expires_at = now + timedelta(days=1)
    row.save()
"""


@pytest.fixture
def server(tmp_path: Path, s3: S3Server) -> Iterator[AloudServer]:
    """A server that keeps audio on its disk, and knows of a bucket that has not been made."""
    settings = {**s3.environment, "AWS_STORAGE_BUCKET_NAME": s3.new_bucket(), "TTS_CACHE_TTL_SECONDS": TEN_YEARS}
    made = AloudServer(tmp_path, **settings)
    yield made
    made.stop()
    s3.forget_rules(made.env["AWS_STORAGE_BUCKET_NAME"])


def objects(s3: S3Server, server: AloudServer) -> int:
    return int(s3.client().list_objects_v2(Bucket=server.env["AWS_STORAGE_BUCKET_NAME"])["KeyCount"])


def files(server: AloudServer) -> int:
    return len(list(server.cache.rglob("*.mp3")))


@pytest.mark.timeout(300)
async def test_nobody_who_listens_notices_the_move(server: AloudServer, s3: S3Server) -> None:
    with server:
        async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
            await sign_in(client)
            texts = [f"Sentence number {number}." for number in range(5)]
            for text in texts:
                await client.post("/tts", json={"text": text})
            wait_until(lambda: files(server) == len(texts), 30, "the files of what was said")

            await asyncio.to_thread(server.manage, "prepare_tts_storage")
            moving = asyncio.create_task(asyncio.to_thread(server.manage, "move_tts_cache", "file", "s3"))
            while not moving.done():
                for text in texts:
                    assert (await client.post("/tts", json={"text": text})).headers["X-Cache"] == "hit"
                await asyncio.sleep(0.1)  # that the move may come to its turn on a small machine
            assert "Copied 5 " in moving.result()
            assert "TTS_STORAGE names file: set it to s3, and run this again." in moving.result()
            assert (files(server), objects(s3, server)) == (5, 5)

            await client.post("/tts", json={"text": "One more, before the switch."})
            wait_until(lambda: files(server) == 6, 30, "its file")
            server.env["TTS_STORAGE"] = "s3"
            await asyncio.to_thread(server.restart)
            moving = asyncio.create_task(asyncio.to_thread(server.manage, "move_tts_cache", "file", "s3"))
            while not moving.done():
                for text in texts:
                    told = (await client.post("/tts", json={"text": text}, headers=JSON)).json()
                    assert told["cached"]
                    assert told["audio_url"].startswith(s3.url)
                await asyncio.sleep(0.1)
            assert "Copied 1 " in moving.result()
            assert (files(server), objects(s3, server)) == (0, 6)
            page = await client.get("/calls", headers={"Accept": "text/html"})
            assert f"media-src 'self' blob: {s3.url}" in page.headers["Content-Security-Policy"]
            assert (await client.get("/health/ready")).json()["storage"] == "ok"


def test_killed_half_way_it_goes_on_where_it_was(server: AloudServer, s3: S3Server, tmp_path: Path) -> None:
    server.manage("migrate", "--verbosity=0")
    server.manage("prepare_tts_storage")
    server.manage("shell", "-c", MAKE_MANY)
    assert files(server) == MANY
    switched = {**server.env, "TTS_STORAGE": "s3"}
    command = [sys.executable, str(ROOT / "manage.py"), "move_tts_cache", "file", "s3"]
    moving = ProcessGroup(command, env=switched, log=tmp_path / "move.log")
    wait_until(lambda: objects(s3, server) >= MANY // 8, 60, "a part of the cache in the store")
    moving.kill()
    arrived = objects(s3, server)
    assert arrived < MANY
    told = server.manage("move_tts_cache", "file", "s3", TTS_STORAGE="s3")
    assert (files(server), objects(s3, server)) == (0, MANY)
    copied, there = int(told.split()[1]), int(told.split("; ")[1].split()[0])
    assert copied + there == MANY
    assert copied <= MANY - arrived + 8  # those that were on the way may be taken along once more


def test_where_nothing_is_gained_it_says_so() -> None:
    with pytest.raises(CommandError, match="these are the same"):
        call_command("move_tts_cache", "file", "file")
    with pytest.raises(CommandError, match="AWS_STORAGE_BUCKET_NAME is not set"):
        call_command("move_tts_cache", "file", "s3")
    with pytest.raises(CommandError, match="memory"):
        call_command("move_tts_cache", "file", "memory")
