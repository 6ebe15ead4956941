"""A kickoff's whole plan: its tasks, what waits for what, and on which days each owner works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from core.due.rules import Calendar
from events.kickoff.models import Kickoff
from events.planning import rules
from events.planning.hooks import state_plan_dates
from events.planning.models import Dependency, PlanningTask, Timeline, Workstream
from events.planning.queries.tasks import owners_of
from people.accounts.models import Person
from people.calendar.queries import Place, calendars_at


@dataclass(frozen=True)
class Plan:
    """All tasks of a kickoff, by id, with who answers for them."""

    kickoff: Kickoff
    timeline: Timeline
    tasks: Mapping[int, PlanningTask]
    dependencies: list[Dependency]
    owners: Mapping[str, Person | None]
    # Asked for several times a task, of few people: by their id, or the workstream of nobody's task
    _of_whom: dict[int | str, Calendar] = field(default_factory=dict, init=False)

    @property
    def workstreams(self) -> list[str]:
        """The four, those that were added, and whatever else tasks are of."""
        others = sorted({*self.owners, *(task.workstream for task in self.tasks.values())})
        return list(dict.fromkeys([*Workstream.values, *others]))

    @property
    def links(self) -> list[rules.Link]:
        return [one.link for one in self.dependencies]

    @property
    def frame(self) -> rules.Frame:
        """The days that its tasks count from."""
        kickoff = self.kickoff
        return rules.Frame(kickoff.starts_date, kickoff.ends_date, self.timeline.plan_date)

    @cached_property
    def calendars(self) -> Mapping[Place, Calendar]:
        """The days on which people work where the tasks' owners are, whoever is away. One query."""
        people = [*self.owners.values(), *(task.owner for task in self.tasks.values())]
        return calendars_at({place_of_work(person) for person in [*people, None]})

    def calendar_of(self, task: PlanningTask) -> Calendar:
        """The working days of whoever answers for a task; Monday to Friday where nobody does."""
        key = task.owner_id or task.workstream
        known = self._of_whom.get(key)
        if known is None:
            place = place_of_work(task.owner or self.owners.get(task.workstream))
            known = self.calendars.get(place) or calendars_at([place])[place]
            self._of_whom[key] = known
        return known

    def wanted_date_of(self, task: PlanningTask) -> date | None:
        """When a task is due by its offset; None for what stays: done, or set by hand."""
        counts = None if task.is_by_hand or task.is_done else task.counts
        if counts is None:
            return None
        return rules.wanted_date(counts, self.frame, self.calendar_of(task))

    @property
    def steps(self) -> list[rules.Step]:
        """The tasks as the rules of a plan want them."""
        return [
            rules.Step(
                task.pk,
                task.due_date,
                task.takes_days,
                self.wanted_date_of(task),
                self.calendar_of(task),
            )
            for task in self.tasks.values()
        ]

    @property
    def standing(self) -> list[rules.Step]:
        """As `steps`, where they are now: what moves by itself is wanted on the day that it has."""
        return [
            rules.Step(
                task.pk,
                task.due_date,
                task.takes_days,
                None if task.is_by_hand or task.is_done or task.offset is None else task.due_date,
                self.calendar_of(task),
            )
            for task in self.tasks.values()
        ]


def plan_of(kickoff: Kickoff, *, to_change: bool = False) -> Plan:
    """
    The plan of a kickoff: five queries, and one more when working days are asked for. `to_change`
    locks it, so that of two who change dates one waits.
    """
    if to_change:
        # Who only refers to the kickoff, as an answer does, need not wait
        Kickoff.objects.select_for_update(no_key=True).filter(pk=kickoff.pk).first()
    kept = Timeline.objects.filter(kickoff=kickoff).select_related("frozen_by").first()
    timeline = kept or Timeline(kickoff=kickoff)
    owners = dict(owners_of(kickoff))
    tasks = {}
    rows = list(PlanningTask.objects.filter(kickoff=kickoff))
    # Few people own many tasks, so each of them is read once
    people = Person.objects.in_bulk({row.owner_id for row in rows if row.owner_id})
    for task in rows:
        task.kickoff, task.owner = kickoff, people.get(task.owner_id or 0)
        task.workstream_owner = owners.get(task.workstream)
        tasks[task.pk] = task
    dependencies = list(Dependency.objects.filter(task__kickoff=kickoff).order_by("pk"))
    return Plan(kickoff, timeline, tasks, dependencies, owners)


def stated_plan_dates(kickoff: Kickoff) -> list[tuple[date, int]]:
    """When comp plans say that they take effect, and how many say so; most first. One query."""
    stated = Counter(day for days in state_plan_dates(kickoff) for day in days)
    return sorted(stated.items(), key=lambda pair: (-pair[1], pair[0]))


def place_of_work(person: Person | None) -> Place:
    """Where somebody works; nowhere in particular where there is nobody."""
    if person is None:
        return Place("", "", "")
    return Place(person.country, person.subdivision, person.time_zone)
