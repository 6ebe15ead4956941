"""
Touches go out with the mail of the day, and what missed it waits for the next; or each at its hour,
to whoever has chosen that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.due.rules import Calendar, is_working_day, local_due_at, next_working_day
from events.attendance.models import Attendee
from events.kickoff.queries import invented
from people.accounts.models import Person
from people.bell.models import Daily
from people.bell.rules import daily_key
from people.calendar.queries import calendars_of
from people.mail.models import Message
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone
from people.notices.models import Choice
from people.notices.rules import Delivery, Kind
from people.org.queries import here, is_here
from reinforcement.campaigns.models import Activity, Campaign
from reinforcement.touches import rules
from reinforcement.touches.models import Touch, TouchQuerySet
from reinforcement.touches.waiting import item_of

DUE = Kind(
    "touches.due",
    gettext_lazy("Something of the 90 days after a kickoff is due"),
    gettext_lazy("Start"),
    ways=(Delivery.AT_ONCE, Delivery.DAILY),
)
_MOST = 1000  # put off in one tick: the rest is the next one's


class ClaimLost(Exception):
    """Another tick took these touches in the meantime; nothing of this batch was kept."""


def _wants_at_once() -> Exists:
    chosen = Choice.objects.filter(person=OuterRef("person"), kind=DUE.name)
    return Exists(chosen.filter(delivery=Delivery.AT_ONCE))


@contextmanager
def send_with_daily(people: Sequence[Person], at: datetime) -> Iterator[None]:
    """
    Send what is due for some people on this day: their one mail of the day tells of it (ADR 29).

    Claim and record are rows of the transaction that writes the mails, so a worker that dies has
    done both or neither. What comes later on the same day opens with the mail. Whoever wants each
    at its hour gets none of it here.
    """
    # Locked in one order and waited for: the second of two ticks then finds nothing waiting
    waiting = (
        Touch.objects.due(at + timedelta(days=1))
        .filter(~_wants_at_once(), person__in=people)
        .filter(activity__campaign__state=Campaign.State.RUNNING)
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


def send_at_once(*, at: datetime) -> int:
    """
    The part of the tick: tell whoever has chosen so of what is due, at its hour on a working day of
    theirs; return how many touches. What comes together is one message.

    Claim, record and message are one transaction, so ticks that overlap or repeat send once. One
    query while nothing is due.
    """
    due = Touch.objects.due(at).filter(
        _wants_at_once(), activity__campaign__state=Campaign.State.RUNNING
    )
    return _send_now(due, at) if due.exists() else 0


@transaction.atomic
def _send_now(due: TouchQuerySet, at: datetime) -> int:
    found = list(
        due.select_related("activity__campaign__kickoff", "person", "about")
        .select_for_update(of=("self",))
        .order_by("pk")[:_MOST]
    )
    calendars = calendars_of(touch.person for touch in found)
    touches = [touch for touch in found if _is_its_hour(touch, calendars[touch.person_id], at)]
    to_send = _skip_what_is_over(touches, at)
    _claim([touch.pk for touch in to_send], state=Touch.State.SENT, sent_at=at)
    by_person: dict[int, list[Touch]] = defaultdict(list)
    for touch in to_send:
        by_person[touch.person_id].append(touch)
    drafts = [_due(some) for some in by_person.values()]
    tell(drafts=drafts, at=at)
    mails = dict(
        Message.objects.filter(key__in=[draft.key for draft in drafts]).values_list(
            "person_id", "pk"
        )
    )
    for touch in to_send:
        touch.message_id = mails[touch.person_id]
    Touch.objects.bulk_update(to_send, ["message"], batch_size=200)
    return len(to_send)


def shown_mails() -> Iterator[NoticeDraft]:
    """The mail about what is due, for the page that shows it."""
    kickoff = invented()
    campaign = Campaign(kickoff=kickoff)
    activity = Activity(
        campaign=campaign, kind=Activity.Kind.MICROLEARNING, title=_("Price the renewal again")
    )
    at = kickoff.closes_at
    yield _due([Touch(pk=0, activity=activity, person=someone(), due_at=at, overdue_at=at)])


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
        due.filter(here(at, "person"), ~_wants_at_once(), person__daily__date__isnull=False)
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


def _due(touches: Sequence[Touch]) -> NoticeDraft:
    """To one person: what of theirs is due now."""
    items = [item_of(touch) for touch in touches]
    first, person = items[0], touches[0].person
    things = ngettext(
        "%(count)d thing is due: %(first)s", "%(count)d things are due: %(first)s", len(items)
    )
    body = "\n\n".join(
        f"{' · '.join(filter(None, [one.title, one.note]))}\n{settings.SITE_URL}{one.url}"
        for one in items
    )
    return NoticeDraft(
        kind=DUE,
        place=first.place,
        key=f"touches:{person.pk}:{touches[0].pk}",
        person=person,
        subject=first.title
        if len(items) == 1
        else things % {"count": len(items), "first": first.title},
        body=_("Hello %(name)s,\n\n%(things)s\n") % {"name": person.display_name, "things": body},
        button=first.button,
    )


def _is_its_hour(touch: Touch, calendar: Calendar, at: datetime) -> bool:
    """Whether a touch may come now: on a working day of its person, from its hour on."""
    there = at.astimezone(ZoneInfo(touch.person.time_zone))
    return there.hour >= touch.activity.local_hour and is_working_day(there.date(), calendar)


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
