"""The voice app."""

from django.apps import AppConfig
from django.core.files.storage import storages
from django.db.models.signals import post_migrate


class VoiceConfig(AppConfig):
    """Speech: the cache, the conversations, the doors."""

    name = "voice"
    verbose_name = "Speech"

    def ready(self) -> None:
        """Stop the start when chain, default voice or storage is set wrong; follow migrations with what is shipped.

        Raises:
            ImproperlyConfigured: it says which setting, and what it may be.
        """
        storages["audio"]  # it sees to its own settings when it is made
        # The providers need the settings first, and the catalogue the models.
        from voice import checks  # noqa: F401, PLC0415  # it registers itself
        from voice.cache.pruning import unreferenced  # noqa: F401, PLC0415  # so does this
        from voice.providers.catalogue.shipped import add_missing  # noqa: PLC0415
        from voice.providers.choosing import default_voice  # noqa: PLC0415

        default_voice()
        post_migrate.connect(add_missing, sender=self)
