"""Markdown in templates."""

from django import template

from voice.calls.rendering import to_html

register = template.Library()
register.filter("markdown", to_html)
