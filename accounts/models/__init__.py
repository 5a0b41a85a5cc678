"""People, what they may use and what they used: one noun a file."""

from accounts.models.api_key import ApiKey
from accounts.models.daily_usage import DailyUsage
from accounts.models.flag import Flag
from accounts.models.plan import Plan
from accounts.models.quota import Quota
from accounts.models.spending import Reservation, Spending
from accounts.models.user import User
from accounts.models.user_analytics import UserAnalytics

__all__ = [
    "ApiKey",
    "DailyUsage",
    "Flag",
    "Plan",
    "Quota",
    "Reservation",
    "Spending",
    "User",
    "UserAnalytics",
]
