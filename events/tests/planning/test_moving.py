"""A kickoff moves: each task from when to when, why, and what its owner reads of it."""

from datetime import UTC, date, datetime

import pytest

from events.kickoff import actions as kickoff_actions
from events.planning.models import Dependency, PlanningTask
from events.tests.factories import KickoffFactory, PlanningTaskFactory
from people.mail.models import Message
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 4, 9, tzinfo=UTC)


@pytest.fixture
def plan():
    """A kickoff of Tuesday 2 to Thursday 4 February with a task of each kind, of Inês in Lisbon."""
    kickoff = KickoffFactory(status="OPEN")
    ines = PersonFactory(full_name="Inês Carvalhal", country="PT", time_zone="Europe/Lisbon")
    known = {"kickoff": kickoff, "owner": ines, "takes_days": 1}
    first = PlanningTaskFactory(title="Quote", offset=8, due_date=date(2026, 12, 7), **known)
    second = PlanningTaskFactory(title="Crew", offset=8, due_date=date(2026, 12, 14), **known)
    Dependency.objects.create(task=second, predecessor=first, lag_days=4)
    PlanningTaskFactory(
        title="Badges", own_date=date(2027, 1, 26), due_date=date(2027, 1, 26), **known
    )
    PlanningTaskFactory(title="Brief", offset=10, due_date=date(2026, 11, 24), done_at=AT, **known)
    PlanningTaskFactory(kickoff=kickoff, title="Nobody’s", offset=1, due_date=date(2027, 1, 26))
    return kickoff


def move(kickoff, seen, **days):
    names = kickoff_actions.Details.__dataclass_fields__
    said = {name: getattr(kickoff, name) for name in names} | days
    return kickoff_actions.update_kickoff(
        kickoff_id=kickoff.pk,
        details=kickoff_actions.Details(**said),
        by=PlannerFactory(),
        at=AT,
        seen=seen,
    )


def asked(kickoff, **days):
    with pytest.raises(kickoff_actions.MoveUnseen) as unseen:
        move(kickoff, "", **days)
    return unseen.value.move


LATER = {"starts_date": date(2027, 2, 16), "ends_date": date(2027, 2, 18)}


def test_each_task_says_from_when_to_when_and_why_by_owner(plan):
    (timeline,) = [one for one in asked(plan, **LATER).follows if one.name == "Timeline"]

    ines, nobody = timeline.details
    assert ines.name == "Inês Carvalhal"
    assert list(ines.lines) == [
        "“Quote”: Mon 7 Dec → Tue 22 Dec. T−8 is Tue 22 Dec.",
        "“Crew”: Mon 14 Dec → Mon 28 Dec. It waits for “Quote”, over on Tue 22 Dec."
        " 4 days lie in between.",
        "“Badges” stays on Tue 26 Jan, set by hand: 21 days before the event,"
        " and 7 days before the event until now.",
        "“Brief” is done, and stays on Tue 24 Nov.",
    ]
    assert (nobody.name, nobody.told) == ("Nobody yet", "")
    assert PlanningTask.objects.get(title="Quote").due_date == date(2026, 12, 7)


def test_a_holiday_of_the_owners_country_is_named(plan):
    changes = {"starts_date": date(2027, 1, 26), "ends_date": date(2027, 1, 28)}
    (timeline,) = [one for one in asked(plan, **changes).follows if one.name == "Timeline"]

    # Eight weeks before is 1 December, on which Portugal rests
    assert (
        timeline.details[0]
        .lines[0]
        .startswith("“Quote”: Mon 7 Dec → Mon 30 Nov. T−8 is Tue 1 Dec.")
    )
    assert "in PT." in timeline.details[0].lines[0]


def test_the_owner_reads_what_the_planner_was_shown_and_a_draft_tells_nobody(plan):
    shown = asked(plan, **LATER)
    line = shown.follows[-1].details[0].told

    move(plan, shown.seal, **LATER)

    mail = Message.objects.get(person__full_name="Inês Carvalhal")
    assert line in mail.body
    assert "“Quote” is due Tue 22 Dec (was Mon 7 Dec)" in line
    assert "Brief" not in line
    assert PlanningTask.objects.get(title="Brief").due_date == date(2026, 11, 24)


def test_of_a_draft_nobody_is_told_and_nothing_says_so(plan):
    plan.status = "DRAFT"
    plan.save()

    shown = asked(plan, **LATER)

    assert {detail.told for detail in shown.follows[-1].details} == {""}
    move(plan, shown.seal, **LATER)
    assert not Message.objects.exists()


def test_a_task_that_another_planner_changed_meanwhile_is_said_again(plan):
    seal = asked(plan, **LATER).seal
    PlanningTask.objects.filter(title="Quote").update(title="Quote of the hall")

    with pytest.raises(kickoff_actions.MoveUnseen) as unseen:
        move(plan, seal, **LATER)

    assert "Quote of the hall" in unseen.value.move.follows[-1].details[0].lines[0]
