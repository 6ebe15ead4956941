"""Groups follow the roster, and begin with the template or as a copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.groups.actions.drafting import create_grouping, sync_places
from agenda.groups.models import Grouping, Place
from agenda.sessions.models import Session, SessionType
from events.attendance.models import Attendee
from events.kickoff.hooks import Copied
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def follow_roster(kickoff: Kickoff, at: datetime) -> None:
    """
    Whoever joined waits for a place in each grouping that is for them, and whoever left has none:
    a hole that planners see until somebody fills it.
    """
    if kickoff.status == Kickoff.Status.ARCHIVED:
        return
    for grouping in Grouping.objects.filter(kickoff=kickoff).prefetch_related("rounds__places"):
        grouping.kickoff = kickoff
        sync_places(grouping, at)


def what_follows(
    kickoff: Kickoff, people: Collection[int], is_leaving: bool, at: datetime
) -> list[str]:
    """In how many groups people who go from a roster have a place. One query."""
    count = (
        Place.objects.seated().filter(round__grouping__kickoff=kickoff, person__in=people).count()
    )
    said = ngettext(
        "%(count)d place in a group becomes free: seat somebody there, or release it as it is.",
        "%(count)d places in groups become free: seat somebody there, or release them as they are.",
        count,
    )
    return [said % {"count": count}] if count else []


def suggest_groups(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """Begin deal clinics in the clinics of the agenda that the template made, a round a moment."""
    clinics = Session.objects.filter(kickoff=kickoff, type=SessionType.DEAL_CLINIC).scheduled()
    rounds: dict[datetime | None, list[Session]] = defaultdict(list)
    for one in clinics.order_by("starts_at", "pk"):
        rounds[one.starts_at].append(one)
    if rounds:
        create_grouping(
            kickoff=kickoff,
            kind=Grouping.Kind.CLINIC,
            title=_("Deal clinics"),
            rounds=list(rounds.values()),
            segment={"segment_kind": Attendee.Kind.REP},
            by=by,
            at=at,
        )


def copy_groups(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """Copy groupings with their rules and sessions, found by title and moment; nobody sits in them."""
    there = list(Grouping.objects.filter(kickoff=source).prefetch_related("rounds__sessions"))
    if not there:
        return None
    if Grouping.objects.filter(kickoff=target).exists():
        return Copied(_("Groups"), is_held=True)
    free: dict[str, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(kickoff=target).order_by("starts_at", "pk"):
        free[session.title].append(session)
    copied = 0
    for grouping in there:
        rounds = [
            [free[one.title].pop(0) for one in round_.sessions.all() if free[one.title]]
            for round_ in grouping.rounds.all()
        ]
        if not all(rounds) or any(len({one.starts_at for one in some}) > 1 for some in rounds):
            continue
        made = create_grouping(
            kickoff=target,
            kind=grouping.kind,
            title=grouping.title,
            rounds=rounds,
            segment={
                "segment_kind": grouping.segment_kind,
                "segment_function": grouping.segment_function,
                "segment_region": grouping.segment_region,
            },
            by=by,
            at=at,
        )
        made.rules = grouping.rules
        made.save(update_fields=["rules"])
        copied += 1
    said = ngettext("%(count)d set of groups", "%(count)d sets of groups", copied)
    return Copied(_("Groups"), [said % {"count": copied}])
