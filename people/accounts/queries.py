import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db.models import Q, QuerySet

from core.keys import bare, name_key, seen
from people.accounts import rules
from people.accounts.models import AddressChange, Invitation, Person
from people.activity.models import Entry
from people.org.queries import here

_ADDRESS = re.compile(r"<([^<>\s]+@[^<>\s]+)>\s*$")


@dataclass(frozen=True, slots=True)
class NoSuchPerson:
    """A text names nobody, or `several` people."""

    text: str
    several: bool


def people_named(texts: list[str], at: datetime) -> list[Person | NoSuchPerson]:
    """
    The people still here whom texts name, in the same order, or why a text names none: one query
    for a hundred of them.

    A text is an e-mail address, `Name <e-mail>`, or a full or preferred name in any case.
    """
    wanted = [_wanted(text) for text in texts]
    by_name: dict[str, set[Person]] = {}
    names = list(dict.fromkeys(wanted))
    # SQLite refuses a condition that is deeper than a thousand
    for start in range(0, len(names), 100):
        for person in Person.objects.filter(_called(names[start : start + 100]), here(at)):
            for name in (person.email, person.full_name, person.preferred_name):
                by_name.setdefault(name_key(name), set()).add(person)
    return [
        _only(by_name.get(name_key(name), set()), text)
        for name, text in zip(wanted, texts, strict=True)
    ]


def _called(names: Iterable[str]) -> Q:
    matching = Q(pk__in=[])
    for name in names:
        matching |= Q(email__iexact=name)
        if "@" not in name:
            matching |= Q(full_name__iexact=name) | Q(preferred_name__iexact=name)
    return matching


def _wanted(text: str) -> str:
    address = _ADDRESS.search(bare(text))
    return address[1] if address else " ".join(seen(text).split())


def _only(found: set[Person], text: str) -> Person | NoSuchPerson:
    if len(found) != 1:
        return NoSuchPerson(text, several=len(found) > 1)
    return next(iter(found))


def leading_people(at: datetime, limit: int = 200) -> list[Person]:
    """People still here who own things: those with a role, and managers; by name."""
    leading = Person.objects.filter(here(at)).filter(~Q(role="") | Q(reports__isnull=False))
    return list(leading.distinct().order_by("full_name", "pk")[:limit])


def directory() -> QuerySet[Person]:
    """Everybody, with what a list of people shows of each, in one query."""
    people: QuerySet[Person] = Person.objects.select_related(
        "region", "team", "manager", "invitation"
    )
    return people.defer("password")


def invitation_token(invitation: Invitation) -> str:
    """
    The signed part of an invitation's link. Inviting again makes the links before it worthless,
    since it changes `invited_at`.
    """
    return _signer().sign_object([invitation.pk, invitation.invited_at.isoformat()])


def open_invitation(token: str, at: datetime) -> Invitation | None:
    """The invitation behind a link, if it was signed here and still lets its person in."""
    try:
        pk, invited_at = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    invitation = Invitation.objects.select_related("person").filter(pk=pk).first()
    if invitation is None or invitation.invited_at.isoformat() != invited_at:
        return None
    is_open = invitation.person.is_active and rules.invitation_is_open(
        invited_at=invitation.invited_at,
        accepted_at=invitation.accepted_at,
        last_sign_in_at=invitation.person.last_login,
        at=at,
    )
    return invitation if is_open else None


def address_token(change: AddressChange) -> str:
    """The signed part of the link by which an old address agrees to a new one."""
    return _address_signer().sign_object([change.pk, change.email])


def waiting_address(token: str) -> AddressChange | None:
    """The change of address behind a link, if it was signed here and still waits."""
    try:
        pk, email = _address_signer().unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    changes = AddressChange.objects.select_related("person", "asked_by")
    return changes.filter(pk=pk, email=email, person__is_active=True).first()


def history_of(person: Person) -> QuerySet[Entry]:
    """What was done to a person's account, newest first. Not who saw what of theirs."""
    about = Q(verb__startswith="person.") | Q(verb__startswith="invitation.")
    return Entry.objects.filter(about, subject=person).select_related("actor")


def _signer() -> signing.Signer:
    return signing.Signer(salt="people.accounts.invitation")


def _address_signer() -> signing.Signer:
    return signing.Signer(salt="people.accounts.address")
