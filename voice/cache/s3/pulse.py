"""Whether an object store can be relied on; and its errors, as those of a disk."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError

TRUST_S: Final = 5.0
"""How long a store that has answered is believed to be there."""

DOWN_AT: Final = 3
"""Failures in a row; one alone may be chance."""

REST_S: Final = 5.0
"""How long a store that is down is left alone: whoever waited for it would wait in vain, and so would the next."""


class StoreFailed(OSError):
    """The store refused or did not answer; ``strerror`` is its word for it, like ``AccessDenied``, and nothing else."""

    def __init__(self, code: str) -> None:
        super().__init__(errno.EIO, code)


class Pulse:
    """Two facts of one store: when it last answered, and how often in a row it has failed since."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._answered_at_s = -TRUST_S
        self._failed_at_s = 0.0
        self._failures = 0

    def is_felt(self) -> bool:
        """Whether it answered a moment ago, and has not failed since."""
        return self._failures == 0 and self._clock() - self._answered_at_s < TRUST_S

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Watch a call of the store.

        Raises:
            StoreFailed: it failed, or was not tried because the ones before did.
        """
        if self._failures >= DOWN_AT and self._clock() - self._failed_at_s < REST_S:
            raise StoreFailed("LeftAlone")
        try:
            yield
        except ClientError as error:
            raise self._failed(error.response.get("Error", {}).get("Code", "ClientError")) from None
        except (BotoCoreError, Boto3Error) as error:
            raise self._failed(type(error).__name__) from None
        self._answered_at_s, self._failures = self._clock(), 0

    def _failed(self, code: str) -> StoreFailed:
        self._failed_at_s = self._clock()
        self._failures += 1
        return StoreFailed(code)
