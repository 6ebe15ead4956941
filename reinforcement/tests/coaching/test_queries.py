from datetime import UTC, date, datetime, timedelta

import pytest

from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketVersionFactory,
    PreworkItemFactory,
    QuestionFactory,
    TopicFactory,
)
from events.tests.world import build_world
from people.tests.factories import PersonFactory
from people.waiting.hooks import find_waiting
from people.waiting.rules import Waiting
from reinforcement.coaching import queries
from reinforcement.coaching.queries import Group
from reinforcement.tests.factories import (
    DAY_4,
    ActivityFactory,
    CampaignFactory,
    NoteFactory,
    TouchFactory,
)
from reinforcement.tests.learning.test_actions import finish

pytestmark = pytest.mark.django_db
LATE = DAY_4 + timedelta(days=10)


class Team:
    def __init__(self):
        self.world = build_world()
        self.campaign = CampaignFactory(kickoff=self.world.kickoff)
        self.manager = self.world["manager"]
        self.talk = ActivityFactory(campaign=self.campaign, kind="MANAGER_FOLLOW_UP")
        self.lesson = ActivityFactory(campaign=self.campaign, title="Renew from day one")
        self.checks = {
            day: ActivityFactory(
                campaign=self.campaign, kind="RETENTION_CHECK", day_offset=day, question_count=4
            )
            for day in (0, 30)
        }
        for name in ("Mapping the buying group", "Renewal pricing"):
            topic = TopicFactory(kickoff=self.world.kickoff, name=name)
            for _ in range(4):
                QuestionFactory(topic=topic, held_out=True)

    def report(self, name):
        person = PersonFactory(full_name=name, manager=self.manager)
        AttendeeFactory(kickoff=self.world.kickoff, person=person)
        return person

    def overview(self, at=LATE):
        return queries.team_overview(self.manager, self.world.kickoff, at)


def test_the_team_is_grouped_by_who_needs_the_manager_first():
    team = Team()
    rep = team.world["rep"]
    soon, calm = team.report("Ida Berg"), team.report("Zoë Quinn")
    TouchFactory(activity=team.talk, person=team.manager, about=rep)
    TouchFactory(
        activity=team.lesson, person=soon, due_at=LATE, overdue_at=LATE + timedelta(days=3)
    )

    overview = team.overview()

    assert [(group, [row.person for row in rows]) for group, rows in overview.groups] == [
        (Group.OVERDUE, [rep]),
        (Group.THIS_WEEK, [soon]),
        (Group.NOTHING, [calm]),
    ]
    assert (overview.late, overview.due) == (1, 1)
    first = overview.rows[0].next
    assert first.text.endswith(", 7 days late")
    assert (first.label, first.post) == ("Start the 1:1", False)


def test_a_check_that_a_rep_missed_is_extended_with_a_button():
    team = Team()
    TouchFactory(activity=team.checks[30], person=team.world["rep"])

    (row,) = team.overview().rows

    assert row.missed_check
    assert row.next.label == "Extend"
    assert row.next.post is True


def test_scores_and_the_weakest_topic_lead_the_talk():
    team = Team()
    rep = team.world["rep"]
    finish(TouchFactory(activity=team.checks[0], person=rep), right=4)
    finish(TouchFactory(activity=team.checks[30], person=rep), right=2)
    TouchFactory(activity=team.talk, person=team.manager, about=rep)

    overview = team.overview()

    (row,) = overview.rows
    assert row.scores == {0: 100, 30: 50}
    assert row.fell is True
    assert row.next.text.startswith("Talk about “")
    assert [score for _name, score, _was in overview.weakest] == sorted(
        score for _name, score, _was in overview.weakest
    )


def test_the_last_talk_and_who_had_one_recently_are_counted():
    team = Team()
    NoteFactory(
        kickoff=team.world.kickoff,
        manager=team.manager,
        rep=team.world["rep"],
        happened_on=LATE.date() - timedelta(days=14),
    )
    team.report("Ida Berg")

    overview = team.overview()

    assert overview.talked_recently == 1
    assert overview.rows[0].last_talk == LATE.date() - timedelta(days=14)


def test_a_row_tells_where_packet_and_pre_work_stand():
    team = Team()
    rep = team.world["rep"]
    kickoff = team.world.kickoff
    version = PacketVersionFactory(packet__kickoff=kickoff, packet__rep=rep)
    PreworkItemFactory(person=rep, assignment__kickoff=kickoff)

    (row,) = team.overview().rows

    assert row.packet.packet_id == version.packet_id
    assert not row.packet.is_signed
    assert (row.prework.done, row.prework.total) == (0, 1)


def test_a_team_of_twelve_asks_as_often_as_a_team_of_one(django_assert_num_queries):
    team = Team()
    people = [team.report(f"Rep {n}") for n in range(11)] + [team.world["rep"]]
    for person in people:
        TouchFactory(activity=team.talk, person=team.manager, about=person)
        finish(TouchFactory(activity=team.checks[30], person=person), right=3)

    with find_waiting.only(), django_assert_num_queries(8):
        overview = team.overview()

    assert len(overview.rows) == 12


def test_a_rows_counts_are_those_of_the_truth_at_any_kickoff():
    team = Team()
    rep, elsewhere = team.world["rep"], KickoffFactory()
    item = PreworkItemFactory(person=rep, assignment__kickoff=team.world.kickoff)
    NoteFactory(
        kickoff=elsewhere,
        manager=team.manager,
        rep=rep,
        next_step="Book the CFO call",
        next_step_by=date(2027, 1, 15),
        happened_on=date(2027, 1, 10),
    )
    at = datetime(2027, 1, 13, 12, tzinfo=UTC)

    (row,) = team.overview(at).rows
    assert (row.late, row.due, row.due_date) == (0, 2, date(2027, 1, 15))
    assert row.last_talk == date(2027, 1, 10)
    assert not row.can_nudge

    (row,) = team.overview(item.assignment.due_at).rows
    assert (row.group, row.late, row.can_nudge) == (Group.OVERDUE, 2, True)
    assert "Has not done" in row.next.text


def test_this_week_ends_on_its_sunday():
    team = Team()
    wednesday = datetime(2027, 1, 13, 12, tzinfo=UTC)
    for day in (17, 18):
        PreworkItemFactory(
            person=team.world["rep"],
            assignment__kickoff=team.world.kickoff,
            assignment__due_date=date(2027, 1, day),
            assignment__due_at=datetime(2027, 1, day + 1, tzinfo=UTC),
        )

    (row,) = team.overview(wednesday).rows

    assert row.due == 1


def test_what_only_the_rep_may_know_of_is_not_in_the_team():
    team = Team()

    def secret(people, at):
        return [
            Waiting(
                person_id=person.pk,
                kind="inquiries.answered",
                title="Secret",
                url="/",
                since=at,
                due_at=at,
                is_private=True,
            )
            for person in people
        ]

    with find_waiting.only(secret):
        (row,) = team.overview().rows

    assert (row.late, row.group) == (0, Group.NOTHING)


def test_somebody_elses_reports_and_notes_are_not_in_the_team():
    team = Team()
    NoteFactory(kickoff=team.world.kickoff, manager=PersonFactory(), rep=team.world["rep"])

    (row,) = team.overview().rows

    assert (row.person, row.last_talk) == (team.world["rep"], None)


def test_the_briefing_starts_with_the_weakest_topic(django_assert_num_queries):
    team = Team()
    rep = team.world["rep"]
    for day in (0, 30):
        finish(TouchFactory(activity=team.checks[day], person=rep), right=4 if day == 0 else 2)
    TouchFactory(activity=team.talk, person=team.manager, about=rep)
    TouchFactory(activity=team.lesson, person=rep)
    NoteFactory(kickoff=team.world.kickoff, manager=team.manager, rep=rep)

    with find_waiting.only(), django_assert_num_queries(10):
        queries.briefing(team.manager, rep, team.world.kickoff, LATE)
    briefing = queries.briefing(team.manager, rep, team.world.kickoff, LATE)

    assert briefing.weakest.last == min(one.last for one in briefing.topics)
    assert (briefing.days, briefing.notes) == ([0, 30], 1)
    assert [item.title for item in briefing.about.theirs] == ["Renew from day one"]
    assert [item.kind for item in briefing.about.own] == ["team.one_to_one"]
    assert briefing.next_follow_up.about == rep


def unconfirmed(rep):
    rep.confirmed_manager = None
    rep.save(update_fields=["confirmed_manager"])


def test_scores_stay_out_of_the_team_while_revops_has_not_confirmed_its_manager():
    team = Team()
    rep, known = team.world["rep"], team.report("Ida Berg")
    for person in (rep, known):
        finish(TouchFactory(activity=team.checks[0], person=person), right=4)
    unconfirmed(rep)

    overview = team.overview()

    assert {row.person: row.scores for row in overview.rows} == {rep: {}, known: {0: 100}}
    assert overview.unconfirmed == [rep]


def test_a_briefing_has_no_scores_while_revops_has_not_confirmed_the_manager():
    team = Team()
    rep = team.world["rep"]
    finish(TouchFactory(activity=team.checks[0], person=rep), right=2)
    TouchFactory(activity=team.talk, person=team.manager, about=rep)
    unconfirmed(rep)

    briefing = queries.briefing(team.manager, rep, team.world.kickoff, LATE)

    assert (briefing.topics, briefing.days, briefing.weakest) == ([], [], None)
    assert briefing.next_follow_up.about == rep


def test_a_rep_reads_what_is_shared_and_never_the_private_part():
    note = NoteFactory()

    (shared,) = queries.shared_notes(note.rep, note.kickoff)

    assert shared.went_well == note.went_well
    assert not hasattr(shared, "private_note")


def test_planners_get_counts():
    note = NoteFactory()

    assert queries.coaching_counts(note.kickoff) == (1, 1)
