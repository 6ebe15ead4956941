"""Several people on a roster at once: what they take part as, their answer, asking for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from events.attendance import hooks
from events.attendance.actions import seats
from events.attendance.actions.mails import invitation, mark_invited
from events.attendance.actions.refusals import (
    RosterRefused,
    refuse_unless_open,
    refuse_when_over,
)
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entries_on
from people.activity.queries import entries_on
from people.mail.models import Message
from people.notices.actions import tell
from people.org.queries import is_here

Chosen = Mapping[int, str]  # the mark that was seen of each attendee, by its primary key


@transaction.atomic
def set_kinds(*, kickoff: Kickoff, chosen: Chosen, kind: str, by: Person, at: datetime) -> int:
    """
    Say what people take part as; return for how many that is new.

    :raises RosterRefused: none is chosen, or somebody else changed one since; none is changed then
    """
    label = Attendee.Kind(kind).label
    changed = [one for one in _chosen(kickoff, chosen) if one.kind != kind]
    _refuse_stale(kickoff, changed, chosen)
    Attendee.objects.filter(pk__in=[one.pk for one in changed]).update(kind=kind)
    _follow(kickoff, changed, "attendee.kind", str(label), by, at)
    return len(changed)


@transaction.atomic
def record_answers(
    *, kickoff: Kickoff, chosen: Chosen, coming: bool, by: Person, at: datetime
) -> int:
    """
    Note for people whether they come, as they told a planner; return for how many that is new.
    Whoever finds no place free is on the waiting list.

    :raises RosterRefused: none is chosen, one has answered since or was changed, so that none is
        changed; or the event is over
    """
    refuse_when_over(kickoff, at)
    answer = Attendee.Rsvp.YES if coming else Attendee.Rsvp.NO
    changed = [one for one in _chosen(kickoff, chosen) if one.rsvp != answer]
    _refuse_stale(kickoff, changed, chosen)
    answers = seats.seated(changed, kickoff, at) if coming else {}
    for given in (answer, Attendee.Rsvp.WAITING):
        some = [one for one in changed if answers.get(one.pk, answer) == given]
        some = [one for one in some if one.rsvp != given]
        rows = Attendee.objects.filter(pk__in=[one.pk for one in some])
        rows.update(rsvp=given, answered_at=at, offered_until=None, passed_at=None)
        about = [(one.person, kickoff, str(given.label)) for one in some]
        record_entries_on(by=by, verb="attendee.answered", at=at, about=about)
    if changed:
        hooks.follow_roster(kickoff, at)
    return len(changed)


@transaction.atomic
def ask_attendees(*, kickoff: Kickoff, chosen: Chosen, by: Person, at: datetime) -> int:
    """
    Ask people who have not answered whether they come; return how many get a mail.

    Whoever was not invited gets the invitation. The others are asked again, once a day at most.

    :raises RosterRefused: none is chosen; all have answered, left, or were asked today; the kickoff
        is a draft, or over
    """
    refuse_unless_open(kickoff, at)
    today = kickoff.local_date(at)
    waiting = [
        one
        for one in _chosen(kickoff, chosen)
        if one.rsvp == Attendee.Rsvp.PENDING and is_here(one.person, at)
    ]
    again = {one.pk: f":again:{today:%Y%m%d}" if one.invited_at else "" for one in waiting}
    new = [one for one in waiting if one.invited_at is None]
    mark_invited(new, at)
    drafts = {one.pk: invitation(one, again=again[one.pk]) for one in waiting}
    keys = [draft.key for draft in drafts.values()]
    sent = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    asked = [one for one in waiting if drafts[one.pk].key not in sent]
    if not asked:
        raise RosterRefused(_("Everybody chosen has answered, or was asked today."))
    tell(drafts=[drafts[one.pk] for one in asked], at=at)
    about = [(one.person, kickoff, kickoff.name) for one in asked]
    record_entries_on(by=by, verb="attendee.invited", at=at, about=about)
    return len(asked)


@transaction.atomic
def remove_attendees(*, kickoff: Kickoff, chosen: Chosen, by: Person, at: datetime) -> int:
    """
    Take people off the roster; return how many. They stay in the company.

    :raises RosterRefused: none is chosen; somebody else changed one since, one has checked in, or
        something that must be kept hangs on one. Nobody is taken off then
    """
    people = _chosen(kickoff, chosen)
    _refuse_stale(kickoff, people, chosen)
    for one in people:
        if one.checked_in_at is not None:
            message = _("%(name)s has checked in, and stays. Nobody was taken off.")
            raise RosterRefused(message % {"name": one.person.full_name})
    try:
        with transaction.atomic():
            Attendee.objects.filter(pk__in=[one.pk for one in people]).delete()
    except ProtectedError as error:
        message = _("One of them has things in this kickoff that are kept. Nobody was taken off.")
        raise RosterRefused(message) from error
    about = [(one.person, kickoff, kickoff.name) for one in people]
    record_entries_on(by=by, verb="attendee.removed", at=at, about=about)
    hooks.follow_roster(kickoff, at)
    return len(people)


def _chosen(kickoff: Kickoff, chosen: Chosen) -> list[Attendee]:
    rows = Attendee.objects.filter(kickoff=kickoff, pk__in=chosen).select_related(
        "person", "kickoff"
    )
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not found:
        raise RosterRefused(_("Choose one person at least."))
    return found


def _refuse_stale(kickoff: Kickoff, changed: list[Attendee], chosen: Chosen) -> None:
    for one in changed:
        if one.seen != chosen[one.pk]:
            entry = entries_on(kickoff).filter(subject=one.person).first()
            raise RosterRefused(
                _(
                    "%(name)s is changed meanwhile, by %(by)s: %(kind)s, %(answer)s. Nobody was"
                    " changed now. Look at the list, and do it again if you still want it."
                )
                % {
                    "name": one.person.full_name,
                    "by": entry.actor.full_name if entry and entry.actor else _("somebody"),
                    "kind": one.get_kind_display(),
                    "answer": one.get_rsvp_display(),
                }
            )


def _follow(
    kickoff: Kickoff, changed: list[Attendee], verb: str, note: str, by: Person, at: datetime
) -> None:
    if changed:
        about = [(one.person, kickoff, note) for one in changed]
        record_entries_on(by=by, verb=verb, at=at, about=about)
        hooks.follow_roster(kickoff, at)
