from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.activity.actions import record_entry
from people.calendar.models import ClosingDay, Leave

LONGEST_LEAVE = timedelta(days=366)


class CalendarRefused(Exception):
    """No day was changed. The message is fit to show; `field` names what it is about, if one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def add_closing_day(*, date: date, country: str, name: str, by: Person, at: datetime) -> ClosingDay:
    """
    Let the company rest on a day, everywhere or in one country. What waits moves with the next tick.

    :raises CalendarRefused: it rests then already; or `by` is no planner
    """
    _refuse_others(by)
    day, is_new = ClosingDay.objects.get_or_create(
        date=date, country=country, defaults={"name": name}
    )
    if not is_new:
        raise CalendarRefused(_("The company is closed on this day already."), "date")
    record_entry(by=by, verb="closing_day.added", at=at, object=day, note=_said(day))
    return day


@transaction.atomic
def remove_closing_day(*, day: ClosingDay, by: Person, at: datetime) -> None:
    """
    Let the company work on a day after all.

    :raises CalendarRefused: `by` is no planner
    """
    _refuse_others(by)
    record_entry(by=by, verb="closing_day.removed", at=at, object=day, note=_said(day))
    day.delete()


@transaction.atomic
def add_leave(
    *, person: Person, starts_date: date, ends_date: date, by: Person, at: datetime
) -> Leave:
    """
    Write down that a person is away, first and last day included. The same twice is once.

    :raises CalendarRefused: it ends before it begins, or lasts over a year; or `by` is neither
        the person nor a planner
    """
    _refuse_others(by, person)
    if ends_date < starts_date:
        raise CalendarRefused(_("The last day is before the first."), "ends_date")
    if ends_date - starts_date >= LONGEST_LEAVE:
        raise CalendarRefused(_("A year is the most. Add what comes after it later."), "ends_date")
    leave, is_new = Leave.objects.get_or_create(
        person=person, starts_date=starts_date, ends_date=ends_date
    )
    if is_new:
        record_entry(
            by=by,
            verb="person.leave_added",
            at=at,
            subject=person,
            object=leave,
            note=f"{starts_date} – {ends_date}",
        )
    return leave


@transaction.atomic
def remove_leave(*, leave: Leave, by: Person, at: datetime) -> None:
    """
    Take back that a person is away.

    :raises CalendarRefused: `by` is neither the person nor a planner
    """
    _refuse_others(by, leave.person)
    record_entry(
        by=by,
        verb="person.leave_removed",
        at=at,
        subject=leave.person,
        object=leave,
        note=f"{leave.starts_date} – {leave.ends_date}",
    )
    leave.delete()


def _said(day: ClosingDay) -> str:
    return " ".join(filter(None, [day.date.isoformat(), day.country, day.name]))


def _refuse_others(by: Person, person: Person | None = None) -> None:
    """The page has asked already; this is for whoever calls from elsewhere."""
    if not by.is_planner and (person is None or by.pk != person.pk):
        raise CalendarRefused(_("Only planners change this."))
