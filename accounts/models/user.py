"""Somebody with an account."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody with an account; ours from the first migration, so that it can grow."""
