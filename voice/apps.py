"""The voice app."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Speech: the cache, the conversations, the doors."""

    name = "voice"
    verbose_name = "Speech"

    def ready(self) -> None:
        """Stop the start when the chain or the default voice is set wrong.

        Raises:
            ImproperlyConfigured: it says which setting, and what it may be.
        """
        from voice.providers.choosing import default_voice  # noqa: PLC0415  # the providers need the settings first

        default_voice()
