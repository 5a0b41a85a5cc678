"""Audio that lies in an object store, heard from there: in all three engines, under the page's own policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.chat import AUDIO, Chat
from tests.browser.drivers.browser import Browser
from tests.processes import wait_until
from tests.s3_server import S3Server
from tests.server import AloudServer

SHORT = 3
HEARD = f"{AUDIO}.addEventListener('ended', () => {{ window.heard = {AUDIO}.currentTime; }})"


@pytest.fixture(scope="module")
def server(s3: S3Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AloudServer]:
    """The application with its demo, whose audio lies in a bucket."""
    settings = {
        **s3.environment,
        "TTS_STORAGE": "s3",
        "AWS_STORAGE_BUCKET_NAME": s3.new_bucket(),
        "TTS_CACHE_TTL_SECONDS": str(10 * 365 * 24 * 3600),  # to its rules a day lasts a second
        "TTS_STORAGE_TIMEOUT": "30",
        "RATE_LIMIT_SIGN_IN": "1000/m",
    }
    made = AloudServer(tmp_path_factory.mktemp("s3-site"), **settings)
    made.manage("prepare_tts_storage")
    with made:
        yield made
    s3.forget_rules(settings["AWS_STORAGE_BUCKET_NAME"])


def leads_on(chat: Chat, reply: int) -> bool:
    """Whether the reply's address leads to another."""
    source = f'document.querySelector("{chat.player(reply)}").getAttribute("src")'
    return bool(
        chat.browser.evaluate(f"fetch({source}, {{redirect: 'manual'}}).then(({{type}}) => type === 'opaqueredirect')")
    )


def test_a_reply_is_heard_while_it_is_made_and_then_from_the_store(browser: Browser, server: AloudServer) -> None:
    chat = Chat.demo(browser, server)
    hear_to_the_end(chat)
    wait_until(lambda: leads_on(chat, SHORT), 60, "the reply to be stored")
    browser.open(browser.evaluate("location.href"))
    chat.wait_until_alive()
    hear_to_the_end(chat)
    assert browser.console_errors() == []


def hear_to_the_end(chat: Chat) -> None:
    chat.browser.evaluate(HEARD)
    chat.press(SHORT)
    chat.browser.wait_for("window.heard > 1", timeout_s=60)
