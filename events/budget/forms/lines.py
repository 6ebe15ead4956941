from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.currencies import digits, fits
from core.forms import model_field
from core.money import AmountField, clean_currency, short
from core.ui.figures import day, percent
from events.budget.actions import Figures, Words
from events.budget.models import Basis, Budget, BudgetLine, Category, Revision
from events.budget.queries.board import newest_rates, worth_of_one
from events.budget.rules.lines import Amounts, count_of
from events.rates.models import ExchangeRate

_AMOUNTS = ("price", "committed", "invoiced", "paid", "said")
MOST = 1_000_000  # times that a price is paid


class RateField(forms.ModelChoiceField[ExchangeRate]):
    """One of the rates that were noted, told by its day."""

    own = ""

    def label_from_instance(self, obj: ExchangeRate) -> str:
        other, worth = worth_of_one(obj, self.own)
        return f"{day(obj.as_of_date, 'year')}: 1 {other} = {round(worth, 6):f} {self.own}"


class LineForm(forms.Form):
    """What a line is called and what it costs."""

    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=Category.choices)
    name = forms.CharField(label=gettext_lazy("Line"), max_length=120)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A supplier, or what is meant"),
    )
    basis = forms.ChoiceField(label=gettext_lazy("A price for each"), choices=Basis.choices)
    price = AmountField(label=gettext_lazy("Price"))
    own_count = forms.IntegerField(
        label=gettext_lazy("Number of its own"),
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=gettext_lazy(
            "Only where it is not that of the budget: 139 flights for 160 guests"
        ),
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    rate = RateField(
        label=gettext_lazy("Rate"),
        queryset=ExchangeRate.objects.none(),
        required=False,
        empty_label=gettext_lazy("The newest"),
    )
    committed = AmountField(label=gettext_lazy("Committed by contract"), required=False)
    invoiced = AmountField(label=gettext_lazy("Invoiced"), required=False)
    paid = AmountField(label=gettext_lazy("Paid"), required=False)
    said = AmountField(
        label=gettext_lazy("Forecast"),
        required=False,
        help_text=gettext_lazy("Empty: as planned, or what is owed where that is more"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        data: Any = None,
        *,
        budget: Budget,
        rates: Sequence[ExchangeRate],
        line: BudgetLine | None = None,
        last: Revision | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(budget, line, last))
        self.budget, self.rates = budget, rates
        field = model_field(self, "rate")
        field.queryset = ExchangeRate.objects.filter(pk__in=[one.pk for one in rates])
        field.own = budget.currency  # type: ignore[attr-defined]  # it is a RateField
        if not rates:
            field.widget = field.hidden_widget()

    def clean_currency(self) -> str:
        return clean_currency(self.cleaned_data["currency"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        currency = said.get("currency")
        if currency:
            self._clean_rate(said, currency)
            for name in _AMOUNTS:
                if said.get(name) is not None and not fits(said[name], currency):
                    message = _("%(currency)s has %(digits)d decimals.")
                    shown = {"currency": currency, "digits": digits(currency)}
                    self.add_error(name, message % shown)
        if (said.get("paid") or 0) > (said.get("invoiced") or 0) and "invoiced" not in self.errors:
            self.add_error("paid", _("More is paid than was invoiced."))
        if not self.errors:
            self._clean_reason(said)
        return said

    def _clean_rate(self, said: dict[str, Any], currency: str) -> None:
        if currency == self.budget.currency:
            said["rate"] = None
        elif said.get("rate") is None:
            said["rate"] = newest_rates(self.rates, self.budget.currency).get(currency)
            if said["rate"] is None:
                message = _("There is no rate for %(currency)s yet. Note one on Settings.")
                self.add_error("currency", message % {"currency": currency})
        elif currency not in (said["rate"].base, said["rate"].currency):
            self.add_error("rate", _("This is the rate of another currency."))

    def _clean_reason(self, said: dict[str, Any]) -> None:
        count = count_of(said["basis"], self.budget.drivers, said["own_count"])
        amounts = Amounts(
            planned=said["price"] * count,
            **{name: said[name] or Decimal(0) for name in ("committed", "invoiced", "paid")},
            said=said["said"],
        )
        share = amounts.over_share
        if abs(share) > self.budget.asks_above and not said["reason"]:
            message = _("The forecast is %(share)s off the plan: say why.")
            self.add_error("reason", message % {"share": percent(share)})

    @property
    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in ("category", "name", "note")})

    @property
    def figures(self) -> Figures:
        said = self.cleaned_data
        return Figures(
            basis=said["basis"],
            price=said["price"],
            currency=said["currency"],
            own_count=said["own_count"],
            rate=said["rate"],
            committed=said["committed"] or Decimal(0),
            invoiced=said["invoiced"] or Decimal(0),
            paid=said["paid"] or Decimal(0),
            said=said["said"],
        )


class AnswerForm(forms.Form):
    """A word of an approver to whoever asked."""

    answer = forms.CharField(
        label=gettext_lazy("A word to whoever asked"), max_length=300, required=False
    )


def _initial(budget: Budget, line: BudgetLine | None, last: Revision | None) -> dict[str, Any]:
    found: dict[str, Any] = {"currency": budget.currency, "basis": Basis.EVENT}
    if line:
        found |= {"category": line.category, "name": line.name, "note": line.note}
        found["seen"] = line.version
    if last:
        for name in ("basis", "own_count", "currency", "rate", "reason"):
            found[name] = getattr(last, name)
        for name in _AMOUNTS:
            value = getattr(last, name)
            is_said = value or name == "price" or (name == "said" and value is not None)
            found[name] = short(value) if is_said else None
    return found
