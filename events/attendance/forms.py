from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import AddressInput
from events.attendance.actions import Details
from events.attendance.models import Attendee
from events.attendance.rules.addresses import PatternRefused, check_pattern
from people.accounts.forms import PersonField, Suggestions
from people.accounts.models import Person
from people.accounts.queries import leading_people
from people.org.models import Region


class AttendeeForm(forms.Form):
    """Somebody who is put on the roster by hand."""

    full_name = forms.CharField(label=_("Full name"), max_length=160)
    email = AddressInput(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Somebody who is in the company already is added as they are."),
    )
    kind = forms.ChoiceField(label=_("Takes part as"), choices=Attendee.Kind.choices)
    function = forms.ChoiceField(
        label=_("Function"), choices=Person.Function.choices, initial=Person.Function.SALES
    )
    job_title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    region = forms.ModelChoiceField(
        Region.objects.all(), label=_("Region"), required=False, empty_label=_("No region")
    )
    manager = PersonField(label=_("Manager"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["manager"].widget = Suggestions(leading_people(timezone.now()))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def details(self) -> Details:
        """The cleaned form as the action takes it."""
        return Details(**self.cleaned_data)


class PatternForm(forms.Form):
    """The option of a roster import."""

    email_pattern = forms.CharField(
        label=_("E-mail pattern"),
        required=False,
        max_length=120,
        help_text=_("For a file without addresses, such as {first}.{last}@example.com."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_email_pattern(self) -> str:
        pattern = str(self.cleaned_data["email_pattern"])
        if pattern:
            try:
                check_pattern(pattern)
            except PatternRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return pattern


class AnswerForm(forms.Form):
    """Whether somebody comes."""

    coming = forms.TypedChoiceField(
        choices=[("yes", _("I am coming")), ("no", _("I cannot come"))],
        coerce=lambda value: value == "yes",
    )


class SeatForm(forms.Form):
    """What a planner decides of somebody who asks for a place by a forwarded link."""

    GRANT, REFUSE = "grant", "refuse"

    decision = forms.ChoiceField(choices=[(each, each) for each in (GRANT, REFUSE)])
    kind = forms.ChoiceField(
        label=_("Takes part as"), choices=Attendee.Kind.choices, initial=Attendee.Kind.STAFF
    )


class SeveralForm(forms.Form):
    """What happens to all people who are ticked."""

    KIND, YES, NO, ASK = "kind", "yes", "no", "ask"

    do = forms.ChoiceField(choices=[(each, each) for each in (KIND, YES, NO, ASK)])
    kind = forms.ChoiceField(
        label=_("Takes part as"), choices=Attendee.Kind.choices, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("do") == self.KIND and not cleaned.get("kind") and not self.errors:
            self.add_error("kind", _("Choose what they take part as."))
        return cleaned
