"""What is kept in the database: one noun a file."""

from voice.models.call_session import CallSession
from voice.models.message import Message
from voice.models.provider_call import ProviderCall
from voice.models.provider_model import ProviderModel
from voice.models.speaker import Speaker
from voice.models.tts_cache import TtsCache
from voice.models.voice import Voice

__all__ = ["CallSession", "Message", "ProviderCall", "ProviderModel", "Speaker", "TtsCache", "Voice"]
