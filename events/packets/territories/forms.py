from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.imports.names import split_names
from core.keys import name_key
from core.numbers import whole_number
from events.packets.territories.actions import Details
from events.packets.territories.models import DEFAULT_ROLE, SalesTerritory
from events.packets.territories.queries import Plan
from events.packets.territories.rules.ownership import Facts
from events.packets.territories.rules.places import names_once, place_name

_LISTED = 200_000  # letters in a list of accounts
# Each is a field of the form that confirms it, and a form has a thousand at most
_MOST_MOVED = 900


class TerritoryForm(forms.Form):
    """A territory: what it is called, who has it, what it takes and what it leaves out."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("As the rep would say it: “France and Benelux, mid-market”."),
    )
    role = forms.CharField(
        label=gettext_lazy("Role"),
        max_length=40,
        initial=DEFAULT_ROLE,
        help_text=gettext_lazy("Each account has one owner in each role: AE, renewals, overlay."),
    )
    owner = forms.TypedChoiceField(
        label=gettext_lazy("Owner"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"data-content": ""}),
    )
    places = forms.CharField(
        label=gettext_lazy("Geography"),
        required=False,
        max_length=2_000,
        help_text=gettext_lazy("Countries or regions of accounts, parted by “;”: France; Belgium."),
    )
    segments = forms.CharField(
        label=gettext_lazy("Segment"),
        required=False,
        max_length=2_000,
        help_text=gettext_lazy("Segments of accounts, parted by “;”. Empty takes all of them."),
    )
    named = forms.CharField(
        label=gettext_lazy("Named accounts"),
        required=False,
        max_length=_LISTED,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One a line. A named account is this territory’s wherever it is."),
    )
    excluded = forms.CharField(
        label=gettext_lazy("Left out"),
        required=False,
        max_length=_LISTED,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line: accounts that fit and are somebody else’s."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Kept in the history of each account that changes hands."),
    )
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        plan: Plan,
        territory: SalesTerritory | None = None,
        owner: str = "",
        role: str = DEFAULT_ROLE,
    ) -> None:
        initial: dict[str, Any] = {"owner": owner if owner.isdigit() else "", "role": role}
        if territory is not None:
            initial = {
                "name": territory.name,
                "owner": territory.owner_id,
                "places": territory.geography,
                "segments": territory.segment,
                "named": _lines(plan, territory, excluded=False),
                "excluded": _lines(plan, territory, excluded=True),
                # With every digit of the second: it says whether somebody else changed it since
                "seen_at": territory.changed_at.isoformat(),
            }
        super().__init__(data, initial=initial)
        choices: list[tuple[Any, Any]] = [("", _("Nobody yet"))]
        choices += [(pk, person.full_name) for pk, person in plan.reps.items()]
        if territory is not None and territory.owner and territory.owner_id not in plan.reps:
            choices.append((territory.owner_id, territory.owner.full_name))
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = choices
        if territory is not None:
            del self.fields["role"]
        else:
            del self.fields["reason"]
            del self.fields["seen_at"]
        self.plan = plan
        self.known = {name_key(facts.name): facts for facts in plan.accounts.values()}

    def clean_places(self) -> tuple[str, ...]:
        named = [place_name(name) for name in split_names(self.cleaned_data["places"])]
        return tuple(dict.fromkeys(named))

    def clean_segments(self) -> tuple[str, ...]:
        return tuple(names_once(split_names(self.cleaned_data["segments"])))

    def clean_named(self) -> frozenset[int]:
        return self._accounts("named")

    def clean_excluded(self) -> frozenset[int]:
        return self._accounts("excluded")

    @property
    def details(self) -> Details:
        """What was said, once it is valid."""
        said = self.cleaned_data
        return Details(
            name=said["name"],
            owner=self.plan.reps.get(said["owner"]) if said["owner"] else None,
            places=said["places"],
            segments=said["segments"],
            named=said["named"],
            excluded=said["excluded"],
        )

    def clean_owner(self) -> int | None:
        owner: int | None = self.cleaned_data["owner"]
        if owner is not None and owner not in self.plan.reps:
            raise ValidationError(_("This person has left the roster. Choose somebody else."))
        return owner

    def _accounts(self, key: str) -> frozenset[int]:
        names = names_once(self.cleaned_data[key].splitlines())
        unknown = [name for name in names if name_key(name) not in self.known]
        if unknown:
            said = ngettext(
                "There is no account “%(names)s”. Write it as the CRM does, or import it first.",
                "There are no accounts “%(names)s”. Write them as the CRM does, or import them"
                " first.",
                len(unknown),
            )
            raise ValidationError(said % {"names": "”, “".join(unknown[:10])})
        return frozenset(self.known[name_key(name)].pk for name in names)


class MoveForm(forms.Form):
    """
    Which accounts go where. Each `account` is “id:where it was seen”, such as “12:5” or “12:”;
    `to` is a territory, or “none”. One that says where it goes itself, “12:5>7” or “12:5>none”,
    asks for no `to`.
    """

    to = forms.CharField(max_length=20, required=False)
    reason = forms.CharField(max_length=300, required=False)

    def __init__(self, data: Any, *, plan: Plan) -> None:
        super().__init__(data)
        self.plan = plan
        self.values: list[str] = list(data.getlist("account"))
        self.expected: dict[int, frozenset[int]] = {}
        self.going: dict[int, int | None] = {}

    def clean(self) -> None:
        if not self.values:
            raise ValidationError(_("Choose at least one account to move."))
        if len(self.values) > _MOST_MOVED:
            message = _("These are more than %(count)d accounts. Move them in parts.")
            raise ValidationError(message % {"count": _MOST_MOVED})
        for value in self.values:
            where, _arrow, to = value.partition(">")
            seen = parse_seen(where)
            if seen is None:
                raise ValidationError(_("One of these accounts is not known."))
            self.expected[seen[0]] = seen[1]
            self.going[seen[0]] = self._destination(to or self.cleaned_data.get("to", ""))

    def _destination(self, said: str) -> int | None:
        if said == "none":
            return None
        pk = whole_number(said)
        if pk is None or pk not in self.plan.territories:
            raise ValidationError(_("Choose the territory to move to."))
        return pk


def seen_value(plan: Plan, account_id: int) -> str:
    """Where an account is, for a form to say later: “12:5”, “12:5.9”, “12:”."""
    where = ".".join(str(pk) for pk in plan.holdings[account_id].territories)
    return f"{account_id}:{where}"


def move_value(plan: Plan, account_id: int, to: int | None) -> str:
    """Where an account is and where it goes: “12:5>7”, “12:5>none”."""
    return f"{seen_value(plan, account_id)}>{to or 'none'}"


def parse_seen(value: str) -> tuple[int, frozenset[int]] | None:
    """What `seen_value` wrote; None for anything else."""
    account, colon, where = value.partition(":")
    places = where.split(".") if where else []
    pk, seen = whole_number(account), [whole_number(place) for place in places]
    known = frozenset(place for place in seen if place is not None)
    if not colon or pk is None or None in seen:
        return None
    return pk, known


def _lines(plan: Plan, territory: SalesTerritory, *, excluded: bool) -> str:
    names: list[Facts] = plan.lists(territory.pk, excluded=excluded)
    return "\n".join(facts.name for facts in names)
