"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, and what they may do."""

    name = "accounts"
    verbose_name = "People and limits"

    def ready(self) -> None:
        """Have changes noticed, wherever they are made."""
        from accounts import changes  # noqa: F401, PLC0415  # it needs the models
