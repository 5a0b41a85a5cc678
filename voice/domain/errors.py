"""What can go wrong when something is to be spoken, and what to do about it.

::

    SpeechError                      code, message, retryable, retry_after_s
    ├── InvalidRequest               fields: name -> what is wrong with it
    ├── NothingToSay                 only emoji, code or markup: no audio, and no failure
    ├── UnsupportedText              no voice in the chain can say it
    ├── NotFound
    ├── SpeechDisabled               the kill switch
    ├── AudioTooLong                 it went on beyond TTS_MAX_SECONDS
    ├── UndecodableAudio             bytes that are not the audio they should be
    ├── SynthesisBroken              audio had begun when its maker failed
    ├── AllProvidersFailed           reasons: provider -> its error's code
    └── ProviderError                provider
        ├── ProviderUnavailable      no key, no package, no connection, a 5xx
        ├── ProviderTimeout          no chunk within the limit
        ├── ProviderRateLimited      429
        ├── ProviderForbidden        401, 402, 403: our key or our account is no good
        ├── ProviderRejected         it refuses this request, now and always
        └── BadAudio                 empty, or not the audio it claims to be

An error carries the decision: whether trying again can help, and when. Nobody parses its text, and its text holds
neither a secret nor what was to be spoken.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self


class SpeechError(Exception):
    """Anything the walk can raise on purpose."""

    code: ClassVar[str] = "speech_error"
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after_s = retry_after_s


class InvalidRequest(SpeechError):
    """The request itself is wrong; ``fields`` says which part and why."""

    code = "invalid_request"

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})

    @classmethod
    def of(cls, field: str, why: str) -> Self:
        """An error about one field."""
        return cls(why, fields={field: why})


class NothingToSay(SpeechError):
    """The text has nothing speakable in it."""

    code = "nothing_to_say"


class UnsupportedText(SpeechError):
    """The text is in a script this voice cannot say."""

    code = "unsupported_text"


class NotFound(SpeechError):
    """There is no such thing, or it is somebody else's."""

    code = "not_found"


class SpeechDisabled(SpeechError):
    """Speech is switched off for everybody (TTS_ENABLED)."""

    code = "speech_disabled"


class AudioTooLong(SpeechError):
    """The audio went on for longer than any request may (TTS_MAX_SECONDS), and was broken off."""

    code = "audio_too_long"


class UndecodableAudio(SpeechError):
    """Bytes that are not the audio they should be."""

    code = "undecodable_audio"


class SynthesisBroken(SpeechError):
    """Audio had begun when its maker failed: what was heard is not the whole."""

    code = "synthesis_broken"
    retryable = True


class AllProvidersFailed(SpeechError):
    """No provider of the chain gave a first chunk; ``reasons`` maps each to its error's code."""

    code = "all_providers_failed"
    retryable = True

    def __init__(self, reasons: Mapping[str, str], *, retry_after_s: float | None = None) -> None:
        told = ", ".join(f"{provider} ({reason})" for provider, reason in reasons.items())
        super().__init__(f"No provider could speak: {told}.", retry_after_s=retry_after_s)
        self.reasons = dict(reasons)


class ProviderError(SpeechError):
    """A provider failed."""

    code = "provider_error"

    def __init__(self, provider: str, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message, retry_after_s=retry_after_s)
        self.provider = provider


class ProviderUnavailable(ProviderError):
    """It cannot be reached, is not configured, or is broken at its end."""

    code = "provider_unavailable"
    retryable = True


class ProviderTimeout(ProviderError):
    """It sent nothing within the limit."""

    code = "provider_timeout"
    retryable = True


class ProviderRateLimited(ProviderError):
    """It asks us to slow down."""

    code = "provider_rate_limited"
    retryable = True


class ProviderForbidden(ProviderError):
    """It does not serve us: a wrong key, or an account that has run out."""

    code = "provider_forbidden"


class ProviderRejected(ProviderError):
    """It understood and refuses: an unknown model or voice, too long a text, a forbidden one."""

    code = "provider_rejected"


class BadAudio(ProviderError):
    """It answered, but not with audio that can be kept."""

    code = "bad_audio"
    retryable = True
