"""Fields that believe what was written: a number is no text, a text no number."""

from __future__ import annotations

import math
from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

MAX_SETTING_LENGTH: Final = 1000


class StrictText(serializers.CharField):
    """A JSON string, as it is. REST framework's own turns numbers into text, and refuses NUL and lone surrogates."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, **options)
        self.validators = []

    def to_internal_value(self, data: Any) -> str:
        """Refuse everything that is not a string."""
        if not isinstance(data, str):
            self.fail("invalid")
        if self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return str(data)


class StrictNumber(serializers.FloatField):
    """A finite JSON number."""

    def to_internal_value(self, data: Any) -> float:
        """Refuse strings, booleans, NaN and infinities."""
        if isinstance(data, bool) or not isinstance(data, int | float) or not math.isfinite(data):
            self.fail("invalid")
        return float(data)


@extend_schema_field({"oneOf": [{"type": "boolean"}, {"type": "number"}, {"type": "string", "maxLength": 1000}]})
class SettingField(serializers.Field[Any, Any, Any, Any]):
    """One setting of a provider: a truth value, a finite number or a short text."""

    default_error_messages = {"invalid": "A setting is a number, a text of at most 1000 characters, true or false."}

    def to_internal_value(self, data: Any) -> bool | int | float | str:
        """Refuse everything else."""
        if not isinstance(data, bool | int | float | str):
            self.fail("invalid")
        if isinstance(data, float) and not math.isfinite(data):
            self.fail("invalid")
        if isinstance(data, str) and len(data) > MAX_SETTING_LENGTH:
            self.fail("invalid")
        return data

    def to_representation(self, value: Any) -> Any:
        """As it is."""
        return value
