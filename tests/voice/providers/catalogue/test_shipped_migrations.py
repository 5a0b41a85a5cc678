"""Going back through the migrations passes states of the tables that are not this product's any more."""

from __future__ import annotations

from pathlib import Path

from tests.server import AloudServer


def test_migrations_can_be_taken_back_and_done_again(tmp_path: Path) -> None:
    server = AloudServer(tmp_path)
    server.manage("migrate", "--verbosity=0")
    server.manage("migrate", "voice", "0001", "--verbosity=0")
    server.manage("migrate", "--verbosity=0")
    count = "from voice.models import Voice; print(Voice.objects.filter(provider='local').count())"
    assert server.manage("shell", "--verbosity=0", "-c", count).strip() == "4"
