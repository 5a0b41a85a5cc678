"""The schema becomes what its page shows."""

from __future__ import annotations

from typing import Any

from voice.api.reference import Answer, Body, Field, read, reference

SCHEMA: dict[str, Any] = {
    "info": {"title": "Tea", "version": "1", "description": "Hot."},
    "tags": [{"name": "cups"}],
    "paths": {
        "/pots/{pot_id}": {
            "delete": {"tags": ["pots"], "summary": "Break a pot", "responses": {"204": {"description": "Gone"}}}
        },
        "/cups": {
            "post": {
                "tags": ["cups"],
                "summary": "Pour",
                "description": "Mind the *steam*.",
                "parameters": [
                    {"name": "milk", "in": "query", "schema": {"type": "integer", "minimum": 0, "default": 1}}
                ],
                "requestBody": {
                    "content": {
                        "multipart/form-data": {"schema": {"$ref": "#/components/schemas/Cup"}},
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/Cup"},
                            "examples": {"One": {"value": {"leaf": "green"}}},
                        },
                    }
                },
                "responses": {"200": {"content": {"audio/mpeg": {"schema": {"type": "string"}}}}},
            }
        },
    },
    "components": {
        "schemas": {
            "Cup": {
                "description": "A cup.",
                "required": ["leaf"],
                "properties": {
                    "leaf": {"type": "string", "enum": ["green", "black"], "description": "The tea."},
                    "saucer": {"allOf": [{"$ref": "#/components/schemas/Saucer"}], "nullable": True},
                    "spoons": {"type": "array", "items": {"$ref": "#/components/schemas/Saucer"}},
                    "label": {"type": "string", "maxLength": 20},
                },
            },
            "Saucer": {"type": "string", "enum": ["flat"]},
        }
    },
}


def test_topics_stand_in_the_order_the_schema_names_them() -> None:
    assert list(read(SCHEMA).topics) == ["cups", "pots"]


def test_an_operation_has_an_anchor_made_of_its_address() -> None:
    (breaking,) = read(SCHEMA).topics["pots"]
    assert breaking.anchor == "delete-pots-pot_id"
    assert breaking.answers == [Answer("204", "Gone", [])]


def test_what_goes_in_is_told_with_its_limits() -> None:
    (pouring,) = read(SCHEMA).topics["cups"]
    assert pouring.parameters == [Field("milk", "integer", "", required=False, notes="At least 0. Default: `1`.")]
    assert pouring.description == "Mind the *steam*."


def test_a_body_is_shown_as_json_with_its_examples() -> None:
    (pouring,) = read(SCHEMA).topics["cups"]
    assert pouring.sent
    assert pouring.sent.media_type == "application/json"
    assert pouring.sent.examples == ['{\n  "leaf": "green"\n}']
    assert pouring.answers == [Answer("200", "", [Body("audio/mpeg", [], [])])]


def test_members_say_what_they_are_made_of() -> None:
    cup = next(shape for shape in read(SCHEMA).shapes if shape.name == "Cup")
    assert cup.members == [
        Field("leaf", '"green" | "black"', "", required=True, notes="The tea."),
        Field("saucer", "Saucer or null", "Saucer", required=False, notes=""),
        Field("spoons", "list of Saucer", "Saucer", required=False, notes=""),
        Field("label", "string", "", required=False, notes="At most 20 characters."),
    ]


def test_a_shape_without_members_says_its_type() -> None:
    saucer = next(shape for shape in read(SCHEMA).shapes if shape.name == "Saucer")
    assert saucer.type == '"flat"'


def test_every_link_of_our_own_page_leads_somewhere() -> None:
    page = reference()
    shapes = {shape.name for shape in page.shapes}
    operations = [operation for operations in page.topics.values() for operation in operations]
    bodies = [body for operation in operations for answer in operation.answers for body in answer.bodies]
    members = [member for shape in page.shapes for member in shape.members]
    members += [member for body in bodies for member in body.members]
    assert {member.shape for member in members} - {""} <= shapes
    assert len({operation.anchor for operation in operations}) == len(operations)


def test_every_operation_of_ours_is_explained() -> None:
    for operations in reference().topics.values():
        for operation in operations:
            assert operation.summary, operation.path
