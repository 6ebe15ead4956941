from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.keys import bare
from people.accounts import notices, queries, returns, roles
from people.accounts.addresses import hold_address
from people.accounts.models import Invitation, Person, RoleChange
from people.activity.actions import record_entry
from people.keys.actions import end_keys_of
from people.mail.actions import queue_message
from people.org.actions import Move, OrgRefused, move_people, set_manager
from people.org.models import Region, Team
from people.org.queries import is_at_or_above
from people.org.rules import last_day_is_over


class PersonRefused(Exception):
    """Nothing changed. The message is fit to show; `field` names what it is about, if one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class InvitationRefused(Exception):
    """The link lets nobody in. The message is fit to show to whoever followed it."""


class PersonFields(TypedDict, total=False):
    """What a planner may say of a person, beside name and address."""

    preferred_name: str
    employee_id: str
    job_title: str
    function: str
    role: str
    region: Region | None
    team: Team | None
    manager: Person | None
    time_zone: str
    country: str
    subdivision: str
    language: str
    hire_date: date | None
    leave_date: date | None
    top_performer_year: int | None


class PersonChanges(PersonFields, total=False):
    """What a planner may change of a person."""

    full_name: str
    email: str


@transaction.atomic
def invite_person(
    *, email: str, full_name: str, by: Person, at: datetime, **fields: Unpack[PersonFields]
) -> Invitation:
    """
    Add a person without a password, and mail them a link that lets them in once. As RevOps they are
    let in once somebody of RevOps has agreed.

    :raises PersonRefused: somebody has the address or the employee id; `by` is no planner, or
        would put a seller under themselves; or the last day is before the day of hire
    """
    refuse_others(by)
    waits = roles.opens_packets(fields.get("role", ""))
    if waits:
        fields["role"] = ""
    person = Person(email=bare(email).lower(), full_name=full_name, **fields)
    _refuse_own_seller(person, by)
    _refuse_leaving_first(person)
    person.set_unusable_password()
    _refuse_taken(person, person.email)
    save_person(person)
    move_people(moves=[Move(person, person.manager, is_new=True)], by=by, at=at)
    record_entry(
        by=by,
        verb="person.invited",
        at=at,
        subject=person,
        object=person,
        note=fields.get("role", ""),
    )
    if waits:
        roles.hold_role(person=person, by=by, at=at)
    return _invite(person, by, at)


@transaction.atomic
def invite_again(*, person: Person, by: Person, at: datetime) -> Invitation:
    """
    Mail a person a new link; the one before it stops working.

    :raises PersonRefused: they are deactivated or have signed in; or `by` is no planner
    """
    refuse_others(by)
    if not person.is_active:
        raise PersonRefused(_("This person is deactivated. Reactivate them first."))
    if person.last_login is not None:
        raise PersonRefused(
            _("%(name)s has signed in already, and can have a code mailed at any time.")
            % {"name": person.display_name}
        )
    record_entry(by=by, verb="person.invited_again", at=at, subject=person, object=person)
    return _invite(person, by, at)


@transaction.atomic
def accept_invitation(*, token: str, at: datetime, password: str | None = None) -> Person:
    """
    Use up an invitation, and give its person a password if they chose one.

    The UPDATE decides, so of two clicks at once one is accepted. The password is to be
    validated already.

    :raises InvitationRefused: the link is forged, used, replaced by a newer one or expired
    """
    invitation = queries.open_invitation(token, at)
    if invitation is None or not Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, invited_at=invitation.invited_at
    ).update(accepted_at=at):
        raise InvitationRefused(_("This link has been used, replaced by a newer one, or expired."))
    person = invitation.person
    if password is not None:
        person.set_password(password)
        person.save(update_fields=["password"])
    record_entry(by=person, verb="invitation.accepted", at=at, subject=person, object=invitation)
    return person


@transaction.atomic
def update_person(
    *, person: Person, by: Person, at: datetime, **changes: Unpack[PersonChanges]
) -> Person:
    """
    Change what is known of a person. A new role, manager or address leaves an audit entry of its
    own; a new address waits until the old one or RevOps agrees, a new manager reads nothing before
    RevOps has confirmed them, nobody is RevOps before another one has agreed, and who had left is
    back once RevOps agrees.

    :raises PersonRefused: `by` is no planner; it is their own role, or that of the last of RevOps;
        an address or an employee id is taken; the manager would close a circle, or bring somebody under `by`; somebody
        under `by` would become a seller; the last day is before the day of hire; or a guest would get a role or a manager
    """
    refuse_others(by)
    before = Person.objects.get(pk=person.pk)
    wanted = {**changes}
    _refuse_guest(before, wanted)
    email = bare(str(wanted.pop("email", before.email))).lower()
    manager = wanted.pop("manager", before.manager)
    changed = [name for name, value in wanted.items() if getattr(before, name) != value]
    day = wanted.get("leave_date", before.leave_date)
    assert day is None or isinstance(day, date)  # noqa: S101
    back = returns.comes_back(before, day, at) and returns.waits_for_revops(by)
    if back:
        changed.remove("leave_date")
    if "role" in changed and person.pk == by.pk:
        raise PersonRefused(_("Nobody changes their own role. Ask another planner."), "role")
    if "role" in changed:
        changed = _settle_role(before, str(wanted["role"]), changed, by, at)
    for name in changed:
        setattr(person, name, wanted[name])
    _refuse_taken(person, email)
    _refuse_leaving_first(person)
    if "function" in changed:
        _refuse_own_seller(person, by)
    if changed:
        save_person(person, update_fields=changed)
    _record_changes(before, person, changed, by, at)
    if back:
        person.leave_date = before.leave_date
        returns.hold_returns(days=[(person, day)], by=by, at=at)
    if email != before.email.lower():
        hold_address(person=person, email=email, by=by, at=at)
    assert manager is None or isinstance(manager, Person)  # noqa: S101
    try:
        set_manager(person=person, manager=manager, by=by, at=at)
    except OrgRefused as refusal:
        raise PersonRefused(str(refusal), "manager") from refusal
    return person


@transaction.atomic
def update_profile(*, by: Person, preferred_name: str, time_zone: str, at: datetime) -> Person:
    """Change what people may say of themselves: the name they go by, and their time zone."""
    by.preferred_name, by.time_zone = preferred_name, time_zone
    by.save(update_fields=["preferred_name", "time_zone"])
    record_entry(by=by, verb="person.changed", at=at, subject=by, object=by, note="own profile")
    return by


@transaction.atomic
def deactivate_person(*, person: Person, by: Person, at: datetime) -> Person:
    """
    Let a person in no more: their sessions and their keys to the API end, their mail stops,
    nothing else is deleted.

    :raises PersonRefused: it is themselves; or `by` is no planner
    """
    refuse_others(by)
    if person.pk == by.pk:
        raise PersonRefused(_("You cannot deactivate yourself. Ask another planner."))
    if Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        record_entry(by=by, verb="person.deactivated", at=at, subject=person, object=person)
    person.is_active = False
    end_keys_of(person)
    return person


@transaction.atomic
def reactivate_person(*, person: Person, by: Person, at: datetime) -> bool:
    """
    Let a deactivated person in again, once RevOps agrees; return whether they are in now, as there
    is nobody of RevOps to ask. A last day that is over holds no more.

    :raises PersonRefused: `by` is no planner
    """
    refuse_others(by)
    roles.lock_revops()
    person.refresh_from_db(fields=["is_active", "leave_date"])
    if person.is_active:
        return True
    is_over = last_day_is_over(leave_date=person.leave_date, time_zone=person.time_zone, at=at)
    day = None if is_over else person.leave_date
    if returns.waits_for_revops(by):
        returns.hold_returns(days=[(person, day)], by=by, at=at)
        return False
    returns.let_back(person=person, day=day, by=by, at=at)
    return True


def _invite(person: Person, by: Person, at: datetime) -> Invitation:
    invitation, _created = Invitation.objects.update_or_create(
        person=person, defaults={"invited_by": by, "invited_at": at, "accepted_at": None}
    )
    mail = notices.invited(invitation, by, queries.invitation_token(invitation), at)
    queue_message(
        key=mail.key, person=person, subject=mail.subject, body=mail.body, is_secret=True, at=at
    )
    return invitation


def refuse_others(by: Person) -> None:
    """:raises PersonRefused: `by` is no planner. The page has asked already; this is for whoever calls from elsewhere."""
    if not by.is_planner:
        raise PersonRefused(_("Only planners add and change people."))


def _refuse_own_seller(person: Person, by: Person) -> None:
    """Managers up the line read packets: nobody makes themselves one of a seller's."""
    if person.function != Person.Function.SALES or person.manager is None:
        return
    if is_at_or_above(by, person.manager):
        raise PersonRefused(
            _("You cannot put sellers under yourself. Ask another planner."), "manager"
        )


def _settle_role(
    before: Person, role: str, changed: list[str], by: Person, at: datetime
) -> list[str]:
    """What of the changes is made now: RevOps waits, and what waited gives way to another role."""
    if before.is_revops:
        try:
            roles.refuse_last_revops(before)
        except roles.RoleRefused as refusal:
            raise PersonRefused(str(refusal), "role") from refusal
    RoleChange.objects.filter(person=before).delete()
    if not roles.opens_packets(role):
        return changed
    roles.hold_role(person=before, by=by, at=at)
    return [name for name in changed if name != "role"]


def _refuse_guest(person: Person, wanted: Mapping[str, object]) -> None:
    held = next((name for name in ("role", "manager") if wanted.get(name)), None)
    if person.is_guest and held:
        said = _("%(name)s has a limited account as a guest. Make it a full one first.")
        raise PersonRefused(said % {"name": person.display_name}, held)


def _refuse_leaving_first(person: Person) -> None:
    if person.hire_date and person.leave_date and person.leave_date < person.hire_date:
        raise PersonRefused(_("The last day is before the day of hire."), "leave_date")


def _refuse_taken(person: Person, email: str) -> None:
    others = Person.objects.exclude(pk=person.pk)
    if others.filter(email__iexact=email).exists():
        raise PersonRefused(_("Somebody has this e-mail address already."), "email")
    if person.employee_id and others.filter(employee_id=person.employee_id).exists():
        raise PersonRefused(_("Somebody has this employee id already."), "employee_id")


def save_person(person: Person, update_fields: list[str] | None = None) -> None:
    """Save a person: :raises PersonRefused: somebody was given the address or the id just now"""
    try:
        with transaction.atomic():
            person.save(update_fields=update_fields)
    except IntegrityError as clash:
        # Taken between the look and the save
        raise PersonRefused(
            _("Somebody was given this address or employee id just now.")
        ) from clash


def _record_changes(
    before: Person, person: Person, changed: list[str], by: Person, at: datetime
) -> None:
    if "role" in changed:
        note = f"{before.role} → {person.role}"
        record_entry(
            by=by, verb="person.role_changed", at=at, subject=person, object=person, note=note
        )
    rest = [name for name in changed if name != "role"]
    if rest:
        record_entry(
            by=by,
            verb="person.changed",
            at=at,
            subject=person,
            object=person,
            note=", ".join(rest),
        )
