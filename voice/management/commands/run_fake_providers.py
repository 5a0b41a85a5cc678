"""``manage.py run_fake_providers``: every vendor on this machine, to try the chain by hand."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from contextlib import suppress
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Runs the vendors that the tests run against."""

    help = "Run every vendor on this machine: they answer with a tone, and misbehave when told to. Needs DEBUG."
    requires_system_checks = ()  # the checks look at the settings that this says how to set

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The port, and how slow they are."""
        parser.add_argument("--port", type=int, default=8900)
        parser.add_argument("--chunk-delay", type=float, default=0.0, help="Seconds after each piece of an answer.")

    def handle(self, *_args: Any, port: int, chunk_delay: float, **_options: Any) -> str:
        """Serve until interrupted.

        Raises:
            CommandError: DEBUG is off, the tests are not installed, or the port is taken.
        """
        if not settings.DEBUG:
            raise CommandError("The fake providers run only with DEBUG=true.")
        try:
            vendors = import_module("tests.vendors.by_hand")  # no import of the program's: it is installed without
        except ImportError as missing:
            raise CommandError(f"The fake providers come with the tests, and {missing.name} is not here.") from None
        try:
            with suppress(KeyboardInterrupt):
                asyncio.run(vendors.serve(self.stdout.write, port=port, chunk_delay_s=chunk_delay))
        except OSError as error:
            raise CommandError(f"Port {port} cannot be used: {error.strerror}.") from None
        return "The fake providers have stopped."
