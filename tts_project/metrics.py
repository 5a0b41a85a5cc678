"""What the process counts, for Prometheus."""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest


async def metrics(request: HttpRequest) -> HttpResponse:
    """Every counter, for who has the token, comes from near or is staff: what is spent is nobody else's business."""
    if not (_has_token(request) or _comes_from_near(request) or await sync_to_async(_is_staff)(request)):
        told = "Send METRICS_TOKEN as a bearer, come from METRICS_ALLOW, or sign in as a member of staff.\n"
        return HttpResponse(told, status=403, content_type="text/plain")
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    sent = request.headers.get("Authorization", "").encode("latin-1")
    return bool(settings.METRICS_TOKEN) and compare_digest(sent, f"Bearer {settings.METRICS_TOKEN}".encode())


def _comes_from_near(request: HttpRequest) -> bool:
    """Whether the address it comes from is allowed; a socket in the file system has none, and a proxy may tell any."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_ALLOW)


def _is_staff(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_staff)
