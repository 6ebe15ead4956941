"""A rule for new hires."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.currencies import fits
from core.imports.amounts import amount as parse_amount
from core.money import LARGEST, clean_currency
from events.packets.quotas.actions import RuleDetails
from events.packets.quotas.forms.fields import SharesField
from events.packets.quotas.models import NewHireRule, QuotaPlan

_LINE = re.compile(r"([A-Za-z]{3})\s*[:=]?\s*(.+)")


class RuleForm(forms.Form):
    """What whoever has a job title gets when they join after the cascade."""

    job_title = forms.CharField(
        label=gettext_lazy("Job title"),
        max_length=120,
        help_text=gettext_lazy(
            "As on their account; capitals, and what follows a comma, do not matter."
        ),
    )
    standards = forms.CharField(
        label=gettext_lazy("Standard full-year quota"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One line a currency, such as EUR 900,000."),
    )
    share_of_median = SharesField(
        label=gettext_lazy("Or a part of their peers' median, in percent"),
        required=False,
        most=900,
        help_text=gettext_lazy("Peers are those in the cascade with this job title."),
    )
    ramp = forms.ChoiceField(
        label=gettext_lazy("They ramp by"),
        choices=QuotaPlan.Season.choices,
        widget=forms.RadioSelect(),
        initial=QuotaPlan.Season.QUARTERS,
    )
    ramp_shares = SharesField(
        label=gettext_lazy("Ramp, in percent of quota"),
        required=False,
        help_text=gettext_lazy("Such as 25, 50, 75. Empty for the plan's own ramp."),
    )

    def clean_job_title(self) -> str:
        return " ".join(str(self.cleaned_data["job_title"]).split())

    def clean_standards(self) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["standards"].splitlines())):
            match = _LINE.fullmatch(line)
            if match is None:
                raise ValidationError(_("Write each line as EUR 900,000."))
            code = clean_currency(match[1])
            try:
                amount = parse_amount(match[2])
            except ValueError as error:
                raise ValidationError(str(error)) from error
            if not 0 < amount <= LARGEST or not fits(amount, code):
                raise ValidationError(_("%(code)s: this is no quota.") % {"code": code})
            if code in found:
                raise ValidationError(_("%(code)s is there twice.") % {"code": code})
            found[code] = amount
        return found

    def clean_share_of_median(self) -> Decimal | None:
        shares: tuple[Decimal, ...] = self.cleaned_data["share_of_median"]
        if len(shares) > 1 or 0 in shares:
            raise ValidationError(_("Write one percentage, such as 80."))
        return shares[0] if shares else None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if {"standards", "share_of_median"} & set(self.errors):
            return said
        if bool(said.get("standards")) == (said.get("share_of_median") is not None):
            self.add_error(
                "standards", _("Give either standard quotas or a share of the median, not both.")
            )
        return said

    def details(self) -> RuleDetails:
        """What the form says, for an action."""
        return RuleDetails(**self.cleaned_data)


def rule_values(rule: NewHireRule) -> dict[str, Any]:
    """A rule as its form shows it."""
    return {
        "job_title": rule.job_title,
        "standards": "\n".join(f"{code} {amount:,f}" for code, amount in rule.read().items()),
        "share_of_median": (rule.share_of_median,) if rule.share_of_median is not None else (),
        "ramp": rule.ramp,
        "ramp_shares": tuple(map(Decimal, rule.ramp_shares)),
    }
