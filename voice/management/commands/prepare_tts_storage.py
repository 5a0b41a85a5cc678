"""``manage.py prepare_tts_storage``: the private bucket that audio is kept in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from voice.cache.s3.preparing import prepare
from voice.cache.s3.pulse import StoreFailed
from voice.cache.s3.storage import S3AudioStorage
from voice.cache.storages import configured


class Command(BaseCommand):
    """Makes the bucket and its lifecycle rule; run again, it changes what has changed."""

    help = (
        "Make the bucket of AWS_STORAGE_BUCKET_NAME if there is none, see that it is private, and have the store "
        "itself let go of audio a day after TTS_CACHE_TTL_SECONDS. Run it again when that has changed."
    )

    def handle(self, *_args: Any, **_options: Any) -> str:
        """Say what is so now."""
        storage = configured("s3")
        assert isinstance(storage, S3AudioStorage)  # noqa: S101  # it is what the settings name
        try:
            done = prepare(storage, settings.TTS_CACHE_TTL_SECONDS)
        except StoreFailed as error:
            raise CommandError(f"{settings.AWS_S3_ENDPOINT_URL}: {error.strerror}") from None
        made = "made" if done.made else "there already"
        return f"{done.bucket}: {made}, private, and lets go of audio after {done.keeps_days} days."
