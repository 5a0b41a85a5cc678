"""Who was told to wait for audio hears by an event what has become of it."""

from __future__ import annotations

from dataclasses import dataclass

from accounts import workers
from accounts.errors import AccountError
from voice.calls import leases
from voice.calls.pregeneration import pregeneration, tell
from voice.domain.errors import SpeechError
from voice.models import Message
from voice.notifications.journal import Outcome, rounded
from voice.notifications.notify import notify
from voice.notifications.telling import told
from voice.speech.speech import Live


@dataclass(frozen=True, slots=True)
class Followed:
    """Whom to tell of what: the address they were given, and the message it belongs to, if it does."""

    user_id: int
    message: Message | None
    audio_url: str


def follow(speech: Live, followed: Followed) -> None:
    """Tell the tabs of whoever asked for ``speech`` how its making ends. Nobody waits for it.

    What a message plays at its own address is written down as well, and told again to a tab that was away.
    """
    message = followed.message
    if message is not None and message.audio_url == followed.audio_url:
        pregeneration.watch([message], _settle(speech, message, followed.user_id))
    else:
        pregeneration.watch([], _notify(speech, followed))


async def _settle(speech: Live, message: Message, user_id: int) -> None:
    if await workers.run(leases.queue, [message], user_id):  # else it is being made already, and told of by its maker
        await tell(message.pk, await _outcome(speech))


async def _notify(speech: Live, followed: Followed) -> None:
    outcome = await _outcome(speech)
    about = {"message_id": str(followed.message.pk) if followed.message else None, "audio_url": followed.audio_url}
    if outcome.error is not None:
        await notify(followed.user_id, {"type": "audio-failed", **about, "error": outcome.error})
    else:
        await notify(followed.user_id, {"type": "audio-ready", **about, "duration": rounded(outcome.duration_s)})


async def _outcome(speech: Live) -> Outcome:
    try:
        entry = await speech.made()
    except (SpeechError, AccountError) as error:
        return Outcome(error=told(error))
    return Outcome(entry.duration_s if entry else None)
