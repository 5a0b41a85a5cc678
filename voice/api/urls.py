"""The addresses of the API."""

from django.urls import path

from voice.api.views.captions import CaptionsView
from voice.api.views.default_voice import DefaultVoiceView
from voice.api.views.prefetch import PrefetchView
from voice.api.views.speech import MessageAudioView, SpeechView
from voice.api.views.voices import VoiceSampleView, VoicesView

urlpatterns = [
    path("tts", SpeechView.as_view(), name="speech"),
    path("tts/prefetch", PrefetchView.as_view(), name="prefetch"),
    path("tts/audio/<uuid:message_id>", MessageAudioView.as_view(), name="message-audio"),
    path("tts/audio/<uuid:message_id>/captions", CaptionsView.as_view(), name="message-captions"),
    path("tts/voices", VoicesView.as_view(), name="voices"),
    path("tts/voices/default", DefaultVoiceView.as_view(), name="default-voice"),
    path("tts/voices/<path:voice_id>/sample", VoiceSampleView.as_view(), name="voice-sample"),
]
