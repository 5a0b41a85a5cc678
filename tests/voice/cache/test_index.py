from __future__ import annotations

import pytest
from django.utils import timezone

from tests.keeping import keep
from voice.models import TtsCache


@pytest.mark.django_db(transaction=True)
async def test_recording_again_renews_the_entry_and_keeps_its_count() -> None:
    await keep("a", 10, heard_ago_s=100, lives_s=0)
    await TtsCache.objects.aupdate(access_count=7)
    await keep("a", 12)
    row = await TtsCache.objects.aget()
    assert (row.size_bytes, row.access_count) == (12, 7)
    assert row.expires_at > timezone.now()
