"""What the schema says beyond its views: API keys, the shape of every error, the addresses served ahead of Django."""

from __future__ import annotations

from typing import Any, Final

from voice.domain.audio import AudioFormat

Node = dict[str, Any]

_TEXT: Final[Node] = {"type": "string"}

ERROR: Final[Node] = {
    "type": "object",
    "description": "What every error looks like; what does not apply is left out.",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "request_id"],
            "properties": {
                "code": {**_TEXT, "description": "To decide by.", "example": "invalid_request"},
                "message": {**_TEXT, "description": "To read."},
                "request_id": {**_TEXT, "description": "To find the request in the logs."},
                "fields": {
                    "type": "object",
                    "additionalProperties": _TEXT,
                    "description": "Which part of the request is wrong, and why.",
                },
                "reasons": {
                    "type": "object",
                    "additionalProperties": _TEXT,
                    "description": "Why each provider failed, by its code.",
                },
                "retry_after": {"type": "integer", "description": "Seconds to wait before trying again."},
                "limit": {**_TEXT, "description": "Which limit has too little left.", "example": "characters_per_day"},
                "resets_at": {**_TEXT, "format": "date-time", "description": "When that limit starts anew."},
            },
        }
    },
}

_ANY_ERROR: Final[Node] = {
    "description": "Anything that went wrong.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}

_BINARY: Final[Node] = {
    format_.content_type.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
    for format_ in AudioFormat
}

SIGNED_AUDIO: Final[Node] = {
    "get": {
        "operationId": "signed_audio",
        "summary": "Hear audio by its signed address",
        "description": "The addresses that are answered as `audio_url`. They need no session, and expire.",
        "tags": ["speech"],
        "security": [],
        "parameters": [
            {"name": "key", "in": "path", "required": True, "schema": {**_TEXT, "pattern": "^[0-9a-f]{64}$"}},
            {
                "name": "format",
                "in": "path",
                "required": True,
                "schema": {"enum": [str(known) for known in AudioFormat]},
            },
            {"name": "token", "in": "query", "required": True, "schema": _TEXT},
            {"name": "Range", "in": "header", "schema": _TEXT, "description": "One range of bytes."},
        ],
        "responses": {
            "200": {"description": "All of it; as it comes while it is being made.", "content": _BINARY},
            "206": {"description": "The part asked for.", "content": _BINARY},
            "304": {"description": "You have it already."},
            "416": {"description": "There is no such part."},
        },
    }
}


API_KEY: Final[Node] = {"type": "http", "scheme": "bearer", "description": "A key of one's account: `aloud_…`."}


def complete(result: Node, **_: Any) -> Node:
    """Add all of it to the schema (a drf-spectacular postprocessing hook)."""
    result["components"]["schemas"]["Error"] = ERROR
    result["components"]["securitySchemes"]["apiKey"] = API_KEY
    result["paths"]["/tts/audio/{key}.{format}"] = SIGNED_AUDIO
    for operations in result["paths"].values():
        for operation in operations.values():
            if operation["security"]:
                operation["security"] = [*operation["security"], {"apiKey": []}]
            operation["responses"].setdefault("default", _ANY_ERROR)
    return result
