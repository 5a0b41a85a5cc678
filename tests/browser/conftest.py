"""Three engines, and the application they are pointed at."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.browser.drivers.browser import Browser, Engine
from tests.browser.drivers.chromium import chromium
from tests.browser.drivers.firefox import firefox
from tests.browser.drivers.webkit import webkit
from tests.server import ROOT, AloudServer

HERE = Path(__file__).parent
SCREENSHOTS = ROOT / "var" / "test-screenshots"
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was measured."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties if report.when == "call" else ():
            terminalreporter.write_line(f"{report.nodeid}: {name}: {value}")


@pytest.fixture(params=[chromium, firefox, webkit], ids=lambda engine: engine.__name__)
def engine(request: pytest.FixtureRequest) -> Engine:
    chosen: Engine = request.param
    return chosen


@pytest.fixture
def dark() -> bool:
    """Whether the browser's user likes it dark: a test that cares names this parameter itself."""
    return False


@pytest.fixture
def browser(engine: Engine, dark: bool, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A browser of the engine, nobody signed in. What it showed when its test failed is in var/test-screenshots."""
    with engine(dark=dark) as browser:
        yield browser
        if request.node.stash.get(FAILED, False):
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            browser.screenshot(SCREENSHOTS / f"{request.node.name}.png")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AloudServer]:
    """The application with its demo, and with the superuser ``admin`` whose password is ``admin-aloud``."""
    with AloudServer(tmp_path_factory.mktemp("aloud"), RATE_LIMIT_SIGN_IN="1000/m") as server:  # each test signs in
        server.manage(
            "createsuperuser",
            "--no-input",
            "--username=admin",
            "--email=admin@example.com",
            DJANGO_SUPERUSER_PASSWORD="admin-aloud",
        )
        yield server
