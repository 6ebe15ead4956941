"""Limited accounts: of guests from outside, who reach the pages alone that are open to them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.keys import bare
from people.accounts.actions import PersonRefused, refuse_others, save_person
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.keys.actions import end_keys_of


@transaction.atomic
def open_limited_account(
    *, email: str, full_name: str, time_zone: str, by: Person, at: datetime
) -> Person:
    """
    The account of somebody from outside, who reaches the pages alone that are open to guests: a new
    one, or the one that they had. They sign in by links and codes; who mails the link is the caller.

    :raises PersonRefused: somebody of the company has the address
    """
    email = bare(email).lower()
    person: Person | None = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = Person(
            email=email,
            full_name=full_name,
            function=Person.Function.GUEST,
            is_guest=True,
            time_zone=time_zone,
        )
        person.set_unusable_password()
        save_person(person)
        record_entry(by=by, verb="person.guest_added", at=at, subject=person, object=person)
    elif not person.is_guest:
        said = _("%(name)s has an account of the company: put them on the roster instead.")
        raise PersonRefused(said % {"name": person.full_name}, "email")
    elif Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        person.is_active = True
        record_entry(by=by, verb="person.reactivated", at=at, subject=person, object=person)
    return person


@transaction.atomic
def close_limited_account(*, person: Person, by: Person | None, at: datetime) -> None:
    """Let a guest in no more, and sign them out; nobody acts where their kickoff is archived."""
    if Person.objects.filter(pk=person.pk, is_guest=True, is_active=True).update(is_active=False):
        record_entry(by=by, verb="person.deactivated", at=at, subject=person, object=person)
        end_keys_of(person)


@transaction.atomic
def widen_account(*, person: Person, by: Person, at: datetime) -> None:
    """
    Make the account of a guest a full one: they work here now. Signed out, as they see more.

    :raises PersonRefused: `by` is no planner, or it is a full one
    """
    refuse_others(by)
    if not Person.objects.filter(pk=person.pk, is_guest=True).update(is_guest=False):
        raise PersonRefused(_("%(name)s has a full account.") % {"name": person.full_name})
    person.is_guest = False
    end_keys_of(person)
    record_entry(by=by, verb="person.widened", at=at, subject=person, object=person)
