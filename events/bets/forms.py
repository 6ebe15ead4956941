from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.bets.actions import BetWords
from events.bets.models import BigBet
from people.accounts.forms import PersonField, Suggestions
from people.accounts.queries import leading_people


class BetForm(forms.ModelForm[BigBet]):
    owner = PersonField(
        label=_("Owner"),
        required=False,
        help_text=_("Who answers for it: a name or an e-mail"),
    )

    class Meta:
        model = BigBet
        fields = ["title", "why", "action_weekly", "action_monthly", "action_quarterly"]
        labels = {
            "title": _("The bet"),
            "why": _("Why"),
            "action_weekly": _("Every week, everybody"),
            "action_monthly": _("Every month, everybody"),
            "action_quarterly": _("Every quarter, everybody"),
        }
        widgets = {"why": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].widget = Suggestions(leading_people(timezone.now()))
        if self.instance.pk:
            self.initial["owner"] = self.instance.owner

    def words(self) -> BetWords:
        """What the planner wrote."""
        return BetWords(**self.cleaned_data)
