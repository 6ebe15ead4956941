from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.money import AmountField, short
from core.ui.figures import day as day_text
from events.budget.actions.blocks import MOST_ROOMS, BlockDetails
from events.budget.forms.settings import PercentField
from events.budget.models import RoomBlock
from events.kickoff.models import Kickoff

_BEFORE = timedelta(days=2)


class BlockForm(forms.Form):
    """What a hotel's contract says, and a row for each night around the event."""

    hotel = forms.CharField(label=gettext_lazy("Hotel"), max_length=120)
    price = AmountField(label=gettext_lazy("Price of a night"), above_zero=True)
    share = PercentField(
        label=gettext_lazy("Has to be reserved, %"),
        help_text=gettext_lazy("The attrition clause, over all nights"),
    )
    cutoff_date = forms.DateField(
        label=gettext_lazy("Cut-off"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    cutoff_time = forms.TimeField(
        label=gettext_lazy("At"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(
        self, data: Any = None, *, kickoff: Kickoff, block: RoomBlock | None = None
    ) -> None:
        there = {night.date: night for night in block.nights.all()} if block else {}
        usual = [
            kickoff.starts_date - _BEFORE + timedelta(days=number)
            for number in range(len(kickoff.days) + _BEFORE.days + 1)
        ]
        self.days = sorted({*usual, *there})
        super().__init__(data, initial=_initial(kickoff, block))
        self.kickoff = kickoff
        for each in self.days:
            night = there.get(each)
            for name, value in (
                ("contracted", night.contracted if night else None),
                ("reserved", night.reserved if night else None),
            ):
                words = {"contracted": _("Contracted"), "reserved": _("Reserved")}[name]
                self.fields[f"{name}-{each.isoformat()}"] = forms.IntegerField(
                    label=f"{words}, {day_text(each)}",
                    required=False,
                    min_value=0,
                    max_value=MOST_ROOMS,
                    initial=value,
                )

    def nights(self) -> Iterator[tuple[date, BoundField, BoundField]]:
        """Each night with its two fields."""
        for each in self.days:
            iso = each.isoformat()
            yield each, self[f"contracted-{iso}"], self[f"reserved-{iso}"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not self._nights(said):
            self.add_error(None, _("Say for one night at least how many rooms are contracted."))
        return said

    @property
    def details(self) -> BlockDetails:
        said = self.cleaned_data
        cutoff = datetime.combine(said["cutoff_date"], said["cutoff_time"], self.kickoff.zone)
        return BlockDetails(
            hotel=said["hotel"],
            price=said["price"],
            share=said["share"],
            cutoff_at=cutoff,
            nights=self._nights(said),
        )

    def _nights(self, said: dict[str, Any]) -> dict[date, tuple[int, int]]:
        found = {}
        for each in self.days:
            iso = each.isoformat()
            contracted, reserved = said.get(f"contracted-{iso}"), said.get(f"reserved-{iso}")
            if contracted is not None or reserved is not None:
                found[each] = (contracted or 0, reserved or 0)
        return found


def _initial(kickoff: Kickoff, block: RoomBlock | None) -> dict[str, Any]:
    if block is None:
        before = kickoff.starts_date - timedelta(days=14)
        return {"share": Decimal("0.85"), "cutoff_date": before, "cutoff_time": "18:00"}
    local = block.cutoff_at.astimezone(kickoff.zone)
    return {
        "hotel": block.hotel,
        "price": short(block.price),
        "share": block.share,
        "cutoff_date": local.date(),
        "cutoff_time": local.time(),
    }
