from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui import figures
from events.bets.models import BigBet, Cadence, SuggestedAction
from events.bets.rules import PLAN_DAYS
from events.commitments.actions import Answer, Promise
from events.commitments.queries.review import Asked
from events.kickoff.models import Kickoff

OWN_ROWS = 2
REASONS = {
    "customer": gettext_lazy("The customer stopped"),
    "matters": gettext_lazy("No longer matters"),
    "other": gettext_lazy("Somebody else does it"),
    "rest": gettext_lazy("Other"),
}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PromiseForm(forms.Form):
    """A promise in a person's own words; `take` says whether they choose it at all."""

    take = forms.BooleanField(required=False)
    words = forms.CharField(label=gettext_lazy("What you do"), max_length=200)
    done_when = forms.CharField(
        label=gettext_lazy("It is done when"), max_length=200, required=False
    )
    cadence = forms.ChoiceField(label=gettext_lazy("How often"), choices=Cadence.choices)
    by_date = forms.DateField(label=gettext_lazy("Until"), widget=_day())

    def __init__(
        self,
        *args: Any,
        suggestion: SuggestedAction | None = None,
        bets: Sequence[BigBet] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.suggestion = suggestion
        self.bets = {str(bet.pk): bet for bet in bets}
        if bets:
            self.fields["bet"] = forms.ChoiceField(
                label=_("For which bet"),
                required=False,
                choices=[("", _("none")), *((key, bet.title) for key, bet in self.bets.items())],
            )

    @property
    def is_taken(self) -> bool:
        """Whether the person chose it: by its tick, or by writing one of their own."""
        said = self.data.get(self.add_prefix("take" if self.suggestion else "words"), "")
        return self.is_bound and bool(said.strip())

    def said(self) -> Promise:
        """What an action takes."""
        values = self.cleaned_data
        bet = self.suggestion.bet if self.suggestion else self.bets.get(values.get("bet", ""))
        return Promise(
            words=values["words"],
            done_when=values["done_when"],
            cadence=values["cadence"],
            by_date=values["by_date"],
            bet=bet,
            suggestion=self.suggestion,
        )


class AdoptForm:
    """What each bet suggests, to be ticked and said anew, and two rows of one's own."""

    def __init__(
        self,
        kickoff: Kickoff,
        suggested: Sequence[tuple[BigBet, list[SuggestedAction]]],
        data: QueryDict | None = None,
    ) -> None:
        bets = [bet for bet, _actions in suggested]
        until = kickoff.ends_date + timedelta(days=PLAN_DAYS)
        self.by_bet = [
            (
                bet,
                [
                    PromiseForm(
                        data, prefix=f"s{one.pk}", suggestion=one, initial=_as_suggested(one)
                    )
                    for one in actions
                ],
            )
            for bet, actions in suggested
        ]
        self.own = [
            PromiseForm(
                data,
                prefix=f"own{number}",
                bets=bets,
                initial={"cadence": Cadence.WEEKLY, "by_date": until},
                empty_permitted=True,
                use_required_attribute=False,
            )
            for number in range(OWN_ROWS)
        ]
        self.taken = [
            one
            for one in [*(r for _bet, rows in self.by_bet for r in rows), *self.own]
            if one.is_taken
        ]

    def is_valid(self) -> bool:
        """Whether each chosen row is whole; every one says what is wrong."""
        wrong = [one for one in self.taken if not one.is_valid()]
        return not wrong

    @property
    def chosen(self) -> list[Promise]:
        return [one.said() for one in self.taken]


def _as_suggested(one: SuggestedAction) -> dict[str, Any]:
    return {
        "words": one.words,
        "done_when": one.done_when,
        "cadence": one.cadence,
        "by_date": one.by_date,
    }


class RewordForm(forms.Form):
    """Other words for a promise, or another last day."""

    words = forms.CharField(label=gettext_lazy("What you do"), max_length=200)
    done_when = forms.CharField(
        label=gettext_lazy("It is done when"), max_length=200, required=False
    )
    by_date = forms.DateField(label=gettext_lazy("Until"), widget=_day(), required=False)

    def said(self) -> Promise:
        return Promise(**self.cleaned_data)


class AddForm(forms.Form):
    """One more promise: in a line, by a day or without one."""

    words = forms.CharField(label=gettext_lazy("Promise one more"), max_length=200)
    by_date = forms.DateField(label=gettext_lazy("By"), widget=_day(), required=False)

    def said(self) -> Promise:
        return Promise(**self.cleaned_data)


class AnswerForm(forms.Form):
    """How one time went: done, not yet with a day, or dropped with a reason."""

    state = forms.ChoiceField(
        choices=[("DONE", _("Done")), ("CARRIED", _("Not yet")), ("DROPPED", _("Drop"))]
    )
    to = forms.DateField(required=False)
    why = forms.ChoiceField(choices=list(REASONS.items()), required=False)
    why_else = forms.CharField(max_length=180, required=False)

    def __init__(self, asked: Asked, carry_days: Sequence[date], data: QueryDict | None) -> None:
        super().__init__(data, prefix=f"p{asked.time.pk}")
        self.asked = asked
        self.carry_days = [(day.isoformat(), figures.day(day, "year")) for day in carry_days]
        self.reasons = list(REASONS.items())
        chosen = data.get(self.add_prefix("state"), "") if data is not None else ""
        self.chosen = chosen or ("" if asked.time.is_open else asked.time.state)
        self.is_answered = bool(chosen)

    def answer(self) -> Answer:
        """What an action takes: a reason in words where one is given."""
        said = self.cleaned_data
        why = said["why_else"] or str(REASONS.get(said["why"], "")) or self.asked.time.reason
        return Answer(said["state"], said["to"], why)
