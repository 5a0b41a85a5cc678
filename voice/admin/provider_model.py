"""Models in the admin: what they cost, and how long there are any; and the page about the providers."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone

from voice.admin.last_day import last_day
from voice.admin.providers import show_providers, test_provider
from voice.domain.sunset import NOTICE
from voice.models import ProviderModel
from voice.providers.registry import PROVIDERS


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
    list_display = ["name", "provider", "label", "price", "priced_on", "ends", "enabled", "is_hd"]
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
    def ends(self, model: ProviderModel) -> str | None:
        """With a warning when it is near."""
        return last_day(model.sunset_on, timezone.now().date())

    def get_urls(self) -> list[URLPattern]:
        """The page about the providers, beside Django's own."""
        view = self.admin_site.admin_view
        return [
            path("providers/", view(show_providers), name="voice_providers"),
            path("providers/<slug:name>/test", view(test_provider), name="voice_provider_test"),
            *super().get_urls(),
        ]
