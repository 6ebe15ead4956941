"""Touches go out with the mail of the day; what missed it waits for the next."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import OuterRef, Subquery

from core.due.rules import Calendar, local_due_at, next_working_day
from events.attendance.models import Attendee
from people.accounts.models import Person
from people.bell.models import Daily
from people.bell.rules import daily_key
from people.calendar.queries import calendars_of
from people.mail.models import Message
from people.org.queries import here, is_here
from reinforcement.campaigns.models import Campaign
from reinforcement.touches import rules
from reinforcement.touches.models import Touch

_MOST = 1000  # put off in one tick: the rest is the next one's


class ClaimLost(Exception):
    """Another tick took these touches in the meantime; nothing of this batch was kept."""


@contextmanager
def send_with_daily(people: Sequence[Person], at: datetime) -> Iterator[None]:
    """
    Send what is due for some people on this day: their one mail of the day tells of it (ADR 29).

    Claim and record are rows of the transaction that writes the mails, so a worker that dies has
    done both or neither. What comes later on the same day opens with the mail.
    """
    # Locked in one order and waited for: the second of two ticks then finds nothing waiting
    waiting = (
        Touch.objects.due(at + timedelta(days=1))
        .filter(person__in=people, activity__campaign__state=Campaign.State.RUNNING)
        .select_related("activity__campaign__kickoff", "person", "about")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    today = [touch for touch in waiting if _is_today(touch, at)]
    to_send = _skip_what_is_over(today, at)
    sent = [touch.pk for touch in to_send]
    _claim(sent, state=Touch.State.SENT, sent_at=at)
    touches = Touch.objects.filter(pk__in=sent)
    touches.filter(due_at__gt=at).update(due_at=at)
    yield
    # One statement: a CASE of a thousand branches takes longer than all the rest
    keys = [daily_key(person.pk, person.local_date(at)) for person in people]
    told = Message.objects.filter(person=OuterRef("person_id"), key__in=keys)
    touches.update(message=Subquery(told.values("pk")[:1]))


@transaction.atomic
def put_off(*, at: datetime) -> int:
    """
    Move what fell due after its person's mail of the day to their next working day, so that the
    mail of that day tells of it; return how many. Who has left gets no mail: theirs is skipped.
    """
    due = Touch.objects.due(at).filter(activity__campaign__state=Campaign.State.RUNNING)
    gone = due.exclude(here(at, "person")).order_by("pk").values_list("pk", flat=True)
    _claim(gone[:_MOST], state=Touch.State.SKIPPED, skip_reason=Touch.Skip.LEFT)
    late = list(
        due.filter(here(at, "person"), person__daily__date__isnull=False)
        .select_related("activity", "person")
        .select_for_update(of=("self",))
        .order_by("pk")[:_MOST]
    )
    mails = Daily.objects.in_bulk({touch.person_id for touch in late})
    late = [t for t in late if mails[t.person_id].date >= t.person.local_date(at)]
    calendars = calendars_of(touch.person for touch in late) if late else {}
    for touch in late:
        _claim([touch.pk], **_tomorrow(touch, calendars[touch.person_id], at))
    return len(late)


def _skip_what_is_over(touches: list[Touch], at: datetime) -> list[Touch]:
    """Decide each touch on what holds now, not when it was planned; give those to be sent."""
    eligible = _Eligible(touches, at)
    to_send: list[Touch] = []
    to_skip: dict[str, list[int]] = defaultdict(list)
    for touch in touches:
        if reason := eligible.skip(touch) or _stale(touch, at):
            to_skip[reason].append(touch.pk)
        else:
            to_send.append(touch)
    for reason, pks in to_skip.items():
        _claim(pks, state=Touch.State.SKIPPED, skip_reason=reason)
    return to_send


def _stale(touch: Touch, at: datetime) -> str:
    stale = rules.is_stale(due_at=touch.due_at, at=at, grace_hours=touch.activity.grace_hours)
    return Touch.Skip.STALE if stale else ""


class _Eligible:
    """Who may still be sent what: read again at sending, in two queries for a whole batch."""

    def __init__(self, touches: list[Touch], at: datetime) -> None:
        self.at = at
        kickoffs = {touch.activity.campaign.kickoff_id for touch in touches}
        people = {touch.about_id or touch.person_id for touch in touches}
        leads = {touch.person_id for touch in touches if touch.activity.setting == "TEAM_MEETING"}
        roster = Attendee.objects.filter(kickoff__in=kickoffs)
        self.taking_part = set(
            roster.taking_part(at).filter(person__in=people).values_list("kickoff_id", "person_id")
        )
        self.leading = set(
            roster.taking_part(at)
            .filter(person__manager__in=leads)
            .values_list("kickoff_id", "person__manager_id")
            .order_by()
            .distinct()
        )

    def skip(self, touch: Touch) -> str:
        """Why a touch is not to be sent any more; empty when it is."""
        kickoff = touch.activity.campaign.kickoff_id
        subject = touch.about or touch.person
        if touch.activity.withdrawn_at is not None:
            return Touch.Skip.WITHDRAWN
        if not is_here(touch.person, self.at) or not is_here(subject, self.at):
            return Touch.Skip.LEFT
        if touch.activity.setting == "TEAM_MEETING":
            return "" if (kickoff, touch.person_id) in self.leading else Touch.Skip.NO_TEAM
        if (kickoff, subject.pk) not in self.taking_part:
            return Touch.Skip.DECLINED
        if touch.about and touch.about.manager_id != touch.person_id:
            return Touch.Skip.NO_TEAM
        return ""


def _claim(pks: Iterable[int], **changes: object) -> int:
    wanted = list(pks)
    for start in range(0, len(wanted), 500):
        chunk = wanted[start : start + 500]
        waiting = Touch.objects.filter(pk__in=chunk, state=Touch.State.WAITING, done_at=None)
        if waiting.update(**changes) != len(chunk):
            raise ClaimLost
    return len(wanted)


def _is_today(touch: Touch, at: datetime) -> bool:
    """Due already, or later on the same day where the person is: one message tells of both."""
    return touch.due_at <= at or touch.due_date == touch.person.local_date(at)


def _tomorrow(touch: Touch, calendar: Calendar, at: datetime) -> dict[str, datetime]:
    """The same hour of the person's next working day; the time to do it moves along."""
    zone = ZoneInfo(touch.person.time_zone)
    day = next_working_day(touch.person.local_date(at) + timedelta(days=1), calendar)
    due = local_due_at(day, touch.activity.local_hour, zone)
    return {"due_at": due, "overdue_at": touch.overdue_at + max(due - touch.due_at, timedelta())}
