"""What is chosen from a list and kept as a list of names."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from accounts.features import Feature


def several_of(names: Iterable[str], label: str, help_text: str) -> forms.MultipleChoiceField:
    """Some of ``names``, or none."""
    return forms.MultipleChoiceField(
        label=label,
        choices=[(name, name) for name in names],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


def features_field(help_text: str) -> forms.MultipleChoiceField:
    """Some features, or none."""
    return several_of([feature.value for feature in Feature], "Features", help_text)
