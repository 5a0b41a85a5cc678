"""The addresses of the API."""

from django.urls import path

from voice.api.views.speech import MessageAudioView, SpeechView
from voice.api.views.voices import VoicesView

urlpatterns = [
    path("tts", SpeechView.as_view(), name="speech"),
    path("tts/audio/<uuid:message_id>", MessageAudioView.as_view(), name="message-audio"),
    path("tts/voices", VoicesView.as_view(), name="voices"),
]
