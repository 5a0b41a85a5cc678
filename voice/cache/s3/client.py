"""boto3, told what we need of it: our keys and no others, little patience, one client for all threads."""

from __future__ import annotations

from typing import Final

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.session import Session
from django.conf import settings

_NO_FILES: Final = dict.fromkeys(("profile", "config_file", "credentials_file"), (None, None, None, None))
"""Nothing in anybody's home directory, or named by the environment, changes where we call and as whom."""

CONNECT_TIMEOUT_S: Final = 1.0

PART_BYTES: Final = 8 * 1024**2
"""What is larger goes part by part, one at a time, so that no more than this is copied."""

ONE_PART_AT_A_TIME: Final = TransferConfig(
    multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, use_threads=False
)


def patience() -> Config:
    """How we speak, and how long we wait."""
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=CONNECT_TIMEOUT_S,
        read_timeout=settings.TTS_STORAGE_TIMEOUT,
        retries={"total_max_attempts": 2, "mode": "standard"},
        max_pool_connections=32,
        # Checksums beyond those of the protocol's first version are unknown to many of the servers that speak it.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


def session(access_key: str, secret_key: str) -> boto3.Session:
    """A session of these keys."""
    return boto3.Session(access_key, secret_key, botocore_session=Session(session_vars=_NO_FILES))
