"""Which part of a complete file a request gets, and under which headers (RFC 9110, sections 13 and 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """The headers of a request that decide; None for one that was not sent."""

    range: str | None = None
    if_range: str | None = None
    if_none_match: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The answer: a status, and the bytes from ``start`` up to, not including, ``end``."""

    status: int
    start: int
    end: int
    headers: dict[str, str]


def part_for(asked: Asked, etag: str, size_bytes: int) -> Part:
    """The part of a file of ``size_bytes`` under ``etag`` (quotes and all) that answers ``asked``.

    A range we do not read (several, another unit) is answered with the whole file, as the RFC allows.
    """
    headers = {"ETag": etag, "Accept-Ranges": "bytes"}
    if asked.if_none_match is not None and _matches(asked.if_none_match, etag):
        return Part(304, 0, 0, headers)
    bounds = _bounds(asked.range, size_bytes) if asked.range else None
    stale = asked.if_range is not None and asked.if_range.strip() != etag
    if bounds is None or stale:
        return Part(200, 0, size_bytes, headers)
    start, end = bounds
    if start >= end:
        return Part(416, 0, 0, headers | {"Content-Range": f"bytes */{size_bytes}"})
    return Part(206, start, end, headers | {"Content-Range": f"bytes {start}-{end - 1}/{size_bytes}"})


def _bounds(written: str, size_bytes: int) -> tuple[int, int] | None:
    """Start and end of one range: closed (``0-4``), open (``5-``) or a suffix (``-5``); None for anything else."""
    match = _RANGE.fullmatch(written.strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return max(0, size_bytes - int(match[2])), size_bytes
    start = int(match[1])
    if not match[2]:
        return start, size_bytes
    last = int(match[2])
    return (start, min(last + 1, size_bytes)) if last >= start else None


def _matches(listed: str, etag: str) -> bool:
    """Whether an If-None-Match list names ``etag``; weakly, as the RFC says."""
    return listed.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in listed.split(","))
