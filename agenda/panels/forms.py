from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.panels.actions import PanelistDetails, QuestionWords
from agenda.panels.models import (
    Answerer,
    AudienceQuestion,
    CustomerBase,
    Issue,
    Panelist,
    PanelQuestion,
    Tone,
    Where,
)
from agenda.panels.queries import Panel
from agenda.sessions.models import Session
from core.forms import model_field
from core.ids import RowsField
from events.deals.models import Account
from people.accounts.forms import PersonField, Suggestions
from people.accounts.queries import leading_people


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _PanelistField(forms.ModelChoiceField[Panelist]):
    """One of the panelists of a session, which the form says."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Panelist.objects.none(), **options)

    def label_from_instance(self, obj: Panelist) -> str:
        return f"{obj.name}, {obj.company}"


class _AgreedField(RowsField):
    """Some of the questions that a panelist answers."""

    def label_from_instance(self, obj: Answerer) -> str:
        return obj.question.words


class BaseForm(forms.ModelForm[CustomerBase]):
    """The NPS of all customers. Never saves."""

    class Meta:
        model = CustomerBase
        fields = ["score", "answers", "measured_date"]
        widgets = {"measured_date": _day()}


class PanelistForm(forms.ModelForm[Panelist]):
    """A panelist, written by whoever prepares the panel. Never saves: `details` goes to an action."""

    prep_by = PersonField(
        label=_("Who holds the prep call"),
        required=False,
        help_text=_("A name, or an e-mail address. It waits for them until it is held."),
    )

    class Meta:
        model = Panelist
        fields = [
            "name",
            "company",
            "job_title",
            "score",
            "email",
            "phone",
            "prep_by",
            "prep_date",
            "sensitive",
        ]
        widgets = {
            "prep_date": _day(),
            "sensitive": forms.Textarea(attrs={"rows": 3}),
            "score": forms.NumberInput(attrs={"min": 0, "max": 10}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["prep_by"].widget = Suggestions(leading_people(timezone.now()))
        self.initial["prep_by"] = self.instance.prep_by
        self.fields["company"].help_text = _("An account that you sell to, or any other name.")

    @property
    def details(self) -> PanelistDetails:
        """What was written, for an action. A company that is an account is linked with it."""
        said = {name: self.cleaned_data[name] for name in self.fields}
        account = Account.objects.filter(name__iexact=said["company"]).first()
        return PanelistDetails(**said, account=account)


class ConsentForm(forms.Form):
    """Where a panelist may be quoted; nothing ticked is nowhere."""

    places = forms.MultipleChoiceField(
        label=_("May be quoted"),
        choices=Where.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class CallForm(forms.Form):
    """The prep call: when it was held, what was said, and to which questions they agreed."""

    held_date = forms.DateField(label=_("Held on"), widget=_day())
    notes = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    agreed = _AgreedField(
        label=_("Questions that they agreed to"),
        queryset=Answerer.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see these on their page, in these words."),
    )

    def __init__(self, *args: Any, panelist: Panelist, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        theirs = Answerer.objects.filter(panelist=panelist).select_related("question")
        agreed = model_field(self, "agreed")
        agreed.queryset = theirs.order_by("question__issue__number", "question__position")
        self.initial = {
            "held_date": panelist.prep_held_date or today,
            "notes": panelist.prep_notes,
            "agreed": [one.pk for one in theirs if one.agreed],
        }


class IssueForm(forms.ModelForm[Issue]):
    """What a panel is about. Never saves."""

    class Meta:
        model = Issue
        fields = ["words"]


class QuestionForm(forms.ModelForm[PanelQuestion]):
    """A question of the bank, with who answers it. Never saves: `said` goes to an action."""

    first = _PanelistField(
        label=_("Answers first"), required=False, empty_label=_("whoever wants to")
    )
    second = _PanelistField(label=_("Answers second"), required=False, empty_label=_("nobody else"))

    class Meta:
        model = PanelQuestion
        fields = ["issue", "words", "tone", "minutes", "position", "note"]
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "minutes": forms.NumberInput(attrs={"min": 1, "max": 60}),
        }

    field_order = ["issue", "words", "tone", "minutes", "first", "second", "position", "note"]

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        super().__init__(*args, **options)
        model_field(self, "issue").queryset = session.panel_issues.all()
        places = ("first", "second")  # as many as MOST_ANSWERS
        there = list(self.instance.answerers.all()) if self.instance.pk else []
        for place, name in enumerate(places):
            model_field(self, name).queryset = session.panelists.all()
            if place < len(there):
                self.initial[name] = there[place].panelist_id
        if not self.instance.pk:
            del self.fields["position"]

    @property
    def said(self) -> QuestionWords:
        """What was written, for an action."""
        said = self.cleaned_data
        return QuestionWords(
            issue=said["issue"],
            words=said["words"],
            tone=said["tone"],
            minutes=said["minutes"],
            note=said["note"],
            answerers=[one for one in (said["first"], said["second"]) if one],
        )


class MergeForm(forms.Form):
    """Among which questions one of the audience goes."""

    issue = forms.ModelChoiceField(
        label=_("Issue"), queryset=Issue.objects.none(), empty_label=None
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=60, initial=4)
    tone = forms.ChoiceField(label=_("What it asks for"), choices=Tone.choices)

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        super().__init__(*args, **options)
        model_field(self, "issue").queryset = session.panel_issues.all()


class AskForm(forms.ModelForm[AudienceQuestion]):
    """A question of the audience, with or without a name. Never saves."""

    nameless = forms.BooleanField(
        label=_("Without my name"),
        required=False,
        help_text=_("Then nothing is kept of who asked, or when."),
    )

    class Meta:
        model = AudienceQuestion
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3, "maxlength": 300})}


class _OfPanelist(forms.Form):
    panelist = _PanelistField(label=_("Panelist"), empty_label=None)

    def __init__(self, *args: Any, panel: Panel, **options: Any) -> None:
        super().__init__(*args, **options)
        field = model_field(self, "panelist")
        field.queryset = panel.session.panelists.all()
        # Their names are read already
        field.choices = [(one.pk, field.label_from_instance(one)) for one in panel.panelists]


class QuoteForm(_OfPanelist):
    """What somebody said in the room, in their words."""

    words = forms.CharField(
        label=_("What they said"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class FollowUpForm(_OfPanelist):
    """What is promised to a customer, by whom and until when."""

    words = forms.CharField(label=_("What we promise"), max_length=200)
    owner = PersonField(label=_("Who does it"))
    by_date = forms.DateField(label=_("By"), widget=_day())

    def __init__(self, *args: Any, panel: Panel, **options: Any) -> None:
        super().__init__(*args, panel=panel, **options)
        callers = {one.prep_by for one in panel.panelists if one.prep_by}
        self.fields["owner"].widget = Suggestions(sorted(callers, key=lambda one: one.full_name))
