from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agenda.insights import queries
from agenda.insights.models import Function, Insight
from agenda.insights.rules import LONGEST_SAID, MOST_HEARD
from people.accounts.forms import PersonField, Suggestions

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


def _date(label: Any, *, required: bool, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=hint)


def _text(label: Any, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=LONGEST_SAID, widget=widget, help_text=hint)


class GiveForm(forms.Form):
    """Who is to answer, for which function, and by when."""

    owner = PersonField(label=_("Owner"))
    function = forms.ChoiceField(
        label=_("Answers for"),
        choices=[("", _("their own function")), *Function.choices],
        required=False,
    )
    due = _date(_("Answer by"), required=True)

    def __init__(
        self, data: QueryDict | None = None, *, at: datetime, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial, auto_id="give-%s")
        self.fields["owner"].widget = Suggestions(queries.possible_owners(at))


class AnswerForm(forms.Form):
    """The answer, and by when its owner acts on it, where they do."""

    text = _text(_("Your answer"), _("Everybody who was in the room reads it."))
    act_by = _date(
        _("Acted on by"), required=False, hint=_("Leave it empty where there is nothing to do.")
    )


class DeclineForm(forms.Form):
    """Why nothing is done."""

    reason = _text(_("Why not"), _("Everybody who was in the room reads it."))


class ActForm(forms.Form):
    """What is different now."""

    change = forms.CharField(
        label=_("What is different now"),
        max_length=200,
        help_text=_("In one line. The room is told once more."),
    )


class RemarkForm(forms.Form):
    """Something between planner and owner."""

    text = _text(_("Say something"))
