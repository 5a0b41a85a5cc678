"""People with a session, a key and a conversation on a server in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx2 as httpx

from tests.server import AloudServer

CSRF: Final = "c" * 32

_MAKE: Final = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from accounts import keys
from accounts.models import Plan, User
from voice.models import CallSession
guests = {{}}
for name in {names!r}:
    user = User.objects.create_user(name, plan=Plan.objects.get(name="unlimited"))
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.create()
    call = CallSession.objects.create(owner=user)
    guests[name] = dict(session=session.session_key, key=keys.create(user, "test")[1], call=str(call.pk))
print(json.dumps(guests))
"""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is signed in; ``call`` is a conversation of theirs."""

    name: str
    session: str
    key: str
    call: str

    @property
    def cookies(self) -> Mapping[str, str]:
        """What their browser sends by itself."""
        return {"Cookie": f"sessionid={self.session}; csrftoken={CSRF}"}

    @property
    def bearer(self) -> Mapping[str, str]:
        """What their programs send."""
        return {"Authorization": f"Bearer {self.key}"}

    def browser(self, server: AloudServer) -> httpx.AsyncClient:
        """What their pages ask the server with."""
        return httpx.AsyncClient(base_url=server.url, headers={**self.cookies, "X-CSRFToken": CSRF}, timeout=30)


def invite(server: AloudServer, *names: str) -> list[Guest]:
    """Have these people on ``server`` from now on."""
    told: dict[str, Any] = json.loads(server.manage("shell", "--no-imports", "-c", _MAKE.format(names=names)))
    return [Guest(name, **facts) for name, facts in told.items()]
