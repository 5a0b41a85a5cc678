"""Reads the environment: each setting once, with its type, and one clear line when a value is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.Env()
T = TypeVar("T")


def text(name: str, default: str = "") -> str:
    """A string; surrounding space is no part of it."""
    return str(_env.str(name, default=default)).strip()


def folder(name: str, default: Path) -> Path:
    """A path, absolute."""
    return Path(text(name, str(default))).absolute()


def flag(name: str, *, default: bool) -> bool:
    """A switch: true, yes, on, 1 and their opposites."""
    written = text(name, str(default)).lower()
    if written in ("true", "yes", "on", "1"):
        return True
    if written in ("false", "no", "off", "0", ""):
        return False
    raise ImproperlyConfigured(f"{name} is a switch (true or false), not {written!r}.")


def whole(name: str, default: int, *, least: int = 0) -> int:
    """A whole number, ``least`` or more."""
    return _number(name, int, default, least)


def seconds(name: str, default: float, *, least: float = 0.0) -> float:
    """A time in seconds, ``least`` or more."""
    return _number(name, float, default, least)


def address(name: str, default: str) -> str:
    """Where a server is: http or https, a host, perhaps a port and a path."""
    written = (text(name) or default).rstrip("/")
    try:
        parts = urlsplit(written)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # a bracket too many, or a port that is none
        sound = False
    if not sound or parts.query or parts.fragment or "@" in parts.netloc:
        raise ImproperlyConfigured(f"{name} is an address, like https://host, not {written!r}.")
    return written


def origin_of(written: str) -> str:
    """What a browser takes ``written``, an address, to be a part of (RFC 6454)."""
    parts = urlsplit(written)
    return f"{parts.scheme}://{parts.netloc}"


def origins(name: str) -> list[str]:
    """A comma-separated list of origins, each as browsers write it: https://example.com."""
    return [_origin(name, written) for written in names(name, "")]


def names(name: str, default: str) -> list[str]:
    """A comma-separated list without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """A comma-separated list of addresses and networks, like 10.0.0.0/8."""
    try:
        return [ip_network(part) for part in names(name, "")]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} lists addresses and networks, like 10.0.0.0/8: {error}.") from None


def rate(name: str, default: str) -> str:
    """So many in a time, as django-ratelimit writes it: 30/m, 5/10m, 100/h."""
    written = text(name, default)
    if not re.fullmatch(r"\d+/([1-9]\d*)?[smhd]", written):
        raise ImproperlyConfigured(f"{name} is a number in a time, like 30/m or 5/10m, not {written!r}.")
    return written


def choice(name: str, default: str, among: Sequence[str]) -> str:
    """One word out of ``among``."""
    chosen = text(name, default)
    if chosen not in among:
        raise ImproperlyConfigured(f"{name} is one of {', '.join(among)}, not {chosen!r}.")
    return chosen


def _origin(name: str, written: str) -> str:
    """``written`` without what goes without saying: capitals, the usual port, a last slash."""
    try:
        parts = urlsplit(written.rstrip("/").lower())
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # a bracket too many, or a port that is none
        sound = False
    if not sound or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        raise ImproperlyConfigured(f"{name} lists origins, like https://example.com, not {written!r}.")
    usual = ":443" if parts.scheme == "https" else ":80"
    return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}"


def _number(name: str, kind: Callable[[str], T], default: T, least: T) -> T:
    written = text(name, str(default))
    try:
        number = kind(written)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is a number, not {written!r}.") from None
    if not number >= least:  # type: ignore[operator]  # int and float only; the other way round NaN would pass
        raise ImproperlyConfigured(f"{name} is {least} or more, not {written}.")
    return number
