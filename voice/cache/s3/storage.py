"""Audio in a private bucket of an object store, which serves it itself by signed addresses."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache, partial
from pathlib import PurePosixPath
from typing import IO, Any, Final, cast

from django.core.files.base import File
from storages.backends.s3 import S3Storage

from voice.cache.s3 import client
from voice.cache.s3.options import see_to
from voice.cache.s3.pulse import Pulse
from voice.cache.s3.reading import ObjectStream
from voice.cache.signing import REMEMBERED_SIGNATURES, end_of_life
from voice.domain.audio import AudioFormat

SERVED_WITH: Final = {"CacheControl": "private, max-age=604800, immutable", "ContentDisposition": "inline"}


class S3AudioStorage(S3Storage):
    """django-storages' S3, with its errors as OSError, reads and writes that hold a piece at a time, and one client.

    An object is there whole or not at all, and saving it again replaces it.
    """

    def __init__(self, **options: str) -> None:
        see_to(options)
        super().__init__(
            **options,
            client_config=client.patience(),
            transfer_config=client.ONE_PART_AT_A_TIME,
            file_overwrite=True,
            querystring_auth=True,
            default_acl=None,  # the bucket is private; many no longer take a word on single objects
            object_parameters=SERVED_WITH,
            session_profile=None,
        )
        self.pulse = Pulse()
        self._connecting = threading.Lock()
        self._resource: Any = None
        self._signed = lru_cache(REMEMBERED_SIGNATURES)(self._sign)

    @property
    def connection(self) -> Any:
        """One for all threads: its client is made to be shared, and its resources are made anew for each call."""
        with self._connecting:
            if self._resource is None:
                made = client.session(self.access_key, self.secret_key)
                self._resource = made.resource(
                    "s3", self.region_name, endpoint_url=self.endpoint_url, config=self.client_config
                )
            return self._resource

    @property
    def calls(self) -> Any:
        """boto3's client: a method for each call of the protocol, none of them watched."""
        return self.connection.meta.client

    def get_object_parameters(self, name: str) -> dict[str, str]:
        """What the store serves it as."""
        extension = PurePosixPath(name).suffix.removeprefix(".")
        known = AudioFormat(extension).content_type if extension in set(AudioFormat) else self.default_content_type
        return {**self.object_parameters, "ContentType": known}

    def is_reliable(self) -> bool:
        """Whether it answered us a moment ago."""
        return self.pulse.is_felt()

    def signed_url(self, name: str) -> str:
        """Where the store serves it for the next TTS_URL_LIFETIME_SECONDS (and up to an hour more), with ranges."""
        return self._signed(name, end_of_life(time.time()))

    def _sign(self, name: str, expires_at: int) -> str:
        """The same until another hour begins, so that a browser finds its copy; making one takes a while."""
        address: str = self.url(name, expire=expires_at - int(time.time()))
        return address

    def exists(self, name: str) -> bool:
        """Whether it is there. A store that has lost the bucket is not one that has lost an object."""
        with self.pulse.watch():
            there: bool = super().exists(name)
            if not there:
                self.calls.list_objects_v2(Bucket=self.bucket_name, MaxKeys=1)
            return there

    def size(self, name: str) -> int:
        """In bytes."""
        with self.pulse.watch():
            found: int = super().size(name)
            return found

    def get_modified_time(self, name: str) -> datetime:
        """When it was written."""
        with self.pulse.watch():
            written: datetime = super().get_modified_time(name)
            return written

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """What is in a folder: its folders and its files."""
        with self.pulse.watch():
            found: tuple[list[str], list[str]] = super().listdir(path)
            return found

    def names(self, folder: str) -> Iterator[str]:
        """The names of the files in ``folder``, in ascending order, read a thousand at a time."""
        prefix = self._normalize_name(f"{folder}/")
        asked = self.calls.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket_name, Prefix=prefix, Delimiter="/"
        )
        pages = iter(asked)
        while True:
            with self.pulse.watch():
                page = next(pages, None)
            if page is None:
                return
            yield from (found["Key"].removeprefix(prefix) for found in page.get("Contents", ()))

    def delete(self, name: str) -> None:
        """Remove it; it may be gone already."""
        with self.pulse.watch():
            super().delete(name)

    def _save(self, name: str, content: File[bytes]) -> str:
        with self.pulse.watch():
            saved: str = super()._save(name, content)
            return saved

    def _open(self, name: str, _mode: str = "rb") -> File[bytes]:
        with self.pulse.watch():
            get = partial(self.calls.get_object, Bucket=self.bucket_name, Key=self._normalize_name(name))
            try:
                return File(cast("IO[bytes]", ObjectStream(get, self.pulse.watch)), name)
            except self.calls.exceptions.NoSuchKey:  # to have no such bucket is another matter
                pass
        raise FileNotFoundError(name)
