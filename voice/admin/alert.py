"""Alerts in the admin: thresholds, and whether they are crossed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import date_format

from voice.models import Alert


class AlertForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's takes none
    """A threshold is above nothing, and mails go to addresses."""

    threshold = forms.FloatField(min_value=0, help_text=Alert._meta.get_field("threshold").help_text)  # noqa: SLF001

    def clean_recipients(self) -> str:
        """Addresses, each looked at.

        Raises:
            ValidationError: one is none.
        """
        addresses = [part.strip() for part in self.cleaned_data["recipients"].split(",") if part.strip()]
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(f"{address} is no mail address.") from None
        return ", ".join(addresses)


@admin.register(Alert)
class AlertAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Thresholds that somebody wants to hear of; ``manage.py send_alerts`` looks at them."""

    form = AlertForm
    list_display = ["kind", "threshold", "state", "last_value", "checked_at", "enabled"]
    when_empty = "There are no alerts. Add a threshold, and have cron run manage.py send_alerts every few minutes."
    readonly_fields = ["state", "last_value", "checked_at"]
    fields = ["kind", "threshold", "window_minutes", "recipients", "enabled", ("state", "last_value", "checked_at")]
    empty_value_display = "-"

    @admin.display(description="state", ordering="crossed_at")
    def state(self, alert: Alert) -> str:
        """Whether it is crossed just now, as far as anybody has looked."""
        if alert.checked_at is None:
            return "nobody has looked yet"
        if alert.crossed_at is None:
            return "all is well"
        return f"crossed since {date_format(alert.crossed_at, 'Y-m-d H:i')}"

    def save_model(self, request: Any, alert: Alert, form: Any, change: bool) -> None:
        """An alert that is about something else from now on begins anew."""
        if "kind" in form.changed_data:
            alert.last_value = alert.checked_at = alert.crossed_at = None
        super().save_model(request, alert, form, change)
