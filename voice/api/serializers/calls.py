"""Conversations and messages as JSON."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from voice.api.serializers.fields import StrictText
from voice.calls.history import MessagePage
from voice.calls.lifecycle import CallPage
from voice.calls.rendering import to_html
from voice.models import CallSession, Message

NUL: Final = "\0"
TITLE_LENGTH: Final = 120
VOICE_LENGTH: Final = 160


class KeptText(StrictText):
    """Text that goes into the database, which takes neither NUL nor half a character."""

    def to_internal_value(self, data: Any) -> str:
        """Refuse what cannot be kept; space around it is no part of it."""
        text = super().to_internal_value(data)
        if NUL in text:
            raise serializers.ValidationError("It has a NUL character in it.")
        ProhibitSurrogateCharactersValidator()(text)
        if not self.allow_blank and not text.strip():
            self.fail("blank")
        return text.strip()


class CallChangesSerializer(serializers.Serializer[Any]):
    """What can be said of a conversation, when it starts or later."""

    title = KeptText(required=False, max_length=TITLE_LENGTH)
    voice = KeptText(
        required=False, allow_blank=True, max_length=VOICE_LENGTH, help_text="Like local:heart. Empty: the default."
    )


class CallSerializer(serializers.ModelSerializer[CallSession]):
    """A conversation."""

    messages_url = serializers.SerializerMethodField(help_text="Its messages: a page, or JSON for programs.")

    class Meta:
        model = CallSession
        fields = ["id", "title", "voice", "created_at", "updated_at", "messages_url"]
        read_only_fields = fields

    def get_messages_url(self, call: CallSession) -> str:
        """Where its messages are."""
        return call.get_absolute_url()


class CallPageSerializer(serializers.Serializer[CallPage]):
    """Some of one's conversations, the one used last first."""

    calls = CallSerializer(many=True)
    older_url = serializers.SerializerMethodField()

    def get_older_url(self, page: CallPage) -> str | None:
        """Where those used longer ago are; null on the last page."""
        return f"{reverse('calls')}?page={page.older}" if page.older else None


class TextSerializer(serializers.Serializer[Any]):
    """Something to say in a conversation."""

    text = KeptText(help_text="Plain text, of at most TTS_MAX_CHARACTERS characters.")

    def validate_text(self, text: str) -> str:
        """Refuse what is longer than anything can be spoken."""
        limit = settings.TTS_MAX_CHARACTERS
        if len(text) > limit:
            raise serializers.ValidationError(
                f"At most {limit} characters (TTS_MAX_CHARACTERS); these are {len(text)}.", code="max_length"
            )
        return text


class MessageSerializer(serializers.ModelSerializer[Message]):
    """One message. ``html`` is what an assistant's Markdown means, safe to show; a person's words are plain text."""

    html = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField(help_text="This message by itself.")
    audio_url = serializers.CharField(help_text="Where its owner hears it; made when it is first asked for.")

    class Meta:
        model = Message
        fields = ["id", "author", "text", "html", "created_at", "url", "audio_url"]
        read_only_fields = fields

    def get_html(self, message: Message) -> str | None:
        """Null for a person's words."""
        return to_html(message.text) if message.author == Message.Author.ASSISTANT else None

    def get_url(self, message: Message) -> str:
        """Where its facts are."""
        return reverse("call-message", args=[message.call_id, message.pk])


class HearableSerializer(MessageSerializer):
    """One message, and whether it can be heard at once. The context brings ``duration_s``, None until it is made."""

    audio_ready = serializers.SerializerMethodField(help_text="If not, it is made when audio_url is asked for.")
    duration = serializers.SerializerMethodField(help_text="Seconds; null until it is made.")

    class Meta(MessageSerializer.Meta):
        fields = [*MessageSerializer.Meta.fields, "audio_ready", "duration"]
        read_only_fields = fields

    def get_audio_ready(self, _message: Message) -> bool:
        """Whether it was said before, and plays from the cache."""
        return self.context["duration_s"] is not None

    def get_duration(self, _message: Message) -> float | None:
        """How long that lasts."""
        duration_s: float | None = self.context["duration_s"]
        return duration_s and round(duration_s, 3)


class TurnSerializer(serializers.Serializer[Any]):
    """What was said, the reply to it, and the conversation, which may have got its title from it."""

    call = CallSerializer()
    message = MessageSerializer()
    reply = HearableSerializer()


class MessagePageSerializer(serializers.Serializer[MessagePage]):
    """Some messages of a conversation, the oldest first."""

    messages = MessageSerializer(many=True)
    earlier = serializers.UUIDField(allow_null=True, help_text="Ask with ?before= this for those before; or null.")
