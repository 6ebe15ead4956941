"""Meridane's three kickoffs and their rosters: one behind it, one on today, one to come."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from sko_planner.demo.people import Company

_Rsvp, _Kind = Attendee.Rsvp, Attendee.Kind
_WEDNESDAY, _FRIDAY = 2, 4


@dataclass(frozen=True, slots=True)
class Kickoffs:
    """The kickoffs of the demo company, by where they stand."""

    ended: Kickoff  # about 40 days ago; its campaign is running
    today: Kickoff  # day 2 of 3
    ahead: Kickoff  # eight weeks out

    @property
    def all(self) -> tuple[Kickoff, Kickoff, Kickoff]:
        return (self.ended, self.today, self.ahead)


def build(company: Company, rng: random.Random, now: datetime) -> Kickoffs:
    """Make the three kickoffs with all their attendees, and store them."""
    kickoffs = _kickoffs(company, now)
    everybody = company.people
    field = [
        person
        for person in everybody
        if person.region is None or person.region.name in ("EMEA", "Asia-Pacific")
    ]
    rosters = ((kickoffs.ended, everybody), (kickoffs.today, field), (kickoffs.ahead, everybody))
    for kickoff, people in rosters:
        _roster(kickoff, people, company, rng, now)
    return kickoffs


def fiscal_year_of(day: date) -> str:
    """Meridane's fiscal year, which begins on 1 March and is named for the year it ends in."""
    year = day.year + 1 if day.month >= 3 else day.year
    return f"FY{year % 100:02d}"


def _kickoffs(company: Company, now: datetime) -> Kickoffs:
    ended_date = _ending_midweek(now.date() - timedelta(days=40))
    today = now.astimezone(ZoneInfo("Europe/Amsterdam")).date()
    starts_date = _nearest_tuesday(now.date() + timedelta(weeks=8))
    this_year = fiscal_year_of(ended_date)
    next_year = fiscal_year_of(starts_date + timedelta(days=60))
    if next_year == this_year:
        next_year = f"{this_year} mid-year"
    ended = Kickoff(
        slug=f"one-motion-{this_year.lower()}",
        name=f"One Motion {this_year}",
        theme="One motion, from the first call to the renewal",
        fiscal_year=this_year,
        starts_date=ended_date - timedelta(days=2),
        ends_date=ended_date,
        venue="Centro Tejo",
        city="Lisbon",
        time_zone="Europe/Lisbon",
        status=Kickoff.Status.ENDED,
        owner=company.planner,
    )
    ended.ended_at = ended.closes_at
    on_today = Kickoff(
        slug=f"open-lanes-{this_year.lower()}",
        name=f"Open Lanes {this_year}",
        theme="Answer Frostline before the customer asks",
        fiscal_year=this_year,
        starts_date=today - timedelta(days=1),
        ends_date=today + timedelta(days=1),
        venue="Cold Store 9, Maashaven",
        city="Rotterdam",
        time_zone="Europe/Amsterdam",
        status=Kickoff.Status.OPEN,
        owner=company.planner,
    )
    ahead = Kickoff(
        slug=f"unbroken-{next_year.lower().replace(' ', '-')}",
        name=f"Unbroken {next_year}",
        theme="No gap in the chain: renew from day one",
        fiscal_year=next_year[:4],
        starts_date=starts_date,
        ends_date=starts_date + timedelta(days=2),
        venue="Centro Tejo",
        city="Lisbon",
        time_zone="Europe/Lisbon",
        status=Kickoff.Status.OPEN,
        owner=company.planner,
    )
    for kickoff in (ended, on_today, ahead):
        kickoff.save()
    return Kickoffs(ended=ended, today=on_today, ahead=ahead)


def _ending_midweek(day: date) -> date:
    """The nearest last day of three working days."""
    nearest = sorted(range(-3, 4), key=abs)
    days = (day + timedelta(days=shift) for shift in nearest)
    return next(each for each in days if _WEDNESDAY <= each.weekday() <= _FRIDAY)


def _nearest_tuesday(day: date) -> date:
    return day + timedelta(days=(1 - day.weekday() + 3) % 7 - 3)


def _roster(
    kickoff: Kickoff, people: list[Person], company: Company, rng: random.Random, now: datetime
) -> None:
    reps = {rep.pk for rep in company.reps}
    managers = {person.pk for person in (*company.managers, *company.vps)}
    executives = {person.pk for person in company.executives}
    # Whoever joined after the doors opened is on no roster of that kickoff
    on_board = [p for p in people if p.hire_date is None or p.hire_date < kickoff.starts_date]
    invited_at = _local(kickoff, kickoff.starts_date - timedelta(weeks=11), time(10, 0))
    known = {company[handle].pk for handle in ("priya", "mateusz", "soren", "aicha", "ngozi")}
    rows = []
    for person in on_board:
        kind = _Kind.STAFF
        if person.pk in reps:
            kind = _Kind.REP
        elif person.pk in managers:
            kind = _Kind.MANAGER
        elif person.pk in executives:
            kind = _Kind.SPEAKER
        row = Attendee(
            kickoff=kickoff,
            person=person,
            kind=kind,
            invited_at=invited_at,
            added_at=invited_at - timedelta(days=2),
        )
        _answer(row, rng, now, is_certain=person.pk in known)
        rows.append(row)
    Attendee.objects.bulk_create(rows, batch_size=500)


def _answer(row: Attendee, rng: random.Random, now: datetime, *, is_certain: bool) -> None:
    """Draw whether somebody answered and came. The longer ago the kickoff, the fewer are open."""
    kickoff = row.kickoff
    begun = kickoff.doors_open_at <= now
    draw = 1.0 if is_certain else rng.random()
    row.rsvp = _Rsvp.NO if draw < 0.05 else _Rsvp.YES
    if not begun and draw > 0.8 and not is_certain:
        row.rsvp = _Rsvp.PENDING
    if row.rsvp == _Rsvp.PENDING or row.invited_at is None:
        return
    latest = min(now, kickoff.doors_open_at)
    row.answered_at = row.invited_at + (latest - row.invited_at) * rng.uniform(0.02, 0.9)
    if begun and row.rsvp == _Rsvp.YES and (is_certain or rng.random() < 0.97):
        doors = kickoff.doors_open_at
        came_at = doors + timedelta(minutes=rng.randint(-25, 190))
        row.checked_in_at = min(came_at, now)


def _local(kickoff: Kickoff, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=kickoff.zone).astimezone(UTC)
