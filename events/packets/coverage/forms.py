from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.packets.coverage.models import ReminderPlan
from events.packets.coverage.rules.reminders import Plan
from people.org.models import Region


class RemindForm(forms.Form):
    """Whom to remind now."""

    UNOPENED, UNSIGNED = "UNOPENED", "UNSIGNED"

    whom = forms.ChoiceField(
        label=_("Whom"),
        choices=[(UNSIGNED, _("not signed yet")), (UNOPENED, _("not even opened"))],
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), required=False, empty_label=_("all")
    )


class PlanForm(forms.ModelForm[ReminderPlan]):
    """When packets are reminded of by themselves."""

    class Meta:
        model = ReminderPlan
        fields = ["is_on", "unopened_days", "manager_days", "above_days"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, second = data.get("manager_days"), data.get("above_days")
        if first and second and second <= first:
            self.add_error("above_days", _("More days than for the manager, who hears first."))
        return data

    @property
    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(data["unopened_days"], data["manager_days"], data["above_days"])
