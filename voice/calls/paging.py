"""Where in a list somebody is, by the address they asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from voice.domain.errors import InvalidRequest

_PAGE: Final = re.compile(r"[1-9][0-9]{0,4}")


def page_of(query: Mapping[str, str]) -> int:
    """The page that ``?page=`` asks for, from 1 on.

    Raises:
        InvalidRequest: it is no page's number.
    """
    written = query.get("page", "1")
    if not _PAGE.fullmatch(written):
        raise InvalidRequest.of("page", "A page is a number from 1 to 99999.")
    return int(written)


def before_of(query: Mapping[str, str]) -> UUID | None:
    """The message that ``?before=`` names; None without it.

    Raises:
        InvalidRequest: it is no message's id.
    """
    written = query.get("before")
    try:
        return UUID(written) if written is not None else None
    except ValueError:
        raise InvalidRequest.of("before", "It is a message's id, a UUID.") from None
