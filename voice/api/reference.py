"""The OpenAPI schema as a page shows it: operations by topic, each with what goes in and what comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

from django.utils.text import slugify
from drf_spectacular.generators import SchemaGenerator

Node: TypeAlias = Mapping[str, Any]
"""A piece of the schema."""

METHODS: Final = ("get", "post", "put", "patch", "delete")
_JSON: Final = "application/json"
_LIMITS: Final = {
    "minimum": "At least {}.",
    "maximum": "At most {}.",
    "maxLength": "At most {} characters.",
    "default": "Default: `{}`.",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a member of a shape. ``shape`` is the anchor of what it is made of, if that has a name.

    Descriptions are Markdown, here and below; the page renders them.
    """

    name: str
    type: str
    shape: str
    required: bool
    notes: str


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent or answered: its media type, its members if it is JSON, its examples as JSON."""

    media_type: str
    members: Sequence[Field]
    examples: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One status an operation can answer with."""

    status: str
    description: str
    bodies: Sequence[Body]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    method: str
    path: str
    summary: str
    description: str
    parameters: Sequence[Field]
    sent: Body | None
    answers: Sequence[Answer]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return slugify(f"{self.method} {self.path.replace('/', ' ')}")


@dataclass(frozen=True, slots=True)
class Shape:
    """A named shape that others are made of; ``type`` says what it is when it has no members."""

    name: str
    type: str
    description: str
    members: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole page."""

    title: str
    version: str
    description: str
    topics: Mapping[str, Sequence[Operation]]
    shapes: Sequence[Shape]


@cache
def reference() -> Reference:
    """The page of this process's API, which does not change while it runs."""
    schema: Node = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # it has no types
    return read(schema)


def read(schema: Node) -> Reference:
    """The page of ``schema``."""
    info, shapes = schema["info"], schema.get("components", {}).get("schemas", {})
    topics: dict[str, list[Operation]] = {tag["name"]: [] for tag in schema.get("tags", [])}
    for path, method, node in _operations(schema):
        topics.setdefault(node.get("tags", ["Other"])[0], []).append(_operation(path, method, node, shapes))
    named = [
        Shape(name, _type(node), node.get("description", ""), _members(node, shapes)) for name, node in shapes.items()
    ]
    return Reference(info["title"], info["version"], info.get("description", ""), topics, named)


def _operations(schema: Node) -> Iterator[tuple[str, str, Node]]:
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                yield path, method, methods[method]


def _operation(path: str, method: str, node: Node, shapes: Node) -> Operation:
    sent = _bodies(node.get("requestBody", {}), shapes)
    return Operation(
        method=method.upper(),
        path=path,
        summary=node.get("summary", ""),
        description=node.get("description", ""),
        parameters=[_field(one["name"], one["schema"] | one, one.get("required", False)) for one in _parameters(node)],
        sent=next((body for body in sent if body.media_type == _JSON), sent[0] if sent else None),
        answers=[
            Answer(status, answer.get("description", ""), _bodies(answer, shapes))
            for status, answer in node["responses"].items()
        ],
    )


def _parameters(node: Node) -> Sequence[Node]:
    parameters: Sequence[Node] = node.get("parameters", [])
    return parameters


def _bodies(node: Node, shapes: Node) -> list[Body]:
    return [
        Body(media_type, _members(content.get("schema", {}), shapes), _examples(content))
        for media_type, content in node.get("content", {}).items()
    ]


def _examples(content: Node) -> list[str]:
    return [json.dumps(one["value"], indent=2, ensure_ascii=False) for one in content.get("examples", {}).values()]


def _members(node: Node, shapes: Node) -> list[Field]:
    """The members of an object, looked up if it goes by a name."""
    if name := _name(node):
        node = shapes[name]
    required = node.get("required", ())
    return [_field(name, member, name in required) for name, member in node.get("properties", {}).items()]


def _field(name: str, node: Node, required: bool) -> Field:
    kind = node
    while "allOf" in kind or kind.get("type") == "array":
        kind = kind["allOf"][0] if "allOf" in kind else kind["items"]
    return Field(name, _type(node), _name(kind), required, _notes(node))


def _name(node: Node) -> str:
    """The name of the shape ``node`` refers to, or nothing."""
    return str(node.get("$ref", "")).rpartition("/")[2]


def _type(node: Node) -> str:
    return f"{_one_type(node)} or null" if node.get("nullable") else _one_type(node)


def _one_type(node: Node) -> str:
    if node.get("type") == "array":
        return f"list of {_type(node['items'])}"
    for choices in ("allOf", "oneOf"):
        if choices in node:
            return " or ".join(dict.fromkeys(_type(one) for one in node[choices]))
    if "enum" in node:
        return " | ".join(json.dumps(value) for value in node["enum"])
    return _name(node) or str(node.get("format") or node.get("type", "any"))


def _notes(node: Node) -> str:
    """Its description and its limits, as sentences."""
    limits = [words.format(json.dumps(node[limit])) for limit, words in _LIMITS.items() if limit in node]
    return " ".join(part for part in (node.get("description", ""), *limits) if part)
