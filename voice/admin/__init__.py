"""The admin: thin doors to what is kept."""

from django.contrib import admin

from voice.admin import (
    alert,
    call_session,
    message,
    provider_call,
    provider_model,
    pruning_run,
    speaker,
    tts_cache,
    voice,
)

__all__ = [
    "alert",
    "call_session",
    "message",
    "provider_call",
    "provider_model",
    "pruning_run",
    "speaker",
    "tts_cache",
    "voice",
]

admin.site.site_header = "Aloud"
admin.site.site_title = "Aloud"
admin.site.index_title = "What is kept, and who uses it"
admin.site.site_url = "/calls"
