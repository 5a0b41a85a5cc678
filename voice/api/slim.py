"""Views for the hot path: REST framework's schema, without its dispatch."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from accounts.errors import AccountError
from voice.api.errors import error_body, request_id, respond
from voice.domain.errors import InvalidRequest, SpeechError
from voice.providers import catalogue


class SlimView(APIView):
    """An ``APIView`` as far as the schema is concerned; its methods are coroutines that take Django's own request.

    REST framework's dispatch costs 0.9 ms a request: wrapping it, negotiating, authenticating, rendering. These views
    do the part of it they need. They check CSRF with the session (``accounts.sessions``), hence the exemption here.
    """

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """The view function."""
        self = cls(**initkwargs)
        handlers = {name: getattr(self, name.lower()) for name in ("GET", "POST", "PUT") if hasattr(self, name.lower())}
        if "GET" in handlers:
            handlers["HEAD"] = handlers["GET"]

        async def view(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            handler = handlers.get(str(request.method))
            if handler is None:
                return _not_allowed(request, list(handlers))
            await catalogue.fresh()  # what can be chosen changes in the admin, and in other processes
            try:
                answer: HttpResponseBase = await handler(request, **kwargs)
            except (SpeechError, AccountError) as error:
                return respond(request, error)
            return answer

        view.csrf_exempt = True  # type: ignore[attr-defined]  # what Django and drf-spectacular look for on a view
        view.cls = cls  # type: ignore[attr-defined]
        view.initkwargs = initkwargs  # type: ignore[attr-defined]
        return view


def raw_body(request: HttpRequest) -> bytes:
    """The body as it came.

    Raises:
        InvalidRequest: it is too large.
    """
    try:
        return request.body
    except RequestDataTooBig:
        raise InvalidRequest.of("body", "The body is larger than 2.5 MB.") from None


def _not_allowed(request: HttpRequest, methods: list[str]) -> JsonResponse:
    allowed = ", ".join(methods)
    body = error_body(request_id(request), "method_not_allowed", f"Use {allowed} here.")
    return JsonResponse(body, status=405, headers={"Allow": allowed})
