"""Mails about accounts: addresses and roles that wait, and who reads packets now."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from people.accounts import queries
from people.accounts.models import AddressChange, Person, RoleChange
from people.mail.actions import Draft, queue_message, queue_messages


def tell_address_waits(change: AddressChange, by: Person, at: datetime) -> None:
    """Mail the old address a link to agree by, and tell RevOps, who may agree as well."""
    person = change.person
    token = queries.address_token(change)
    agree = reverse("people:changes:agree", kwargs={"token": token})
    context = {"person": person, "by": by, "email": change.email}
    queue_message(
        key=f"address-asked:{change.pk}:{at.isoformat()}",
        person=person,
        subject=_("Do you agree to another address in the SKO Planner?"),
        body=render_to_string(
            "people/accounts/address_asked.txt",
            context | {"url": f"{settings.SITE_URL}{agree}"},
        ),
        is_secret=True,
        at=at,
    )
    page = f"{settings.SITE_URL}{reverse('people:changes:list')}"
    queue_messages(
        drafts=[
            Draft(
                key=f"address-to-confirm:{change.pk}:{reader.pk}:{at.isoformat()}",
                person=reader,
                subject=_("A new address for %(name)s to confirm") % {"name": person.full_name},
                body=render_to_string(
                    "people/accounts/address_to_confirm.txt",
                    context | {"reader": reader, "url": page},
                ),
            )
            for reader in Person.objects.revops().exclude(pk=person.pk)
        ],
        at=at,
    )


def tell_address_left(person: Person, left: str, at: datetime) -> None:
    """Tell the address that somebody signed in with that it no longer works."""
    queue_message(
        key=f"address-changed:{person.pk}:{at.isoformat()}",
        person=person,
        to_email=left,
        subject=_("Your address in the SKO Planner has changed"),
        body=render_to_string("people/accounts/address_changed.txt", {"person": person}),
        at=at,
    )


def tell_address_stays(change: AddressChange, at: datetime) -> None:
    """Tell whoever asked for another address that it was not agreed to."""
    if change.asked_by is None:
        return
    queue_message(
        key=f"address-refused:{change.pk}:{at.isoformat()}",
        person=change.asked_by,
        subject=_("The address of %(name)s stays as it is") % {"name": change.person.full_name},
        body=render_to_string(
            "people/accounts/address_refused.txt",
            {"reader": change.asked_by, "person": change.person, "email": change.email},
        ),
        at=at,
    )


def tell_role_waits(change: RoleChange, at: datetime) -> None:
    """Tell RevOps that somebody is to read all that they read, once one of them agrees."""
    page = f"{settings.SITE_URL}{reverse('people:changes:list')}"
    context = {"person": change.person, "by": change.asked_by, "url": page}
    queue_messages(
        drafts=[
            Draft(
                key=f"role-to-confirm:{change.pk}:{reader.pk}:{at.isoformat()}",
                person=reader,
                subject=_("%(name)s is to be RevOps: confirm or refuse")
                % {"name": change.person.full_name},
                body=render_to_string(
                    "people/accounts/role_to_confirm.txt", context | {"reader": reader}
                ),
            )
            for reader in Person.objects.revops()
        ],
        at=at,
    )


def tell_role_stays(change: RoleChange, at: datetime) -> None:
    """Tell whoever asked that somebody is not let in as RevOps."""
    if change.asked_by is None:
        return
    queue_message(
        key=f"role-refused:{change.pk}:{at.isoformat()}",
        person=change.asked_by,
        subject=_("%(name)s is not RevOps") % {"name": change.person.full_name},
        body=render_to_string(
            "people/accounts/role_refused.txt",
            {"reader": change.asked_by, "person": change.person},
        ),
        at=at,
    )


def tell_revops(person: Person, by: Person | None, at: datetime) -> None:
    """RevOps guards the figures, so RevOps hears of who comes to read them; `by` is None for the command line."""
    if not person.is_revops:
        return
    url = reverse("people:accounts:detail", kwargs={"person_id": person.pk})
    who = by.full_name if by else _("The operator of the planner")
    context = {"person": person, "by": who, "url": f"{settings.SITE_URL}{url}"}
    readers = Person.objects.revops().exclude(pk__in=[person.pk, by.pk if by else 0])
    queue_messages(
        drafts=[
            Draft(
                key=f"revops:{person.pk}:{reader.pk}:{at.isoformat()}",
                person=reader,
                subject=_("%(name)s reads packets now") % {"name": person.full_name},
                body=render_to_string(
                    "people/accounts/revops_changed.txt", context | {"reader": reader}
                ),
            )
            for reader in readers
        ],
        at=at,
    )
