"""Models in the admin: what they cost, and how long there are any; and the page about the providers."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from voice.domain.sunset import NOTICE, ends_soon, is_over
from voice.models import ProviderModel
from voice.providers.registry import PROVIDERS
from voice.providers.standing import every_standing
from voice.speech.availability import availability


class EndsSoon(admin.SimpleListFilter):
    """Those whose last day is known, and near."""

    title = "last day"
    parameter_name = "ends"

    def lookups(self, _request: HttpRequest, _model_admin: object) -> list[tuple[str, str]]:
        """What can be chosen."""
        return [("soon", f"within {NOTICE.days} days, or over"), ("known", "known")]

    def queryset(self, _request: HttpRequest, models: QuerySet[ProviderModel]) -> QuerySet[ProviderModel]:
        """Those that were chosen."""
        if self.value() == "soon":
            return models.filter(sunset_on__lte=timezone.now().date() + NOTICE)
        return models.exclude(sunset_on=None) if self.value() == "known" else models


class ProviderModelForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's takes none
    """A model of a provider there is."""

    provider = forms.ChoiceField(choices=[(name, name) for name in sorted(PROVIDERS)], help_text="Whose it is.")


@admin.register(ProviderModel)
class ProviderModelAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """What text can be spoken with. Prices and last days are the vendors'; correct them here when they change."""

    form = ProviderModelForm
    list_display = ["name", "provider", "label", "price", "priced_on", "last_day", "enabled", "is_hd"]
    list_filter = ["provider", EndsSoon, "enabled", "is_hd"]
    search_fields = ["name", "label"]
    search_help_text = "Find by name."
    when_empty = "There are no models. They come with the next migrate."
    fields = [
        ("provider", "name"),
        "label",
        ("price_per_million_characters", "priced_on"),
        "sunset_on",
        ("enabled", "is_hd"),
    ]
    change_list_template = "admin/voice/models.html"

    @admin.display(description="USD per million characters", ordering="price_per_million_characters")
    def price(self, model: ProviderModel) -> str:
        """Without the zeros nobody reads."""
        price = model.price_per_million_characters
        return "-" if price is None else f"{price.normalize():f}"

    @admin.display(description="last day", ordering="sunset_on", empty_value="-")
    def last_day(self, model: ProviderModel) -> str | None:
        """With a warning when it is near."""
        return _last_day(model.sunset_on, timezone.now().date())

    def get_urls(self) -> list[URLPattern]:
        """The page about the providers, beside Django's own."""
        about = path("providers/", self.admin_site.admin_view(self.show_providers), name="voice_providers")
        return [about, *super().get_urls()]

    def show_providers(self, request: HttpRequest) -> HttpResponse:
        """Every provider: its place in the chain, whether it can speak or why not, and how."""
        today = timezone.now().date()
        troubles = {trouble.provider: trouble for trouble in availability.troubles()}
        shown = [
            {"standing": one, "trouble": troubles.get(one.name), "last_day": _last_day(one.sunset_on, today)}
            for one in every_standing(today)
        ]
        context = {**self.admin_site.each_context(request), "title": "Providers", "providers": shown}
        return TemplateResponse(request, "admin/voice/providers.html", context)


def _last_day(sunset_on: date | None, today: date) -> str | None:
    if sunset_on is None:
        return None
    if is_over(sunset_on, today):
        return f"over since {sunset_on}"
    days = (sunset_on - today).days
    return f"{sunset_on}: in {days} days" if ends_soon(sunset_on, today) else str(sunset_on)
