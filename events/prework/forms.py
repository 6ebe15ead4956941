from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.attendance.models import Attendee
from events.bets.models import BigBet
from events.kickoff.models import Kickoff
from events.prework import rules
from events.prework.actions import Details
from events.prework.actions.studying import TAKEN
from events.prework.hooks import sessions_of
from events.prework.models import Assignment, PreworkPlan
from events.prework.queries import gone_session
from events.questions.models import Topic
from people.accounts.models import Person
from people.files.forms import UploadField
from people.org.models import Region, Team

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
            "body",
            "link",
            "minutes",
            "opens_date",
            "due_date",
            "bet",
            "is_optional",
            "is_typed",
            "quiz_topic",
            "quiz_count",
            "quiz_tries",
            "quiz_pass_percent",
            "wants_review",
            "segment_kind",
            "segment_function",
            "segment_region",
            "segment_team",
            "segment_tenure",
            "segment_has_deals",
            "segment_session",
        ]
        widgets = {
            "instructions": forms.Textarea(attrs={"rows": 5}),
            "body": forms.Textarea(attrs={"rows": 12}),
            "opens_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
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
        self.fields["segment_team"] = forms.ModelChoiceField(
            label=_("Team"),
            queryset=Team.objects.all(),
            required=False,
            empty_label=_("Every team"),
        )
        self.fields["segment_tenure"] = forms.ChoiceField(
            label=_("Tenure"),
            choices=[("", _("However long they are here")), *Assignment.Tenure.choices],
            required=False,
        )
        sessions: list[tuple[object, object]] = [("", _("Whatever session"))]
        sessions += sessions_of(kickoff)
        held = self.initial.get("segment_session")
        if held is not None and held not in dict(sessions):
            # Else saving anything would hand it to everybody
            sessions.append((held, gone_session()))
        self.fields["segment_session"] = forms.TypedChoiceField(
            label=_("Session"),
            choices=sessions,
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.Select(attrs={"data-content": ""}),  # people wrote the titles
        )
        self.kickoff = kickoff
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
        self.fields["quiz_topic"] = forms.ModelChoiceField(
            label=_("Topic of the quiz"),
            queryset=Topic.objects.filter(kickoff=kickoff),
            required=False,
            empty_label=_("Every topic"),
        )
        self.fields["quiz_count"] = forms.IntegerField(
            label=_("Questions"), min_value=1, max_value=30, required=False, initial=5
        )
        self.fields["quiz_tries"] = forms.IntegerField(
            label=_("Tries"),
            min_value=1,
            max_value=20,
            required=False,
            initial=1,
            help_text=_("Empty: as many as they want."),
        )
        self.fields["quiz_pass_percent"] = forms.IntegerField(
            label=_("Percent to pass"), min_value=0, max_value=100, required=False, initial=80
        )
        self.fields["body"].help_text = _(
            "Markdown: # heading, **bold**, - list, [link](https://…). A picture that you add "
            "below stands where you write ![what it shows](its-name.png)."
        )
        self.fields["opens_date"].help_text = _("Empty: at once.")
        self.fields["due_date"].help_text = _(
            "Until midnight in %(place)s at the end of this day."
        ) % {"place": kickoff.city or kickoff.time_zone}

    def clean_quiz_count(self) -> int:
        return self.cleaned_data["quiz_count"] or 5

    def clean_quiz_pass_percent(self) -> int:
        said = self.cleaned_data["quiz_pass_percent"]
        return 80 if said is None else int(said)

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
            kickoff=self.kickoff,
            segment_kind=clean.get("segment_kind") or "",
            segment_function=clean.get("segment_function") or "",
            segment_region=clean.get("segment_region"),
            segment_team=clean.get("segment_team"),
            segment_tenure=clean.get("segment_tenure") or "",
            segment_has_deals=bool(clean.get("segment_has_deals")),
            segment_session=clean.get("segment_session"),
        )


class AnswerForm(forms.Form):
    """What a person hands in. How long it may be is the action's to say, in words."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
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


class HandInForm(forms.Form):
    """A file that a person hands in."""

    upload = UploadField(TAKEN, label=_("Your file"))


class FileForm(forms.Form):
    """A picture, a video, its captions or a file that comes with an assignment."""

    upload = UploadField(TAKEN, label=_("Picture, video, captions (.vtt) or file"))


class PlanForm(forms.ModelForm[PreworkPlan]):
    """How a kickoff deals out its pre-work. Never saves."""

    most_minutes = forms.IntegerField(
        label=_("Warn above so many minutes a person"), min_value=1, max_value=6_000
    )

    class Meta:
        model = PreworkPlan
        fields = ["is_in_order", "most_minutes"]


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
