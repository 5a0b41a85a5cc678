"""A provider's model: what it costs, and how long there is one."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models


class ProviderModelManager(models.Manager["ProviderModel"]):
    """Finds models as fixtures name them."""

    def get_by_natural_key(self, provider: str, name: str) -> ProviderModel:
        """The model ``provider`` calls ``name``."""
        return self.get(provider=provider, name=name)


class ProviderModel(models.Model):
    """A model text can be spoken with. Prices and dates are the vendor's, and change: each has its day."""

    provider = models.CharField(max_length=32, help_text="Whose it is: openai, elevenlabs …")
    name = models.CharField(max_length=160, help_text="The provider's id for it.")
    label = models.CharField(max_length=160, blank=True, help_text="What people call it.")
    price_per_million_characters = models.DecimalField(
        max_digits=10,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="US dollars the vendor takes for 1,000,000 characters. Empty: not known, and not counted.",
    )
    priced_on = models.DateField("price as of", null=True, blank=True, help_text="The day the price was looked up.")
    sunset_on = models.DateField(
        null=True, blank=True, help_text="The day the vendor switches it off; from then on nobody is spoken to with it."
    )
    enabled = models.BooleanField(default=True, help_text="Nobody can ask for a model that is switched off.")
    is_hd = models.BooleanField("HD", default=False, help_text="What exports in high quality are made with.")

    objects = ProviderModelManager()

    class Meta:
        verbose_name = "model"
        ordering = ["provider", "name"]
        constraints = [models.UniqueConstraint(fields=["provider", "name"], name="one_row_a_model")]

    def __str__(self) -> str:
        return f"{self.provider} {self.name}"

    def natural_key(self) -> tuple[str, str]:
        """How fixtures name it."""
        return self.provider, self.name
