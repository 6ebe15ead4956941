"""What a job title is paid by default, and what one person has instead."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from core.currencies import digits, fits
from core.imports.parsers import country
from events.kickoff.models import Kickoff
from events.packets.comp.actions import OwnComp, TitlePay
from events.packets.comp.forms.fields import AmountField, CurrencyField
from events.packets.comp.models import CompPlan
from events.packets.comp.rules.pay import Pay

EMPTY_ROWS = 2


class PlanField(forms.ModelChoiceField[Any]):
    """One of a kickoff's plans, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}"


class _PayFields(forms.Form):
    """Base, target variable and currency: all three, or none of them."""

    currency = CurrencyField(label=gettext_lazy("Currency"), required=False)
    base = AmountField(label=gettext_lazy("Base salary"), required=False)
    target_variable = AmountField(label=gettext_lazy("Target variable"), required=False)

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        names = ("currency", "base", "target_variable")
        given = [name for name in names if clean.get(name) not in (None, "")]
        if given and len(given) < len(names):
            for name in names:
                if name not in given and name not in self.errors:
                    self.add_error(name, _("Give all three, or none."))
        code = clean.get("currency")
        for name in ("base", "target_variable"):
            if code and clean.get(name) is not None and not fits(clean[name], code):
                shown = {"currency": code, "digits": digits(code)}
                self.add_error(name, _("%(currency)s has %(digits)d decimals.") % shown)
        return clean

    @property
    @sensitive_variables()
    def pay(self) -> Pay | None:
        # A row that was left empty has nothing clean in it
        base, target = (self.cleaned_data.get(name) for name in ("base", "target_variable"))
        return None if base is None or target is None else Pay(base, target)


class TitlePlanForm(forms.Form):
    """Which plan a job title is on."""

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"] = PlanField(
            label=_("Plan"),
            queryset=CompPlan.objects.filter(kickoff=kickoff),
            required=False,
            empty_label=_("No plan"),
        )


class TitlePayForm(_PayFields):
    """What a job title is paid in one currency, and the countries it is for."""

    countries = forms.CharField(
        label=gettext_lazy("Countries"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("DE FR. Empty: everybody else"),
    )

    def clean_countries(self) -> tuple[str, ...]:
        try:
            return tuple(
                country(one) for one in self.cleaned_data["countries"].replace(",", " ").split()
            )
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    @sensitive_variables()
    def title_pay(self) -> TitlePay | None:
        """This row as an action takes it; none if it was left empty."""
        if self.pay is None:
            return None
        return TitlePay(self.cleaned_data["currency"], self.pay, self.cleaned_data["countries"])


class OwnCompForm(_PayFields):
    """What one person has instead of what their job title gives."""

    starts_date = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        help_text=gettext_lazy("Empty: the plan's"),
    )
    ends_date = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: the plan's"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Sealed like the figures; only RevOps reads it."),
    )

    field_order = (
        "plan", "currency", "base", "target_variable", "starts_date", "ends_date", "reason",
    )  # fmt: skip

    def __init__(self, *args: Any, kickoff: Kickoff, title_plan: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"] = PlanField(
            label=_("Plan"),
            queryset=CompPlan.objects.filter(kickoff=kickoff),
            required=False,
            empty_label=_("That of the job title: %(plan)s") % {"plan": title_plan}
            if title_plan
            else _("That of the job title, which has none"),
        )
        self.order_fields(self.field_order)

    @property
    @sensitive_variables()
    def own(self) -> OwnComp:
        """The clean fields, for an action."""
        clean = self.cleaned_data
        return OwnComp(
            plan=clean["plan"],
            currency=clean["currency"],
            pay=self.pay,
            starts_date=clean["starts_date"],
            ends_date=clean["ends_date"],
            reason=clean["reason"],
        )
