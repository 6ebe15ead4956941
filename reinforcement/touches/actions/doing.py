from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.activity.actions import record_entry
from people.calendar.queries import calendar_of
from reinforcement.campaigns import rules as clock
from reinforcement.campaigns.models import Activity
from reinforcement.touches.models import Touch


class TouchRefused(Exception):
    """The touch was not changed. The message is fit to show to its person or their manager."""


@transaction.atomic
def complete_touch(*, touch: Touch, by: Person, at: datetime) -> bool:
    """Record that a touch is done; return whether this call did. A second call changes nothing."""
    return complete_touches(touches=[touch], by=by, at=at) == 1


@transaction.atomic
def complete_touches(*, touches: Iterable[Touch], by: Person, at: datetime) -> int:
    """Record that touches are done; return how many were open until now."""
    done = 0
    for touch in touches:
        if Touch.objects.open().filter(pk=touch.pk).update(done_at=at):
            touch.done_at = at
            record_entry(by=by, verb="touch.done", at=at, subject=touch.person, object=touch)
            done += 1
    return done


@transaction.atomic
def complete_meeting(*, touch: Touch, by: Person, at: datetime) -> bool:
    """
    Record that a team meeting was held.

    :raises TouchRefused: it is no team meeting, or its day has not come
    """
    if touch.activity.setting != Activity.Setting.TEAM_MEETING:
        raise TouchRefused(_("This is not done by a tick: open it and do it."))
    if touch.due_at > at:
        raise TouchRefused(_("This meeting is not due yet."))
    return complete_touch(touch=touch, by=by, at=at)


@transaction.atomic
def extend_touch(*, touch: Touch, days: int, by: Person, at: datetime) -> Touch:
    """
    Give a report more time: until the end of the first working day `days` (1 to 14) from now.

    :raises TouchRefused: it is done or was taken back, or would end sooner than it does
    """
    if not touch.can_be_done or not 1 <= days <= 14:
        raise TouchRefused(_("There is nothing to extend: it is done, or was taken back."))
    person = touch.person
    until = clock.overdue_at(
        at, days_to_do=days, zone=ZoneInfo(person.time_zone), calendar=calendar_of(person)
    )
    last_date = clock.last_date(until, ZoneInfo(person.time_zone))
    shorter = Touch.objects.open().filter(pk=touch.pk, overdue_at__lt=until)
    if not shorter.update(overdue_at=until, extended_date=last_date):
        raise TouchRefused(_("It already has at least that much time."))
    touch.overdue_at, touch.extended_date = until, last_date
    record_entry(by=by, verb="touch.extended", at=at, subject=person, object=touch)
    return touch
