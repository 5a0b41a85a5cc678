"""Languages have names."""

from __future__ import annotations

import pytest

from voice.pages.languages import language_of, name_of


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("en-GB", "English (GB)"),
        ("cmn-CN", "Mandarin (CN)"),
        ("mul", "Many languages"),
        ("und", "Language not known"),
        ("tlh-Latn", "tlh-Latn"),
    ],
)
def test_a_tag_is_told_by_name(tag: str, name: str) -> None:
    assert name_of(tag) == name


def test_the_language_is_what_comes_before_script_and_region() -> None:
    assert [language_of(tag) for tag in ("en", "pt-BR", "zh-Hans-CN", "MUL")] == ["en", "pt", "zh", "mul"]
