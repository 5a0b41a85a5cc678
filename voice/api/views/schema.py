"""``/schema``: what this API is, for programs and for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.views import SpectacularAPIView

from voice.api.errors import STATUS
from voice.api.reference import reference

SchemaView = SpectacularAPIView


def schema_page(request: HttpRequest) -> HttpResponse:
    """The schema as a page."""
    errors = sorted((status, kind.code, (kind.__doc__ or "").partition("\n")[0]) for kind, status in STATUS.items())
    return render(request, "schema.html", {"reference": reference(), "errors": errors})
