"""How much memory the embedded voice takes for a text without a single pause in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from voice.domain.audio import BYTES_PER_SECOND

LIMIT_BYTES = 300 * 1024**2
ROOT = Path(__file__).parents[3]

SPEAK = """
import asyncio, json, sys
from pathlib import Path
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.local import LocalProvider

def status(field):
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024

async def main(text):
    provider = LocalProvider()
    await provider.warm_up()
    idle = status("VmRSS")
    heard = 0
    async for chunk in provider.synthesize(SpeechRequest(text, VoiceId("local", "deep"))):
        heard += len(chunk)
    # Not getrusage: its peak begins with what the process that started this one had.
    print(json.dumps({"idle": idle, "peak": status("VmHWM"), "heard": heard}))

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.parametrize(
    "text",
    ["apple " * 833 + "pi", "a" * 5_000, "Qxzwv" * 1_000],
    ids=["words", "one word", "a word that must be spelled out"],
)
def test_5000_characters_without_punctuation_stay_within_300_mb_above_idle(text: str) -> None:
    assert len(text) == 5_000
    ran = subprocess.run([sys.executable, "-c", SPEAK, text], cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout)
    assert told["heard"] > 200 * BYTES_PER_SECOND
    assert told["peak"] - told["idle"] < LIMIT_BYTES
