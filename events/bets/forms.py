from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.attendance.models import Attendee
from events.bets.actions import ActionWords, BetWords
from events.bets.models import BigBet, SuggestedAction
from events.bets.rules import FEW, PLAN_DAYS
from people.accounts.forms import PersonField, Suggestions
from people.accounts.queries import leading_people
from people.org.models import Region, Team

NEW_ROWS = 3


class BetForm(forms.ModelForm[BigBet]):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    owner = PersonField(
        label=gettext_lazy("Owner"),
        required=False,
        help_text=gettext_lazy("The executive who answers for it: a name or an e-mail"),
    )

    class Meta:
        model = BigBet
        fields = ["title", "why", "metric", "unit", "baseline", "target", "why_more"]
        labels = {
            "title": gettext_lazy("The bet"),
            "why": gettext_lazy("Why now"),
            "metric": gettext_lazy("What is measured"),
            "unit": gettext_lazy("Unit"),
            "baseline": gettext_lazy("Where it stands today"),
            "target": gettext_lazy("Target"),
            "why_more": gettext_lazy("Why more than three"),
        }
        help_texts = {
            "metric": gettext_lazy("For example: open deals with three buyers or more"),
            "unit": gettext_lazy("%, deals, days, EUR"),
            "why_more": gettext_lazy("Four bets divide attention. Whoever reads them sees this."),
        }
        widgets = {"why": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, position: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].widget = Suggestions(leading_people(timezone.now()))
        if self.instance.pk:
            self.initial["owner"] = self.instance.owner
            self.initial["seen"] = self.instance.seen
        self.fields["why_more"].required = False
        if position <= FEW:
            del self.fields["why_more"]

    def words(self) -> BetWords:
        """What the planner wrote."""
        return BetWords(**{k: v for k, v in self.cleaned_data.items() if k != "seen"})

    def see(self, bet: BigBet) -> None:
        """From now on they have seen this: saving again is meant."""
        # Key by key: unpacked, what a browser sent would give lists
        self.data = {key: self.data[key] for key in self.data} | {"seen": bet.seen}


class ActionForm(forms.ModelForm[SuggestedAction]):
    """One action of a bet's plan; a new one without words is none."""

    class Meta:
        model = SuggestedAction
        fields = ["words", "done_when", "cadence", "role", "by_date"]
        widgets = {"by_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        if isinstance(role, forms.ChoiceField):
            role.choices = [("", _("everybody")), *Attendee.Kind.choices]

    def said(self) -> ActionWords:
        """The action as an action of ours takes it."""
        return ActionWords(id=self.instance.pk, **self.cleaned_data)


class PlanForm:
    """All actions of a bet in one form, with three rows for new ones; emptied words delete a row."""

    def __init__(self, bet: BigBet, data: QueryDict | None = None) -> None:
        until = bet.kickoff.ends_date + timedelta(days=PLAN_DAYS)
        self.rows = [
            ActionForm(data, instance=one, prefix=f"a{one.pk}") for one in bet.actions.all()
        ] + [
            ActionForm(data, initial={"by_date": until, "cadence": "WEEKLY"}, prefix=f"new{number}")
            for number in range(NEW_ROWS)
        ]
        self.kept = [
            row for row in self.rows if data is None or data.get(f"{row.prefix}-words", "").strip()
        ]
        self.is_sent = data is not None

    def is_valid(self) -> bool:
        """Whether it was sent and each row with words is whole; every row says what is wrong."""
        wrong = [row for row in self.kept if not row.is_valid()]
        return self.is_sent and not wrong

    @property
    def actions(self) -> Sequence[ActionWords]:
        return [row.said() for row in self.kept]


class ReadingForm(forms.Form):
    """What was read of a bet in a month, of the company, a region or a team."""

    month = forms.DateField(
        label=gettext_lazy("Month"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        error_messages={"invalid": gettext_lazy("Write the month as 2027-03.")},
    )
    of = forms.ChoiceField(label=gettext_lazy("Of whom"), required=False)
    value = forms.DecimalField(label=gettext_lazy("Reading"), max_digits=14, decimal_places=2)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].initial = today
        self.parts: dict[str, Region | Team | None] = {"": None}
        self.parts |= {f"r{one.pk}": one for one in Region.objects.order_by("name")}
        self.parts |= {f"t{one.pk}": one for one in Team.objects.order_by("name")}
        of = self.fields["of"]
        if isinstance(of, forms.ChoiceField):
            of.choices = [(key, str(one or _("the company"))) for key, one in self.parts.items()]

    def reading(self) -> dict[str, Any]:
        """The month, the value and of whom it is."""
        said = self.cleaned_data
        return {"month": said["month"], "value": said["value"], "of": self.parts[said["of"]]}
