"""What is kept in the database: one noun a file."""

from voice.models.call_session import CallSession
from voice.models.message import Message
from voice.models.tts_cache import TtsCache

__all__ = ["CallSession", "Message", "TtsCache"]
