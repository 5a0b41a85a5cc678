"""What a voice says to introduce itself: one sentence a language, so that it is made once and kept."""

from __future__ import annotations

from typing import Final

from voice.domain.audio import AudioFormat
from voice.domain.errors import AllProvidersFailed, ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers import catalogue
from voice.providers.choosing import choose_model
from voice.speech.speech import Live, Speech

_CHINESE: Final = "你好！这是我的声音，我很乐意为你朗读消息。"  # noqa: RUF001  # its own punctuation

ENGLISH: Final = "Hello! This is my voice, and I would be glad to read your messages to you."

SENTENCES: Final = {
    "en": ENGLISH,
    "cmn": _CHINESE,
    "de": "Hallo! Das ist meine Stimme, und ich lese dir deine Nachrichten gerne vor.",
    "es": "¡Hola! Esta es mi voz, y con mucho gusto te leeré tus mensajes.",
    "fr": "Bonjour ! Voici ma voix, et je vous lirai volontiers vos messages.",
    "hi": "नमस्ते! यह मेरी आवाज़ है, और मुझे आपके संदेश पढ़कर सुनाने में खुशी होगी।",
    "it": "Ciao! Questa è la mia voce, e sarò felice di leggerti i tuoi messaggi.",
    "ja": "こんにちは。これが私の声です。メッセージをお読みします。",
    "ko": "안녕하세요! 이것이 제 목소리입니다. 메시지를 읽어 드릴게요.",
    "nl": "Hallo! Dit is mijn stem, en ik lees je berichten graag voor.",
    "pl": "Cześć! To jest mój głos i chętnie przeczytam ci twoje wiadomości.",
    "pt": "Olá! Esta é a minha voz, e terei prazer em ler as suas mensagens.",
    "zh": _CHINESE,
}
"""By the language of a BCP 47 tag; whoever speaks another, or any, is heard in English."""


def sample_of(voice: VoiceId, audio_format: AudioFormat) -> SpeechRequest:
    """The request that has ``voice`` introduce itself.

    Raises:
        InvalidRequest: its provider has no model for it.
    """
    known = catalogue.current().voice(voice)
    language = known.language.partition("-")[0].lower() if known else ""
    return SpeechRequest(SENTENCES.get(language, ENGLISH), voice, choose_model("", voice), audio_format)


async def refuse_others(speech: Speech, voice: VoiceId) -> None:
    """See that it is ``voice`` that speaks: a sample in the voice of a fallback would be a lie.

    Raises:
        AllProvidersFailed: another one speaks in its place.
        SpeechError: nobody does.
    """
    if isinstance(speech, Live) and (await speech.ready()).voice != voice:
        raise AllProvidersFailed({voice.provider: ProviderUnavailable.code})
