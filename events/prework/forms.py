from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.attendance.models import Attendee
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.prework import rules
from events.prework.actions import Details
from events.prework.models import Assignment
from people.accounts.models import Person
from people.org.models import Region

AUDIENCES = [
    ("", _("Everybody on the roster")),
    (Attendee.Kind.REP, _("Reps")),
    (Attendee.Kind.MANAGER, _("Managers")),
    (Attendee.Kind.STAFF, _("Staff")),
    (Attendee.Kind.SPEAKER, _("Speakers")),
    (Attendee.Kind.GUEST, _("Guests")),
]
DUE_BEFORE = timedelta(days=14)  # suggested for a new assignment


class AssignmentForm(forms.ModelForm[Assignment]):
    """An assignment and its segment. Never saves: `details` goes to an action."""

    link = forms.URLField(
        label=_("Link"),
        max_length=rules.LINK_LIMIT,
        required=False,
        assume_scheme="https",
        help_text=_("What they read or watch, or where they do it."),
    )
    kind = forms.ChoiceField(
        label=_("What people do"), choices=Assignment.Kind.choices, initial=Assignment.Kind.READ
    )
    minutes = forms.IntegerField(
        label=_("Minutes it takes"), min_value=1, max_value=600, required=False
    )

    class Meta:
        model = Assignment
        fields = [
            "title",
            "kind",
            "instructions",
            "link",
            "minutes",
            "due_date",
            "bet",
            "wants_review",
            "segment_kind",
            "segment_function",
            "segment_region",
        ]
        widgets = {
            "instructions": forms.Textarea(attrs={"rows": 5}),
            "due_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bet"] = forms.ModelChoiceField(
            label=_("Big bet"),
            queryset=BigBet.objects.filter(kickoff=kickoff),
            required=False,
            empty_label=_("None in particular"),
        )
        self.fields["segment_region"] = forms.ModelChoiceField(
            label=_("Region"),
            queryset=Region.objects.all(),
            required=False,
            empty_label=_("Every region"),
        )
        self.fields["segment_kind"] = forms.ChoiceField(
            label=_("Who"),
            choices=AUDIENCES,
            required=False,
        )
        self.fields["segment_function"] = forms.ChoiceField(
            label=_("Function"),
            choices=[("", _("Every function")), *Person.Function.choices],
            required=False,
        )
        self.fields["due_date"].help_text = _(
            "Until midnight in %(place)s at the end of this day."
        ) % {"place": kickoff.city or kickoff.time_zone}

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"])
        if link and not rules.is_safe_link(link):
            raise forms.ValidationError(
                _("The link must be a web address that begins with https://.")
            )
        return link

    @property
    def details(self) -> Details:
        """The clean fields, for an action."""
        return Details(**{field: self.cleaned_data[field] for field in self.Meta.fields})

    @property
    def segment(self) -> Assignment:
        """The segment that the form names, as far as it is valid."""
        clean = self.cleaned_data
        return Assignment(
            segment_kind=clean.get("segment_kind") or "",
            segment_function=clean.get("segment_function") or "",
            segment_region=clean.get("segment_region"),
        )


class AnswerForm(forms.Form):
    """What a person hands in. How long it may be is the action's to say, in words."""

    text = forms.CharField(
        label=_("Your answer"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Up to 5,000 characters."),
    )
    link = forms.CharField(
        label=_("A link, if you wrote it elsewhere"),
        required=False,
        widget=forms.URLInput,
        help_text=_("A web address that begins with https://."),
    )


class ReopenForm(forms.Form):
    """What is missing in what somebody handed in."""

    note = forms.CharField(
        label=_("What is missing?"),
        max_length=300,
        help_text=_("They get this by mail, and can send it again."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CommentForm(forms.Form):
    """A comment on what somebody handed in."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=rules.COMMENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
