"""A sound card for a machine without one: a program that takes sound in at the pace at which it would be heard.

Firefox plays a clip without a card in no time at all, and calls that an error. ALSA's ``file`` device gives it one: the
device pipes whatever is played into a program (https://www.alsa-project.org/alsa-doc/alsa-lib/pcm_plugins.html).
"""

from __future__ import annotations

import errno
import fcntl
import os
import sys
import time
from typing import Final

FRAMES_PER_SECOND: Final = 48_000
BYTES_PER_SECOND: Final = FRAMES_PER_SECOND * 4  # two channels of 16 bits
BLOCK_BYTES: Final = 4096  # a fiftieth of a second, and the shortest pipe there is

CONFIGURATION: Final = f"""
pcm.!default {{
  type plug
  slave {{
    format S16_LE
    channels 2
    rate {FRAMES_PER_SECOND}
    pcm {{ type file  slave.pcm {{ type null }}  format raw  file "|exec {sys.executable} -IS {__file__}" }}
  }}
}}
"""
"""An ``.asoundrc`` with this card as its only one."""


def listen(pipe: int) -> None:
    """Take in what comes through ``pipe``, as fast as it plays. After a silence the clock starts anew."""
    shorten(pipe)
    heard_at = 0.0
    while block := os.read(pipe, BLOCK_BYTES):
        heard_at = max(heard_at, time.monotonic()) + len(block) / BYTES_PER_SECOND
        time.sleep(max(0.0, heard_at - time.monotonic()))


def shorten(pipe: int) -> None:
    """Leave room for one block: whoever stops playing waits until the pipe is empty."""
    while True:
        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, BLOCK_BYTES)
        except OSError as error:
            if error.errno != errno.EBUSY:
                raise
            os.read(pipe, BLOCK_BYTES)  # more than that is in it already
        else:
            return


if __name__ == "__main__":
    listen(sys.stdin.fileno())
