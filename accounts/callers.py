"""Who is asking: by the API key they send, else by their session."""

from __future__ import annotations

from dataclasses import replace

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

from accounts import keys
from accounts.account import Account
from accounts.errors import BadKey
from accounts.known import Caller, act_as, credentials_of, recent_callers, recognise
from accounts.resolving import account_for
from accounts.sessions import account_of_session


async def account_of(request: HttpRequest) -> Account:
    """The account ``request`` is made on.

    A key needs no CSRF token: no browser sends one by itself. Other schemes of ``Authorization`` belong to whatever
    stands before us, and leave it to the session.

    Raises:
        BadKey: there is no such key, or it has expired or was revoked.
        NotSignedIn, ForgedRequest: as ``account_of_session``.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return await account_of_session(request)
    return await _account_of_key(request, keys.hash_of(secret.strip()))


async def _account_of_key(request: HttpRequest, hashed: str) -> Account:
    proof = f"key {hashed}"
    caller = await recent_callers.found(proof, lambda: _caller(hashed))
    account = act_as(caller)
    if account is None:
        raise BadKey("This API key has expired.")
    if isinstance(request, ASGIRequest):
        recognise(credentials_of(request.scope), proof)
    return account


@sync_to_async
def _caller(hashed: str) -> Caller:
    """The owner's account, with what the key leaves of its features.

    Raises:
        BadKey: as ``keys.find``.
    """
    key = keys.find(hashed)
    account = account_for(key.user)
    if key.features:
        account = replace(account, features=account.features.intersection(key.features))
    return Caller(account, key.pk, key.expires_at)
