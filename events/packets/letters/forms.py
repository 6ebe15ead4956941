"""The look of letters: clean values, saved by an action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.packets.letters.rules import brand as rules
from events.packets.letters.rules.brand import Brand, BrandRefused


class BrandForm(forms.Form):
    """Logo, colours and texts of a kickoff's letters."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG or JPEG, up to 512 kB. It stands at the top of each letter, 11 mm high."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    no_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    ink = forms.CharField(
        label=_("Ink"),
        max_length=7,
        help_text=_("The colour of the words. At least 4.5 to 1 on white."),
        widget=forms.TextInput(attrs={"type": "color", "class": "form-control-color"}),
    )
    accent = forms.CharField(
        label=_("Accent"),
        max_length=7,
        help_text=_("The colour of curve and bars. At least 3 to 1 on white."),
        widget=forms.TextInput(attrs={"type": "color", "class": "form-control-color"}),
    )
    opening = forms.CharField(
        label=_("Opening"),
        required=False,
        max_length=rules.TEXT_LIMITS["opening"],
        help_text=_("A few words under the name, before the figures."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    closing = forms.CharField(
        label=_("Closing"),
        required=False,
        max_length=rules.TEXT_LIMITS["closing"],
        help_text=_("A few words before the signatures, on the page after: see the PDF."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    footer = forms.CharField(
        label=_("Footer"),
        required=False,
        max_length=rules.TEXT_LIMITS["footer"],
        help_text=_("One line at the foot of every page: legal name, register, address."),
    )

    def __init__(self, *args: Any, current: Brand, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {name: getattr(current, name) for name in ("ink", "accent", *rules.TEXT_LIMITS)},
        )
        super().__init__(*args, **kwargs)
        self.current = current
        if not current.logo:
            del self.fields["no_logo"]

    def clean_ink(self) -> str:
        return _cleaned(self.cleaned_data["ink"], rules.TEXT_CONTRAST)

    def clean_accent(self) -> str:
        return _cleaned(self.cleaned_data["accent"], rules.DRAWN_CONTRAST)

    def clean_footer(self) -> str:
        return " ".join(str(self.cleaned_data["footer"]).split())

    def clean_logo(self) -> bytes:
        file = self.cleaned_data["logo"]
        if not file:
            return b""
        try:
            # One byte more than may be, so that nothing large is read
            return rules.clean_logo(file.read(rules.MAX_LOGO_BYTES + 1))
        except BrandRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    @property
    def brand(self) -> Brand:
        """What the form says, once it is valid."""
        said = self.cleaned_data
        kept = b"" if said.get("no_logo") else self.current.logo
        return Brand(
            edition=self.current.edition,
            ink=said["ink"],
            accent=said["accent"],
            logo=said["logo"] or kept,
            opening=said["opening"].replace("\r\n", "\n").strip(),
            closing=said["closing"].replace("\r\n", "\n").strip(),
            footer=said["footer"],
        )


def _cleaned(colour: str, at_least: float) -> str:
    try:
        return rules.clean_colour(colour, at_least=at_least)
    except BrandRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
