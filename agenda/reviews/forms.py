from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.reviews.actions import Interview, Named
from agenda.reviews.models import Outcome, PrepStep, Review, Statement, Theme
from agenda.reviews.queries.records import name_of
from agenda.reviews.rules.reasons import LOST, WEIGHTS, WON, Reason, Weight
from agenda.sessions.models import Session, SessionType
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from people.accounts.forms import PersonField, Suggestions
from people.accounts.queries import leading_people


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlaceForm(forms.Form):
    """One place more, for a deal that was won or lost."""

    outcome = forms.ChoiceField(choices=Outcome.choices)


class ReviewForm(forms.ModelForm[Review]):
    """In which session a deal is looked at, and why it is."""

    class Meta:
        model = Review
        fields = ["session", "why"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions = Session.objects.filter(
            kickoff=self.instance.kickoff, type=SessionType.WIN_LOSS_REVIEW
        )
        session = self.fields["session"]
        if isinstance(session, forms.ModelChoiceField):
            session.queryset = sessions
        if self.instance.deal_id is None:
            del self.fields["why"]

    def _post_clean(self) -> None:
        # A form never saves: its action compares what is kept with what was chosen
        return


class ChoiceForm(forms.Form):
    """Which deal a place is for."""

    deal = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class AskForm(forms.Form):
    """Who interviews the buyer of a deal, and whether its rep is asked too."""

    interviewer = PersonField(
        label=_("Who interviews the buyer"),
        required=False,
        help_text=_("Not the rep who sold it. A name or an e-mail."),
    )
    rep = forms.BooleanField(
        label=_("Ask the rep for their own form, which takes 90 seconds"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interviewer"].widget = Suggestions(leading_people(timezone.now()))


class RepForm(forms.Form):
    """What a rep says of their own deal: three taps and a sentence."""

    main = forms.ChoiceField(label=_("The main reason"), widget=forms.RadioSelect)
    also = forms.MultipleChoiceField(
        label=_("What counted too"), required=False, widget=forms.CheckboxSelectMultiple
    )
    quote = forms.CharField(
        label=_("In one sentence, what happened?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, won: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(one), words) for one, words in (WON if won else LOST).items()]
        main, also = self.fields["main"], self.fields["also"]
        if isinstance(main, forms.ChoiceField) and isinstance(also, forms.ChoiceField):
            main.choices = names
            also.choices = [one for one in names if one[0] != Reason.UNKNOWN]

    @staticmethod
    def initial_of(statement: Statement) -> dict[str, Any]:
        """The values of the fields for what was written."""
        said = list(statement.reasons.all())
        main = next((one for one in said if one.weight == Weight.MAIN), None)
        return {
            "main": main.reason if main else None,
            "quote": main.quote if main else "",
            "also": [one.reason for one in said if one.weight == Weight.ALSO],
        }

    def named(self) -> dict[str, Named]:
        """What was said of each reason."""
        said = self.cleaned_data
        also = {one: Named(Weight.ALSO) for one in said["also"]}
        return also | {said["main"]: Named(Weight.MAIN, said["quote"])}


class InterviewForm(forms.ModelForm[Statement]):
    """What a buyer said: four answers, each reason, and where they may be quoted."""

    class Meta:
        model = Statement
        fields = [
            "held_date",
            "minutes",
            "role",
            "why_buy",
            "why_us",
            "nearly",
            "change",
            "may_room",
            "may_paper",
            "may_campaign",
        ]
        widgets = {
            "held_date": _day(),
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in ("why_buy", "why_us", "nearly", "change")
            },
        }
        help_texts = {"role": _("Their role, such as head of operations. No name is kept.")}

    def __init__(self, *args: Any, won: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("held_date", "role"):
            self.fields[name].required = True
        self._names = WON if won else LOST
        said = {one.reason: one for one in self.instance.reasons.all()}
        for reason, words in self._names.items():
            known = said.get(reason)
            self.fields[f"{reason}_weight"] = forms.ChoiceField(
                label=str(words),
                choices=[("", _("not named")), *((str(w), text) for w, text in WEIGHTS.items())],
                required=False,
                initial=known.weight if known else "",
            )
            self.fields[f"{reason}_quote"] = forms.CharField(
                label=_("In their words"),
                max_length=300,
                required=False,
                initial=known.quote if known else "",
            )

    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Each reason with its two fields, for the page."""
        for reason in self._names:
            yield self[f"{reason}_weight"], self[f"{reason}_quote"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for reason in self._names:
            if said.get(f"{reason}_quote") and not said.get(f"{reason}_weight"):
                self.add_error(
                    f"{reason}_weight", _("Say whether this was a reason, since you quote it.")
                )
        return said

    def _post_clean(self) -> None:
        # The row changes in its action alone: what is typed here is not put on it
        return

    def interview(self) -> Interview:
        """What was written, for an action."""
        return Interview(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    def named(self) -> dict[str, Named]:
        """What was said of each reason; one that was not named is left out."""
        said = self.cleaned_data
        return {
            str(one): Named(said[f"{one}_weight"], said[f"{one}_quote"])
            for one in self._names
            if said[f"{one}_weight"]
        }


class StepForm(forms.ModelForm[PrepStep]):
    """A step of preparation: what, who, by when."""

    owner = PersonField(label=_("Who"), help_text=_("A name or an e-mail"))

    class Meta:
        model = PrepStep
        fields = ["title", "owner", "due_date"]
        widgets = {"due_date": _day()}

    def _post_clean(self) -> None:
        # A form never saves: its action makes the row
        return


class GuessForm(forms.Form):
    """What somebody in the room guesses."""

    reason = forms.ChoiceField(label=_("What do you think?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, won: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        if isinstance(reason, forms.ChoiceField):
            names = WON if won else LOST
            reason.choices = [(str(one), words) for one, words in names.items()]


class PartForm(forms.Form):
    """Which part was on the screen when somebody tapped, and in which direction."""

    seen = forms.IntegerField(min_value=0, max_value=5)
    back = forms.BooleanField(required=False)


class ThemeForm(forms.ModelForm[Theme]):
    """What several deals say together, and which."""

    class Meta:
        model = Theme
        fields = ["words", "reason", "deals", "topic"]
        widgets = {"deals": forms.CheckboxSelectMultiple}
        help_texts = {
            "words": _("As somebody would say it: nobody says who signs on our side"),
            "topic": _(
                "What is learned about it in the 90 days. Leave it empty if nothing is yet."
            ),
        }

    def __init__(
        self, *args: Any, kickoff: Kickoff, deals: Sequence[Opportunity], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        found, topic = self.fields["deals"], self.fields["topic"]
        if isinstance(found, forms.ModelMultipleChoiceField):
            found.queryset = Opportunity.objects.filter(pk__in=[one.pk for one in deals])
            named = [(one.pk, name_of(one)) for one in deals]
            found.choices = named
        if isinstance(topic, forms.ModelChoiceField):
            topic.queryset = kickoff.topics.all()
            topic.empty_label = _("none yet")

    def _post_clean(self) -> None:
        # A form never saves: its action writes the row
        return
