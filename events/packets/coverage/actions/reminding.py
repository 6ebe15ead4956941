from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.kickoff.models import Kickoff
from events.packets.coverage.actions import mails
from events.packets.coverage.actions.hours import Clock
from events.packets.coverage.models import Reminder, ReminderPlan
from events.packets.coverage.queries import reminders as queries
from events.packets.coverage.rules import reminders as rules
from events.packets.coverage.rules.reminders import Plan, Stage
from events.packets.delivery.models import PacketVersion
from people.accounts.models import Person
from people.activity.actions import record_entries, record_entry
from people.notices.actions import tell
from people.notices.rules import CANNOT_WAIT

State = PacketVersion.State
BY_HAND = Reminder.Stage.BY_HAND
BATCH = 500
# How long after an event its packets may still be reminded of
LOOKS_BACK = timedelta(days=120)

Due = list[tuple[PacketVersion, list[Stage]]]


class ReminderRefused(Exception):
    """Nobody was reminded. The message is fit to show."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many reps were reminded, and how many had a mail that day already."""

    sent: int
    told_today: int


@transaction.atomic
def remind_reps(
    *, kickoff: Kickoff, only_unopened: bool, region_id: int | None, by: Person, at: datetime
) -> Reminded:
    """
    Remind the reps who have not opened their packet, or have not signed for it.

    One mail a rep and day at most, whoever reminds: who had one is left out. It leaves between 8
    and 18 in the rep's own time, and holds no figure. In the last 24 hours of the event it does not
    wait for the mail of a day.

    :raises ReminderRefused: the kickoff is a draft or archived, so nobody could open a packet
    """
    if kickoff.status in (Kickoff.Status.DRAFT, Kickoff.Status.ARCHIVED):
        raise ReminderRefused(_("This kickoff is not open, so reps cannot open a packet there."))
    # Of two at once the second waits, and finds whom the first has told
    Kickoff.objects.select_for_update(no_key=True).get(pk=kickoff.pk)
    versions = queries.waiting(kickoff, at)
    if only_unopened:
        versions = versions.filter(state=State.RELEASED)
    if region_id is not None:
        versions = versions.filter(packet__rep__region=region_id)
    waiting, clock = list(versions), Clock.at_kickoff(kickoff, at)
    told = _told(waiting, clock)
    fresh = [version for version in waiting if version.pk not in told]
    _record([(version, [BY_HAND]) for version in fresh], clock, by)
    is_urgent = kickoff.closes_at - CANNOT_WAIT <= at < kickoff.closes_at
    tell(drafts=[mails.to_rep(one, clock, is_urgent=is_urgent) for one in fresh], at=at)
    if fresh:
        words = ngettext("%(count)d rep", "%(count)d reps", len(fresh)) % {"count": len(fresh)}
        record_entry(by=by, verb="packets.reminded", at=at, object=kickoff, note=words)
        notes = [(version.packet.rep, kickoff.name) for version in fresh]
        record_entries(by=by, verb="packet.reminded", at=at, notes=notes)
    return Reminded(sent=len(fresh), told_today=len(waiting) - len(fresh))


@transaction.atomic
def save_plan(*, kickoff: Kickoff, plan: Plan, is_on: bool, by: Person, at: datetime) -> None:
    """
    Say when packets of a kickoff are reminded of.

    :raises ReminderRefused: the next level would hear of it before the manager does
    """
    if plan.above_days <= plan.manager_days:
        raise ReminderRefused(_("The manager hears of it first: give the next level more days."))
    ReminderPlan.objects.update_or_create(
        kickoff=kickoff,
        defaults={
            "is_on": is_on,
            "unopened_days": plan.unopened_days,
            "manager_days": plan.manager_days,
            "above_days": plan.above_days,
        },
    )
    record_entry(by=by, verb="packets.reminders_planned", at=at, object=kickoff)


def send_due_reminders(at: datetime) -> dict[str, int]:
    """
    The part of the tick: remind reps and tell managers, as far as it is due and not done.

    Whatever was missed while nothing ran is caught up with, in one mail to each. Decided on what
    holds now: who has signed in the meantime is left alone.
    """
    counts = {"reps": 0, "managers": 0}
    for kickoff in Kickoff.objects.under_way().filter(ends_date__gte=(at - LOOKS_BACK).date()):
        if not _due(kickoff, Clock.at_kickoff(kickoff, at)):
            continue
        reps, managers = _send_for(kickoff, at)
        counts["reps"] += reps
        counts["managers"] += managers
    return counts


@transaction.atomic
def _send_for(kickoff: Kickoff, at: datetime) -> tuple[int, int]:
    Kickoff.objects.select_for_update(no_key=True).get(pk=kickoff.pk)
    clock = Clock.at_kickoff(kickoff, at)
    due = _due(kickoff, clock)
    return _remind(due, clock), _escalate(due, clock)


def _due(kickoff: Kickoff, clock: Clock) -> Due:
    """What is due for whom and was not done; read again under the lock before anything is sent."""
    settled = queries.plan_of(kickoff)
    if not settled.is_on:
        return []
    versions = list(queries.waiting(kickoff, clock.at))
    done = queries.done_stages([version.pk for version in versions])
    found: Due = []
    for version in versions:
        rep = version.packet.rep
        if version.released_at is None:
            continue
        stages = rules.due_stages(
            settled.plan,
            rules.Waiting(
                released_date=version.released_at.astimezone(clock.zone(rep)).date(),
                is_opened=version.state != State.RELEASED,
            ),
            last_day=kickoff.ends_date,
            today=clock.today(rep),
            done=done.get(version.pk, set()),
        )
        if stages:
            found.append((version, stages))
    return found


def _remind(due: Due, clock: Clock) -> int:
    """One mail to each rep for all that is due, in their own hours; return how many."""
    ready: Due = []
    for version, stages in due:
        mine = [stage for stage in stages if stage in rules.TO_THE_REP]
        if mine and clock.is_in_hours(version.packet.rep):
            ready.append((version, mine))
    told = _told([version for version, _stages in ready], clock)
    _record(ready, clock)
    fresh = [mails.to_rep(version, clock) for version, _stages in ready if version.pk not in told]
    return tell(drafts=fresh, at=clock.at)


def _escalate(due: Due, clock: Clock) -> int:
    """One mail to each manager with all the reps whom they are to hear of; return how many."""
    above = queries.managers_of([version.packet.rep for version, _stages in due], clock.at)
    told: dict[Person, dict[PacketVersion, list[Stage]]] = defaultdict(lambda: defaultdict(list))
    for version, stages in due:
        chain = above[version.packet.rep_id]
        for stage in stages:
            level = int(stage == Stage.ABOVE)
            if stage in rules.TO_THE_REP or len(chain) <= level:
                continue
            if clock.is_in_hours(chain[level]):
                told[chain[level]][version].append(stage)
    drafts = []
    for manager, rows in told.items():
        _record(rows.items(), clock)
        drafts.append(mails.to_manager(manager, list(rows.items()), clock.kickoff))
    return tell(drafts=drafts, at=clock.at)


def _record(
    rows: Iterable[tuple[PacketVersion, Sequence[str]]], clock: Clock, by: Person | None = None
) -> None:
    Reminder.objects.bulk_create(
        [
            Reminder(
                version=version,
                stage=str(stage),
                local_date=clock.mail_date(version.packet.rep),
                by=by,
                at=clock.at,
            )
            for version, stages in rows
            for stage in stages
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def _told(versions: Sequence[PacketVersion], clock: Clock) -> set[int]:
    """The versions whose rep has a mail already on the day that a new one would reach them."""
    rows = Reminder.objects.filter(
        version__packet__in=[version.packet_id for version in versions],
        stage__in=[BY_HAND, *rules.TO_THE_REP],
    ).values_list("version__packet_id", "local_date")
    days = set(rows)
    return {
        version.pk
        for version in versions
        if (version.packet_id, clock.mail_date(version.packet.rep)) in days
    }
