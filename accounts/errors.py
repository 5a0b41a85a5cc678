"""What can be wrong with who asks.

::

    AccountError          code, message
    ├── NotSignedIn       no session, or one that has ended
    └── ForgedRequest     a session, but no proof that its owner's page sent this
"""

from __future__ import annotations

from typing import ClassVar


class AccountError(Exception):
    """Anything that stops somebody on account of who they are."""

    code: ClassVar[str] = "account_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotSignedIn(AccountError):
    """Nobody is signed in."""

    code = "not_signed_in"


class ForgedRequest(AccountError):
    """The request carries a session but not the token its page was given."""

    code = "forged_request"
