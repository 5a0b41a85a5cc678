from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.audio import decoded_s
from tests.server import ROOT
from voice.domain.audio import AudioFormat
from voice.models import ProviderCall, TtsCache, Voice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("audio_format", [AudioFormat.MP3, AudioFormat.WAV])
def test_it_says_a_text_into_a_file(tmp_path: Path, audio_format: AudioFormat) -> None:
    file = tmp_path / "hello"
    told = call_command("speak", "Hello **there**, everybody.", "--format", audio_format.value, "-o", str(file))
    assert 0.8 < decoded_s(file.read_bytes(), audio_format) < 4
    assert "local:heart" in told
    assert "made now" in told


def test_the_second_time_it_takes_it_from_the_cache(tmp_path: Path) -> None:
    first, second = tmp_path / "first.mp3", tmp_path / "second.mp3"
    call_command("speak", "Hello there.", "-o", str(first))
    assert "from the cache" in call_command("speak", "Hello there.", "-o", str(second))
    assert first.read_bytes() == second.read_bytes()
    assert TtsCache.objects.count() == 1


def test_what_it_took_is_written_down(tmp_path: Path) -> None:
    call_command("speak", "Hello there.", "-o", str(tmp_path / "hello.mp3"))
    assert [call.outcome for call in ProviderCall.objects.all()] == [ProviderCall.Outcome.SPOKE]


def test_a_voice_an_admin_switched_off_does_not_speak(tmp_path: Path) -> None:
    Voice.objects.filter(provider="local", name="deep").update(enabled=False)
    with pytest.raises(CommandError, match="switched off"):
        call_command("speak", "Hello there.", "--voice", "local:deep", "-o", str(tmp_path / "hello.mp3"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Hello", "--voice", "local:nobody"], "no voice of that name"),
        (["Hello", "--voice", "heart"], "provider:name"),
        (["😀"], "nothing in this text"),
        ([" "], "may not be blank"),
        (["你好世界"], ""),
    ],
)
def test_what_it_cannot_say_it_says_in_one_line(tmp_path: Path, arguments: list[str], told: str) -> None:
    file = tmp_path / "nothing.mp3"
    with pytest.raises(CommandError) as failed:
        call_command("speak", *arguments, "-o", str(file))
    assert told in str(failed.value)
    assert "\n" not in str(failed.value)
    assert not file.exists()


OFFLINE = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise SystemExit(f"somebody went to the network: {event} {arguments}")

sys.addaudithook(refuse)
import runpy
sys.argv = ["manage.py", *sys.argv[1:]]
runpy.run_path("manage.py", run_name="__main__")
"""


def test_it_speaks_with_no_key_and_no_network(tmp_path: Path) -> None:
    file = tmp_path / "offline.mp3"
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "only for tests",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "TTS_CACHE_DIR": str(tmp_path / "cache"),
        "HOME": str(tmp_path),
    }
    for arguments in (["migrate", "--verbosity=0"], ["speak", "Nobody was asked.", "-o", str(file)]):
        command = [sys.executable, "-c", OFFLINE, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False
        )
        assert done.returncode == 0, done.stderr
    assert 0.5 < decoded_s(file.read_bytes(), AudioFormat.MP3) < 4
