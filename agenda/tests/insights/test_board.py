from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from agenda.insights import actions, queries
from agenda.insights.models import Insight, Telling
from agenda.insights.rules import Answers, most_alike
from agenda.insights.waiting import find, find_unowned
from agenda.tests.factories import SessionFactory
from agenda.tests.insights.conftest import BEGAN
from events.commitments.models import Occurrence
from events.tests.factories import AttendeeFactory
from people.accounts.models import Person
from people.notices.models import Notice
from people.tests.factories import PersonFactory
from people.waiting.models import Stale

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 9, tzinfo=UTC)
DUE = date(2026, 2, 11)
LATER = datetime(2026, 2, 13, 9, tzinfo=UTC)


@pytest.fixture
def owner(world):
    return PersonFactory(full_name="김서연", function=Person.Function.PRODUCT)


def send(world, what="Show who changed a route", **more):
    said = {"session": world.things["session"], "by": None, "at": BEGAN} | more
    return actions.send_insight(kickoff=world.kickoff, what=what, **said)


def given(world, owner, what="Show who changed a route", due=DUE, **more):
    insight = send(world, what, **more)
    actions.give(insight=insight, owner=owner, due=due, by=world["planner"], at=AT)
    return insight


def url(name, world, *ids):
    return reverse(f"agenda:insights:{name}", args=[world.kickoff.slug, *(one.pk for one in ids)])


def told(insight, occasion="ANSWER"):
    rows = Telling.objects.filter(insight=insight, occasion=occasion)
    return set(rows.values_list("person__full_name", flat=True))


def notices(person):
    return Notice.objects.filter(person=person, kind="insights.told")


def titles(person, at=AT):
    return [one.title for one in find([person], at) if one.waits(at)]


# From room to owner


def test_what_says_the_same_is_found_and_what_does_not_is_left(world):
    texts = [
        (1, "Depot managers cannot mute an alert at night"),
        (2, "The contract goes round legal twice"),
        (3, "Managers of depots can not mute alerts at night"),
    ]

    assert most_alike("No way to mute alerts at night in depots", texts) == [3, 1]


def test_put_together_they_have_one_owner_and_can_be_taken_apart_again(world):
    first, second, third = (send(world, what) for what in ("One", "Two", "Three"))
    actions.merge(insight=third, into=second, by=world["planner"], at=AT)
    actions.merge(insight=second, into=first, by=world["planner"], at=AT)
    assert [row.pk for row in Insight.objects.heads()] == [first.pk]

    actions.take_apart(insight=second, by=world["planner"], at=AT)

    third.refresh_from_db()
    assert set(Insight.objects.heads()) == {first, second}
    assert third.merged_into == second


def test_one_with_an_owner_is_not_put_to_another(world, owner):
    insight = given(world, owner)
    with pytest.raises(actions.InsightRefused, match="has an owner already"):
        actions.merge(insight=insight, into=send(world, "Two"), by=world["planner"], at=AT)
    with pytest.raises(actions.InsightRefused, match="another insight"):
        actions.merge(insight=insight, into=insight, by=world["planner"], at=AT)


def test_a_planner_is_asked_for_owners_and_the_owner_for_an_answer(
    world, owner, django_assert_max_num_queries
):
    insight = send(world)
    with django_assert_max_num_queries(2):
        asked = list(find_unowned([world["planner"], world["rep"]], AT))
    assert [(one.person_id, one.title) for one in asked] == [
        (world["planner"].pk, "Give 1 insight an owner")
    ]

    actions.give(insight=insight, owner=owner, due=DUE, by=world["planner"], at=AT)

    assert list(find_unowned([world["planner"]], AT)) == []
    with django_assert_max_num_queries(1):
        assert titles(owner) == ["Answer: Show who changed a route"]
    assert Notice.objects.get(person=owner).title.startswith("Answer by")
    insight.refresh_from_db()
    assert (insight.function, insight.state) == ("PRODUCT", "OPEN")


def test_a_day_that_is_over_is_refused_and_so_is_whoever_comes_second(world, owner):
    insight = send(world)
    with pytest.raises(actions.InsightRefused, match="That day is over"):
        actions.give(insight=insight, owner=owner, due=date(2026, 2, 3), by=world["planner"], at=AT)
    insight = given(world, owner)
    actions.answer(insight=insight, text="It is on", by=owner, at=AT)
    for act in (
        lambda: actions.answer(insight=insight, text="Off", by=owner, at=AT),
        lambda: actions.decline(insight=insight, reason="No", by=owner, at=AT),
        lambda: actions.give(insight=insight, owner=owner, due=DUE, by=owner, at=AT),
    ):
        with pytest.raises(actions.InsightRefused, match="has its answer"):
            act()


# From owner to room


def test_all_who_were_there_are_told_whoever_sent_it(world, owner, monkeypatch):
    there = {world.things["session"].pk: frozenset({world["peer"].pk})}
    monkeypatch.setattr("agenda.insights.queries.rooms.were_there", lambda _kickoff: there)
    insight = given(world, owner, by=world["rep"])

    actions.answer(insight=insight, text="It is on from March", by=owner, at=AT)

    assert told(insight) == {"Thabo Nkosi"}
    assert [one.title for one in notices(world["peer"])] == ["Answered: Show who changed a route"]


def test_where_nobody_was_counted_those_are_told_for_whom_it_was_meant(world, owner):
    insight = given(world, owner)
    actions.decline(insight=insight, reason="It costs margin", by=owner, at=AT)

    assert told(insight) == {"Aïcha Benyahia", "Thabo Nkosi", "Søren Lindqvist", "佐藤 美咲"}


def test_a_room_that_comes_later_is_told_what_the_others_were(world, owner, monkeypatch):
    other = SessionFactory(kickoff=world.kickoff, starts_at=BEGAN)
    there = {
        world.things["session"].pk: frozenset({world["peer"].pk}),
        other.pk: frozenset({world["rep"].pk, world["peer"].pk}),
    }
    monkeypatch.setattr("agenda.insights.queries.rooms.were_there", lambda _kickoff: there)
    insight = given(world, owner)
    actions.answer(insight=insight, text="It is on", by=owner, at=AT)

    late = send(world, "Who changed the route?", session=other)
    actions.merge(insight=late, into=insight, by=world["planner"], at=LATER)

    assert told(insight) == {"Thabo Nkosi", "Aïcha Benyahia"}
    assert len(notices(world["peer"])) == 1


def test_who_opens_the_answer_has_read_it_and_the_page_counts_them(client, world, owner):
    insight = given(world, owner)
    actions.answer(insight=insight, text="It is on", by=owner, at=AT)
    client.force_login(world["rep"])
    assert "It is on" in client.get(url("answer", world, insight)).content.decode()

    story = queries.story_of(insight)

    assert (story.answered.told, story.answered.read) == (4, 1)


def test_acted_on_the_promise_is_kept_and_the_room_is_told_once_more(world, owner):
    AttendeeFactory(kickoff=world.kickoff, person=owner, kind="STAFF")
    insight = given(world, owner)
    actions.answer(insight=insight, text="By March", act_by=date(2026, 3, 1), by=owner, at=AT)
    assert titles(owner) == []  # it waits as a promise
    assert Occurrence.objects.get().commitment.source == "INSIGHT"

    actions.act(insight=insight, change="On for new customers", by=owner, at=LATER)

    assert Occurrence.objects.get().state == "DONE"
    assert told(insight, "ACTED") == told(insight, "ANSWER")
    assert len(notices(world["rep"])) == 2


def test_an_owner_who_is_not_on_the_roster_is_asked_to_say_that_it_is_done(world, owner):
    insight = given(world, owner)
    actions.answer(insight=insight, text="By March", act_by=date(2026, 3, 1), by=owner, at=AT)

    assert not Occurrence.objects.exists()
    assert titles(owner) == ["Say that it is done: Show who changed a route"]


def test_an_owner_who_is_gone_leaves_it_to_planners(world, owner):
    given(world, owner)
    Insight.objects.update(owner=None)

    assert [one.count for one in find_unowned([world["planner"]], AT)] == [1]


def test_owners_of_what_is_late_are_reminded_once_a_day(world, owner):
    for what in ("One", "Two"):
        given(world, owner, what)
    done = [
        actions.remind_owners(kickoff=world.kickoff, by=world["planner"], at=LATER)
        for _twice in range(2)
    ]

    assert [one.sent for one in done] == [1, 0]
    assert Notice.objects.filter(title="2 insights wait for your answer").count() == 1


def test_a_remark_reaches_the_other_side_and_not_the_room(client, world, owner):
    insight = given(world, owner)
    actions.say(insight=insight, text="Which customers?", by=owner, at=AT)
    actions.say(insight=insight, text="All of them", by=world["planner"], at=AT)
    actions.answer(insight=insight, text="It is on", by=owner, at=AT)

    assert Notice.objects.filter(person=world["planner"], title__startswith="김서연 on").exists()
    client.force_login(world["rep"])
    assert "Which customers" not in client.get(url("answer", world, insight)).content.decode()


# The board


def test_the_share_in_time_is_of_those_that_should_have_an_answer(world, owner):
    prompt, slow, _late, ahead = (given(world, owner, str(n)) for n in range(4))
    Insight.objects.filter(pk=ahead.pk).update(due_date=date(2026, 3, 1))
    actions.answer(insight=prompt, text="Yes", by=owner, at=AT)
    actions.decline(insight=slow, reason="No", by=owner, at=LATER)

    board = queries.summary_of(Insight.objects.heads(), world.kickoff, LATER)

    assert board.all == Answers(answered=1, declined=1, open=2, late=1, in_time=1)
    assert board.finding == "1 of 3 were answered in time. 1 is late: 1 with Product."


def test_the_board_asks_as_often_for_many_as_for_one(
    client, world, owner, django_assert_max_num_queries
):
    client.force_login(world["planner"])
    for count in (1, 30):
        for n in range(count):
            given(world, owner, f"Heard {n}")
        with django_assert_max_num_queries(15):
            client.get(url("board", world))
    insight = Insight.objects.heads().first()
    with django_assert_max_num_queries(15):
        client.get(url("page", world, insight))


def test_an_owner_sees_their_own_and_nobody_elses(client, world, owner):
    mine = given(world, owner, "Mine to answer")
    other = given(world, world["manager"], "For somebody else")
    client.force_login(owner)

    page = client.get(url("board", world)).content.decode()

    assert "Mine to answer" in page
    assert "For somebody else" not in page
    assert client.get(url("page", world, other)).status_code == 404
    assert client.get(url("page", world, mine)).status_code == 200


def test_what_was_written_stays_on_the_page_when_something_is_wrong(client, world, owner):
    insight = given(world, owner)
    client.force_login(owner)

    page = client.post(
        url("reply", world, insight), {"text": "It is on from March", "act_by": "2020-01-01"}
    ).content.decode()

    assert "That day is over" in page
    assert "It is on from March" in page
    insight.refresh_from_db()
    assert insight.state == "OPEN"


def test_one_can_be_put_together_and_taken_apart_by_a_tap(client, world):
    first, second = send(world, "No mute at night"), send(world, "No mute at night in depots")
    client.force_login(world["planner"])
    assert "May say the same" in client.get(url("page", world, first)).content.decode()

    page = client.post(url("merge", world, second, first), follow=True).content.decode()
    assert url("part", world, second) in page
    client.post(url("part", world, second))

    assert Insight.objects.heads().count() == 2


def test_the_file_names_no_sender(client, world):
    send(world, "=1+1", by=world["rep"])
    client.force_login(world["planner"])

    file = client.get(url("export", world)).content.decode()

    assert "Benyahia" not in file
    assert ",=1+1" not in file
    assert "Renewal pricing" in file


def test_nothing_is_marked_of_an_owner_when_something_is_sent(world):
    Stale.objects.all().delete()
    send(world)

    assert not Stale.objects.exists()


def test_names_of_senders_go_two_years_after(world, owner):
    insight = given(world, owner, by=world["rep"])
    actions.answer(insight=insight, text="It is on", by=owner, at=AT)
    ends = world.kickoff.ends_date

    actions.forget_old(datetime(ends.year + 2, ends.month, 1, tzinfo=UTC))
    assert Insight.objects.get().sender == world["rep"]
    actions.forget_old(datetime(ends.year + 2, ends.month, 20, tzinfo=UTC) + timedelta(days=1))

    assert Insight.objects.get().sender is None
    assert not Telling.objects.exists()
