"""The admin of people and limits: one file a model."""

from accounts.admin import api_key, daily_usage, flag, log_entry, plan, quota, spending, user, user_analytics

__all__ = ["api_key", "daily_usage", "flag", "log_entry", "plan", "quota", "spending", "user", "user_analytics"]
