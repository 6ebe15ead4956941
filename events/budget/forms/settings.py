from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import model_field
from core.money import AmountField, clean_currency, short
from events.budget.actions import Settings
from events.budget.models import Budget
from people.accounts.models import Person

_HUNDRED = Decimal(100)


class PercentField(forms.DecimalField):
    """A share of one, as people write it: 10 is 0.1."""

    def __init__(self, **options: Any) -> None:
        options = {"min_value": 0, "max_value": 100, "decimal_places": 2} | options
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return short(value * _HUNDRED) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else found / _HUNDRED


class SettingsForm(forms.Form):
    """What prices are multiplied by, and the shares."""

    heads = forms.IntegerField(label=gettext_lazy("Guests"), min_value=0, max_value=100_000)
    reps = forms.IntegerField(
        label=gettext_lazy("Reps among them"),
        min_value=0,
        max_value=100_000,
        help_text=gettext_lazy("Who carry a quota: costs a rep are divided by them."),
    )
    nights = forms.IntegerField(label=gettext_lazy("Nights a guest"), min_value=0, max_value=60)
    rooms = forms.IntegerField(
        label=gettext_lazy("Rooms for sessions"), min_value=0, max_value=1000
    )
    contingency = PercentField(
        label=gettext_lazy("Contingency, % of plan"),
        help_text=gettext_lazy("Outside the plan. Practitioners keep 10 to 15%."),
    )
    asks_above = PercentField(label=gettext_lazy("Ask why above, % off the plan"))
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Lines whose number changes are revised with this."),
    )

    def __init__(
        self, data: Any = None, *, budget: Budget | None, suggested: Mapping[str, int]
    ) -> None:
        names = ("heads", "reps", "nights", "rooms", "contingency", "asks_above")
        known = {name: getattr(budget, name) for name in names} if budget else {}
        shares = {"contingency": Decimal("0.1"), "asks_above": Decimal("0.1")}
        super().__init__(data, initial={**suggested, **shares, **known})
        if budget is None:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if (said.get("reps") or 0) > (said.get("heads") or 0) and "heads" not in self.errors:
            self.add_error("reps", _("There are more reps than guests."))
        return said

    @property
    def settings(self) -> Settings:
        said = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return Settings(**said)


class _PersonField(forms.ModelChoiceField[Person]):
    def label_from_instance(self, obj: Person) -> str:
        return obj.full_name


class OwnerForm(forms.Form):
    """Somebody who sees the money, and how much at once they may approve."""

    person = _PersonField(
        label=gettext_lazy("Person"), queryset=Person.objects.none(), empty_label=""
    )
    limit = AmountField(
        label=gettext_lazy("May approve up to"),
        required=False,
        help_text=gettext_lazy("Empty for any amount"),
    )

    def __init__(self, data: Any = None, *, people: QuerySet[Person]) -> None:
        super().__init__(data, auto_id="owner-%s")
        model_field(self, "person").queryset = people


class RateForm(forms.Form):
    """What one unit of a currency is worth on a day."""

    currency = forms.CharField(label=gettext_lazy("One unit of"), max_length=3)
    worth = AmountField(label=gettext_lazy("Is worth"), above_zero=True)
    as_of_date = forms.DateField(
        label=gettext_lazy("On"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, budget: Budget, today: Any = None) -> None:
        super().__init__(data, initial={"as_of_date": today}, auto_id="rate-%s")
        self.fields["worth"].help_text = _("in %(currency)s") % {"currency": budget.currency}

    def clean_currency(self) -> str:
        return clean_currency(self.cleaned_data["currency"])

    def clean_worth(self) -> Decimal:
        worth: Decimal = self.cleaned_data["worth"]
        if worth != round(worth, 6):
            raise forms.ValidationError(_("Six decimals are the most."))
        return worth
