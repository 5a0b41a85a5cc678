"""Thin doors for cron and operators; each prints one sentence."""
