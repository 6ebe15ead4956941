from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.insights.models import Insight
from agenda.insights.rules import MOST_HEARD

NAMED, NAMELESS = "named", "nameless"


class SendForm(forms.ModelForm[Insight]):
    """What somebody heard, and whether they sign it. The key makes sent twice the same as once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    heard = forms.IntegerField(
        label=_("How often have you heard it?"), min_value=1, max_value=MOST_HEARD, initial=1
    )
    name = forms.ChoiceField(
        label=_("How do you send it?"),
        choices=[(NAMED, _("with my name")), (NAMELESS, _("without my name"))],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Insight
        fields = ["what", "evidence", "deal"]
        labels = {
            "what": _("What did you hear? In one line"),
            "evidence": _("What was said, as it was said"),
            "deal": _("Of which deal or customer"),
        }
        widgets = {
            "what": forms.TextInput(attrs={"autocomplete": "off"}),
            "evidence": forms.Textarea(attrs={"rows": 3}),
            "deal": forms.TextInput(attrs={"autocomplete": "off"}),
        }

    @property
    def is_signed(self) -> bool:
        return bool(self.cleaned_data["name"] == NAMED)

    def said(self) -> dict[str, Any]:
        """What was heard, as `send_insight` takes it."""
        return {
            name: self.cleaned_data[name] for name in ("what", "evidence", "deal", "heard", "key")
        }
