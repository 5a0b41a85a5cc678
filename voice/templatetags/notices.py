"""What those who look after this installation should know, in the admin's templates."""

from __future__ import annotations

from django import template
from django.utils import timezone

from voice.cache.pruning.regularity import is_neglected
from voice.providers import catalogue
from voice.providers.notices import Notice, notices
from voice.providers.registry import chain

register = template.Library()


@register.simple_tag
def provider_notices() -> list[Notice]:
    """What there is to know of the providers of the chain today."""
    return notices(chain(), catalogue.read(), timezone.now().date())


@register.simple_tag
def cache_is_neglected() -> bool:
    """Whether the cache has not been pruned for a day."""
    return is_neglected(timezone.now())
