from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import AddressInput
from events.guests.models import Guest


class GuestForm(forms.ModelForm[Guest]):
    """Somebody from outside. Never saves: what is cleaned goes to an action."""

    name = forms.CharField(label=_("Full name"), max_length=160)
    email = AddressInput(label=_("E-mail"), max_length=254)
    takes_place = forms.BooleanField(
        label=_("Takes a place"),
        required=False,
        help_text=_(
            "Puts them on the roster too: they are counted, get a badge, and are asked whether they"
            " come and what they need."
        ),
    )

    class Meta:
        model = Guest
        fields = ["company", "kind", "purpose"]
        help_texts = {
            "purpose": _("One sentence of the mail, such as “You speak on what made you buy”.")
        }

    field_order = ["name", "email", "company", "kind", "purpose", "takes_place"]
