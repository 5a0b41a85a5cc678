"""What somebody wants the dashboard to show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.http import QueryDict

from accounts.models import DailyUsage
from voice.watching.books import Question

DAYS: Final = 30
"""What is shown at first."""

MOST_DAYS: Final = 731


class DashboardForm(forms.Form):
    """The days, and whose; empty fields are everything."""

    first = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="To", widget=forms.DateInput(attrs={"type": "date"}))
    provider = forms.ChoiceField(required=False)
    user = forms.CharField(required=False, max_length=150, strip=True)
    room = forms.CharField(required=False, max_length=64, strip=True)

    def __init__(self, asked: QueryDict, today: date) -> None:
        days = {"first": today - timedelta(days=DAYS - 1), "last": today}
        super().__init__({**{name: day.isoformat() for name, day in days.items()}, **asked.dict()}, label_suffix="")
        self._days = days
        names = DailyUsage.objects.exclude(provider="").order_by("provider").values_list("provider", flat=True)
        choices = [("", "all"), *[(name, name) for name in names.distinct()]]
        self.fields["provider"] = forms.ChoiceField(required=False, choices=choices)

    def clean(self) -> dict[str, Any]:
        """See that the days are in order, and not too many to draw."""
        chosen = super().clean() or {}
        first, last = chosen.get("first"), chosen.get("last")
        if first and last and not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
            raise forms.ValidationError(f"The first day comes before the last, by {MOST_DAYS - 1} days at most.")
        return chosen

    def question(self) -> Question:
        """What is asked for; the last days of everything where that makes no sense."""
        return Question(**self.cleaned_data if self.is_valid() else self._days)
