"""``POST /tts``: from the body to what is to be spoken, and what is answered as JSON."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from rest_framework import serializers

from accounts.account import Account
from voice.api.serializers.bodies import json_body
from voice.api.serializers.fields import SettingField, StrictNumber, StrictText
from voice.calls.messages import as_spoken
from voice.domain.audio import AudioFormat
from voice.domain.speech import MAX_SPEED, MIN_SPEED, SpeechRequest
from voice.models import Message
from voice.providers.choosing import check_settings, choose_model, choose_voice, preferred_voice

NAME_LENGTH: Final = 160
MAX_SETTINGS: Final = 20

REMEMBERED_BODIES: Final = 512
"""A hit is by its nature a body that was here before, and checking it costs more than finding the audio."""

MAX_REMEMBERED_BYTES: Final = 4_096


class SpeechSerializer(serializers.Serializer[Any]):
    """What is to be spoken, and how."""

    text = StrictText(required=False, allow_blank=True, help_text="Markdown. May be left out with message_id.")
    message_id = serializers.UUIDField(required=False, help_text="A message of yours; its text when text is left out.")
    room = serializers.UUIDField(
        required=False, help_text="A conversation of yours, whose quota it counts against. A message brings its own."
    )
    voice = StrictText(required=False, allow_blank=True, max_length=NAME_LENGTH, help_text="Like local:heart.")
    provider = StrictText(required=False, allow_blank=True, max_length=NAME_LENGTH, help_text="Like local.")
    model = StrictText(required=False, allow_blank=True, max_length=NAME_LENGTH)
    format = serializers.ChoiceField(required=False, choices=[known.value for known in AudioFormat], default="mp3")
    speed = StrictNumber(required=False, min_value=MIN_SPEED, max_value=MAX_SPEED, default=1.0)
    settings = serializers.DictField(
        child=SettingField(), required=False, help_text="The provider's own, such as stability."
    )

    def validate_settings(self, chosen: dict[str, Any]) -> dict[str, Any]:
        """Settings are few."""
        if len(chosen) > MAX_SETTINGS:
            raise serializers.ValidationError(f"At most {MAX_SETTINGS} settings.")
        return chosen


_SHAPE: Final = SpeechSerializer()


def checked_body(raw: bytes) -> dict[str, Any]:
    """What ``raw`` asks for; do not change it, it may be handed out again.

    Raises:
        InvalidRequest: it is no such body.
    """
    return _checked_before(raw) if len(raw) <= MAX_REMEMBERED_BYTES else json_body(raw, _SHAPE)


@lru_cache(REMEMBERED_BODIES)
def _checked_before(raw: bytes) -> dict[str, Any]:
    return json_body(raw, _SHAPE)


class SpokenSerializer(serializers.Serializer[Any]):
    """What is answered to those who ask for JSON."""

    success = serializers.BooleanField()
    audio_ready = serializers.BooleanField(help_text="False with 202: the address streams what exists and follows.")
    audio_url = serializers.CharField()
    duration = serializers.FloatField(allow_null=True, help_text="Seconds; null until it is complete.")
    cached = serializers.BooleanField()
    voice = serializers.CharField()
    provider = serializers.CharField()
    format = serializers.CharField()
    message_id = serializers.UUIDField(allow_null=True)


def to_request(body: dict[str, Any], message: Message | None, account: Account) -> SpeechRequest:
    """The request a checked body makes; what it leaves out is taken from ``message``, or is as ``account`` likes it.

    Raises:
        InvalidRequest: there is no such voice, provider, model or setting.
    """
    implied = as_spoken(message, account) if message else None
    if body.get("voice") or body.get("provider"):
        chosen = choose_voice(body.get("voice", ""), body.get("provider", ""))
    elif implied is not None:
        chosen = implied.voice
    else:
        chosen = preferred_voice(account.voice, among=account.limits.providers)
    check_settings(body.get("settings", {}), chosen)
    return SpeechRequest(
        text=body.get("text") or (implied.text if implied else ""),
        voice=chosen,
        model=choose_model(body.get("model", ""), chosen),
        format=AudioFormat(body["format"]),
        speed=body["speed"],
        settings=body.get("settings", {}),
    )
