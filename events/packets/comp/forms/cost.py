"""How a field of sellers is spread over attainment, for the cost model. It stands in the URL."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.packets.comp.forms.fields import PercentField
from events.packets.comp.rules.costs import Distribution, bell
from events.packets.comp.rules.words import percent

BELL, SHARES = "BELL", "SHARES"
# Attainment and share of people, in percents
ROWS = (("50", "10"), ("80", "25"), ("100", "40"), ("120", "20"), ("150", "5"))
INITIAL = {
    "spread": BELL,
    "mean": "95",
    "deviation": "25",
    **{f"at_{place}": row[0] for place, row in enumerate(ROWS)},
    **{f"share_{place}": row[1] for place, row in enumerate(ROWS)},
}


class SpreadForm(forms.Form):
    """A bell by mean and deviation, or shares of people at attainments."""

    spread = forms.ChoiceField(
        label=gettext_lazy("People are spread"),
        choices=[
            (BELL, gettext_lazy("Like a bell: a mean and a deviation")),
            (SHARES, gettext_lazy("By hand: shares of people")),
        ],
    )
    mean = PercentField(label=gettext_lazy("Mean, percent of target"), required=False, most=300)
    deviation = PercentField(
        label=gettext_lazy("Standard deviation, percent"), required=False, most=200
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(len(ROWS)):
            for name, label, most in (
                (f"at_{place}", _("Group %(number)d: attainment"), 500),
                (f"share_{place}", _("Group %(number)d: share of people"), 100),
            ):
                spoken = label % {"number": place + 1}
                self.fields[name] = PercentField(label=spoken, required=False, most=most)
                self.fields[name].widget.attrs.update(
                    {"aria-label": spoken, "class": "form-control"}
                )

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if clean.get("spread") == BELL:
            for name in ("mean", "deviation"):
                if clean.get(name) is None and name not in self.errors:
                    self.add_error(name, _("A bell needs this."))
        elif clean.get("spread") == SHARES:
            total = sum((share for _at, share in self._groups(clean)), Decimal(0))
            if total != 1:
                self.add_error(
                    None,
                    _("The shares of people add up to %(total)s, not to 100%%.")
                    % {"total": percent(total)},
                )
        return clean

    @property
    def groups(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of the second way, as pairs of fields."""
        return [(self[f"at_{place}"], self[f"share_{place}"]) for place in range(len(ROWS))]

    @property
    def distribution(self) -> Distribution:
        """The clean spread."""
        clean = self.cleaned_data
        if clean["spread"] == BELL:
            return bell(clean["mean"], clean["deviation"])
        return tuple(self._groups(clean))

    def _groups(self, clean: dict[str, Any]) -> list[tuple[Decimal, Decimal]]:
        pairs = [(clean.get(f"at_{n}"), clean.get(f"share_{n}")) for n in range(len(ROWS))]
        return [(at, share) for at, share in pairs if at is not None and share]
