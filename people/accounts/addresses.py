"""
A new address for somebody: it waits until the old one, or RevOps, agrees.

Whoever reads the mail of an address signs in as its person, so no planner gives anybody another.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from people.accounts import notices, queries
from people.accounts.models import AddressChange, Person
from people.activity.actions import record_entry


class AddressRefused(Exception):
    """The address stays as it is. The message is fit to show."""


def hold_address(*, person: Person, email: str, by: Person, at: datetime) -> AddressChange:
    """
    Keep the address that somebody is to have, inside the caller's transaction. Until it is agreed
    to, they sign in and get mail as before. The newest takes the place of one that waits.
    """
    AddressChange.objects.filter(person=person).delete()
    change = AddressChange.objects.create(person=person, email=email, asked_by=by, asked_at=at)
    record_entry(
        by=by,
        verb="person.email_asked",
        at=at,
        subject=person,
        object=person,
        note=f"{person.email} → {email}",
    )
    notices.tell_address_waits(change, by, at)
    return change


@transaction.atomic
def agree_to_address(*, change_id: int, by: Person, at: datetime) -> Person:
    """
    Give somebody the address that waits: what hung on the old one ends, and it is told.

    :raises AddressRefused: `by` is neither RevOps nor the person; it was decided or replaced in
        the meantime; or somebody else has the address by now
    """
    change = _take(change_id, by)
    person, left = change.person, change.person.email
    if Person.objects.filter(email__iexact=change.email).exclude(pk=person.pk).exists():
        raise AddressRefused(
            _("Somebody else has the address %(email)s by now.") % {"email": change.email}
        )
    person.email = change.email
    person.save(update_fields=["email"])
    # Else a code could still be asked for at the old address
    EmailAddress.objects.filter(user=person).delete()
    record_entry(
        by=by,
        verb="person.email_changed",
        at=at,
        subject=person,
        object=person,
        note=f"{left} → {person.email}",
    )
    notices.tell_address_left(person, left, at)
    notices.tell_revops(person, change.asked_by or by, at)
    return person


@transaction.atomic
def refuse_address(*, change_id: int, by: Person, at: datetime) -> Person:
    """
    Leave somebody their address; whoever asked for another is told.

    :raises AddressRefused: `by` is neither RevOps nor the person; or it was decided or replaced
        in the meantime
    """
    change = _take(change_id, by)
    record_entry(
        by=by,
        verb="person.email_refused",
        at=at,
        subject=change.person,
        object=change.person,
        note=change.email,
    )
    notices.tell_address_stays(change, at)
    return change.person


def agree_by_link(*, token: str, agrees: bool, at: datetime) -> Person:
    """
    Agree or not by the link that went to the old address.

    :raises AddressRefused: the link is forged, or it was decided or replaced in the meantime
    """
    change = queries.waiting_address(token)
    if change is None:
        raise AddressRefused(_gone())
    act = agree_to_address if agrees else refuse_address
    return act(change_id=change.pk, by=change.person, at=at)


def _take(change_id: int, by: Person) -> AddressChange:
    """The change, gone from the table: of two who decide at once, one does."""
    changes = AddressChange.objects.select_related("person", "asked_by")
    change = changes.select_for_update(of=("self",)).filter(pk=change_id).first()
    if change is not None and not (by.is_revops or by.pk == change.person_id):
        raise AddressRefused(_("Only RevOps, or the old address, agrees to another one."))
    if change is None or not AddressChange.objects.filter(pk=change_id).delete()[0]:
        raise AddressRefused(_gone())
    return change


def _gone() -> str:
    return _("This was decided or asked for anew in the meantime.")
