"""The vendors for somebody at a terminal: served until interrupted, and how to use them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tests.vendors.environment import environment
from tests.vendors.mischief import MISCHIEF
from tests.vendors.server import WIRES, FakeVendors


async def serve(write: Callable[[str], Any], **pace: Any) -> None:
    """Serve with the arguments of ``FakeVendors``; ``write`` is told how they are reached and commanded."""
    async with FakeVendors(**pace) as fake:
        write(instructions(fake))
        await asyncio.Event().wait()


def instructions(fake: FakeVendors) -> str:
    """What to set, and what to ask for."""
    exports = [f"export {name}={told}" for name, told in environment(fake).items()]
    return "\n".join([
        *exports,
        "",
        f"Let one misbehave:    curl -X PUT {fake.url}/misbehave/openai/429",
        f"Let it speak again:   curl -X DELETE {fake.url}/misbehave/openai",
        f"Vendors:              {' '.join(WIRES)}",
        f"Misbehaviours:        {' '.join(MISCHIEF)}",
        "Ctrl-C ends it.",
    ])  # fmt: skip
