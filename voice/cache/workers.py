"""Threads that wait for the storage and the index: those of ``accounts.workers``."""

from accounts.workers import run

__all__ = ["run"]
