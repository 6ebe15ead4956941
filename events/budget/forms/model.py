from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.budget.actions.model import SCENARIOS, Assumptions, RoleTime
from events.budget.forms.settings import PercentField
from events.budget.models import Budget, DayRate, Scenario

MOST_ROLES = 12


class DaysForm(forms.Form):
    """Of how many days people's time is counted."""

    days = forms.DecimalField(
        label=gettext_lazy("Days"),
        required=False,
        min_value=0,
        max_value=60,
        decimal_places=1,
        help_text=gettext_lazy("Empty: the days of the kickoff. Say more where people travel."),
    )


class RoleForm(forms.Form):
    """People of one role; a row left empty is none."""

    role = forms.CharField(label=gettext_lazy("Role"), max_length=80, required=False)
    heads = forms.IntegerField(
        label=gettext_lazy("People"), min_value=0, max_value=100_000, required=False
    )
    rate = forms.IntegerField(
        label=gettext_lazy("A day costs"), min_value=0, max_value=1_000_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        given = [name for name in ("role", "heads", "rate") if said.get(name) not in (None, "")]
        if given and not self.errors:
            for name in ("role", "heads", "rate"):
                if name not in given:
                    self.add_error(name, _("Say this too, or leave the row empty."))
        return said


RoleForms: type[BaseFormSet[RoleForm]] = formset_factory(
    RoleForm, extra=2, max_num=MOST_ROLES, absolute_max=MOST_ROLES
)


def roles_said(forms_: BaseFormSet[RoleForm]) -> list[RoleTime]:
    """The clean rows that are not empty."""
    said = [form.cleaned_data for form in forms_.forms if form.cleaned_data.get("role")]
    return [RoleTime(one["role"], one["heads"], one["rate"]) for one in said]


def roles_known(rates: list[DayRate]) -> list[dict[str, Any]]:
    """What is known, as the rows show it."""
    return [{"role": one.role, "heads": one.heads, "rate": one.rate} for one in rates]


class AssumptionsForm(forms.Form):
    """What the return is reckoned with."""

    margin = PercentField(label=gettext_lazy("Gross margin, %"))
    lift = PercentField(
        label=gettext_lazy("Expected lift in win rate, points"),
        help_text=gettext_lazy("1 is from 24% to 25%"),
    )
    months = forms.IntegerField(
        label=gettext_lazy("It lasts, months of twelve"), min_value=1, max_value=12
    )
    attainment = PercentField(
        label=gettext_lazy("Average attainment of quota, %"),
        required=False,
        max_value=300,
        help_text=gettext_lazy("If you want to see it; it is not read from packets."),
    )

    def __init__(self, data: Any = None, *, budget: Budget) -> None:
        names = ("margin", "lift", "months", "attainment")
        super().__init__(data, initial={name: getattr(budget, name) for name in names})

    @property
    def assumptions(self) -> Assumptions:
        return Assumptions(**self.cleaned_data)


class ScenarioForm(forms.Form):
    """One way to hold the kickoff; without a name there is none."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60, required=False)
    heads = forms.IntegerField(
        label=gettext_lazy("Guests ±"), min_value=-30_000, max_value=30_000, required=False
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days ±"), min_value=-30, max_value=30, required=False
    )
    dearer = PercentField(
        label=gettext_lazy("Another place, % dearer"), min_value=-100, max_value=500, required=False
    )
    day_part = PercentField(
        label=gettext_lazy("Part of each day, %"), min_value=1, max_value=100, required=False
    )
    is_virtual = forms.BooleanField(label=gettext_lazy("Nobody travels"), required=False)

    @property
    def scenario(self) -> Scenario | None:
        """Not saved."""
        said = self.cleaned_data
        if not said.get("name"):
            return None
        return Scenario(
            name=said["name"],
            heads=said["heads"] or 0,
            days=said["days"] or 0,
            dearer=said["dearer"] or Decimal(0),
            day_part=said["day_part"] or Decimal(1),
            is_virtual=said["is_virtual"],
        )


ScenarioForms: type[BaseFormSet[ScenarioForm]] = formset_factory(
    ScenarioForm, extra=0, min_num=SCENARIOS, max_num=SCENARIOS, absolute_max=SCENARIOS
)


def scenarios_known(scenarios: list[Scenario]) -> list[dict[str, Any]]:
    """Scenarios as the rows show them."""
    names = ("name", "heads", "days", "dearer", "day_part", "is_virtual")
    return [{name: getattr(one, name) for name in names} for one in scenarios]
