from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from core.forms import choice_field
from core.imports.amounts import amount, amount_in
from core.ui.figures import clock, day, money
from events.kickoff.models import Kickoff
from events.packets.comp.rules.rows import LARGEST
from events.packets.delivery.hooks import Moment
from events.packets.delivery.models import ApproverKind, Receipt
from events.packets.delivery.queries import Scope
from events.packets.delivery.rules.content import Content
from events.packets.delivery.rules.signing import is_name_of
from people.accounts.forms import PersonField, Suggestions
from people.accounts.models import Person
from people.accounts.queries import leading_people


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
        super().__init__(*args)  # type: ignore[arg-type]  # data and files, as every form
        self.fields["has_read"].label = _(
            "I have received version %(number)d of my %(year)s packet."
        ) % {"number": number, "year": year}
        self.fields["typed_name"].help_text = _("As in the packet: %(name)s") % {
            "name": rep.full_name
        }


class AnswerForm(forms.Form):
    """Yes or no to a packet, under the rep's name. A no says why."""

    ACCEPT, DECLINE = "accept", "decline"

    typed_name = forms.CharField(
        label=_("Type your full name"),
        max_length=160,
        error_messages={"required": _("Type your name to answer.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    reason = forms.CharField(
        label=_("Why you decline"),
        required=False,
        max_length=2000,
        help_text=_("Read by you, your managers and RevOps. It goes into no mail."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, declining: bool = False, rep: Person, **options: Any) -> None:
        # Two of them stand on one page
        options.setdefault("auto_id", "id_decline_%s" if declining else "id_accept_%s")
        super().__init__(*args, **options)
        self.fields["typed_name"].help_text = _("As in the packet: %(name)s") % {
            "name": rep.full_name
        }
        if declining:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _(
                "Say why, so that somebody can do something about it."
            )
            self.order_fields(["reason", "typed_name"])
        else:
            del self.fields["reason"]


class ClosedForm(forms.Form):
    """What a rep might close: an amount in the currency of their packet, or a share of quota."""

    UNREADABLE = _("Type an amount like 250,000, or a share of quota like 80%.")

    closed = forms.CharField(
        label=_("What if I close …"),
        max_length=40,
        error_messages={"required": UNREADABLE},
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "autocomplete": "off",
                "enterkeyhint": "done",
                # The error comes and goes without the field
                "aria-describedby": "id_closed_helptext id_closed_error",
            }
        ),
    )

    def __init__(self, *args: Any, content: Content, **options: Any) -> None:
        super().__init__(*args, **options)
        self.content = content
        self.fields["closed"].help_text = _(
            "In %(currency)s, or as a share of your quota, such as 80%%."
            " Nothing of this is kept, and nobody else sees it."
        ) % {"currency": content.currency}

    @sensitive_variables()
    def clean_closed(self) -> Decimal:
        typed = self.cleaned_data["closed"]
        if not any(sign.isdigit() for sign in typed):
            raise forms.ValidationError(self.UNREADABLE)
        try:
            if typed.endswith("%"):
                closed = amount(typed.removesuffix("%")) / 100 * self.content.quota.amount
            else:
                closed = amount_in(typed, self.content.currency)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if not 0 <= closed <= LARGEST:
            raise forms.ValidationError(
                _("Type an amount from 0 to %(most)s.")
                % {"most": money(LARGEST, self.content.currency)}
            )
        return closed


class ApproverForm(forms.Form):
    """Somebody who approves, and for which side."""

    person = PersonField(label=_("Who"))
    kind = forms.ChoiceField(label=_("Approves for"), choices=ApproverKind.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].widget = Suggestions(leading_people(timezone.now()))


class SeenForm(forms.Form):
    """What an approver decides on, as the page showed it."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)


class ApproveForm(SeenForm):
    """The approver's signature under what their page showed."""

    typed_name = forms.CharField(
        label=_("Type your full name"),
        max_length=160,
        error_messages={"required": _("Type your name to approve.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )

    def __init__(self, *args: Any, signer: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.signer = signer
        self.fields["typed_name"].help_text = _("Your name: %(name)s") % {"name": signer.full_name}

    def clean_typed_name(self) -> str:
        typed: str = self.cleaned_data["typed_name"]
        if not is_name_of(typed, self.signer.full_name, self.signer.preferred_name):
            raise forms.ValidationError(
                _("Type your name: %(name)s.") % {"name": self.signer.full_name}
            )
        return typed


class ReturnForm(SeenForm):
    """Why a round goes back."""

    reason = forms.CharField(
        label=_("What has to change"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by RevOps alone, on the desk. It goes into no mail."),
        error_messages={"required": _("Say what has to change.")},
    )


class AskForm(forms.Form):
    """What an approver wants to know before they decide."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by RevOps alone, on the desk. It goes into no mail."),
        error_messages={"required": _("Say what you want to know.")},
    )


class RecallForm(forms.Form):
    """Why a released version is taken back."""

    reason = forms.CharField(
        label=_("Why you take it back"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The rep reads this on their page. It goes into no mail."),
        error_messages={"required": _("Say why. The rep reads this.")},
    )


class RecordForm(forms.Form):
    """A receipt that was given otherwise."""

    means = forms.ChoiceField(label=_("How it was given"), choices=Receipt.Means.choices)
    given_date = forms.DateField(
        label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    typed_name = forms.CharField(
        label=_("Under which name"),
        max_length=160,
        help_text=_("As it stands on the paper, or in the other system."),
    )
    evidence = forms.CharField(
        label=_("By what evidence"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Where the paper lies, or the number of the record: what somebody can look up."
        ),
    )
    reason = forms.CharField(
        label=_("Why it was not signed here"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MomentForm(forms.Form):
    """When a release comes out: with a session, or at a fixed time. `until` is the moment."""

    NOW, MOMENT, TIME = "now", "moment", "time"
    LATER = (
        (MOMENT, _("When a session of the agenda begins")),
        (TIME, _("On a day, at a time")),
    )

    when = forms.ChoiceField(
        label=_("When"),
        initial=MOMENT,
        widget=forms.RadioSelect,
        choices=LATER,
    )
    moment = forms.ChoiceField(
        label=_("Session"),
        required=False,
        help_text=_("If the session is moved, the release moves with it."),
    )
    on_date = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    on_time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(
        self, *args: Any, kickoff: Kickoff, offered: Sequence[Moment], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.kickoff, self.offered = kickoff, {moment.key: moment for moment in offered}
        days: dict[str, list[tuple[str, str]]] = {}
        for one in offered:
            local = one.at.astimezone(kickoff.zone)
            label = f"{clock(one.at, kickoff.zone)} {one.label}"
            days.setdefault(day(local.date()), []).append((one.key, label))
        choice_field(self, "moment").choices = [("", _("Choose a session")), *days.items()]
        self.fields["moment"].widget.attrs["data-content"] = True
        self.fields["on_time"].help_text = _("In %(place)s, %(zone)s.") % {
            "place": kickoff.city or kickoff.name,
            "zone": kickoff.time_zone,
        }
        self.until: Moment | None = None

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("when") == self.MOMENT:
            self.until = self.offered.get(clean.get("moment") or "")
            if self.until is None and "moment" not in self.errors:
                self.add_error("moment", _("Choose the session."))
        elif clean.get("when") == self.TIME:
            on_date, on_time = clean.get("on_date"), clean.get("on_time")
            for name, value in (("on_date", on_date), ("on_time", on_time)):
                if value is None and name not in self.errors:
                    self.add_error(name, _("Say when."))
            if on_date and on_time:
                at = datetime.combine(on_date, on_time, tzinfo=self.kickoff.zone).astimezone(UTC)
                self.until = Moment("", "", at)
        return clean


class ReleaseForm(MomentForm):
    """What goes out, when, and the company's signature. Without `until` it goes out at once."""

    scope = forms.ChoiceField(label=_("What goes out"))
    typed_name = forms.CharField(
        label=_("Type your full name"),
        max_length=160,
        error_messages={"required": _("Type your name to sign for the company.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    title = forms.CharField(
        label=_("Your title"),
        max_length=120,
        error_messages={"required": _("Say as what you sign.")},
    )

    def __init__(self, *args: Any, scopes: Sequence[Scope], signer: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        when = choice_field(self, "when")
        when.initial = self.NOW
        when.choices = [(self.NOW, _("At once")), *self.LATER]
        choice_field(self, "scope").choices = [(scope.key, scope.label) for scope in scopes]
        self.fields["scope"].widget.attrs |= {
            "data-content": True,
            # Says whose packets these are, while somebody chooses
            "hx-get": "",
            "hx-include": "#id_scope, [name=packet]",
            "hx-target": "#to",
            "hx-select": "#to",
            "hx-swap": "outerHTML",
        }
        self.fields["typed_name"].help_text = _("Your name: %(name)s") % {"name": signer.full_name}
