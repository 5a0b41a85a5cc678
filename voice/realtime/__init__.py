"""Replies as they are written."""
