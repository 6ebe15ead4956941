from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from core import currencies
from core.forms import choice_field
from core.imports.amounts import amount as read_amount
from core.ui.figures import day
from events.kickoff.models import Kickoff
from events.packets.comp.rules.rows import amount
from events.packets.inquiries.models import ReviewSlot
from events.packets.inquiries.rules import kinds, slots, texts
from events.packets.inquiries.rules.concern import Scope

_EMPTY = {"required": gettext_lazy("Write something first.")}
_TEXT_ONLY = gettext_lazy("Text only: files cannot be attached.")


class AskForm(forms.Form):
    """A rep's question. How long it may be is the action's to say, in words."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what your question is about.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Your question"),
        strip=False,
        max_length=texts.LONGEST_TEXT,
        help_text=_TEXT_ONLY,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages=_EMPTY,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "kind").choices = [
            (kind.value, f"{kind.label}: {kinds.EXPLAINED[kind]}") for kind in kinds.Kind
        ]


class MessageForm(forms.Form):
    """What somebody writes in a thread; `seen` is the last entry that stood on their page."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        strip=False,
        max_length=texts.LONGEST_TEXT,
        help_text=_TEXT_ONLY,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages=_EMPTY,
    )


class HandOnForm(forms.Form):
    """Why somebody hands a question on."""

    note = forms.CharField(
        label=gettext_lazy("Why do you hand it on?"),
        max_length=texts.LONGEST_NOTE,
        help_text=gettext_lazy("The rep reads this too."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_EMPTY,
    )


class ShareForm(forms.Form):
    """A question and its answer told again for others."""

    scope = forms.ChoiceField(
        label=gettext_lazy("Whom does it concern?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whom the answer concerns.")},
    )
    question = forms.CharField(
        label=gettext_lazy("The question, for everybody"),
        max_length=texts.LONGEST_SHARED,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_EMPTY,
    )
    answer = forms.CharField(
        label=gettext_lazy("The answer, for everybody"),
        max_length=texts.LONGEST_SHARED,
        help_text=gettext_lazy("Tell it anew: no amounts, no names, no accounts."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages=_EMPTY,
    )
    is_confirmed = forms.BooleanField(
        label=gettext_lazy("I have read it again: it tells nothing about one person."),
        required=False,
    )

    def __init__(self, *args: Any, counts: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "scope").choices = [
            (
                scope.value,
                _("%(who)s: %(count)d besides the one who asked")
                % {"who": scope.label, "count": counts.get(scope.value, 0)},
            )
            for scope in Scope
        ]
        self.drop_confirmation()

    def drop_confirmation(self) -> None:
        """Ask for a confirmation only where something seems to need one."""
        if not self.data.get("is_confirmed"):
            self.fields["is_confirmed"].widget = forms.HiddenInput()

    def ask_confirmation(self) -> None:
        """Show the tick that says: read again, and right."""
        self.fields["is_confirmed"].widget = forms.CheckboxInput()


class TimesForm(forms.Form):
    """How many working days an answer may take, one field a kind."""

    def __init__(self, *args: Any, days: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds.Kind:
            self.fields[kind.value] = forms.IntegerField(
                label=kind.label,
                min_value=1,
                max_value=kinds.LONGEST_DAYS,
                initial=days[kind.value],
            )


class WishForm(forms.Form):
    """A wish for another quota, in the currency of the packet."""

    amount = forms.CharField(
        label=gettext_lazy("The quota that you wish for"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the quota that you wish for.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        strip=False,
        max_length=texts.LONGEST_TEXT,
        help_text=gettext_lazy(
            "What is different from what the quota assumes: accounts, pipeline, time away."
            " Text only: files cannot be attached."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages=_EMPTY,
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["amount"].help_text = _("For the whole year, in %(currency)s.") % {
            "currency": currency
        }

    @sensitive_variables()
    def clean_amount(self) -> Decimal:
        try:
            wished = amount(read_amount(self.cleaned_data["amount"]))
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None
        if wished <= 0:
            raise forms.ValidationError(_("A quota is above zero."))
        if not currencies.fits(wished, self.currency):
            raise forms.ValidationError(
                _("%(currency)s has %(count)d decimals.")
                % {"currency": self.currency, "count": currencies.digits(self.currency)}
            )
        return wished


class CommentForm(forms.Form):
    """What a manager says of a wish."""

    supports = forms.TypedChoiceField(
        label=gettext_lazy("Do you support it?"),
        choices=[
            ("yes", gettext_lazy("I support it")),
            ("no", gettext_lazy("I do not support it")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=texts.LONGEST_NOTE,
        help_text=gettext_lazy("RevOps and the rep read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_EMPTY,
    )


class DecisionForm(forms.Form):
    """What RevOps answers to a wish."""

    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=texts.LONGEST_NOTE,
        help_text=gettext_lazy("The rep and their managers read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_EMPTY,
    )


class SlotsForm(forms.Form):
    """One time or a series of them on one day of the event, in its zone."""

    day = forms.TypedChoiceField(label=gettext_lazy("Day"), coerce=date.fromisoformat)
    begins = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput)
    ends = forms.TimeField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Leave it empty for one time only."),
        widget=forms.TimeInput,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes each"),
        min_value=slots.SHORTEST_MINUTES,
        max_value=slots.LONGEST_MINUTES,
        initial=20,
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=120,
        help_text=gettext_lazy("Where you sit, so that they find you."),
    )

    def __init__(self, *args: Any, kickoff: Kickoff, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kickoff = kickoff
        left = [one for one in kickoff.days if one >= kickoff.local_date(at)]
        choice_field(self, "day").choices = [(one.isoformat(), day(one)) for one in left]
        self.spans: list[slots.Span] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("begins"), data.get("ends")
        if self.errors or begins is None:
            return data
        if ends is not None and ends <= begins:
            self.add_error("ends", _("This is not after the beginning."))
            return data
        try:
            self.spans = slots.series(data["day"], begins, ends, data["minutes"], self.kickoff.zone)
        except ValueError:
            self.add_error(
                "ends",
                _("Not one fits in, or more than %(most)d would.") % {"most": slots.MOST_AT_ONCE},
            )
        return data


class MoveForm(SlotsForm):
    """Another day, time or place for one time."""

    ends = None  # type: ignore[assignment]  # takes the inherited field away, as Django has it

    @classmethod
    def about(cls, slot: ReviewSlot, data: Any, at: datetime) -> "MoveForm":
        """The form with what the time is now."""
        starts = slot.starts_at.astimezone(slot.kickoff.zone)
        initial = {
            "day": starts.date().isoformat(),
            "begins": time(starts.hour, starts.minute),
            "minutes": slot.minutes,
            "place": slot.place,
        }
        return cls(data, kickoff=slot.kickoff, at=at, initial=initial)
