"""What can be wrong with who asks, and with how much they ask for.

::

    AccountError               code, message, retry_after_s
    ├── NotSignedIn            no session, or one that has ended
    ├── BadKey                 no such API key, or one that has expired or was revoked
    ├── ForgedRequest          a session, but no proof that its owner's page sent this
    ├── FeatureOff             a flag, a plan or a key says no
    ├── ProviderNotAllowed     the plan names others
    ├── TextTooLong            for the plan
    ├── TrialEnded             its messages are heard, or its days are over
    ├── QuotaExceeded          limit, resets_at: nothing is left of a day's or a month's
    ├── Throttled              rate: too many in a minute, or replies in a day
    └── LimitsUnavailable      what counts them cannot be reached: nothing new is made then

An error carries the decision: whether to come back, and when. Nobody parses its text.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from accounts.rates import Rate


class AccountError(Exception):
    """Anything that stops somebody on account of who they are or what they have used."""

    code: ClassVar[str] = "account_error"

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after_s = retry_after_s


class NotSignedIn(AccountError):
    """Nobody is signed in."""

    code = "not_signed_in"


class BadKey(AccountError):
    """There is no such API key, or it has expired or was revoked."""

    code = "bad_key"


class ForgedRequest(AccountError):
    """The request carries a session but not the token its page was given."""

    code = "forged_request"


class FeatureOff(AccountError):
    """The account, or the key, may not use the feature."""

    code = "feature_off"


class ProviderNotAllowed(AccountError):
    """The plan does not include the provider of this voice."""

    code = "provider_not_allowed"


class TextTooLong(AccountError):
    """The text is longer than the plan allows."""

    code = "text_too_long"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.fields = {"text": message}


class TrialEnded(AccountError):
    """The trial is over; what was made before still plays."""

    code = "trial_ended"


class QuotaExceeded(AccountError):
    """Nothing is left of a quota until it resets; what was made before still plays."""

    code = "quota_exceeded"

    def __init__(self, message: str, *, limit: str, resets_at: datetime, retry_after_s: float) -> None:
        super().__init__(message, retry_after_s=retry_after_s)
        self.limit = limit
        self.resets_at = resets_at


class Throttled(AccountError):
    """Too many requests in a minute, or replies of the assistant in a day."""

    code = "throttled"

    def __init__(self, message: str, *, rate: Rate, retry_after_s: float) -> None:
        super().__init__(message, retry_after_s=retry_after_s)
        self.rate = rate


class LimitsUnavailable(AccountError):
    """Limits cannot be checked just now, so nothing new is made; what was made before still plays."""

    code = "limits_unavailable"
