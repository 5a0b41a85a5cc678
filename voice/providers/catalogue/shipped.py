"""The voices and models this product comes with: rows for those that have none yet."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet

from voice.models import ProviderModel, Voice
from voice.providers.catalogue.reading import expire

_FIXTURES: Final = Path(__file__).resolve().parents[2] / "fixtures"

Row = TypeVar("Row", Voice, ProviderModel)


def add_missing(using: str = DEFAULT_DB_ALIAS, apps: Apps = installed, **_: Any) -> None:
    """Make the rows that are missing, and touch no other: what an admin wrote stays. Called after each ``migrate``.

    ``apps`` is the state the migrations have come to; where that is not ours, its tables are not ours to fill.
    """
    if all(_has_come_to(apps, model) for model in (Voice, ProviderModel)):
        _add(Voice.objects.using(using), "voices.json")
        _add(ProviderModel.objects.using(using), "provider_models.json")
        expire()


def _has_come_to(apps: Apps, model: type[Voice | ProviderModel]) -> bool:
    try:
        then = apps.get_model("voice", model.__name__)
    except LookupError:
        return False
    return _columns(then) == _columns(model)


def _columns(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.fields}  # noqa: SLF001  # public, for all its name


def _add(rows: QuerySet[Row], fixture: str) -> None:
    present = set(rows.values_list("provider", "name"))
    shipped = [fields for fields in _shipped(fixture) if (fields["provider"], fields["name"]) not in present]
    rows.bulk_create([rows.model(**fields) for fields in shipped], ignore_conflicts=True)  # others may do the same


@cache
def _shipped(fixture: str) -> list[dict[str, Any]]:
    """The fields of each row. Not by ``loaddata``: that writes over what is there, one row at a time."""
    return [entry["fields"] for entry in json.loads((_FIXTURES / fixture).read_text())]
