from __future__ import annotations

from voice.models import ProviderCall


def test_it_has_no_room_for_words() -> None:
    """What was said is nobody's to keep: every column is a name, a number, a date or a code."""
    columns = {field.name for field in ProviderCall._meta.get_fields()}
    assert columns == {
        "id",
        "created_at",
        "provider",
        "model",
        "voice",
        "characters",
        "ttfb_s",
        "duration_s",
        "audio_s",
        "outcome",
        "error",
        "cost",
    }
