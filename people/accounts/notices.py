"""Mails about accounts: addresses and roles that wait, and who reads packets now."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.accounts import queries, rules
from people.accounts.models import AddressChange, Invitation, Person, RoleChange
from people.mail.actions import Draft, queue_message
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone
from people.notices.rules import Delivery, Kind

CONFIRM = Kind(
    "accounts.confirm",
    gettext_lazy("Addresses and roles that wait for RevOps to confirm"),
    gettext_lazy("Confirm or refuse"),
    Delivery.AT_ONCE,
    needed=gettext_lazy("RevOps guards who reads figures."),
    roles=("REVOPS",),
)
READERS = Kind(
    "accounts.readers",
    gettext_lazy("Somebody reads packets from now on"),
    gettext_lazy("Open their account"),
    Delivery.AT_ONCE,
    needed=gettext_lazy("RevOps guards who reads figures."),
    roles=("REVOPS",),
)
REFUSED = Kind(
    "accounts.refused",
    gettext_lazy("An address or a role that you asked for was refused"),
    gettext_lazy("Open the SKO Planner"),
    Delivery.AT_ONCE,
    roles=("PLANNER", "REVOPS"),
)
# What allauth asks us to mail, by the names of its templates
SIGN_IN_MAILS = (
    "login_code",
    "unknown_account",
    "password_reset_key",
    "password_set",
    "password_changed",
    "password_reset",
)


def tell_address_waits(change: AddressChange, by: Person, at: datetime) -> None:
    """Mail the old address a link to agree by, and tell RevOps, who may agree as well."""
    agree = reverse("people:changes:agree", kwargs={"token": queries.address_token(change)})
    asked = _address_asked(change, by, f"{settings.SITE_URL}{agree}", at)
    queue_message(
        key=asked.key,
        person=asked.person,
        subject=asked.subject,
        body=asked.body,
        is_secret=True,
        at=at,
    )
    readers = Person.objects.revops().exclude(pk=change.person.pk)
    tell(drafts=[_address_to_confirm(change, by, reader, at) for reader in readers], at=at)


def tell_address_left(person: Person, left: str, at: datetime) -> None:
    """Tell the address that somebody signed in with that it no longer works."""
    told = _address_left(person, at)
    queue_message(
        key=told.key, person=person, to_email=left, subject=told.subject, body=told.body, at=at
    )


def tell_address_stays(change: AddressChange, at: datetime) -> None:
    """Tell whoever asked for another address that it was not agreed to."""
    if change.asked_by is not None:
        tell(drafts=[_address_refused(change, change.asked_by, at)], at=at)


def tell_role_waits(change: RoleChange, at: datetime) -> None:
    """Tell RevOps that somebody is to read all that they read, once one of them agrees."""
    readers = Person.objects.revops()
    tell(drafts=[_role_to_confirm(change, reader, at) for reader in readers], at=at)


def tell_role_stays(change: RoleChange, at: datetime) -> None:
    """Tell whoever asked that somebody is not let in as RevOps."""
    if change.asked_by is not None:
        tell(drafts=[_role_refused(change, change.asked_by, at)], at=at)


def tell_revops(person: Person, by: Person | None, at: datetime) -> None:
    """RevOps guards the figures, so RevOps hears of who comes to read them; `by` is None for the command line."""
    if person.is_revops:
        readers = Person.objects.revops().exclude(pk__in=[person.pk, by.pk if by else 0])
        tell(drafts=[_reads_packets(person, by, reader, at) for reader in readers], at=at)


def invited(invitation: Invitation, by: Person, token: str, at: datetime) -> Draft:
    """The mail that lets somebody in for the first time."""
    path = reverse("people:accounts:welcome", kwargs={"token": token})
    context = {
        "person": invitation.person,
        "by": by,
        "company": settings.COMPANY_NAME,
        "url": f"{settings.SITE_URL}{path}",
        "days": rules.INVITATION_DAYS,
    }
    return Draft(
        key=f"invitation:{invitation.pk}:{at.isoformat()}",
        person=invitation.person,
        subject=_("%(name)s invites you to your kickoff") % {"name": by.display_name},
        body=render_to_string("people/accounts/invitation.txt", context),
    )


def shown_mails() -> Iterator[Draft]:
    """The mails about accounts, those for signing in included, for the page that shows them."""
    rep, planner, at = someone(), someone("Priya Raghunathan"), timezone.now()
    change = AddressChange(pk=0, person=rep, email="aicha.new@example.com", asked_by=planner)
    role = RoleChange(pk=0, person=rep, asked_by=planner)
    link = f"{settings.SITE_URL}{reverse('account_login')}"
    facts = {"code": "K4M-7QP", "password_reset_url": link, "email": rep.email}
    for name in SIGN_IN_MAILS:
        subject, body = (
            render_to_string(f"account/email/{name}_{part}.txt", facts | {"timestamp": at})
            for part in ("subject", "message")
        )
        yield Draft(key=name, person=rep, subject=subject.strip(), body=body)
    yield invited(Invitation(pk=0, person=rep), planner, "invented", at)
    yield _address_asked(change, planner, link, at)
    yield _address_to_confirm(change, planner, planner, at)
    yield _address_left(rep, at)
    yield _address_refused(change, planner, at)
    yield _role_to_confirm(role, planner, at)
    yield _role_refused(role, planner, at)
    yield _reads_packets(rep, planner, planner, at)


def _address_asked(change: AddressChange, by: Person, url: str, at: datetime) -> Draft:
    context = {"person": change.person, "by": by, "email": change.email, "url": url}
    return Draft(
        key=f"address-asked:{change.pk}:{at.isoformat()}",
        person=change.person,
        subject=_("Do you agree to another address in the SKO Planner?"),
        body=render_to_string("people/accounts/address_asked.txt", context),
    )


def _address_to_confirm(
    change: AddressChange, by: Person, reader: Person, at: datetime
) -> NoticeDraft:
    context = {"person": change.person, "by": by, "email": change.email}
    return NoticeDraft(
        kind=CONFIRM,
        key=f"address-to-confirm:{change.pk}:{reader.pk}:{at.isoformat()}",
        person=reader,
        subject=_("A new address for %(name)s to confirm") % {"name": change.person.full_name},
        body=render_to_string(
            "people/accounts/address_to_confirm.txt",
            context | {"reader": reader, "url": _changes_url()},
        ),
    )


def _address_left(person: Person, at: datetime) -> Draft:
    return Draft(
        key=f"address-changed:{person.pk}:{at.isoformat()}",
        person=person,
        subject=_("Your address in the SKO Planner has changed"),
        body=render_to_string("people/accounts/address_changed.txt", {"person": person}),
    )


def _address_refused(change: AddressChange, reader: Person, at: datetime) -> NoticeDraft:
    context = {"reader": reader, "person": change.person, "email": change.email}
    return NoticeDraft(
        kind=REFUSED,
        key=f"address-refused:{change.pk}:{at.isoformat()}",
        person=reader,
        subject=_("The address of %(name)s stays as it is") % {"name": change.person.full_name},
        body=render_to_string("people/accounts/address_refused.txt", context),
    )


def _role_to_confirm(change: RoleChange, reader: Person, at: datetime) -> NoticeDraft:
    context = {"person": change.person, "by": change.asked_by, "url": _changes_url()}
    return NoticeDraft(
        kind=CONFIRM,
        key=f"role-to-confirm:{change.pk}:{reader.pk}:{at.isoformat()}",
        person=reader,
        subject=_("%(name)s is to be RevOps: confirm or refuse")
        % {"name": change.person.full_name},
        body=render_to_string("people/accounts/role_to_confirm.txt", context | {"reader": reader}),
    )


def _role_refused(change: RoleChange, reader: Person, at: datetime) -> NoticeDraft:
    context = {"reader": reader, "person": change.person}
    return NoticeDraft(
        kind=REFUSED,
        key=f"role-refused:{change.pk}:{at.isoformat()}",
        person=reader,
        subject=_("%(name)s is not RevOps") % {"name": change.person.full_name},
        body=render_to_string("people/accounts/role_refused.txt", context),
    )


def _reads_packets(person: Person, by: Person | None, reader: Person, at: datetime) -> NoticeDraft:
    url = reverse("people:accounts:detail", kwargs={"person_id": person.pk})
    who = by.full_name if by else _("The operator of the planner")
    context = {"person": person, "by": who, "url": f"{settings.SITE_URL}{url}", "reader": reader}
    return NoticeDraft(
        kind=READERS,
        key=f"revops:{person.pk}:{reader.pk}:{at.isoformat()}",
        person=reader,
        subject=_("%(name)s reads packets now") % {"name": person.full_name},
        body=render_to_string("people/accounts/revops_changed.txt", context),
    )


def _changes_url() -> str:
    return f"{settings.SITE_URL}{reverse('people:changes:list')}"
