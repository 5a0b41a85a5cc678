"""What the settings have to say for audio to be kept in S3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from voice.cache.signing import ROUND_S

MOST_S: Final = 7 * 24 * 3600 - ROUND_S
"""A signed address lives for a week at most, by the protocol."""

NEEDED: Final = {
    "bucket_name": "AWS_STORAGE_BUCKET_NAME",
    "access_key": "TTS_S3_ACCESS_KEY_ID (or AWS_ACCESS_KEY_ID)",
    "secret_key": "TTS_S3_SECRET_ACCESS_KEY (or AWS_SECRET_ACCESS_KEY)",
}
"""The options of the storage, and the settings they come from."""


def see_to(options: Mapping[str, str]) -> None:
    """See that the settings say where and as whom, and promise no more than the store gives.

    Raises:
        ImproperlyConfigured: they do not.
    """
    for option, name in NEEDED.items():
        if not options[option]:
            raise ImproperlyConfigured(f"{name} is not set, and storage in S3 needs it.")
    if settings.TTS_URL_LIFETIME_SECONDS > MOST_S:
        raise ImproperlyConfigured(f"TTS_URL_LIFETIME_SECONDS is {MOST_S} at most: S3 signs for no longer.")
