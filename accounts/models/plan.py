"""What a group of users may use."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models

from accounts.features import Feature


class LimitFields(models.Model):
    """The limits a plan sets, and a quota may set otherwise."""

    characters_per_day = models.PositiveIntegerField(null=True, blank=True, help_text="Characters given to a voice.")
    characters_per_month = models.PositiveIntegerField(null=True, blank=True, help_text="Characters given to a voice.")
    voice_minutes_per_month = models.PositiveIntegerField(null=True, blank=True, help_text="Minutes of new audio.")
    money_per_month = models.DecimalField(
        "money per month (USD)",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="What providers take for it, by the prices of the models.",
    )
    requests_per_minute = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Times new audio may be asked for."
    )
    realtime_per_day = models.PositiveIntegerField(
        "realtime requests per day", null=True, blank=True, help_text="Replies of the assistant."
    )
    max_characters = models.PositiveIntegerField(
        "largest text", null=True, blank=True, validators=[MinValueValidator(1)], help_text="Characters of one text."
    )

    class Meta:
        abstract = True


class Plan(LimitFields):
    """What everybody on it may use. An empty limit is none; what comes from the cache is never counted."""

    name = models.SlugField(unique=True, max_length=40)
    label = models.CharField(max_length=80, help_text="What people call it.")
    is_default = models.BooleanField(
        "the default", default=False, help_text="Who has no plan has this one. Without a default there are no limits."
    )
    trial_messages = models.PositiveIntegerField(
        null=True, blank=True, help_text="A trial: over after so many spoken messages. Empty: no such end."
    )
    trial_days = models.PositiveIntegerField(
        null=True, blank=True, help_text="A trial: over so many days after it began. Empty: no such end."
    )
    providers = models.JSONField(
        default=list, blank=True, help_text="Who may speak. None chosen: every provider of the chain."
    )
    features = models.JSONField(default=list, blank=True, help_text="What may be used. None chosen: everything.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="one_default_plan",
                violation_error_message="There is a default plan already: take that one's mark away first.",
            )
        ]

    def __str__(self) -> str:
        return self.label or self.name

    @property
    def allowed_features(self) -> frozenset[Feature]:
        """What may be used on it."""
        return frozenset(Feature(name) for name in self.features) or frozenset(Feature)
