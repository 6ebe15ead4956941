from datetime import timedelta

import pytest
from django.db import IntegrityError

from events.tests.factories import TopicFactory
from events.tests.world import build_world
from people.tests.factories import PersonFactory
from reinforcement.coaching import actions
from reinforcement.coaching.actions import Talk
from reinforcement.coaching.models import CoachingNote, NoteDraft
from reinforcement.tests.factories import (
    DAY_4,
    ActivityFactory,
    CampaignFactory,
    NoteFactory,
    TouchFactory,
)

pytestmark = pytest.mark.django_db
TODAY = DAY_4.date()


@pytest.fixture
def world():
    world = build_world()
    world.things["campaign"] = CampaignFactory(kickoff=world.kickoff)
    return world


def _follow_up(world, **fields):
    activity = ActivityFactory(campaign=world.things["campaign"], kind="MANAGER_FOLLOW_UP")
    return TouchFactory(activity=activity, person=world["manager"], about=world["rep"], **fields)


def _note(world, rep="rep", by="manager", **talk):
    values = {"happened_on": TODAY, "went_well": "Agreed to ask for the CFO."} | talk
    return actions.record_note(
        kickoff=world.kickoff, rep=world[rep], talk=Talk(**values), by=world[by], at=DAY_4
    )


def test_a_note_does_the_follow_ups_that_are_due(world):
    due = [_follow_up(world), _follow_up(world)]
    later = _follow_up(world, due_at=DAY_4 + timedelta(days=3))

    recorded = _note(world)

    assert recorded.followed_up == 2
    for touch in due:
        touch.refresh_from_db()
        assert touch.done_at == DAY_4
    later.refresh_from_db()
    assert later.done_at is None


def test_a_talk_a_few_days_early_is_the_one_that_was_planned(world):
    soon = _follow_up(world, due_at=DAY_4 + timedelta(days=7), overdue_at=DAY_4 + timedelta(9))

    assert _note(world).followed_up == 1
    soon.refresh_from_db()
    assert soon.done_at == DAY_4


def test_saving_again_on_the_same_day_changes_that_note(world):
    _note(world)
    _note(world, went_well="Agreed on Friday.", next_step="Book the call", next_step_by=TODAY)

    note = CoachingNote.objects.get()
    assert (note.went_well, note.next_step) == ("Agreed on Friday.", "Book the call")


@pytest.mark.parametrize(
    ("rep", "by"), [("rep", "other_manager"), ("peer", "manager"), ("rep", "planner")]
)
def test_only_the_reps_own_manager_writes(world, rep, by):
    with pytest.raises(actions.NoteRefused, match="reports to you"):
        _note(world, rep=rep, by=by)


def test_a_day_to_come_and_a_date_without_a_step_are_refused(world):
    with pytest.raises(actions.NoteRefused, match="still to come"):
        _note(world, happened_on=TODAY + timedelta(days=1))
    with pytest.raises(actions.NoteRefused, match="next step"):
        _note(world, next_step_by=TODAY)


def test_a_next_step_is_for_today_or_a_day_to_come(world):
    with pytest.raises(actions.NoteRefused, match="next step is over"):
        _note(world, next_step="Call", next_step_by=TODAY - timedelta(days=1))
    assert _note(world, next_step="Call", next_step_by=TODAY).note.next_step_by == TODAY


def test_a_tick_stays_when_the_note_is_said_anew_and_goes_with_another_step(world):
    note = _note(world, next_step="Call the CFO").note
    for _ in range(2):
        note = actions.tick_step(note=note, done=True, by=world["rep"], at=DAY_4)

    assert _note(world, next_step="Call the CFO", went_well="More.").note.step_done_at == DAY_4
    assert _note(world, next_step="Write to the CFO").note.step_done_at is None


def test_a_score_goes_with_a_topic(world):
    topic = TopicFactory(kickoff=world.kickoff)

    assert _note(world, topic=topic, score=2).note.score == 2
    assert _note(world, score=2).note.score is None


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"score": 3}, "note_score_1_to_4_of_topic")],
)
def test_an_impossible_note_is_never_stored(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        NoteFactory(**fields)


def test_a_note_to_oneself_or_a_second_one_of_a_day_is_never_stored():
    note = NoteFactory()
    with pytest.raises(IntegrityError):
        NoteFactory(kickoff=note.kickoff, manager=note.manager, rep=note.rep)


def test_nobody_coaches_themselves():
    person = PersonFactory()
    with pytest.raises(IntegrityError, match="not_to_oneself"):
        NoteFactory(manager=person, rep=person)


def test_what_was_never_saved_is_forgotten_after_90_days(world):
    for rep, day in (("rep", 0), ("peer", 1)):
        actions.keep_draft(
            kickoff=world.kickoff,
            rep=world[rep],
            typed={"went_well": "Half a tho"},
            by=world["manager"],
            at=DAY_4 + timedelta(days=day),
        )

    assert actions.forget_old_drafts(DAY_4 + timedelta(days=90)) == {"forgotten": 1}
    assert NoteDraft.objects.get().rep == world["peer"]
