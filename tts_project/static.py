"""Static files: named by their content, and served ahead of Django."""

from __future__ import annotations

from typing import Any

from asgiref.wsgi import WsgiToAsgi
from django.conf import settings
from whitenoise import WhiteNoise
from whitenoise.storage import CompressedManifestStaticFilesStorage

from tts_project.threads import visit


class HashedStatic(CompressedManifestStaticFilesStorage):
    """Names carry a hash of the content, in the ``import`` lines of JavaScript modules too."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 20
    """One pass names one link of a chain of imports anew; longer chains than this are cycles, which have no names."""


class StaticFiles:
    """An ASGI application that serves what ``collectstatic`` gathered; hashed names may be kept for ever."""

    def __init__(self) -> None:
        self._files = WsgiToAsgi(_index())  # type: ignore[no-untyped-call]  # asgiref leaves it untyped

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one file.

        On a lane of its own choice: the server may run this request in the context a former one on the same connection
        left behind, and its thread may have gone.
        """
        async with visit():
            await self._files(scope, receive, send)


def _index() -> WhiteNoise:
    return WhiteNoise(
        _not_found,
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        autorefresh=settings.DEBUG,
        allow_all_origins=False,
        add_headers_function=_add_headers,
        immutable_file_test=r"\.[0-9a-f]{12}\.",
    )


def _add_headers(headers: Any, _path: str, url: str) -> None:
    """No guessing of types; and what other sites embed (docs/embedding.md) is theirs to load."""
    headers["X-Content-Type-Options"] = "nosniff"
    if url.startswith(f"{settings.STATIC_URL}embed/"):
        headers["Access-Control-Allow-Origin"] = "*"


def _not_found(_environ: Any, start_response: Any) -> list[bytes]:
    start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"There is no such file.\n"]
