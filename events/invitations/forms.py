from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from events.attendance.actions.mails import BODY, SUBJECT
from events.attendance.models import Attendee
from events.attendance.rules import wording
from events.invitations import rules
from events.invitations.actions import Details
from events.invitations.models import Wave
from people.accounts.models import Person
from people.org.models import Region, Team

_DAY = {"type": "date"}


class ChooseForm(forms.Form):
    """Which wave asks the people who were chosen: one that is not out, or a new one."""

    wave = forms.ModelChoiceField(
        Wave.objects.none(), label=_("Wave"), required=False, empty_label=_("A new wave")
    )
    name = forms.CharField(label=_("Name of the new wave"), max_length=80, required=False)
    deadline_date = forms.DateField(
        label=_("Answers by"),
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, *, waves: QuerySet[Wave], starts: date) -> None:
        super().__init__(data, initial={"deadline_date": rules.suggested_deadline(starts)})
        self.fields["wave"].queryset = waves  # type: ignore[attr-defined]  # of a field of models

    @property
    def which(self) -> Wave | Details:
        """The wave, or what a new one needs, for an action."""
        said = self.cleaned_data
        new = Details(name=said["name"], deadline_date=said["deadline_date"], remind_days="7, 2")
        return said["wave"] or new

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("wave") is None and "wave" not in self.errors:
            for name in ("name", "deadline_date"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A new wave needs this."))
        return cleaned


class WaveForm(forms.ModelForm[Wave]):
    """A wave. Never saves: `details` goes to an action. Of one that is out, its days alone."""

    class Meta:
        model = Wave
        fields = [
            "name",
            "segment_kind",
            "segment_function",
            "segment_region",
            "team",
            "subject",
            "body",
            "goes_date",
            "deadline_date",
            "remind_days",
        ]
        widgets = {
            "body": forms.Textarea(attrs={"rows": 9}),
            "goes_date": forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
            "deadline_date": forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        }
        help_texts = {
            "goes_date": _("At nine at the venue. Empty: when you send it."),
            "deadline_date": _("Until midnight at the venue; nobody says yes by themselves later."),
            "remind_days": _(
                "Days before the deadline, such as 7, 2: in the mail of the day of those who have"
                " not answered. Empty: never."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segment_kind"] = forms.ChoiceField(
            label=_("Who"),
            choices=[("", _("Everybody on the roster")), *Attendee.Kind.choices],
            required=False,
        )
        self.fields["segment_function"] = forms.ChoiceField(
            label=_("Function"),
            choices=[("", _("Every function")), *Person.Function.choices],
            required=False,
        )
        self.fields["segment_region"] = forms.ModelChoiceField(
            Region.objects.all(), label=_("Region"), required=False, empty_label=_("Every region")
        )
        self.fields["team"] = forms.ModelChoiceField(
            Team.objects.select_related("region"),
            label=_("Team"),
            required=False,
            empty_label=_("Every team"),
        )
        if not self.instance.subject:
            self.initial["subject"] = str(SUBJECT)
        if not self.instance.body:
            self.initial["body"] = str(BODY)
        if self.instance.is_by_name:
            for name in ("segment_kind", "segment_function", "segment_region", "team"):
                self.fields[name].disabled = True
        if self.instance.sent_at:
            for name in set(self.fields) - {"deadline_date", "remind_days"}:
                self.fields[name].disabled = True

    def clean_subject(self) -> str:
        # A link in a subject is none, and what is in the address would stand in the bell
        return self._wording("subject", without=("link",))

    def clean_body(self) -> str:
        return self._wording("body")

    def clean_remind_days(self) -> str:
        try:
            days = rules.read_days(self.cleaned_data["remind_days"])
        except ValueError as error:
            raise forms.ValidationError(
                _("Write up to five whole numbers of days from 1 to 60, such as 7, 2.")
            ) from error
        return ", ".join(map(str, days))

    @property
    def details(self) -> Details:
        """The clean fields, for an action."""
        return Details(**{field: self.cleaned_data[field] for field in self.Meta.fields})

    def _wording(self, name: str, without: tuple[str, ...] = ()) -> str:
        text = str(self.cleaned_data[name])
        try:
            wording.check(text, without=without)
        except wording.WordingRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return text
