"""``manage.py check_providers``: who could speak here, and why the others cannot."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from voice.domain.sunset import ends_soon
from voice.providers.registry import provider
from voice.providers.standing import Standing, chains, every_standing
from voice.speech import ledger
from voice.speech.trial import Trial, try_out


class Command(BaseCommand):
    """Tells how every provider stands; fails when nobody in the chain can speak."""

    help = (
        "Tell of every provider its place in the chain, whether it can speak or why not, and the voice and the model "
        "it speaks with. Ends with 1 when no provider of the chain can speak."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to try them."""
        parser.add_argument(
            "--call", action="store_true", help="Have each one that can speak say a word, and take the time. It costs."
        )

    def handle(self, *_args: Any, **options: Any) -> str:
        """Tell.

        Raises:
            CommandError: nobody in the chain can speak.
        """
        today = timezone.now().date()
        standings = every_standing(today)
        speaking = [one for one in standings if one.silent_because is None]
        trials = asyncio.run(_try_out(speaking)) if options["call"] else {}
        for one in standings:
            self.stdout.write(_line(one, trials.get(one.name), today))
        failed = {name for name, trial in trials.items() if trial.error}
        able = [one for one in chains(speaking) if one.name not in failed]
        told = f"{len(able)} of {len(chains(standings))} providers of the chain can speak."
        if not able:
            raise CommandError(told)
        return told


async def _try_out(standings: Iterable[Standing]) -> dict[str, Trial]:
    try:
        return {one.name: await try_out(one.voice, one.model) for one in standings}
    finally:
        await ledger.calls.flush()
        for one in standings:
            await provider(one.name).close()


def _line(one: Standing, trial: Trial | None, today: date) -> str:
    place = f"{one.place}." if one.place else "-"
    told = [one.silent_because or f"Can speak as {one.voice} with {one.model}."]
    if trial is not None:
        told.append(_outcome(trial))
    if one.silent_because is None and ends_soon(one.sunset_on, today):
        told.append(f"{one.model} ends on {one.sunset_on}.")
    return f"{place:>3} {one.name:16} {' '.join(told)}"


def _outcome(trial: Trial) -> str:
    if trial.error is not None:
        return f"It was tried and failed: {trial.error.message}"
    return f"First byte after {trial.ttfb_s:.3f} s, all after {trial.took_s:.3f} s."
