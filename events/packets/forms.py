from django import forms
from django.utils.translation import gettext_lazy as _

from people.accounts.models import Person


class ReceiptForm(forms.Form):
    """The signature of a receipt: a tick and the typed name."""

    has_read = forms.BooleanField(
        label="", error_messages={"required": _("Tick this once you have read it.")}
    )
    typed_name = forms.CharField(
        label=_("Type your full name"),
        max_length=160,
        error_messages={"required": _("Type your name to sign.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )

    def __init__(self, *args: object, rep: Person, number: int, year: str) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["has_read"].label = _(
            "I have received version %(number)d of my %(year)s packet."
        ) % {"number": number, "year": year}
        self.fields["typed_name"].help_text = _("As in the packet: %(name)s") % {
            "name": rep.full_name
        }
