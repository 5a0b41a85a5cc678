"""What the process counts, for Prometheus."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest


async def metrics(request: HttpRequest) -> HttpResponse:
    """Every counter, for staff only: how much is spoken, and with whom, is nobody else's business."""
    if not await sync_to_async(lambda: request.user.is_active and request.user.is_staff)():
        return HttpResponse("Sign in as a member of staff.\n", status=403, content_type="text/plain")
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
