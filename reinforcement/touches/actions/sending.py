from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Min, OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.due.rules import Calendar, local_due_at, next_working_day
from events.attendance.models import Attendee
from people.accounts.models import Person
from people.calendar.queries import calendars_of
from people.mail.actions import Draft, queue_messages
from people.mail.models import Message
from people.org.queries import is_here
from reinforcement.campaigns.models import Campaign
from reinforcement.touches import rules
from reinforcement.touches.models import Touch

_PEOPLE = 250
_SECONDS = 40.0


class ClaimLost(Exception):
    """Another tick took these touches in the meantime; nothing of this batch was kept."""


@dataclass
class Sent:
    """What one tick did with touches."""

    sent: int = 0
    messages: int = 0
    skipped: int = 0
    postponed: int = 0

    def add(self, other: "Sent") -> None:
        self.sent += other.sent
        self.messages += other.messages
        self.skipped += other.skipped
        self.postponed += other.postponed


def send_due_touches(*, at: datetime) -> Sent:
    """
    Tell each person of what is due for them today in one message; return what was done.

    Claim, message and record are rows of one transaction a batch of people, so a worker that
    dies has done a batch altogether or not at all, and ticks that overlap or repeat send once.
    Mailing is the outbox's business. Ends after 40 s: the rest waits for the next tick.
    """
    total, started = Sent(), monotonic()
    while monotonic() - started < _SECONDS:
        batch = _send_batch(at)
        if batch is None:
            break
        total.add(batch)
    return total


@transaction.atomic
def _send_batch(at: datetime) -> Sent | None:
    """The next people with something due; None when there are none."""
    due = Touch.objects.due(at).filter(activity__campaign__state=Campaign.State.RUNNING)
    people = list(
        due.values_list("person_id")
        .annotate(first=Min("due_at"))
        .order_by("first", "person_id")[:_PEOPLE]
    )
    if not people:
        return None
    # Locked in one order and waited for: the second of two ticks then finds nothing waiting
    waiting = (
        Touch.objects.due(at + timedelta(days=1))
        .filter(
            person_id__in=[person_id for person_id, _first in people],
            activity__campaign__state=Campaign.State.RUNNING,
        )
        .select_related("activity__campaign__kickoff", "person", "about")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    today = [touch for touch in waiting if _is_today(touch, at)]
    batch = _Batch(at=at, touches=today)
    batch.sort()
    return batch.write()


@dataclass
class _Batch:
    """Touches of some people, sorted into those to send, to skip and to put off."""

    at: datetime
    touches: list[Touch]
    to_send: dict[int, list[Touch]] = field(default_factory=lambda: defaultdict(list))
    to_skip: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    to_postpone: list[Touch] = field(default_factory=list)

    def sort(self) -> None:
        """Decide each touch on what holds now, not when it was planned."""
        eligible = _Eligible(self.touches, self.at)
        told = _told_today(self.touches, self.at)
        for touch in self.touches:
            if reason := eligible.skip(touch) or self._stale(touch):
                self.to_skip[reason].append(touch.pk)
            elif touch.person_id in told:
                self.to_postpone.append(touch)
            else:
                self.to_send[touch.person_id].append(touch)

    def _stale(self, touch: Touch) -> str:
        stale = rules.is_stale(
            due_at=touch.due_at, at=self.at, grace_hours=touch.activity.grace_hours
        )
        return Touch.Skip.STALE if stale else ""

    def write(self) -> Sent:
        """Record all of it. :raises ClaimLost: a touch was not waiting any more"""
        result = Sent(postponed=len(self.to_postpone))
        for reason, pks in self.to_skip.items():
            result.skipped += _claim(pks, state=Touch.State.SKIPPED, skip_reason=reason)
        calendars = calendars_of(touch.person for touch in self.to_postpone)
        for touch in self.to_postpone:
            _claim([touch.pk], **_tomorrow(touch, calendars[touch.person_id], self.at))
        sent = [touch for touches in self.to_send.values() for touch in touches]
        result.sent = _claim([touch.pk for touch in sent], state=Touch.State.SENT, sent_at=self.at)
        result.messages = self._queue(sent)
        return result

    def _queue(self, sent: list[Touch]) -> int:
        drafts = [
            Draft(
                key=_key(touches[0].person, self.at),
                person=touches[0].person,
                subject=_subject(touches),
                body=_body(touches),
            )
            for touches in self.to_send.values()
        ]
        queued = queue_messages(drafts=drafts, at=self.at)
        # One statement: a CASE of a thousand branches takes longer than all the rest
        told = Message.objects.filter(
            person=OuterRef("person_id"), key__in=[draft.key for draft in drafts]
        )
        touches = Touch.objects.filter(pk__in=[touch.pk for touch in sent])
        touches.update(message=Subquery(told.values("pk")[:1]))
        return queued


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


def _local_date(person: Person, at: datetime) -> date:
    return at.astimezone(ZoneInfo(person.time_zone)).date()


def _is_today(touch: Touch, at: datetime) -> bool:
    """Due already, or later on the same day where the person is: one message tells of both."""
    return touch.due_at <= at or _local_date(touch.person, touch.due_at) == _local_date(
        touch.person, at
    )


def _key(person: Person, at: datetime) -> str:
    return rules.mail_key(person.pk, _local_date(person, at))


def _told_today(touches: list[Touch], at: datetime) -> set[int | None]:
    """People who had their message of today."""
    keys = {_key(touch.person, at) for touch in touches}
    return set(Message.objects.filter(key__in=keys).values_list("person_id", flat=True))


def _tomorrow(touch: Touch, calendar: Calendar, at: datetime) -> dict[str, datetime]:
    """The same hour of the person's next working day; the time to do it moves along."""
    zone = ZoneInfo(touch.person.time_zone)
    day = next_working_day(_local_date(touch.person, at) + timedelta(days=1), calendar)
    due = local_due_at(day, touch.activity.local_hour, zone)
    return {"due_at": due, "overdue_at": touch.overdue_at + max(due - touch.due_at, timedelta())}


def _subject(touches: list[Touch]) -> str:
    if len(touches) == 1:
        return str(touches[0].activity.title)
    return ngettext(
        "%(count)s thing to do: %(first)s", "%(count)s things to do: %(first)s", len(touches)
    ) % {"count": len(touches), "first": touches[0].activity.title}


def _body(touches: list[Touch]) -> str:
    person = touches[0].person
    lines = [_("Hello %(name)s,") % {"name": person.display_name}, ""]
    for touch in touches:
        title = touch.activity.title
        if touch.about:
            title = _("%(title)s, with %(name)s") % {
                "title": title,
                "name": touch.about.display_name,
            }
        by_when = _("By %(date)s") % {"date": date_format(touch.last_date, "D j F")}
        lines += [title, by_when, _link(touch), ""]
    kickoff = touches[0].activity.campaign.kickoff
    lines.append(_("You receive this because you took part in %(kickoff)s.") % {"kickoff": kickoff})
    return "\n".join(lines)


def _link(touch: Touch) -> str:
    kwargs = {"slug": touch.activity.campaign.kickoff.slug, "touch_id": touch.pk}
    return f"{settings.SITE_URL}" + reverse("reinforcement:touches:detail", kwargs=kwargs)
