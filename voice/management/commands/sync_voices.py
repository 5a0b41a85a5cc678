"""``manage.py sync_voices``: asks vendors which voices they have."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from voice.providers.catalogue.syncing import Synced, sync
from voice.providers.provider import Provider
from voice.providers.registry import PROVIDERS, chain, provider


class Command(BaseCommand):
    """Writes down which voices the vendors list."""

    help = (
        "Ask the providers of TTS_PROVIDER, or those named, which voices they have: new ones are added, those that are "
        "gone can be asked for no longer. What an admin wrote stays. A vendor that fails leaves the others alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom to ask."""
        parser.add_argument("providers", nargs="*", choices=[[], *PROVIDERS], metavar="PROVIDER")

    def handle(self, *_args: Any, **options: Any) -> str:
        """Ask them."""
        asked = [provider(name) for name in options["providers"]] or chain()
        came = asyncio.run(_sync(asked))
        for one in came:
            self.stdout.write(f"{one.provider}: {_told(one)}")
        added, vanished = sum(one.added for one in came), sum(one.vanished for one in came)
        return f"{added} voices added, {vanished} gone."


async def _sync(providers: list[Provider]) -> list[Synced]:
    now = timezone.now()
    try:
        return [await sync(provider, now) for provider in providers]
    finally:
        for provider in providers:
            await provider.close()


def _told(came: Synced) -> str:
    return came.unchanged_because or f"{came.listed} voices, {came.added} of them new; {came.vanished} gone."
