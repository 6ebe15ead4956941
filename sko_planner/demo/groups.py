"""Deal clinics in groups: out at the kickoffs that began, with a no-show at the one of today; a draft ahead."""

import random
from collections import defaultdict
from datetime import datetime, timedelta

from agenda.groups.actions.drafting import (
    create_grouping,
    leave_out,
    seat_again,
    take_way,
)
from agenda.groups.actions.releasing import release_groups
from agenda.groups.actions.solving import start_solving, work_solving
from agenda.groups.models import Grouping, Place, Solving
from agenda.sessions.models import Session, SessionType
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_MOST = 1_000  # people: a larger company is for measuring
_ROUNDS = 3


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Groups for the clinics of each kickoff, in three rounds."""
    for kickoff in kickoffs.all:
        at = min(now, kickoff.doors_open_at - timedelta(days=3))
        grouping = _clinics(company, kickoff, at)
        if grouping is None or kickoff == kickoffs.ahead:
            continue
        if not Place.objects.seated().filter(round__grouping=grouping).exists():
            continue  # its rules collide, which its page says
        planner = company.planner
        release_groups(grouping=grouping, version=grouping.version, by=planner, at=at)
        if kickoff == kickoffs.today:
            for place in Place.objects.filter(round__grouping=grouping, leads=False)[3:5]:
                grouping.refresh_from_db()
                leave_out(
                    grouping=grouping,
                    place=place,
                    is_out=True,
                    version=grouping.version,
                    by=planner,
                    at=at,
                )
            grouping.refresh_from_db()
            seat_again(grouping=grouping, version=grouping.version, by=planner, at=at)
            grouping.refresh_from_db()
            release_groups(grouping=grouping, version=grouping.version, by=planner, at=at)


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
        grouping.refresh_from_db()
        take_way(
            grouping=grouping,
            rule="fresh",
            value=False,
            version=grouping.version,
            by=company.planner,
            at=at,
        )
        _solve(company, grouping, at)
    grouping.refresh_from_db()
    return grouping


def _solve(company: Company, grouping: Grouping, at: datetime) -> bool:
    begun = start_solving(grouping=grouping, seconds=0, by=company.planner, at=at)
    work_solving(solving_id=begun.pk, clock=lambda: at)
    begun.refresh_from_db()
    return begun.state == Solving.State.DONE
