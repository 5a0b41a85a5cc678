"""People and what they used: one noun a file."""

from accounts.models.user import User
from accounts.models.user_analytics import UserAnalytics

__all__ = ["User", "UserAnalytics"]
