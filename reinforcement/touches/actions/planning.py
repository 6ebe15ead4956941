from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.activity.actions import record_entry
from people.org.queries import is_here
from reinforcement.campaigns.models import Activity, Campaign
from reinforcement.touches import rules
from reinforcement.touches.actions.wanted import Key, Roster, Times, Wanted
from reinforcement.touches.models import Basis, Touch

_BATCH = 1000  # rows a statement
_PEOPLE = 250  # a transaction
_LEFT_OUT = {Touch.Skip.LEFT, Touch.Skip.DECLINED, Touch.Skip.NO_TEAM, Touch.Skip.NOT_MEANT}


@dataclass
class Planned:
    """What one tick did to what waits: how many touches are new, and what became of the others."""

    planned: int = 0
    moved: int = 0  # to another hour or day
    handed: int = 0  # to the manager whom a rep has now
    withdrawn: int = 0  # from somebody who is not here or not meant any more
    returned: int = 0  # to somebody who is again

    def add(self, other: Planned) -> None:
        for field in fields(self):
            name = field.name
            setattr(self, name, getattr(self, name) + getattr(other, name))


def plan_due_campaigns(*, at: datetime) -> Planned:
    """
    Plan the touches of running campaigns, and bring what waits in line with whoever has changed
    since. A tick calls this, so nothing has to tell it who changed, or how.
    """
    total = Planned()
    for campaign in Campaign.objects.running().select_related("kickoff"):
        total.add(plan_touches(campaign=campaign, at=at))
    return total


def plan_touches(*, campaign: Campaign, at: datetime) -> Planned:
    """
    Give each person of each activity's segment their touch, and let those that wait follow their
    person: hour and day, manager, taking part or not. What was sent or done keeps its times.

    An activity that is new or changed is planned for everybody, on its own day. Beside that only
    those are looked at whose digest differs from the one that they were last planned from, and
    what is over when they come stays out. In transactions of 250 people, each of which holds the
    campaign: two ticks at once do the second time what is left to do, which is nothing.
    """
    roster = Roster(campaign, at)
    now = roster.digests()
    known = dict(Basis.objects.filter(campaign=campaign).values_list("person_id", "digest"))
    changed = [pk for pk in now.keys() | known.keys() if now.get(pk) != known.get(pk)]
    activities = list(campaign.activities.live().order_by("day_offset", "pk"))
    new = [activity for activity in activities if not activity.has_touches]
    total = Planned()
    for people in _parts(sorted(now.keys() | known.keys()) if new else []):
        total.add(_plan_anew(roster, new, people))
    for activity in new:
        # Not when a planner changed it in the meantime: the next tick plans it again
        same = Activity.objects.filter(pk=activity.pk, changed_at=activity.changed_at)
        same.update(has_touches=True)
    planned_before = [activity for activity in activities if activity.has_touches]
    for people in _parts(sorted(changed)):
        total.add(_follow(roster, planned_before, people, now))
    if new or changed or campaign.touches_planned_at is None:
        Campaign.objects.filter(pk=campaign.pk).update(touches_planned_at=at)
        campaign.touches_planned_at = at
    return total


def _parts(people: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(people), _PEOPLE):
        yield people[start : start + _PEOPLE]


@transaction.atomic
def _plan_anew(roster: Roster, activities: Sequence[Activity], people: Sequence[int]) -> Planned:
    """Plan activities that are new or changed: what is over is theirs too, as too late to send."""
    _hold(roster.campaign)
    line = _Line(roster, activities, set(people))
    line.draw(anew=True)
    return line.write()


@transaction.atomic
def _follow(
    roster: Roster, activities: Sequence[Activity], people: Sequence[int], now: dict[int, str]
) -> Planned:
    """Bring the touches of people who changed in line, and remember what with."""
    _hold(roster.campaign)
    line = _Line(roster, activities, set(people))
    line.draw(anew=False)
    result = line.write()
    campaign = roster.campaign
    Basis.objects.filter(campaign=campaign, person__in=people).delete()
    Basis.objects.bulk_create(
        Basis(campaign=campaign, person_id=pk, digest=now[pk]) for pk in people if pk in now
    )
    if any(astuple(result)):
        record_entry(
            by=None,
            verb="touches.followed",
            at=roster.at,
            object=campaign,
            note=_in_words(result, len(people)),
        )
    return result


def _hold(campaign: Campaign) -> None:
    """Let the planning of one campaign wait for another of the same."""
    Campaign.objects.select_for_update().only("pk").get(pk=campaign.pk)


class _Line:
    """What has to be written so that the touches of some people are what the plan asks for."""

    def __init__(self, roster: Roster, activities: Sequence[Activity], people: set[int]) -> None:
        self.roster = roster
        self.people = people
        self.times = Times(roster)
        self.wanted: dict[Key, Wanted] = {row.key: row for row in roster.wanted(activities, people)}
        self.there = _touches(activities, people)
        self.new: list[Touch] = []
        # What to write into which touches: many share it
        self.changes: dict[tuple[str, tuple[tuple[str, Any], ...]], list[int]] = defaultdict(list)

    def draw(self, *, anew: bool) -> None:
        """`anew`: the plan itself changed, so an activity is due on its day even if it is over."""
        for touch in self.there:
            row = self.wanted.pop(_key(touch), None)
            if touch.done_at is not None:
                continue
            if row is not None:
                self._keep(touch, row, anew)
            # One about somebody else is theirs to follow: this manager only had it
            elif touch.state == Touch.State.WAITING and touch.about_id in {None, *self.people}:
                self._change("withdrawn", touch, state=_SKIPPED, skip_reason=self._why(touch))
        for row in self.wanted.values():
            due = self.times.due_at(row) if anew else self._ahead(row)
            if due is not None:
                self.new.append(self._touch(row, due))

    def _keep(self, touch: Touch, row: Wanted, anew: bool) -> None:
        new_hands = {"person_id": row.person.pk} if row.person.pk != touch.person_id else {}
        if touch.state == Touch.State.WAITING:
            due = self._moved(touch, row, anew)
            times = {"due_at": due, "overdue_at": self._overdue_at(touch, row, due)}
            same = all(getattr(touch, name) == value for name, value in times.items())
            if new_hands or not same:
                self._change("handed" if new_hands else "moved", touch, **times, **new_hands)
        elif touch.skip_reason in _LEFT_OUT:
            ahead = self._ahead(row)
            if ahead is not None:
                late = self._overdue_at(touch, row, ahead)
                back = {"state": Touch.State.WAITING, "skip_reason": "", "due_at": ahead}
                self._change("returned", touch, **back, overdue_at=late, **new_hands)
        elif new_hands:
            self._change("handed", touch, **new_hands)

    def _moved(self, touch: Touch, row: Wanted, anew: bool) -> datetime:
        """When a touch that waits is due from now on."""
        planned, at = self.times.planned_at(row), self.roster.at
        if planned >= at or planned == touch.due_at:
            return planned
        if anew:
            return self.times.due_at(row)
        # It was put off until later than its day: the next of its hours, never at night
        if touch.due_at >= at:
            return self.times.next_hour(row)
        return self._ahead(row) or planned

    def _overdue_at(self, touch: Touch, row: Wanted, due: datetime) -> datetime:
        """When a touch is late from now on. More time that a manager gave goes with it, as a day."""
        planned = self.times.overdue_at(row, due)
        given = touch.extended_date
        return max(planned, self.times.end_of(given, row)) if given else planned

    def _ahead(self, row: Wanted) -> datetime | None:
        """When a touch that was not there is due from now on; None if it is over."""
        planned, at = self.times.planned_at(row), self.roster.at
        if planned >= at:
            return planned
        stale = rules.is_stale(due_at=planned, at=at, grace_hours=row.activity.grace_hours)
        return None if stale else self.times.next_hour(row)

    def _why(self, touch: Touch) -> Touch.Skip:
        """Why a touch is not meant for its person any more."""
        roster, subject = self.roster, touch.about or touch.person
        if not is_here(touch.person, roster.at) or not is_here(subject, roster.at):
            return Touch.Skip.LEFT
        if touch.activity.setting == Activity.Setting.TEAM_MEETING:
            return Touch.Skip.NO_TEAM
        if subject.pk not in roster.taking_part:
            return Touch.Skip.DECLINED
        if touch.about is not None and roster.manager_of(subject) is None:
            return Touch.Skip.NO_TEAM
        return Touch.Skip.NOT_MEANT

    def _touch(self, row: Wanted, due: datetime) -> Touch:
        return Touch(
            activity=row.activity,
            person=row.person,
            about=row.about,
            due_at=due,
            overdue_at=self.times.overdue_at(row, due),
        )

    def _change(self, count: str, touch: Touch, **changes: Any) -> None:
        self.changes[count, tuple(sorted({"was": touch.state, **changes}.items()))].append(touch.pk)

    def write(self) -> Planned:
        """Write it. The rows are locked already, where the database can."""
        Touch.objects.bulk_create(self.new, batch_size=_BATCH)
        result = Planned(planned=len(self.new))
        for (count, pairs), pks in self.changes.items():
            changes = dict(pairs)
            same = Touch.objects.filter(done_at=None, state=changes.pop("was"))
            for start in range(0, len(pks), _BATCH):
                written = same.filter(pk__in=pks[start : start + _BATCH]).update(**changes)
                setattr(result, count, getattr(result, count) + written)
        return result


_SKIPPED = Touch.State.SKIPPED


def _touches(activities: Iterable[Activity], people: Collection[int]) -> list[Touch]:
    """The touches of some people and those about them, locked in the order in which sending does."""
    return list(
        Touch.objects.filter(Q(person__in=people) | Q(about__in=people), activity__in=activities)
        .select_related("activity", "person", "about")
        .select_for_update(of=("self",))
        .order_by("pk")
    )


def _key(touch: Touch) -> Key:
    whose = None if touch.about_id else touch.person_id
    return (touch.activity_id, whose, touch.about_id)


def _in_words(result: Planned, people: int) -> str:
    who = ngettext("%(count)d person changed", "%(count)d people changed", people)
    what = _(
        "%(planned)d planned, %(moved)d moved, %(handed)d handed on, %(withdrawn)d withdrawn, "
        "%(returned)d returned"
    ) % {field.name: getattr(result, field.name) for field in fields(result)}
    return f"{who % {'count': people}}: {what}"
