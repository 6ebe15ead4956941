"""Deal clinics in groups: out at the kickoffs that began, with two no-shows and a late joiner at the one of today; a draft ahead."""

import random
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from agenda.groups.actions.drafting import (
    create_grouping,
    leave_out,
    seat_again,
    take_way,
)
from agenda.groups.actions.following import follow_roster
from agenda.groups.actions.releasing import release_groups
from agenda.groups.actions.solving import start_solving, work_solving
from agenda.groups.models import Grouping, Place, Solving
from agenda.sessions.models import Session, SessionType
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.rates.actions import note_rate
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_MOST = 1_000  # people: a larger company is for measuring
_ROUNDS = 3


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Groups for the clinics of each kickoff, in three rounds."""
    for kickoff in kickoffs.all:
        at = min(now, kickoff.doors_open_at - timedelta(days=3))
        note_rate(
            kickoff=kickoff,
            base="EUR",
            currency="USD",
            bought=Decimal("1.08"),
            as_of_date=at.date() - timedelta(days=20),
        )
        is_today = kickoff == kickoffs.today
        late = _late_joiner(kickoff) if is_today else None
        grouping = _clinics(company, kickoff, at)
        if late is not None:
            Attendee.objects.filter(pk=late.pk).update(rsvp=late.rsvp)
        if grouping is None or kickoff == kickoffs.ahead:
            continue
        if not Place.objects.seated().filter(round__grouping=grouping).exists():
            continue  # its rules collide, which its page says
        _release(company, grouping, at)
        if is_today:
            _on_the_day(company, grouping, at)


def _late_joiner(kickoff: Kickoff) -> Attendee | None:
    """A rep who had said no while the groups were made."""
    reps = Attendee.objects.filter(
        kickoff=kickoff, kind=Attendee.Kind.REP, rsvp="YES", person__top_performer_year=None
    )
    late = reps.order_by("-pk").first()
    if late is not None:
        Attendee.objects.filter(pk=late.pk).update(rsvp="NO")
    return late


def _on_the_day(company: Company, grouping: Grouping, at: datetime) -> None:
    """Two do not come, one comes late: seated with the fewest moves, and released again."""
    follow_roster(grouping.kickoff, at)
    last = grouping.rounds.latest("number")
    sitting = last.places.filter(group__isnull=False, leads=False).order_by("-pk")
    missing = set(sitting.values_list("person", flat=True)[:2])
    for place in Place.objects.filter(round__grouping=grouping, person__in=missing):
        leave_out(place=place, is_out=True, **_draft(company, grouping, at))
    seat_again(**_draft(company, grouping, at))
    _release(company, grouping, at)


def _release(company: Company, grouping: Grouping, at: datetime) -> None:
    release_groups(**_draft(company, grouping, at))


def _draft(company: Company, grouping: Grouping, at: datetime) -> dict[str, Any]:
    """The draft as it is now, for one change."""
    grouping.refresh_from_db()
    return {"grouping": grouping, "version": grouping.version, "by": company.planner, "at": at}


def _clinics(company: Company, kickoff: Kickoff, at: datetime) -> Grouping | None:
    reps = Attendee.objects.filter(kickoff=kickoff, kind=Attendee.Kind.REP)
    clinics = Session.objects.filter(kickoff=kickoff, type=SessionType.DEAL_CLINIC).scheduled()
    rounds: dict[datetime | None, list[Session]] = defaultdict(list)
    for one in clinics.order_by("starts_at", "pk"):
        rounds[one.starts_at].append(one)
    if not rounds or reps.count() > _MOST:
        return None
    grouping = create_grouping(
        kickoff=kickoff,
        kind=Grouping.Kind.CLINIC,
        title="Deal clinics",
        rounds=list(rounds.values())[:_ROUNDS],
        segment={"segment_kind": Attendee.Kind.REP},
        by=company.planner,
        at=at,
    )
    if not _solve(company, grouping, at):
        # As the button does that the solver proposes: too few lead for people to meet afresh
        take_way(rule="fresh", value=False, **_draft(company, grouping, at))
        _solve(company, grouping, at)
    grouping.refresh_from_db()
    return grouping


def _solve(company: Company, grouping: Grouping, at: datetime) -> bool:
    begun = start_solving(grouping=grouping, seconds=0, by=company.planner, at=at)
    work_solving(solving_id=begun.pk, clock=lambda: at)
    begun.refresh_from_db()
    return begun.state == Solving.State.DONE
