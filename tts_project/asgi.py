"""The ASGI application: WebSockets; static files, signed audio, known callers, and Django behind them."""

from __future__ import annotations

import os
import sys
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tts_project.settings")
try:
    django.setup(set_prefix=False)
except ImproperlyConfigured as error:
    sys.exit(f"Aloud cannot start: {error}")

from django.conf import settings  # settings come first

from tts_project.handler import SlimHandler
from tts_project.lifespan import lifespan
from tts_project.static import StaticFiles
from tts_project.threads import visit
from voice.consumers.routing import sockets
from voice.edge.cors import CrossOrigin
from voice.edge.known import KnownCallers
from voice.edge.signed import SignedAudio
from voice.edge.wire import App


class Application:
    """Sends each connection to whom it belongs."""

    def __init__(self) -> None:
        self.django: App = SignedAudio(KnownCallers(SlimHandler()))
        if settings.CORS_ALLOWED_ORIGINS:
            self.django = CrossOrigin(self.django, settings.CORS_ALLOWED_ORIGINS)
        self.static = StaticFiles()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan":
            await lifespan(receive, send)
        elif scope["type"] == "websocket":
            async with visit():
                await sockets(scope, receive, send)
        elif scope["path"].startswith(settings.STATIC_URL):
            await self.static(scope, receive, send)
        else:
            await self.django(scope, receive, send)


application = Application()
