from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.conftest import keep_audio_in_s3
from tests.processes import wait_until
from tests.s3_server import S3Server

DAY_S = 24 * 3600


@pytest.fixture
def name(s3: S3Server, settings: Settings) -> Iterator[str]:
    """Of a bucket that is set, and not there."""
    name = s3.new_bucket()
    keep_audio_in_s3(settings, s3.options(name))
    yield name
    s3.forget_rules(name)


def said() -> str:
    out = StringIO()
    call_command("prepare_tts_storage", stdout=out)
    return out.getvalue().strip()


def rules(s3: S3Server, bucket: str) -> dict[str, Any]:
    found = s3.client().get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    return {rule["ID"]: rule for rule in found}


def test_it_makes_a_private_bucket_that_lets_go_a_day_after_the_cache(name: str, s3: S3Server) -> None:
    assert said() == f"{name}: made, private, and lets go of audio after 8 days."
    (rule,) = rules(s3, name).values()
    assert (rule["Status"], rule["Filter"], rule["Expiration"]) == ("Enabled", {"Prefix": "tts-cache/"}, {"Days": 8})
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    block = s3.client().get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
    assert block["IgnorePublicAcls"]
    assert block["RestrictPublicBuckets"]
    assert "Contents" not in s3.client().list_objects_v2(Bucket=name)


def test_run_again_it_changes_what_has_changed(name: str, s3: S3Server, settings: Settings) -> None:
    said()
    settings.TTS_CACHE_TTL_SECONDS = 30 * DAY_S + 1
    assert said() == f"{name}: there already, private, and lets go of audio after 32 days."
    assert [rule["Expiration"]["Days"] for rule in rules(s3, name).values()] == [32]


def test_what_others_have_set_stays(name: str, s3: S3Server) -> None:
    client = s3.client()
    client.create_bucket(Bucket=name)
    theirs = {"ID": "backups", "Status": "Enabled", "Filter": {"Prefix": "backups/"}, "Expiration": {"Days": 90}}
    client.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [theirs]})
    said()
    said()
    assert set(rules(s3, name)) == {"backups", "aloud-tts-cache"}
    assert rules(s3, name)["backups"]["Expiration"] == {"Days": 90}


def test_the_store_itself_lets_go_of_what_was_not_pruned(name: str, s3: S3Server, settings: Settings) -> None:
    """A day lasts five seconds there."""
    settings.TTS_CACHE_TTL_SECONDS = DAY_S
    said()
    client = s3.client()
    client.put_object(Bucket=name, Key="elsewhere/a.mp3", Body=b"kept")
    client.put_object(Bucket=name, Key="tts-cache/a.mp3", Body=b"sound")

    def left() -> list[str]:
        return [found["Key"] for found in client.list_objects_v2(Bucket=name)["Contents"]]

    wait_until(lambda: left() == ["elsewhere/a.mp3"], 120, "the end of what was not pruned")


def test_a_bucket_everybody_may_read_is_shut(name: str, s3: S3Server) -> None:
    client = s3.client()
    client.create_bucket(Bucket=name, ACL="public-read")
    assert said() == f"{name}: there already, private, and lets go of audio after 8 days."


def test_without_an_answer_it_fails_and_says_why(s3: S3Server, settings: Settings) -> None:
    keep_audio_in_s3(settings, {**s3.options("aloud"), "secret_key": "guessed"})
    with pytest.raises(CommandError, match=r"^http.*: (403|SignatureDoesNotMatch)$"):
        said()
