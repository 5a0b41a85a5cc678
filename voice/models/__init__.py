"""What is kept in the database: one noun a file."""

from voice.models.alert import Alert
from voice.models.audio_reference import AudioReference
from voice.models.call_session import CallSession
from voice.models.message import Message
from voice.models.provider_call import ProviderCall
from voice.models.provider_model import ProviderModel
from voice.models.pruning_run import PruningRun
from voice.models.speaker import Speaker
from voice.models.spoken_message import SpokenMessage
from voice.models.tts_cache import TtsCache
from voice.models.voice import Voice

__all__ = [
    "Alert",
    "AudioReference",
    "CallSession",
    "Message",
    "ProviderCall",
    "ProviderModel",
    "PruningRun",
    "Speaker",
    "SpokenMessage",
    "TtsCache",
    "Voice",
]
