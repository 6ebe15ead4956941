from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import model_field
from events.kickoff.models import Kickoff
from events.packets.records import queries
from events.planning.forms import PersonField
from people.accounts.models import Person
from people.org.models import Region


class ExportForm(forms.Form):
    """What counsel gets, and what for."""

    ALL, REGION, REP = "ALL", "REGION", "REP"

    scope = forms.ChoiceField(
        label=_("Whose packets"),
        choices=[(ALL, _("all of this kickoff")), (REGION, _("a region")), (REP, _("one rep"))],
        widget=forms.RadioSelect,
        initial=ALL,
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.none(), required=False
    )
    rep = PersonField(label=_("Rep"), queryset=Person.objects.none(), required=False)
    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The matter and who asked. Kept with the export, sealed."),
        error_messages={"required": _("Say what it is for.")},
    )

    def __init__(self, *args: Any, kickoff: Kickoff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        packets = queries.packets_in(kickoff=kickoff)
        model_field(self, "region").queryset = Region.objects.filter(
            pk__in=packets.values("rep__region")
        ).order_by("name")
        model_field(self, "rep").queryset = Person.objects.filter(
            pk__in=packets.values("rep")
        ).order_by("full_name", "pk")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for scope, field, words in (
            (self.REGION, "region", _("Choose the region.")),
            (self.REP, "rep", _("Choose the rep.")),
        ):
            if data.get("scope") == scope and not data.get(field):
                if field not in self.errors:
                    self.add_error(field, words)
            elif data.get("scope") != scope:
                data[field] = None
        return data


class HoldForm(forms.Form):
    """Why nothing of a packet may be deleted."""

    reason = forms.CharField(
        label=_("Why it is held"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The matter, and who asked for it. Sealed; the rep does not see it."),
        error_messages={"required": _("Say why it is held.")},
    )


class ShredForm(forms.Form):
    """A deletion that was read and meant: as many versions as the page has shown."""

    expected = forms.IntegerField(min_value=1, max_value=100_000, widget=forms.HiddenInput)
    is_meant = forms.BooleanField(
        label=_("I have seen the list. This cannot be taken back."),
        error_messages={"required": _("Tick this if you mean it.")},
    )


class CodeForm(forms.Form):
    """The code that somebody who left was told."""

    code = forms.CharField(
        label=_("Pass code"),
        max_length=60,
        help_text=_("Twelve letters and digits, told to you apart from this link."),
        error_messages={"required": _("Type the code.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
