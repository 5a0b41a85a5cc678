"""How the making of audio ended, as tabs are told."""

from __future__ import annotations

import math
from typing import Any

from accounts.errors import AccountError
from voice.domain.errors import ProviderError, SpeechError, SynthesisBroken


def told(error: SpeechError | AccountError) -> dict[str, Any]:
    """An error for the eyes of its owner: code, message, and in how many seconds to come back, if that helps."""
    if isinstance(error, ProviderError):  # before its first chunk the next one would have been asked
        error = SynthesisBroken("The voice broke off before the end.")
    wait = {} if error.retry_after_s is None else {"retry_after": math.ceil(error.retry_after_s)}
    return {"code": error.code, "message": error.message, **wait}
