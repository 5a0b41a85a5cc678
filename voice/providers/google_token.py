"""Google's access tokens: what a service account's key signs is given for one (RFC 7523), which is kept while it lasts.

google-auth signs. Its own exchange would hold up a thread, try three times and follow redirects.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from google.auth import crypt, jwt

from accounts.per_loop import PerLoop
from voice.domain.errors import BadAudio, ProviderForbidden, ProviderRejected, ProviderUnavailable
from voice.providers.http import VendorHttp

_SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"
_GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"

_LIFETIME_S: Final = 3600
"""The longest Google allows."""

_MARGIN_S: Final = 60
"""A token that ends sooner is asked for anew: the call it is for must arrive while it lasts."""


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """Who we are to Google: an account, the address that gives it tokens, and the signer that holds its key."""

    email: str
    token_uri: str
    signer: crypt.Signer

    def assertion(self, now_s: int) -> str:
        """What is given for a token at ``now_s`` (Unix time): signed, and good for an hour."""
        claims = {"iss": self.email, "scope": _SCOPE, "aud": self.token_uri}
        signed: bytes = jwt.encode(self.signer, {**claims, "iat": now_s, "exp": now_s + _LIFETIME_S})
        return signed.decode()


@cache
def service_account(key_file: str) -> ServiceAccount:
    """The account whose key is in ``key_file``, read once.

    Raises:
        ProviderUnavailable: it cannot be read, or is no service account's key.
    """
    try:
        told: dict[str, Any] = json.loads(Path(key_file).read_text())
        signer = crypt.RSASigner.from_service_account_info(told)
        return ServiceAccount(told["client_email"], told["token_uri"], signer)
    except OSError:
        raise ProviderUnavailable("google", "The file of GOOGLE_APPLICATION_CREDENTIALS cannot be read.") from None
    except (ValueError, TypeError, KeyError):
        raise ProviderUnavailable(
            "google", "The file of GOOGLE_APPLICATION_CREDENTIALS is no service account's key."
        ) from None


class AccessToken:
    """The token of one account, asked for once however many wait for it. ``now`` is the clock, in Unix time."""

    def __init__(self, http: VendorHttp, now: Callable[[], float] = time.time) -> None:
        self._http = http
        self._now = now
        self._asking = PerLoop(asyncio.Lock)
        self._token = ""
        self._ends_at = 0.0

    async def of(self, account: ServiceAccount) -> str:
        """A token that is still good.

        Raises:
            ProviderForbidden: Google does not know the account, or not its key.
            ProviderError: it cannot be asked; the subclass says how.
        """
        async with self._asking.here():
            if self._now() > self._ends_at - _MARGIN_S:
                self._token, lasts_s = await self._asked(account)
                self._ends_at = self._now() + lasts_s
        return self._token

    def forget(self) -> None:
        """Ask anew next time: it was refused."""
        self._ends_at = 0.0

    async def _asked(self, account: ServiceAccount) -> tuple[str, float]:
        """A new token, and how many seconds it lasts."""
        form = {"grant_type": _GRANT, "assertion": account.assertion(int(self._now()))}
        try:
            answer = await self._http.json("POST", account.token_uri, data=form)
            return str(answer["access_token"]), float(answer["expires_in"])
        except ProviderRejected:
            raise ProviderForbidden("google", "It gives no token to the account of the credentials.") from None
        except (BadAudio, KeyError, TypeError, ValueError):
            raise ProviderUnavailable("google", "What it answered holds no token.") from None
