"""The account page: what is used and left, the voice one likes, and one's keys."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx2 as httpx
import pytest
from django.utils import timezone

from accounts import keys
from accounts.models import ApiKey, Plan, Spending, User
from tests.http import signed_in, stranger

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = {"Accept": "text/html"}
KEY = re.compile(r"<code[^>]*>(aloud_\w+)</code>")


@pytest.fixture
def client(user: User) -> httpx.AsyncClient:
    client = signed_in(user)
    client.headers.update(PAGE)
    return client


async def page(client: httpx.AsyncClient) -> str:
    response = await client.get("/account")
    assert response.status_code == 200
    return response.text


async def on(user: User, **plan: object) -> None:
    """Put ``user`` on such a plan."""
    await User.objects.filter(pk=user.pk).aupdate(plan=await Plan.objects.acreate(name="theirs", **plan))


async def post(client: httpx.AsyncClient, path: str, **form: object) -> httpx.Response:
    return await client.post(path, data=form, headers={"Referer": "http://127.0.0.1/account"})


async def test_strangers_are_sent_to_sign_in() -> None:
    response = await stranger().get("/account", headers=PAGE)
    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/login/?next=/account")


async def test_it_says_what_is_used_and_what_is_left(client: httpx.AsyncClient, user: User) -> None:
    await on(user, label="Standard", characters_per_day=200_000)
    today = timezone.now().date()
    await Spending.objects.acreate(user=user, day=today, month=today.replace(day=1), day_characters=187_600)
    shown = await page(client)
    assert "Standard plan" in shown
    assert "187,600 of 200,000 characters used" in shown
    assert "12,400 left" in shown
    assert '<meter min="0" max="1" low="0" high="0.8" optimum="0" value="0.9380"' in shown
    assert "starts anew in" in shown


async def test_it_says_when_a_trial_ends_and_that_it_has(client: httpx.AsyncClient, user: User) -> None:
    await on(user, label="Trial", trial_days=14)
    assert "Your trial ends in 1\xa0week, 6\xa0days." in await page(client)
    await User.objects.filter(pk=user.pk).aupdate(plan_since=timezone.now() - timedelta(days=15))
    assert "Your trial is over." in await page(client)


async def test_without_limits_it_says_so(client: httpx.AsyncClient, user: User) -> None:
    await on(user, label="Unlimited")
    shown = await page(client)
    assert "Nothing is limited here" in shown
    assert "<meter" not in shown


async def test_the_voice_one_likes_is_kept(client: httpx.AsyncClient, user: User) -> None:
    assert (await post(client, "/account/voice", voice="local:bright")).status_code == 302
    await user.arefresh_from_db()
    assert user.default_voice == "local:bright"
    shown = await page(client)
    assert "Your voice is changed." in shown
    assert '<option value="local:bright" selected>' in shown
    await post(client, "/account/voice", voice="")
    await user.arefresh_from_db()
    assert user.default_voice == ""


async def test_a_voice_that_cannot_be_had_is_refused(client: httpx.AsyncClient, user: User) -> None:
    response = await post(client, "/account/voice", voice="local:nobody")
    assert response.status_code == 400
    assert "Select a valid choice" in response.text
    await user.arefresh_from_db()
    assert user.default_voice == ""


async def test_only_voices_the_plan_includes_can_be_chosen(client: httpx.AsyncClient, user: User) -> None:
    assert '<option value="local:bright">' in await page(client)
    await on(user, label="Elsewhere", providers=["openai"])
    assert '<option value="local:bright">' not in await page(client)
    assert (await post(client, "/account/voice", voice="local:bright")).status_code == 400


async def test_a_key_is_shown_once_and_kept_as_a_hash(client: httpx.AsyncClient, user: User) -> None:
    made = await post(client, "/account/keys", name="My laptop", features=["speech"], lasts="30")
    (secret,) = KEY.findall(made.text)
    assert "no-store" in made.headers["Cache-Control"]
    key = await user.api_keys.aget()
    assert key.hash == keys.hash_of(secret)
    assert key.features == ["speech"]
    assert key.expires_at is not None
    assert abs(key.expires_at - timezone.now() - timedelta(days=30)) < timedelta(minutes=1)
    shown = await page(client)
    assert secret not in shown
    assert key.prefix in shown


async def test_a_key_may_have_no_end(client: httpx.AsyncClient, user: User) -> None:
    await post(client, "/account/keys", name="My laptop", lasts="")
    assert (await user.api_keys.aget()).expires_at is None
    assert "does not expire" in await page(client)


@pytest.mark.parametrize("form", [{"name": ""}, {"name": "x" * 81}, {"name": "x", "features": ["flying"]}])
async def test_a_key_that_cannot_be_is_not_made(client: httpx.AsyncClient, user: User, form: dict[str, object]) -> None:
    response = await post(client, "/account/keys", lasts="30", **form)
    assert response.status_code == 400
    assert 'class="alarm"' in response.text
    assert not await user.api_keys.aexists()


async def test_nobody_has_more_keys_than_they_can_tell_apart(client: httpx.AsyncClient, user: User) -> None:
    for number in range(20):
        await ApiKey.objects.acreate(user=user, name=str(number), prefix="aloud_", hash=str(number))
    response = await post(client, "/account/keys", name="One more", lasts="30")
    assert "You have 20 keys" in response.text
    assert await user.api_keys.acount() == 20


async def test_a_key_that_is_revoked_is_gone_from_the_page(client: httpx.AsyncClient, user: User) -> None:
    key = await ApiKey.objects.acreate(user=user, name="Old script", prefix="aloud_1", hash="1")
    assert (await post(client, f"/account/keys/{key.pk}/revoke")).status_code == 302
    await key.arefresh_from_db()
    assert key.revoked_at is not None
    shown = await page(client)
    assert "The key “Old script” is revoked" in shown
    assert "aloud_1" not in shown


async def test_somebody_elses_key_is_not_there(client: httpx.AsyncClient) -> None:
    eve = await User.objects.acreate(username="eve")
    key = await ApiKey.objects.acreate(user=eve, name="Eve's", prefix="aloud_1", hash="1")
    assert (await post(client, f"/account/keys/{key.pk}/revoke")).status_code == 404
    await key.arefresh_from_db()
    assert key.revoked_at is None
    assert "Eve" not in await page(client)


@pytest.mark.parametrize("path", ["/account/voice", "/account/keys", "/account/keys/1/revoke"])
async def test_what_changes_something_takes_a_form_of_ours(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 405
    del client.headers["X-CSRFToken"]
    assert (await post(client, path)).status_code == 403
