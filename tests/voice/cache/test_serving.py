"""Whether somebody is sent to the storage: only where it is known to be there, and to have it."""

from __future__ import annotations

import pytest
from django.core.files.storage import InMemoryStorage

from tests.clock import Clock
from voice.cache.s3.pulse import TRUST_S, Pulse, StoreFailed
from voice.cache.serving import Serving

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "tts-cache/a.mp3"


class Shop(InMemoryStorage):
    """A storage that serves, as long as it is open, and remembers how often it was asked."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.pulse = Pulse(clock)
        self.is_open = True
        self.asked = 0

    def is_reliable(self) -> bool:
        """Whether it answered a moment ago."""
        return self.pulse.is_felt()

    def exists(self, name: str) -> bool:
        """It has everything but lost.mp3."""
        with self.pulse.watch():
            self.asked += 1
            if not self.is_open:
                raise StoreFailed("ShopClosed")
            return not name.endswith("lost.mp3")

    def signed_url(self, name: str) -> str:
        """Where it is."""
        return f"https://shop/{name}"


@pytest.fixture
def clock() -> Clock:
    return Clock(1000.0)


@pytest.fixture
def shop(clock: Clock) -> Shop:
    return Shop(clock)


async def test_a_storage_that_does_not_serve_has_no_addresses() -> None:
    assert await Serving(InMemoryStorage()).url(PATH) is None


async def test_it_is_asked_once_and_then_believed_for_a_while(shop: Shop, clock: Clock) -> None:
    serving = Serving(shop)
    assert [await serving.url(PATH) for _ in range(3)] == [f"https://shop/{PATH}"] * 3
    assert shop.asked == 1
    clock.now_s += TRUST_S
    await serving.url(PATH)
    assert shop.asked == 2


async def test_nobody_is_sent_to_one_that_has_gone_down(shop: Shop, clock: Clock) -> None:
    serving = Serving(shop)
    assert await serving.url(PATH)
    shop.is_open = False
    clock.now_s += TRUST_S
    assert await serving.url(PATH) is None


async def test_nobody_is_sent_for_what_it_would_not_take_until_it_has_it(shop: Shop) -> None:
    serving = Serving(shop)
    serving.is_not_there(PATH)
    assert await serving.url(PATH) is None
    assert await serving.url("tts-cache/b.mp3")
    serving.is_there(PATH)
    assert await serving.url(PATH)


async def test_nobody_is_sent_for_what_it_says_it_does_not_have(shop: Shop) -> None:
    assert await Serving(shop).url("tts-cache/lost.mp3") is None
