"""``GET /tts/audio/<message_id>/captions``: what is answered."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from voice.calls.captions import Captions


class CaptionSerializer(serializers.Serializer[Any]):
    """A sentence, and when it is heard."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Its members; ``from`` is no name Python lets a class give."""
        places = {"from": "Where the sentence begins in the cleaned text, in characters.", "to": "Where it ends there."}
        return {
            "text": serializers.CharField(),
            "start": serializers.FloatField(help_text="The second of the audio it begins at."),
            "end": serializers.FloatField(help_text="The second it ends at."),
            **{name: serializers.IntegerField(help_text=told) for name, told in places.items()},
        }


class CaptionsSerializer(serializers.Serializer[Any]):
    """The sentences of a message, in their order."""

    duration = serializers.FloatField(allow_null=True, help_text="Of the audio, in seconds; null until it is complete.")
    exact = serializers.BooleanField(help_text="Whether the times were heard in the audio. False: they are estimated.")
    sentences = CaptionSerializer(many=True)


def as_told(captions: Captions) -> dict[str, Any]:
    """``captions`` in that shape."""
    return {
        "duration": None if captions.duration_s is None else round(captions.duration_s, 3),
        "exact": captions.exact,
        "sentences": [
            {"text": said.text, "start": round(start_s, 3), "end": round(end_s, 3), "from": said.start, "to": said.end}
            for said, (start_s, end_s) in zip(captions.sentences, captions.times, strict=True)
        ],
    }
