"""Whether a message can be heard at once, and for how long."""

from __future__ import annotations

from dataclasses import replace

from accounts.account import Account
from voice.cache.access import look_up
from voice.cache.key import cache_key
from voice.calls.messages import as_spoken
from voice.domain.errors import NothingToSay
from voice.models import Message
from voice.speech.speak import speakable_text


async def ready_duration_s(message: Message, account: Account) -> float | None:
    """How long the audio of ``message`` lasts that ``account`` would hear; None until it lies in the cache, complete.

    Asking makes no audio, and counts as no use of it.
    """
    try:
        request = as_spoken(message, account)
        found = await look_up(cache_key(replace(request, text=speakable_text(request.text))))
    except NothingToSay:
        return None
    return found[0].duration_s if found else None
