from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.places import TimeZoneField
from events.kickoff import queries
from events.kickoff.actions import Details, Template
from events.kickoff.models import Kickoff


class KickoffForm(forms.ModelForm[Kickoff]):
    """What a kickoff says of itself. Never saves: `details` goes to an action."""

    time_zone = TimeZoneField(
        label=_("Time zone of the venue"),
        help_text=_("The agenda and every due date are told in this zone."),
    )

    class Meta:
        model = Kickoff
        fields = [
            "name",
            "theme",
            "fiscal_year",
            "starts_date",
            "ends_date",
            "format",
            "venue",
            "city",
            "time_zone",
            "currency",
        ]
        widgets = {
            "starts_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"format": _("How people take part"), "currency": _("Currency of the budget")}
        help_texts = {
            "theme": _("The one sentence that people should repeat afterwards."),
            "currency": _("Three letters, for example EUR."),
        }

    def clean_currency(self) -> str:
        currency = str(self.cleaned_data["currency"]).strip().upper()
        if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
            raise forms.ValidationError(_("Write the three letters of the currency: EUR, USD."))
        return currency

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_date"), cleaned.get("ends_date")
        if starts and ends and ends < starts:
            self.add_error("ends_date", _("The last day is before the first day."))
        return cleaned

    @property
    def details(self) -> Details:
        """The clean fields, for an action."""
        return Details(**{field: self.cleaned_data[field] for field in self.Meta.fields})


class NewKickoffForm(KickoffForm):
    """A new kickoff, and what it starts with."""

    template = forms.ChoiceField(
        label=_("Start from"),
        choices=[(Template.SUMMIT, _("Acceleration Summit")), (Template.BLANK, _("Blank"))],
        initial=Template.SUMMIT,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )

    copy_of = forms.ModelChoiceField(
        queries.copyable(),
        label=_("Or copy the plan of another kickoff"),
        required=False,
        empty_label=_("None"),
        to_field_name="slug",
        widget=forms.Select(attrs={"data-content": True}),
        help_text=_("It begins blank then, and you see what is copied before it is."),
    )


class CopyForm(forms.Form):
    """Which kickoff to copy, and what was seen of the copy."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sources: Sequence[Kickoff], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sources = {source.slug: source for source in sources}
        self.fields["source"] = forms.ChoiceField(
            label=_("Copy the plan of"),
            choices=[("", _("Choose one")), *((one.slug, one.name) for one in sources)],
            widget=forms.Select(attrs={"data-content": True}),
        )

    @property
    def source(self) -> Kickoff:
        """The kickoff that was chosen."""
        return self.sources[self.cleaned_data["source"]]
