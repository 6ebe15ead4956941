"""One person's quota."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.forms import choice_field
from core.money import AmountField
from events.packets.comp.rules.payout import plain
from events.packets.quotas.actions import PersonDetails
from events.packets.quotas.models import PlanRate, QuotaPlan
from events.packets.quotas.queries import Row


class QuotaForm(forms.Form):
    """One amount by hand."""

    amount = AmountField(label=gettext_lazy("Quota"))
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)


class PersonForm(forms.Form):
    """What shapes one person's quota beside its amount."""

    rate = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    weight = forms.DecimalField(
        label=gettext_lazy("Weight"),
        min_value=Decimal(0),
        max_value=Decimal(10**6),
        decimal_places=3,
        help_text=gettext_lazy("Beside the weights of the same manager's other people."),
    )
    is_ramped = forms.BooleanField(
        label=gettext_lazy("The ramp of new hires counts for them"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why the team is given less"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example two open positions that are filled in June."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)

    def __init__(self, data: Any, *, row: Row, plan: QuotaPlan, rates: Sequence[PlanRate]) -> None:
        node = row.node
        initial = {
            "rate": str(node.rate_id or "") if node else "",
            "weight": plain(row.figures.weight),
            "is_ramped": node.is_ramped if node else True,
            "reason": row.figures.reason,
            "seen": row.version,
        }
        super().__init__(data, initial=initial)
        choices = [("", plan.currency), *((str(rate.pk), rate.currency) for rate in rates)]
        choice_field(self, "rate").choices = choices
        if row.is_manager:
            del self.fields["is_ramped"]
        else:
            del self.fields["reason"]
        if plan.basis != QuotaPlan.Basis.HAND:
            del self.fields["weight"]

    def details(self, row: Row) -> PersonDetails:
        """What the form says; what it does not ask stays."""
        said = self.cleaned_data
        return PersonDetails(
            rate_id=int(said["rate"]) if said["rate"] else None,
            weight=said.get("weight", row.figures.weight),
            reason=said.get("reason", row.figures.reason),
            is_ramped=said.get("is_ramped", row.node.is_ramped if row.node else True),
        )
