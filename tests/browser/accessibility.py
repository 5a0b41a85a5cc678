"""What axe-core (Deque's accessibility engine, out of the package axe-playwright-python) finds wrong with a page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from tests.browser.drivers.browser import Browser

GRAVE = ("serious", "critical")


def accessibility_violations(browser: Browser) -> list[str]:
    """Each rule of serious or critical impact that the page breaks, and where.

    The engine comes in through ``evaluate``, which no content security policy binds.
    """
    browser.evaluate(f"(() => {{ {_axe()}\n }})()")
    # Preloading copies style sheets into inline ones, which the policy of the page would forbid and report.
    options = "{preload: false, resultTypes: ['violations']}"
    violations = browser.evaluate(f"axe.run({options}).then(found => found.violations)")
    return [_told(violation) for violation in violations if violation["impact"] in GRAVE]


def _told(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    places = ", ".join(str(node["target"]) for node in nodes)
    return f"{violation['impact']}: {violation['help']} ({violation['id']}) at {places}"


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text()
