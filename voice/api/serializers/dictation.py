"""``/ws/speech``: how what is dictated is to be said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from accounts.account import Account
from voice.api.serializers.bodies import checked
from voice.api.serializers.speech import SpeechSerializer, to_request
from voice.domain.speech import SpeechRequest


class MannerSerializer(SpeechSerializer):
    """What ``POST /tts`` takes, without what is to be said: that comes later."""

    text = None  # type: ignore[assignment]  # REST framework's way to leave a field out
    message_id = None  # type: ignore[assignment]
    room = None  # type: ignore[assignment]


_SHAPE: Final = MannerSerializer()


def to_manner(frame: Mapping[str, Any], account: Account) -> SpeechRequest:
    """The request that what is dictated is put into; what ``frame`` leaves out is as ``account`` likes it.

    Raises:
        InvalidRequest: some of it is wrong, or there is no such voice, provider, model or setting.
    """
    return to_request(checked(frame, _SHAPE), None, account)
