"""The field of a form in which a place is chosen for its time zone."""

from typing import Any

from django import forms
from django.utils import timezone

from core.zones import all_zones, offset, zones_to_choose


def time_zone_choices() -> list[tuple[str, Any]]:
    """Places by continent, each with how far it is ahead today; UTC first."""
    now = timezone.now()
    continents: dict[str, list[tuple[str, str]]] = {}
    for zone in zones_to_choose():
        continent, _slash, place = zone.key.partition("/")
        label = f"{place.replace('_', ' ').replace('/', ', ')} ({offset(zone, now)})"
        continents.setdefault(continent, []).append((zone.key, label))
    return [("UTC", "UTC"), *continents.items()]


class _Places(forms.Select):
    """A former name that somebody has already is one more choice."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        offered = {"UTC", *(zone.key for zone in zones_to_choose())}
        former = [(one, one) for one in value if one in all_zones() - offered]
        self.choices = [*former, *self.choices]
        return super().optgroups(name, value, attrs)


class TimeZoneField(forms.ChoiceField):
    """A place of today is chosen; a zone under a former name is kept."""

    def __init__(self, **options: Any) -> None:
        # Names of places are not for translation
        widget = _Places(attrs={"data-content": True})
        super().__init__(choices=time_zone_choices, widget=widget, **options)

    def valid_value(self, value: Any) -> bool:
        return value in all_zones()
