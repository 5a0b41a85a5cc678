"""No request makes more audio than TTS_MAX_SECONDS: guessed before it is made, watched while it is."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from voice.audio.byte_rate import bytes_per_second
from voice.audio.metering import Meter
from voice.domain.audio import AudioFormat
from voice.domain.errors import AudioTooLong, InvalidRequest, UndecodableAudio
from voice.domain.speech import SpeechRequest

CHARACTERS_PER_SECOND: Final = 15.0
"""At speed 1, in English: 150 words a minute of six characters each, the space among them."""

LOOK_EVERY_BYTES: Final = 65_536
"""Where only the stream itself tells how far it is, it is asked this often."""


def estimated_s(request: SpeechRequest) -> float:
    """About how many seconds ``request`` will take to be heard."""
    return len(request.text) / CHARACTERS_PER_SECOND / request.speed


def check_length_s(request: SpeechRequest) -> None:
    """See that ``request`` will not take longer than it may.

    Raises:
        InvalidRequest: it very likely would.
    """
    most_s, about_s = settings.TTS_MAX_SECONDS, estimated_s(request)
    if about_s > most_s:
        told = f"At most {most_s:g} seconds of audio (TTS_MAX_SECONDS); this text would take about {about_s:.0f}."
        raise InvalidRequest.of("text", told)


class Ceiling:
    """Watches one stream, in ``audio_format``, that is fed to it in any pieces."""

    def __init__(self, audio_format: AudioFormat) -> None:
        self._format = audio_format
        self._most_bytes: float | None = None
        self._size_bytes = 0
        self._meter: Meter | None = None
        self._look_at_bytes = LOOK_EVERY_BYTES

    def feed(self, chunk: bytes) -> None:
        """Let ``chunk`` pass.

        Raises:
            AudioTooLong: it is beyond TTS_MAX_SECONDS.
        """
        if not self._size_bytes:
            self._begin(chunk)
        self._size_bytes += len(chunk)
        if self._meter is not None:
            self._measure(self._meter, chunk)
        elif self._most_bytes is not None and self._size_bytes > self._most_bytes:
            raise _too_long()

    def _begin(self, head: bytes) -> None:
        rate = bytes_per_second(head, self._format)
        if rate is None:
            self._meter = Meter(self._format)
        else:
            self._most_bytes = rate * settings.TTS_MAX_SECONDS + len(head)  # the first chunk may begin with a tag

    def _measure(self, meter: Meter, chunk: bytes) -> None:
        meter.feed(chunk)
        if meter.size_bytes < self._look_at_bytes:
            return
        self._look_at_bytes = meter.size_bytes + LOOK_EVERY_BYTES
        try:
            seconds = meter.duration_s()
        except UndecodableAudio:  # told at the end, by those who keep it
            return
        if seconds > settings.TTS_MAX_SECONDS:
            raise _too_long()


def _too_long() -> AudioTooLong:
    return AudioTooLong(f"The audio is longer than {settings.TTS_MAX_SECONDS:g} seconds (TTS_MAX_SECONDS).")
