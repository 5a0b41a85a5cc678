from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from waffle import flag_is_active

from accounts.features import ALL, Feature
from accounts.flags import features_of
from accounts.models import Flag, Plan, User
from accounts.resolving import account_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada")


@pytest.fixture
def eve() -> User:
    return User.objects.create_user("eve")


def flag(feature: Feature, **rules: Any) -> Flag:
    """The flag of ``feature``, for nobody but those that ``rules`` name."""
    nobody: dict[str, Any] = {"everyone": None, "superusers": False, "percent": None}
    found: Flag = Flag.objects.get_or_create(name=feature)[0]
    for rule, value in {**nobody, **rules}.items():
        setattr(found, rule, value)
    found.save()
    return found


def test_everything_is_on_as_shipped_and_without_a_flag(ada: User) -> None:
    assert {known.name for known in Flag.objects.all()} == set(ALL)
    assert features_of(ada) == ALL
    Flag.objects.all().delete()
    assert features_of(ada) == ALL


def test_a_flag_is_off_for_everyone_whoever_is_named(ada: User) -> None:
    flag(Feature.SPEECH, everyone=False, authenticated=True, percent="99.9").users.add(ada)
    assert features_of(ada) == ALL - {Feature.SPEECH}


def test_a_flag_may_name_users(ada: User, eve: User) -> None:
    flag(Feature.REALTIME).users.add(ada)
    assert Feature.REALTIME in features_of(ada)
    assert features_of(eve) == ALL - {Feature.REALTIME}


def test_a_flag_may_name_groups(ada: User, eve: User) -> None:
    testers, others = Group.objects.create(name="testers"), Group.objects.create(name="others")
    ada.groups.add(testers, others)
    eve.groups.add(others)
    flag(Feature.EXPORT).groups.add(testers)
    assert Feature.EXPORT in features_of(ada)
    assert Feature.EXPORT not in features_of(eve)


@pytest.mark.parametrize("standing", ["staff", "superuser"])
def test_a_flag_may_be_for_staff_or_superusers(ada: User, eve: User, standing: str) -> None:
    setattr(ada, f"is_{standing}", True)
    flag(Feature.EXPORT, staff=standing == "staff", superusers=standing == "superuser")
    assert Feature.EXPORT in features_of(ada)
    assert Feature.EXPORT not in features_of(eve)


def test_a_flag_may_be_for_whoever_is_signed_in(ada: User) -> None:
    flag(Feature.EXPORT, authenticated=True)
    assert Feature.EXPORT in features_of(ada)


def test_a_share_is_about_as_large_as_it_says_and_always_of_the_same_users() -> None:
    many = [User(pk=number) for number in range(1, 2001)]
    small, large = Flag(name="speech", percent=Decimal(10)), Flag(name="speech", percent=Decimal(50))
    few = {user.pk for user in many if small.shares_with(user)}
    half = {user.pk for user in many if large.shares_with(user)}
    assert 140 < len(few) < 260
    assert 900 < len(half) < 1100
    assert few < half, "who was in stays in when the share grows"
    assert few == {user.pk for user in many if small.shares_with(user)}
    assert few != {user.pk for user in many if Flag(name="export", percent=Decimal(10)).shares_with(user)}


@pytest.mark.parametrize("percent", [None, Decimal(0)])
def test_nobody_is_in_a_share_of_nothing(percent: Decimal | None) -> None:
    assert not any(Flag(name="speech", percent=percent).shares_with(User(pk=number)) for number in range(1, 2001))


def test_a_plan_and_the_flags_have_to_agree(ada: User) -> None:
    ada.plan = Plan.objects.create(name="two", features=[Feature.SPEECH, Feature.EXPORT])
    flag(Feature.EXPORT)
    assert account_for(ada).features == {Feature.SPEECH}


def test_all_of_it_takes_one_query(ada: User) -> None:
    for feature in ALL:
        flag(feature).users.add(ada)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert features_of(ada) == ALL
    assert len(asked) == 1


def test_waffle_itself_answers_the_same(ada: User, eve: User) -> None:
    request = RequestFactory().get("/")
    flag(Feature.SPEECH, percent="50.0").users.add(ada)
    for user in (ada, eve, *(User.objects.create_user(f"u{number}") for number in range(20))):
        request.user = user
        assert flag_is_active(request, "speech") == (Feature.SPEECH in features_of(user))
    flag(Feature.SPEECH, everyone=False)
    request.user = ada
    assert not flag_is_active(request, "speech"), "nothing older than the row is believed"
