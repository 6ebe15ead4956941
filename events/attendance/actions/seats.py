"""Places: who says yes gets one or waits, and who waits is offered what is freed, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.due.rules import is_working_day
from events.attendance.actions import mails
from events.attendance.actions.refusals import RosterRefused, refuse_unless_open
from events.attendance.models import Attendee, Places, SeatRequest
from events.attendance.queries import seats as queries
from events.attendance.rules import seats as rules
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entries_on, record_entry
from people.calendar.queries import calendars_of
from people.notices.actions import tell
from people.org.queries import is_here

_YES, _WAITING = Attendee.Rsvp.YES, Attendee.Rsvp.WAITING
Said = Mapping[tuple[str, int | None], tuple[int | None, int]]  # limit and rank, by kind or region


@transaction.atomic
def set_places(*, kickoff: Kickoff, said: Said, hours: int, by: Person, at: datetime) -> None:
    """Say how many places there are and who comes first; nobody loses one that they have."""
    rows = {(row.kind, row.region_id): row for row in queries.places(kickoff)}
    for (kind, region_id), (limit, rank) in {("", None): (None, 0), **said}.items():
        row = rows.get((kind, region_id)) or Places(kickoff=kickoff, kind=kind, region_id=region_id)
        row.limit, row.rank, row.hours = limit, rank, hours
        if row.pk:
            row.save(update_fields=["limit", "rank", "hours"])
        else:
            row.save()
    everybody = said.get(("", None), (None, 0))[0]
    note = "" if everybody is None else str(everybody)
    record_entry(by=by, verb="attendee.places_set", at=at, object=kickoff, note=note)


def seated(attendees: Iterable[Attendee], kickoff: Kickoff, at: datetime) -> dict[int, str]:
    """
    What a yes is for each of some people, inside the caller's transaction: a place, or one on the
    waiting list. Whoever has a place or an offer keeps it, and nobody overtakes who waits.
    """
    wanting = list(attendees)
    if not _take_turn(kickoff):
        return {one.pk: _YES for one in wanting}
    _offer(kickoff, at)
    limits = queries.limits(queries.places(kickoff), at)
    now = {one.pk: one for one in Attendee.objects.filter(pk__in=[one.pk for one in wanting])}
    answers: dict[int, str] = {}
    for one in wanting:
        row = now[one.pk]
        has_one = row.rsvp == _YES or (row.offered_until is not None and at < row.offered_until)
        free = has_one or rules.take(limits, row.kind, one.person.region_id)
        answers[one.pk] = _YES if free else _WAITING
    return answers


def tend_waiting_lists(at: datetime) -> dict[str, int]:
    """
    The part of the tick: let offers lapse that nobody took, and offer what is free to the next.

    One transaction a kickoff, which waits for the answers that are decided just then.
    """
    counts = {"offered": 0, "lapsed": 0}
    waiting = Attendee.objects.filter(rsvp=_WAITING, kickoff__in=Kickoff.objects.under_way())
    for kickoff in Kickoff.objects.filter(pk__in=waiting.values("kickoff")):
        if at < kickoff.doors_open_at and kickoff.is_shown_to_people:
            with transaction.atomic():
                _take_turn(kickoff)
                counts["lapsed"] += _let_lapse(kickoff, at)
                counts["offered"] += _offer(kickoff, at)
    return counts


@transaction.atomic
def offer_seat(*, attendee: Attendee, by: Person, at: datetime) -> None:
    """
    Offer a place to somebody on the waiting list out of turn, as a planner.

    :raises RosterRefused: none is free, or they wait no more, or have an offer
    """
    kickoff = attendee.kickoff
    refuse_unless_open(kickoff, at)
    _take_turn(kickoff)
    attendee.refresh_from_db(fields=["rsvp", "offered_until"])
    if attendee.rsvp != _WAITING or attendee.offered_until is not None:
        raise RosterRefused(_("Somebody has changed this meanwhile."))
    limits = queries.limits(queries.places(kickoff), at)
    if not rules.take(limits, attendee.kind, attendee.person.region_id):
        raise RosterRefused(_("No place is free for them. Give the kickoff more, or free one."))
    _give([attendee], kickoff, by, at)


@transaction.atomic
def name_substitute(*, attendee: Attendee, person: Person, by: Person, at: datetime) -> SeatRequest:
    """
    Name a colleague of one's own team who could come instead: planners decide, then they are asked.

    :raises RosterRefused: one has not declined, has named somebody already, or they are of another
        team, on the roster, or no longer here
    """
    refuse_unless_open(attendee.kickoff, at)
    if attendee.rsvp != Attendee.Rsvp.NO:
        raise RosterRefused(_("Say first that you do not come."))
    team = attendee.person.team_id
    there = Attendee.objects.filter(kickoff=attendee.kickoff, person=person).exists()
    if team is None or person.team_id != team or there or not is_here(person, at):
        raise RosterRefused(_("Name a colleague of your team who is not on the roster."))
    if attendee.seat_requests.filter(is_substitute=True, decided_at=None).exists():
        raise RosterRefused(_("You have named somebody: a planner decides."))
    asked, is_new = SeatRequest.objects.get_or_create(
        attendee=attendee, person=person, defaults={"asked_at": at, "is_substitute": True}
    )
    if is_new:
        record_entry(
            by=by, verb="attendee.substitute_named", at=at, subject=person, object=attendee.kickoff
        )
    return asked


def _take_turn(kickoff: Kickoff) -> bool:
    """
    Wait until nobody else decides on a place of a kickoff; False where all who want may come. A
    write, so that SQLite and PostgreSQL both let one after the other.
    """
    of_all = Places.objects.filter(kickoff=kickoff, kind="", region=None)
    return bool(of_all.update(turn=F("turn") + 1))


def _let_lapse(kickoff: Kickoff, at: datetime) -> int:
    late = Attendee.objects.filter(kickoff=kickoff, rsvp=_WAITING, offered_until__lte=at)
    found = list(late.select_related("person", "kickoff"))
    Attendee.objects.filter(pk__in=[one.pk for one in found]).update(
        offered_until=None, passed_at=at
    )
    tell(drafts=[mails.lapsed(one, at) for one in found], at=at)
    about = [(one.person, kickoff, "") for one in found]
    record_entries_on(by=None, verb="attendee.offer_lapsed", at=at, about=about)
    return len(found)


def _offer(kickoff: Kickoff, at: datetime) -> int:
    rows = queries.places(kickoff)
    limits = queries.limits(rows, at)
    waiting = queries.waiting_list(kickoff, rows, at).filter(offered_until=None, passed_at=None)
    chosen = [one for one in waiting if rules.take(limits, one.kind, one.person.region_id)]
    _give(chosen, kickoff, None, at)
    return len(chosen)


def _give(chosen: list[Attendee], kickoff: Kickoff, by: Person | None, at: datetime) -> None:
    if not chosen:
        return
    hours = next((row.hours for row in queries.places(kickoff)), 48)
    calendars = calendars_of([one.person for one in chosen])
    for one in chosen:
        works = partial(is_working_day, calendar=calendars[one.person_id])
        zone = ZoneInfo(one.person.time_zone)
        one.offered_until = rules.take_by(at, hours, zone, works, kickoff.doors_open_at)
    Attendee.objects.bulk_update(chosen, ["offered_until"], batch_size=500)
    tell(drafts=[mails.offered(one) for one in chosen], at=at)
    about = [(one.person, kickoff, "") for one in chosen]
    record_entries_on(by=by, verb="attendee.offered", at=at, about=about)
