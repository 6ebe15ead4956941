"""The settings of a plan, and its exchange rates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.currencies import digits, fits
from core.money import AmountField, clean_currency, short
from events.kickoff.models import Kickoff
from events.packets.comp.rules.payout import plain
from events.packets.quotas.actions import PlanDetails, Rate
from events.packets.quotas.forms.fields import WHOLE, SharesField
from events.packets.quotas.models import PlanRate, QuotaPlan
from events.packets.quotas.rules.quota import spans, year_from

LONGEST_YEAR_DAYS = 731
MOST_LEVELS = 12


class PlanForm(forms.Form):
    """A plan's settings; its rates stand in a formset beside it."""

    target = AmountField(label=gettext_lazy("Company target"), above_zero=True)
    currency = forms.CharField(
        label=gettext_lazy("Plan currency"),
        max_length=3,
        help_text=gettext_lazy("The cascade is made in it; each rep's quota at a plan rate."),
    )
    step = AmountField(
        label=gettext_lazy("Whole steps of"),
        above_zero=True,
        help_text=gettext_lazy("Amounts are multiples of it, such as 1,000. Rounded up."),
    )
    rounding = forms.ChoiceField(
        label=gettext_lazy("Quotas after days there and ramp"),
        choices=QuotaPlan.Rounding.choices,
        widget=forms.RadioSelect(),
        help_text=gettext_lazy("Periods too; the last one takes what remains."),
    )
    starts_date = forms.DateField(
        label=gettext_lazy("First day of the plan year"), widget=forms.DateInput()
    )
    ends_date = forms.DateField(
        label=gettext_lazy("Last day of the plan year"),
        widget=forms.DateInput(),
        required=False,
        help_text=gettext_lazy("A year after the first if left empty."),
    )
    over = SharesField(
        label=gettext_lazy("Over-assignment by level, in percent"),
        least=-50,
        help_text=gettext_lazy(
            "From the company down, such as 5, 5, 10. The last counts for every level below."
        ),
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Each manager's people share by"),
        choices=QuotaPlan.Basis.choices,
        widget=forms.RadioSelect(),
    )
    won_from_date = forms.DateField(
        label=gettext_lazy("Past revenue from"), widget=forms.DateInput()
    )
    won_to_date = forms.DateField(label=gettext_lazy("Past revenue to"), widget=forms.DateInput())
    floor = SharesField(
        label=gettext_lazy("Least share of the median, in percent"),
        help_text=gettext_lazy(
            "A rep who won less counts as having won this part of the median of those who won any."
        ),
    )
    season = forms.ChoiceField(
        label=gettext_lazy("Periods"), choices=QuotaPlan.Season.choices, widget=forms.RadioSelect()
    )
    season_shares = SharesField(
        label=gettext_lazy("Season, in percent of the year"),
        required=False,
        help_text=gettext_lazy("One for each period, 100 in all. Empty for equal parts."),
    )
    ramp = forms.ChoiceField(
        label=gettext_lazy("New hires ramp by"),
        choices=QuotaPlan.Season.choices,
        widget=forms.RadioSelect(),
    )
    ramp_shares = SharesField(
        label=gettext_lazy("Ramp, in percent of quota"),
        required=False,
        help_text=gettext_lazy(
            "From the hire on, such as 25, 50, 75. All of it after that. Empty for none."
        ),
    )

    def clean_currency(self) -> str:
        return clean_currency(self.cleaned_data["currency"])

    def clean_floor(self) -> Decimal:
        shares: tuple[Decimal, ...] = self.cleaned_data["floor"]
        if len(shares) != 1:
            raise ValidationError(_("Write one percentage, such as 50."))
        return shares[0]

    def clean_over(self) -> tuple[Decimal, ...]:
        shares: tuple[Decimal, ...] = self.cleaned_data["over"]
        if len(shares) > MOST_LEVELS:
            raise ValidationError(_("That is more levels than anybody manages."))
        return shares

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        starts, ends = said.get("starts_date"), said.get("ends_date")
        if starts and not 2000 <= starts.year <= 2100:
            self.add_error("starts_date", _("The year lies between 2000 and 2100."))
            starts = None
        if starts and not ends and "ends_date" not in self.errors:
            ends = said["ends_date"] = year_from(starts)
        if starts and ends:
            self._check_year(starts, ends, said)
        won_from, won_to = said.get("won_from_date"), said.get("won_to_date")
        if won_from and won_to and won_to < won_from:
            self.add_error("won_to_date", _("This is before the first day of past revenue."))
        code, target = said.get("currency"), said.get("target")
        if code and target and not fits(target, code):
            self.add_error(
                "target",
                _("%(currency)s has %(digits)d decimals.")
                % {"currency": code, "digits": digits(code)},
            )
        return said

    def _check_year(self, starts: date, ends: date, said: dict[str, Any]) -> None:
        if ends < starts:
            self.add_error("ends_date", _("The year ends before it starts."))
            return
        if (ends - starts).days > LONGEST_YEAR_DAYS:
            self.add_error("ends_date", _("A plan runs for two years at most."))
            return
        shares = said.get("season_shares")
        if not shares or "season" not in said:
            return
        wanted = len(spans(starts, ends, QuotaPlan.MONTHS_OF[said["season"]]))
        if len(shares) != wanted:
            self.add_error(
                "season_shares",
                _("The plan year has %(wanted)d periods, and here are %(found)d percentages.")
                % {"wanted": wanted, "found": len(shares)},
            )
        elif sum(shares) != 1:
            self.add_error(
                "season_shares",
                _("These add up to %(sum)s, not to 100.") % {"sum": plain(sum(shares) * WHOLE)},
            )

    def details(self, rates: Sequence[Rate]) -> PlanDetails:
        """What the form says, for an action."""
        return PlanDetails(rates=tuple(rates), **self.cleaned_data)


class RateForm(forms.Form):
    """One plan rate; a row left empty is none."""

    currency = forms.CharField(label=gettext_lazy("Currency"), max_length=3, required=False)
    rate = AmountField(label=gettext_lazy("Rate"), above_zero=True, required=False)
    step = AmountField(label=gettext_lazy("Whole steps of"), above_zero=True, required=False)
    as_of_date = forms.DateField(
        label=gettext_lazy("Rate of"), widget=forms.DateInput(), required=False
    )

    def clean_currency(self) -> str:
        text = self.cleaned_data["currency"]
        return clean_currency(text) if text.strip() else ""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("currency"):
            for name in ("rate", "step"):
                if said.get(name) is None and name not in self.errors:
                    self.add_error(name, _("This is missing."))
        elif "currency" not in self.errors and (said.get("rate") or said.get("step")):
            self.add_error("currency", _("This is missing."))
        return said


class RatesFormSet(BaseFormSet[RateForm]):
    """The rates of a plan, each currency once."""

    plan_currency = ""

    def clean(self) -> None:
        seen = {self.plan_currency} - {""}
        for form in self.forms:
            code = getattr(form, "cleaned_data", {}).get("currency")
            if code and code in seen:
                form.add_error(
                    "currency",
                    _("The plan's own currency needs no rate.")
                    if code == self.plan_currency
                    else _("This currency has a rate already."),
                )
            elif code:
                seen.add(code)

    def rates(self) -> list[Rate]:
        """The rows that are filled in."""
        said = (form.cleaned_data for form in self.forms)
        return [
            Rate(one["currency"], one["rate"], one["step"], one["as_of_date"])
            for one in said
            if one.get("currency")
        ]


PlanRates = formset_factory(RateForm, formset=RatesFormSet, extra=3, max_num=60)


def initial_plan(kickoff: Kickoff, starts: date, won_years: Collection[int]) -> dict[str, Any]:
    """
    What the form of a new plan begins with: five percent a level, quarters, the year before.

    Where nothing was won in the year before, the latest one of `won_years` stands in its place:
    past revenue that is all zero would share the target equally.
    """
    before = starts.year - 1
    past = before if before in won_years else max(won_years, default=before)
    return {
        "currency": kickoff.currency,
        "step": Decimal(1000),
        "rounding": QuotaPlan.Rounding.STEPS,
        "starts_date": starts,
        "ends_date": year_from(starts),
        "over": (Decimal("0.05"),),
        "basis": QuotaPlan.Basis.WON,
        "won_from_date": date(past, 1, 1),
        "won_to_date": date(past, 12, 31),
        "floor": (Decimal("0.5"),),
        "season": QuotaPlan.Season.QUARTERS,
        "ramp": QuotaPlan.Season.QUARTERS,
    }


def plan_values(plan: QuotaPlan) -> dict[str, Any]:
    """A plan as its form shows it."""
    return {
        "target": plan.read_target(),
        "currency": plan.currency,
        "step": short(plan.step),
        "rounding": plan.rounding,
        "starts_date": plan.starts_date,
        "ends_date": plan.ends_date,
        "over": plan.over,
        "basis": plan.basis,
        "won_from_date": plan.won_from_date,
        "won_to_date": plan.won_to_date,
        "floor": (plan.floor,),
        "season": plan.season,
        "season_shares": tuple(map(Decimal, plan.season_shares)),
        "ramp": plan.ramp,
        "ramp_shares": tuple(map(Decimal, plan.ramp_shares)),
    }


def rate_values(rates: Sequence[PlanRate]) -> list[dict[str, Any]]:
    """A plan's rates as the formset shows them."""
    return [
        {
            "currency": rate.currency,
            "rate": short(rate.rate),
            "step": short(rate.step),
            "as_of_date": rate.as_of_date,
        }
        for rate in rates
    ]
