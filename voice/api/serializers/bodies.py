"""From the bytes of a body to a checked JSON object."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.serializers import Serializer

from voice.api.errors import fields_of, summary_of
from voice.domain.errors import InvalidRequest


def json_body(raw: bytes, shape: Serializer[Any]) -> dict[str, Any]:
    """The JSON object in ``raw``, checked against ``shape``.

    One serializer serves every request: checking leaves nothing on it, and making one costs more than using it.

    Raises:
        InvalidRequest: it is missing, no JSON object, or wrong in some field.
    """
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise InvalidRequest.of("body", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise InvalidRequest.of("body", "The body is not a JSON object.")
    return checked(body, shape)


def checked(body: Mapping[str, Any], shape: Serializer[Any]) -> dict[str, Any]:
    """``body`` as ``shape`` has it.

    Raises:
        InvalidRequest: it is wrong in some field.
    """
    try:
        read: dict[str, Any] = shape.run_validation(body)
    except ValidationError as error:
        fields = fields_of(error)
        raise InvalidRequest(summary_of(fields), fields=fields) from None
    return read
