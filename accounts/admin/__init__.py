"""The admin of people and limits: one file a model."""

from accounts.admin import user, user_analytics

__all__ = ["user", "user_analytics"]
