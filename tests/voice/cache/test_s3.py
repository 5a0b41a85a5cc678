"""The storage, against a real S3 server."""

from __future__ import annotations

import socket
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx2 as httpx
import pytest
from botocore.exceptions import EndpointConnectionError
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from pytest_django import Settings

from tests.clock import Clock
from tests.processes import free_port, wait_until
from tests.s3_server import S3Server
from voice.cache.s3.client import PART_BYTES
from voice.cache.s3.pulse import DOWN_AT, REST_S, TRUST_S, Pulse, StoreFailed
from voice.cache.s3.storage import S3AudioStorage
from voice.cache.storages import configured

PATH = f"tts-cache/{'a' * 64}.mp3"
LARGE = bytes(range(256)) * (12 * PART_BYTES // 256)


@pytest.fixture
def storage(bucket: str) -> S3AudioStorage:
    made = configured("s3")
    assert isinstance(made, S3AudioStorage)
    return made


def storage_at(url: str, s3: S3Server, **options: str) -> S3AudioStorage:
    return S3AudioStorage(**{**s3.options("aloud"), "endpoint_url": url, **options})


# -- Written and read -------------------------------------------------------------------------------------------------


def test_what_is_saved_is_read_back_and_saved_again_replaced(storage: S3AudioStorage) -> None:
    assert storage.save(PATH, ContentFile(b"one")) == PATH
    assert storage.save(PATH, ContentFile(b"other")) == PATH
    with storage.open(PATH) as file:
        assert (file.size, file.read()) == (5, b"other")
    assert (storage.exists(PATH), storage.size(PATH)) == (True, 5)
    assert storage.listdir("tts-cache") == ([], [f"{'a' * 64}.mp3"])


def test_an_empty_object_is_read_as_one(storage: S3AudioStorage) -> None:
    storage.save(PATH, ContentFile(b""))
    with storage.open(PATH) as file:
        assert (file.size, file.read()) == (0, b"")


def test_what_is_not_there_is_told_from_a_store_that_fails(storage: S3AudioStorage, s3: S3Server) -> None:
    with pytest.raises(FileNotFoundError):
        storage.open(PATH)
    with pytest.raises(FileNotFoundError):
        storage.size(PATH)
    assert not storage.exists(PATH)
    storage.delete(PATH)
    homeless = storage_at(s3.url, s3, bucket_name="no-such-bucket")
    with pytest.raises(StoreFailed, match="NoSuchBucket"):
        homeless.open(PATH)
    with pytest.raises(StoreFailed, match="NoSuchBucket"):
        homeless.exists(PATH)


def test_the_store_is_told_what_it_serves(storage: S3AudioStorage) -> None:
    storage.save(PATH, ContentFile(b"sound"))
    served = httpx.get(storage.signed_url(PATH))
    assert served.headers["Content-Type"] == "audio/mpeg"
    assert served.headers["Cache-Control"] == "private, max-age=604800, immutable"
    assert served.headers["Content-Disposition"] == "inline"


def test_names_come_in_order_page_by_page(storage: S3AudioStorage, s3: S3Server, bucket: str) -> None:
    client = s3.client()
    names = [f"{number:04x}.mp3" for number in range(1_003)]
    for name in names:
        client.put_object(Bucket=bucket, Key=f"tts-cache/{name}", Body=b"")
    client.put_object(Bucket=bucket, Key="elsewhere/0000.mp3", Body=b"")
    assert list(storage.names("tts-cache")) == names


def test_a_large_piece_is_written_and_read_a_part_at_a_time(storage: S3AudioStorage) -> None:
    """Peaks of what Python allocates: the server's and the kernel's memory is not ours."""
    storage.exists(PATH)  # whatever boto3 loads, it loads now
    with measured() as peak:
        storage.save(PATH, ContentFile(LARGE))
    assert peak[0] < 2.5 * PART_BYTES < len(LARGE) / 4
    with measured() as peak, storage.open(PATH) as file:
        assert all(chunk == LARGE[: len(chunk)] for chunk in file.chunks(256 * 1024))
    assert peak[0] < PART_BYTES


@contextmanager
def measured() -> Iterator[list[int]]:
    """The most bytes that were held at a time, afterwards, as the one item of a list."""
    peak: list[int] = []
    tracemalloc.start()
    yield peak
    peak.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()


def test_it_is_read_from_anywhere(storage: S3AudioStorage) -> None:
    storage.save(PATH, ContentFile(b"0123456789"))
    with storage.open(PATH) as file:
        assert file.read(2) == b"01"
        file.seek(7)
        assert (file.read(2), file.read(), file.read()) == (b"78", b"9", b"")
        file.seek(-4, 2)
        assert (file.tell(), file.read(1)) == (6, b"6")
        file.seek(99)
        assert file.read() == b""


def test_a_reader_never_goes_on_in_another_version(storage: S3AudioStorage) -> None:
    storage.save(PATH, ContentFile(b"the first"))
    with storage.open(PATH) as file:
        assert file.read(3) == b"the"
        storage.save(PATH, ContentFile(b"the other"))
        file.seek(4)
        with pytest.raises(StoreFailed, match="PreconditionFailed"):
            file.read()


# -- Signed addresses -------------------------------------------------------------------------------------------------


@pytest.fixture
def url(storage: S3AudioStorage) -> str:
    storage.save(PATH, ContentFile(b"0123456789"))
    return storage.signed_url(PATH)


def test_a_signed_address_needs_nothing_else(url: str) -> None:
    answer = httpx.get(url)
    assert (answer.status_code, answer.content) == (200, b"0123456789")


def test_it_serves_ranges(url: str) -> None:
    answer = httpx.get(url, headers={"Range": "bytes=2-4"})
    assert (answer.status_code, answer.content) == (206, b"234")
    assert answer.headers["Content-Range"] == "bytes 2-4/10"


def test_the_bucket_is_private(url: str, s3: S3Server, bucket: str) -> None:
    assert httpx.get(url.partition("?")[0]).status_code == 403
    assert httpx.get(f"{s3.url}/{bucket}").status_code == 403


@pytest.mark.parametrize("field", ["X-Amz-Signature", "X-Amz-Date", "X-Amz-Expires"])
def test_what_is_tampered_with_is_refused(url: str, field: str) -> None:
    parts = urlsplit(url)
    fields = dict(parse_qsl(parts.query))
    fields[field] = fields[field][:-1] + ("1" if fields[field][-1] != "1" else "2")
    assert httpx.get(urlunsplit(parts._replace(query=urlencode(fields)))).status_code == 403


def test_it_opens_no_other_object(url: str, storage: S3AudioStorage) -> None:
    other = PATH.replace("a", "b")
    storage.save(other, ContentFile(b"private"))
    assert httpx.get(url.replace(PATH, other)).status_code == 403


def test_it_ends(storage: S3AudioStorage, url: str) -> None:
    short = storage.url(PATH, expire=4)
    assert httpx.get(short).status_code == 200
    wait_until(lambda: httpx.get(short).status_code == 403, 15, "the end of an address that lives for four seconds")


def test_it_is_the_same_for_a_while_and_lives_as_long_as_promised(settings: Settings, storage: S3AudioStorage) -> None:
    settings.TTS_URL_LIFETIME_SECONDS = 7200
    url = storage.signed_url(PATH)
    assert storage.signed_url(PATH) == url
    assert 7200 <= int(dict(parse_qsl(urlsplit(url).query))["X-Amz-Expires"]) < 3 * 3600


# -- A store that fails -----------------------------------------------------------------------------------------------


def test_a_refusal_is_an_error_of_the_storage_and_tells_no_secret(storage: S3AudioStorage, s3: S3Server) -> None:
    stranger = storage_at(s3.url, s3, secret_key="guessed")
    with pytest.raises(OSError, match="SignatureDoesNotMatch") as refused:
        stranger.save(PATH, ContentFile(b"sound"))
    assert (refused.value.strerror, refused.value.__cause__) == ("SignatureDoesNotMatch", None)
    assert "guessed" not in str(refused.value)


def test_a_store_that_is_not_there_is_an_error_of_the_storage(s3: S3Server) -> None:
    gone = storage_at(f"http://127.0.0.1:{free_port()}", s3)
    for call in (
        lambda: gone.save(PATH, ContentFile(b"sound")),
        lambda: gone.open(PATH),
        lambda: gone.delete(PATH),
    ):
        with pytest.raises(OSError, match="EndpointConnectionError"):
            call()


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of somebody who takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_store_that_says_nothing_is_not_waited_for_long(silent: str, s3: S3Server) -> None:
    with pytest.raises(OSError, match="ReadTimeoutError"):
        storage_at(silent, s3).open(PATH)


def test_a_store_that_breaks_off_is_an_error_of_the_storage(storage: S3AudioStorage, s3: S3Server) -> None:
    storage.save(PATH, ContentFile(LARGE))
    with storage.open(PATH) as file:
        file.read(1024)
        with s3.down(), pytest.raises(StoreFailed):
            file.read()


# -- Its pulse --------------------------------------------------------------------------------------------------------


def test_one_that_is_down_is_left_alone_and_found_when_it_is_back() -> None:
    clock = Clock(1000.0)
    pulse = Pulse(clock)
    for _ in range(DOWN_AT):
        fail(pulse)
    with pytest.raises(StoreFailed, match="LeftAlone"), pulse.watch():
        pytest.fail("it was called")
    clock.now_s += REST_S
    with pulse.watch():
        pass
    assert pulse.is_felt()


def test_it_is_left_alone_again_at_once_if_it_is_still_down() -> None:
    clock = Clock(1000.0)
    pulse = Pulse(clock)
    for _ in range(DOWN_AT):
        fail(pulse)
    clock.now_s += REST_S
    fail(pulse)
    with pytest.raises(StoreFailed, match="LeftAlone"), pulse.watch():
        pytest.fail("it was called")


def test_one_failure_may_be_chance() -> None:
    pulse = Pulse(Clock(1000.0))
    fail(pulse)
    with pulse.watch():
        pass
    assert pulse.is_felt()


def test_it_is_believed_for_a_while_only() -> None:
    clock = Clock(1000.0)
    pulse = Pulse(clock)
    assert not pulse.is_felt()
    with pulse.watch():
        pass
    clock.now_s += TRUST_S / 2
    assert pulse.is_felt()
    clock.now_s += TRUST_S / 2
    assert not pulse.is_felt()
    with pulse.watch():
        pass
    fail(pulse)
    assert not pulse.is_felt()


def test_an_object_that_is_not_there_is_no_failure() -> None:
    pulse = Pulse(Clock(1000.0))
    for _ in range(DOWN_AT):
        with pytest.raises(FileNotFoundError), pulse.watch():
            raise FileNotFoundError
    with pulse.watch():
        pass


def fail(pulse: Pulse) -> None:
    with pytest.raises(StoreFailed, match="EndpointConnectionError"), pulse.watch():
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1")


# -- Settings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("bucket_name", "AWS_STORAGE_BUCKET_NAME"),
        ("access_key", "TTS_S3_ACCESS_KEY_ID"),
        ("secret_key", "TTS_S3_SECRET_ACCESS_KEY"),
    ],
)
def test_what_it_needs_is_asked_for_by_name(s3: S3Server, option: str, told: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=told):
        storage_at(s3.url, s3, **{option: ""})


def test_no_longer_life_is_promised_than_the_store_signs_for(settings: Settings, s3: S3Server) -> None:
    settings.TTS_URL_LIFETIME_SECONDS = 7 * 24 * 3600
    with pytest.raises(ImproperlyConfigured, match="TTS_URL_LIFETIME_SECONDS is 601200 at most"):
        storage_at(s3.url, s3)


def test_nothing_at_home_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, storage: S3AudioStorage) -> None:
    (tmp_path / "config").write_text("[default]\nregion = nowhere\ns3 =\n  addressing_style = virtual\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_PROFILE", "somebody")
    storage.save(PATH, ContentFile(b"sound"))
    assert storage.exists(PATH)
