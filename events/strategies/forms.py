from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from events.strategies import rules
from events.strategies.actions import Wanted
from events.strategies.models import Brief
from events.strategies.queries import Offered
from events.strategies.rules import Content, Known, Risk, Stakeholder


class StrategyForm(forms.Form):
    """A win strategy while it is written: anything may be missing, nothing may be too long."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    ask = forms.CharField(
        label=_("Your ask"),
        max_length=rules.ASK,
        required=False,
        help_text=_("The one thing that you want from your clinic group."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for letter in rules.LETTERS:
            self.fields[f"{letter.key}_score"] = forms.TypedChoiceField(
                label=_("How sure are you?"),
                choices=[("", "–"), *((n, f"{n} · {words}") for n, words in rules.SCORES)],
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.fields[f"{letter.key}_evidence"] = forms.CharField(
                label=_("Evidence"),
                max_length=rules.LONG,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for n in range(rules.STAKEHOLDERS):
            self.fields[f"person_{n}"] = _short(_("Name"))
            self.fields[f"part_{n}"] = _short(_("Role in the decision"))
            self.fields[f"stance_{n}"] = forms.ChoiceField(
                label=_("Stance"),
                choices=rules.STANCES,
                required=False,
                initial="UNKNOWN",
            )
        for n in range(rules.RISKS):
            self.fields[f"risk_{n}"] = _short(_("Risk"))
            self.fields[f"owner_{n}"] = _short(_("Who sees to it"))

    @staticmethod
    def initial_of(content: Content, version: int) -> dict[str, Any]:
        """The values of the fields for what was written."""
        initial: dict[str, Any] = {
            "version": version,
            "next_step": content.next_step,
            "ask": content.ask,
        }
        for letter, known in content.known():
            initial[f"{letter.key}_score"] = known.score
            initial[f"{letter.key}_evidence"] = known.evidence
        for n, one in enumerate(content.stakeholders):
            initial |= {f"person_{n}": one.name, f"part_{n}": one.part, f"stance_{n}": one.stance}
        for n, risk in enumerate(content.risks):
            initial |= {f"risk_{n}": risk.what, f"owner_{n}": risk.owner}
        return initial

    @property
    def content(self) -> Content:
        """What was written, for an action. A row without its name or risk is no row."""
        said = self.cleaned_data
        return Content(
            next_step=said["next_step"],
            ask=said["ask"],
            letters={
                letter.key: Known(said[f"{letter.key}_score"], said[f"{letter.key}_evidence"])
                for letter in rules.LETTERS
            },
            stakeholders=tuple(
                Stakeholder(
                    said[f"person_{n}"], said[f"part_{n}"], said[f"stance_{n}"] or "UNKNOWN"
                )
                for n in range(rules.STAKEHOLDERS)
                if said[f"person_{n}"]
            ),
            risks=tuple(
                Risk(said[f"risk_{n}"], said[f"owner_{n}"])
                for n in range(rules.RISKS)
                if said[f"risk_{n}"]
            ),
        )

    def letters(self) -> Iterator[tuple[rules.Letter, BoundField, BoundField]]:
        """Each letter with its two fields, for the page."""
        for letter in rules.LETTERS:
            yield letter, self[f"{letter.key}_score"], self[f"{letter.key}_evidence"]

    def stakeholders(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        """The rows of the stakeholder map."""
        for n in range(rules.STAKEHOLDERS):
            yield self[f"person_{n}"], self[f"part_{n}"], self[f"stance_{n}"]

    def risks(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The rows of the risks."""
        for n in range(rules.RISKS):
            yield self[f"risk_{n}"], self[f"owner_{n}"]


class ChoiceForm(forms.Form):
    """The deals that a rep brings: of the CRM, or one that it does not have."""

    deals = forms.TypedMultipleChoiceField(label=_("Open deals"), coerce=int, required=False)
    account = forms.CharField(
        label=_("A deal that is not in the CRM"),
        max_length=160,
        required=False,
        help_text=_("The name of the account."),
    )

    def __init__(self, *args: Any, offered: list[Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.deal.pk, one.deal.external_id) for one in offered]
        self.fields["deals"].choices = choices  # type: ignore[attr-defined]  # of a Field


class BriefForm(forms.ModelForm[Brief]):
    """What a planner wants of win strategies. Never saves: `wanted` goes to an action."""

    most_deals = forms.TypedChoiceField(
        label=_("Deals each person brings"), choices=[(1, 1), (2, 2)], coerce=int
    )
    stalled_days = forms.IntegerField(
        label=_("Stalled after so many days without activity"), min_value=1, max_value=365
    )

    class Meta:
        model = Brief
        fields = [
            "most_deals",
            "warns_closing",
            "warns_stalled",
            "stalled_days",
            "warns_next_step",
            "warns_no_data",
        ]

    @property
    def wanted(self) -> Wanted:
        """The clean fields, for an action."""
        return Wanted(**{field: self.cleaned_data[field] for field in self.Meta.fields})


def _short(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=rules.SHORT, required=False)
