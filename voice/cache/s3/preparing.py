"""The bucket that audio is kept in: made, seen to be private, and told when to let go of what pruning has missed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from botocore.exceptions import ClientError
from django.core.files.base import ContentFile

from voice.cache.s3.pulse import StoreFailed
from voice.cache.s3.storage import S3AudioStorage
from voice.cache.store import FOLDER

RULE: Final = "aloud-tts-cache"
PROOF: Final = f"{FOLDER}/proof"
_DAY_S: Final = 24 * 3600

_PRIVATE: Final = {"IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}
"""What would make a bucket public is of no effect. To refuse it too (BlockPublicAcls) has Ceph 16 refuse all writes."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is so now. ``keeps_days`` is after how many days the store itself lets go."""

    bucket: str
    made: bool
    keeps_days: int


def prepare(storage: S3AudioStorage, ttl_s: int) -> Prepared:
    """Make the bucket of ``storage`` if there is none, set the rule by which audio ends, see that nobody else reads it.

    It can be done again, and then changes what has changed. Rules of others stay.

    Raises:
        StoreFailed: the store does not answer, or the key may not do this, or the bucket is public all the same.
    """
    keeps_days = math.ceil(ttl_s / _DAY_S) + 1
    with storage.pulse.watch():
        made = _make(storage)
        _shut(storage)
        _end_by_rule(storage, keeps_days)
    _prove(storage)
    return Prepared(storage.bucket_name, made, keeps_days)


def _make(storage: S3AudioStorage) -> bool:
    """Make the bucket; whether there was none."""
    try:
        storage.calls.head_bucket(Bucket=storage.bucket_name)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != HTTPStatus.NOT_FOUND:
            raise
        place = {"CreateBucketConfiguration": {"LocationConstraint": storage.region_name}}
        asked = {} if storage.region_name == "us-east-1" else place  # the first region of all is not to be named
        storage.calls.create_bucket(Bucket=storage.bucket_name, **asked)
        return True
    return False


def _shut(storage: S3AudioStorage) -> None:
    """Have nothing in the bucket be public. Not every server knows of that; what came of it, the proof tells."""
    calls = storage.calls
    with suppress(ClientError):
        before = _found(calls.get_public_access_block, "PublicAccessBlockConfiguration", storage) or {}
        block = {**before, **_PRIVATE}
        calls.put_public_access_block(Bucket=storage.bucket_name, PublicAccessBlockConfiguration=block)


def _end_by_rule(storage: S3AudioStorage, keeps_days: int) -> None:
    """Have the store let go of audio after ``keeps_days``, and of half an upload the day after."""
    ours = {
        "ID": RULE,
        "Status": "Enabled",
        "Filter": {"Prefix": f"{FOLDER}/"},
        "Expiration": {"Days": keeps_days},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
    }
    rules = _found(storage.calls.get_bucket_lifecycle_configuration, "Rules", storage) or []
    told = {"Rules": [*(rule for rule in rules if rule.get("ID") != RULE), ours]}
    storage.calls.put_bucket_lifecycle_configuration(Bucket=storage.bucket_name, LifecycleConfiguration=told)


def _found(ask: Callable[..., Mapping[str, Any]], what: str, storage: S3AudioStorage) -> Any:
    """What the bucket has of ``what``; None if it was never told any."""
    try:
        return ask(Bucket=storage.bucket_name)[what]
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != HTTPStatus.NOT_FOUND:
            raise
        return None


def _prove(storage: S3AudioStorage) -> None:
    """See that audio can be written and deleted, and that nobody reads it without a signature.

    Raises:
        StoreFailed: it is otherwise.
    """
    storage.save(PROOF, ContentFile(b"private"))
    try:
        stranger = storage.unsigned_connection.meta.client
        with suppress(ClientError):
            stranger.get_object(Bucket=storage.bucket_name, Key=PROOF)
            raise StoreFailed("PublicBucket")
    finally:
        storage.delete(PROOF)
