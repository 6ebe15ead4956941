"""The timelines of the three kickoffs: owners, ticks in the past, and the few that slipped."""

import random
from datetime import date, datetime, time, timedelta

from core.due.rules import Calendar
from events.kickoff.models import Kickoff
from events.planning.actions import freeze_baseline, suggest_timeline, write_comment
from events.planning.actions.settling import redate
from events.planning.models import Dependency, PlanningTask, TaskItem, Workstream, WorkstreamOwner
from events.planning.queries import plan_of, task_of
from events.planning.rules import CountsFrom, Unit, work_on
from people.activity.actions import record_entry
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_OWNERS = {
    Workstream.LOGISTICS: "ines",
    Workstream.CONTENT: "chidi",
    Workstream.COMMUNICATIONS: "misaki",
    Workstream.COMP: "mateusz",
}
_SLIPPED = 2  # of what was due in the last weeks, still open
_TIGHT = timedelta(weeks=4)

# What only this company has to do: workstream, title, note, owner, weeks before, days after
_OWN: tuple[tuple[str, str, str, str, int | None, int | None], ...] = (
    (
        Workstream.LOGISTICS,
        "Confirm the AV quote for the main room",
        "The quote is 5,900 over plan since the second screen. Ask what it costs without it.",
        "ines",
        8,
        None,
    ),
    (
        Workstream.CONTENT,
        "Book a third panelist, a detractor",
        "A promoter and a neutral have said yes. Somebody who left us is worth more than both.",
        "chidi",
        7,
        None,
    ),
    (
        Workstream.CONTENT,
        "Review the last 4 of 11 speaker drafts",
        "",
        "priya",
        6,
        None,
    ),
    (
        Workstream.LOGISTICS,
        "Ask the kitchen for halal, kosher and vegan menus",
        "The registration form has the counts.",
        "ines",
        5,
        None,
    ),
    (
        Workstream.COMMUNICATIONS,
        "Film the two-minute invitation with Ngozi",
        "",
        "misaki",
        10,
        None,
    ),
    (
        Workstream.CONTENT,
        "Collect what marketing and product will answer on stage",
        "Each insight from the field needs an owner before it is shown.",
        "chidi",
        2,
        None,
    ),
    (
        Workstream.LOGISTICS,
        "Give the printer the badges, names as people write them",
        "Proof the Japanese, Arabic and Ukrainian ones with their owners.",
        "ines",
        3,
        None,
    ),
    (
        Workstream.COMMUNICATIONS,
        "Tell managers which dates they own in the 90 days",
        "",
        "misaki",
        None,
        5,
    ),
)

# What of its own waits for what, with the days in between; and what was moved by hand since the
# baseline, by so many working days
_WAITS = (
    (
        "Ask the kitchen for halal, kosher and vegan menus",
        "Open registration and invite people",
        14,
    ),
    (
        "Give the printer the badges, names as people write them",
        "Confirm the AV quote for the main room",
        20,
    ),
    (
        "Collect what marketing and product will answer on stage",
        "Review the last 4 of 11 speaker drafts",
        -2,
    ),
    ("Run the dry run with every speaker", "Review the last 4 of 11 speaker drafts", 1),
    ("Freeze the agenda and write the run of show", "Run the dry run with every speaker", 2),
)
_SLIPS = (
    ("Confirm the AV quote for the main room", 3),
    ("Review the last 4 of 11 speaker drafts", 16),
    ("Give the hotel the final room list", -2),
)
# The checklist of the quote, and how much of it is done; what was said on it, by whom
_STEPS = (
    "Ask for the quote without the second screen",
    "Compare with last year’s hours of rigging",
    "Agree overtime after 18:00",
    "Have procurement read the contract",
    "Sign and send the deposit",
)
_STEPS_DONE = 3
_SAID = (
    ("priya", "@Inês the second screen can go if the wall by the stage carries the scores."),
    ("ines", "Without it they are 1,200 over. I asked for the rate of a two-year contract."),
    ("priya", "Good. @Mateusz that is the line “AV” of the budget, contingency stays."),
)


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Give each kickoff the template's timeline and its own tasks, done as far as today allows."""
    for kickoff in kickoffs.all:
        _owners(company, kickoff)
        created_at = _at(kickoff, kickoff.starts_date - timedelta(weeks=27), rng)
        suggest_timeline(kickoff, company.planner, created_at)
        _own_tasks(company, kickoff, created_at)
        frozen_at = _at(kickoff, kickoff.starts_date - timedelta(weeks=9), rng)
        freeze_baseline(kickoff=kickoff, by=company.planner, at=min(frozen_at, now))
        _slip(kickoff, min(frozen_at + timedelta(days=2), now))
        _tick(company, kickoff, rng, now)
        _work(company, kickoff, now)


def _work(company: Company, kickoff: Kickoff, now: datetime) -> None:
    """The checklist and the comments of the quote for the room."""
    task = PlanningTask.objects.get(kickoff=kickoff, title=_SLIPS[0][0])
    day = work_on(min(kickoff.local_date(now), task.due_date), -6, Calendar())
    asked_at = datetime.combine(day, time(9, 12), kickoff.zone)
    done = len(_STEPS) if task.is_done else _STEPS_DONE
    TaskItem.objects.bulk_create(
        TaskItem(
            task=task,
            text=text,
            place=place,
            done_at=asked_at if place < done else None,
            done_by=company["ines"] if place < done else None,
        )
        for place, text in enumerate(_STEPS)
    )
    for days, (handle, text) in enumerate(_SAID):
        day = work_on(asked_at.date(), days, Calendar())
        at = datetime.combine(day, time(9 + days, 40), kickoff.zone)
        write_comment(task=task_of(kickoff, task.pk) or task, text=text, by=company[handle], at=at)


def _owners(company: Company, kickoff: Kickoff) -> None:
    WorkstreamOwner.objects.bulk_create(
        WorkstreamOwner(kickoff=kickoff, workstream=workstream, person=company[handle])
        for workstream, handle in _OWNERS.items()
    )


def _own_tasks(company: Company, kickoff: Kickoff, created_at: datetime) -> None:
    tasks = []
    for workstream, title, note, handle, weeks, days in _OWN:
        task = PlanningTask(
            kickoff=kickoff,
            workstream=workstream,
            title=title,
            note=note,
            owner=company[handle],
            offset=weeks if weeks is not None else days,
            unit=Unit.WEEKS if weeks is not None else Unit.DAYS,
            counts_from=CountsFrom.BEFORE_EVENT if weeks is not None else CountsFrom.AFTER_EVENT,
            due_date=kickoff.starts_date,
            created_at=created_at,
        )
        tasks.append(task)
    PlanningTask.objects.bulk_create(tasks)
    redate(plan_of(kickoff, to_change=True))


def _slip(kickoff: Kickoff, at: datetime) -> None:
    """What has slipped since the baseline: the quote for the room, and what waits for it."""
    plan = plan_of(kickoff, to_change=True)
    by_title = {task.title: task for task in plan.tasks.values()}
    for title, predecessor, lag_days in _WAITS:
        Dependency.objects.create(
            task=by_title[title], predecessor=by_title[predecessor], lag_days=lag_days
        )
    for title, days in _SLIPS:
        task = by_title[title]
        task.own_date = task.due_date = work_on(task.due_date, days, plan.calendar_of(task))
        task.save(update_fields=["own_date", "due_date"])
        record_entry(by=task.owner, verb="task.changed", at=at, object=task, note=task.title)
    redate(plan_of(kickoff, to_change=True))


def _tick(company: Company, kickoff: Kickoff, rng: random.Random, now: datetime) -> None:
    today = kickoff.local_date(now)
    due = list(PlanningTask.objects.filter(kickoff=kickoff, due_date__lt=today))
    # A kickoff that is over has nothing open; in one that is ahead some things slip
    recent = [task for task in due if task.due_date >= today - _TIGHT]
    slipped = [] if kickoff.starts_date <= today else recent[-_SLIPPED:]
    done = [task for task in due if task not in slipped]
    for task in done:
        day = task.due_date - timedelta(days=rng.randint(0, 5))
        task.done_at = min(_at(kickoff, day, rng), now)
        task.done_by = task.owner or company[_OWNERS[Workstream(task.workstream)]]
    PlanningTask.objects.bulk_update(done, ["done_at", "done_by"])


def _at(kickoff: Kickoff, day: date, rng: random.Random) -> datetime:
    """Some moment of a working day at the venue."""
    return datetime.combine(day, time(rng.randint(9, 17), rng.randint(0, 59)), kickoff.zone)
