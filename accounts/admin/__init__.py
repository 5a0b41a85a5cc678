"""The admin of people and limits: one file a model."""

from accounts.admin import api_key, flag, user, user_analytics

__all__ = ["api_key", "flag", "user", "user_analytics"]
