"""Components and icons for every template: a builtin library, so no page loads it."""

from django import template

register = template.Library()
