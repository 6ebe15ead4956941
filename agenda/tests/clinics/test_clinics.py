"""What is done in a room, by whom, and what it comes to."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from agenda.clinics import actions, queries, waiting
from agenda.clinics.models import Act, Step, Turn
from agenda.groups.models import Group, Place
from agenda.tests.clinics.room import (
    ALL_TWO,
    BEGINS,
    act,
    build_clinic,
    clock,
    hand_in,
    step,
)
from events.commitments.models import Commitment, Occurrence
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.activity.models import Entry
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    kickoff = KickoffFactory()
    made = build_clinic(kickoff)
    hand_in(kickoff, made.members[0], stage="ENGAGING", value=184000)
    return made


def address(name, clinic, *more):
    return reverse(f"agenda:clinics:{name}", args=[clinic.kickoff.slug, *more])


def test_each_member_brings_the_deals_that_they_handed_in_and_one_without_any_stands_there(clinic):
    hand_in(clinic.kickoff, clinic.members[0], "Puerto Sur Frío", place=2)

    deals = [(one.key, one.name) for one in clinic.room().deals]

    assert {(clinic.key(0), "Marsanne Logistique"), (clinic.key(0, 2), "Puerto Sur Frío")} < set(
        deals
    )
    assert (clinic.key(1), "") in deals


def test_the_same_acts_sent_twice_are_kept_once(clinic):
    sent = [clock(clinic.key()), step(clinic.key(), clinic.members[0])]

    first, second = clinic.do(*sent), clinic.do(*sent)

    assert [one.state for one in (*first, *second)] == ["kept"] * 4
    assert Act.objects.count() == 2
    assert Commitment.objects.count() == Step.objects.count() == Turn.objects.count() == 1


def test_a_wrong_clock_is_set_right_and_so_is_the_clock_of_the_deal(clinic):
    ahead = timedelta(minutes=7)
    begun = clock(clinic.key(), minutes=7)
    actions.record_acts(
        seated=clinic.seated, acts=[begun], sent_at=BEGINS + ahead, by=clinic.leader, at=BEGINS
    )

    room = clinic.room().room
    assert room.turns[clinic.key()].began_at == BEGINS
    assert room.turns[clinic.key()].clock.since == BEGINS


def test_one_act_that_is_wrong_is_refused_in_words_and_the_others_are_kept(clinic):
    stranger = PersonFactory()
    heard = clinic.do(
        act("VERDICT", {"verdict": "MAYBE"}, clinic.key()),
        step(clinic.key(), stranger),
        act("VERDICT", {"verdict": "INVEST"}, clinic.key()),
    )

    assert sorted(one.state for one in heard) == ["kept", "refused", "refused"]
    assert "verdict" in heard[0].words
    assert "roster" in heard[1].words
    assert Turn.objects.get().verdict == "INVEST"


def test_an_action_becomes_a_commitment_of_its_owner_and_follows_what_is_said_of_it(clinic):
    owner, key = clinic.members[1], str(uuid4())
    clinic.do(step(clinic.key(), owner, key=key))
    made = Commitment.objects.get()
    assert (made.person, made.source, made.by_date) == (owner, "CLINIC", date(2027, 2, 9))

    clinic.do(step(clinic.key(), owner, "Ask Claire who signed", minutes=2, key=key))
    made.refresh_from_db()
    assert made.words == "Ask Claire who signed"

    clinic.do(step(clinic.key(), clinic.members[2], minutes=3, key=key))
    assert Commitment.objects.live().get().person == clinic.members[2]

    clinic.do(act("DROP", {"step": key}, minutes=4))
    assert not Commitment.objects.live().exists()
    assert set(Occurrence.objects.values_list("state", flat=True)) == {"DROPPED"}


def test_an_action_that_arrives_after_its_day_is_due_when_it_arrives(clinic):
    late = BEGINS + timedelta(days=9)
    clinic.do(step(clinic.key(), clinic.members[0], by="2027-02-03"), at=late)
    assert Commitment.objects.get().by_date == late.date()


def test_what_the_crm_said_is_kept_with_the_verdict_and_what_it_says_today_stands_beside_it(clinic):
    clinic.do(act("VERDICT", {"verdict": "INVEST"}, clinic.key()))
    deal = Turn.objects.get().deal
    deal.stage, deal.value, deal.close_date = "WON", 170000, date(2027, 3, 5)
    deal.save()

    sheet = queries.sheet_of(Turn.objects.with_deals().get())
    assert (sheet.verdict, sheet.then, sheet.shape) == ("invest", "engaging, $184,000", "done")
    assert sheet.now == "won on Fri 5 Mar 2027, $170,000"
    [total] = queries.totals(Turn.objects.all())
    assert (total.verdict, total.deals, total.won, total.open) == ("invest", 1, 1, 0)


def test_a_deal_won_overnight_needs_no_verdict(clinic):
    deal = clinic.room().deals[0].opportunity or clinic.room().deals[1].opportunity
    deal.stage, deal.close_date = "WON", date(2027, 2, 1)
    deal.save()

    state = queries.state_of(clinic.room(), clinic.leader, BEGINS)
    [told] = [one for one in state["deals"] if one["is_closed"]]
    assert told["crm"] == "won on Mon 1 Feb 2027"


def test_scores_are_told_without_whose_they_are_and_a_verdict_is_in_the_trail(clinic):
    others = clinic.members[1:]
    for person in others:
        actions.score(
            seated=clinic.seated, turn=clinic.key(), letters=ALL_TWO, by=person, at=BEGINS
        )
    clinic.do(act("SHOW", turn=clinic.key(), minutes=1))
    clinic.do(act("VERDICT", {"verdict": "RESTRUCTURE"}, clinic.key(), minutes=2))

    [told] = [
        one
        for one in queries.state_of(clinic.room(), clinic.leader, BEGINS)["deals"]
        if one["key"] == clinic.key()
    ]
    assert told["scores"]["champion"] == [2, 2]
    assert Turn.objects.get().medians["champion"] == 2.0
    assert Entry.objects.get(verb="clinic.decided").subject == clinic.members[0]
    with pytest.raises(actions.ClinicRefused, match="shown already"):
        actions.score(
            seated=clinic.seated, turn=clinic.key(), letters=ALL_TWO, by=others[0], at=BEGINS
        )


def test_nobody_scores_their_own_deal_nor_one_of_another_group(clinic):
    for turn, person in ((clinic.key(), clinic.members[0]), ("999.1", clinic.members[1])):
        with pytest.raises(actions.ClinicRefused, match="not one that you score"):
            actions.score(seated=clinic.seated, turn=turn, letters=ALL_TWO, by=person, at=BEGINS)


def test_a_member_who_was_moved_leaves_what_was_begun_and_takes_the_rest_along(clinic):
    clinic.do(clock(clinic.key(0)))
    other = Group.objects.create(round=clinic.group.round, number=3)
    Place.objects.filter(person__in=clinic.members[:2]).update(released_group=other)

    deals = {one.key: one.gone for one in clinic.room().deals}

    assert deals[clinic.key(0)] == "now in group 3"
    assert clinic.key(1) not in deals
    clinic.do(act("VERDICT", {"verdict": "INVEST"}, clinic.key(0), minutes=9))
    assert Turn.objects.get().verdict == "INVEST"


def test_a_group_that_was_emptied_keeps_its_room_and_what_was_done(clinic, client):
    clinic.do(clock(clinic.key(0)), step(clinic.key(0), clinic.members[1]))
    Place.objects.update(released_group=None, released_leads=False)
    planner = PlannerFactory()
    client.force_login(planner)

    assert client.get(address("room", clinic, clinic.group.pk)).status_code == 200
    state = queries.state_of(clinic.room(), planner, BEGINS)
    assert state["people"] == []
    assert [one["gone"] for one in state["deals"]] == ["in no group now"]
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize("who", ["planner", "member"])
def test_where_a_facilitator_is_ill_a_planner_or_a_member_takes_over_in_one_tap(
    clinic, client, who
):
    person = PlannerFactory() if who == "planner" else clinic.members[0]
    client.force_login(person)

    answer = client.post(address("take", clinic, clinic.group.pk))

    assert answer.url == address("room", clinic, clinic.group.pk)
    assert client.get(answer.url).status_code == 200
    assert clinic.room().led_by == person
    assert Entry.objects.get(verb="clinic.taken_over").subject == clinic.leader
    # What the facilitator's phone has yet to send is taken too
    assert [one.state for one in clinic.do(clock(clinic.key()))] == ["kept"]


def test_a_member_scores_on_their_phone_and_is_told_once_something_is_new(clinic, client):
    clinic.do(clock(clinic.key()), at=BEGINS)
    client.force_login(clinic.members[1])
    page = client.get(address("mine", clinic))
    assert "Score it now" in page.content.decode()
    seen = page.context["seen"]
    ask = address("now", clinic, clinic.group.pk)
    assert client.get(ask, {"seen": seen}).status_code == 204

    client.post(address("score", clinic, clinic.group.pk), {"turn": clinic.key(), **ALL_TWO})

    answer = client.get(ask, {"seen": seen})
    assert "You have scored" in answer.content.decode()
    assert len(clinic.room().room.turns[clinic.key()].scores) == 1


def test_a_score_that_lacks_a_letter_is_not_kept_and_it_is_said(clinic, client):
    clinic.do(clock(clinic.key()), at=BEGINS)
    client.force_login(clinic.members[1])
    given = {key: value for key, value in ALL_TWO.items() if key != "pain"}
    answer = client.post(
        address("score", clinic, clinic.group.pk), {"turn": clinic.key(), **given}, follow=True
    )
    assert "each of the eight letters" in answer.content.decode()
    assert not Act.objects.filter(kind="SCORE").exists()


def test_a_sheet_waits_for_the_manager_until_they_open_it(clinic, client):
    manager = PersonFactory()
    rep = clinic.members[0]
    rep.manager = rep.confirmed_manager = manager
    rep.save()
    clinic.do(clock(clinic.key()), clock(clinic.key(), part=6, minutes=30))
    [item] = waiting.find_sheets([manager, rep], BEGINS)
    assert (item.person_id, item.about_id) == (manager.pk, rep.pk)

    client.force_login(manager)
    page = client.get(item.url)

    assert "Marsanne Logistique" in page.content.decode()
    assert list(waiting.find_sheets([manager], BEGINS)) == []
    assert client.get(address("sheet_pdf", clinic, Turn.objects.get().pk)).content[:4] == b"%PDF"


def test_a_clinic_waits_from_the_evening_before_for_who_leads_and_for_who_brings_a_deal(clinic):
    people = [clinic.leader, clinic.members[0], PersonFactory()]
    before = BEGINS - timedelta(hours=2)
    found = {one.person_id: one for one in waiting.find(people, before)}
    assert [found[one.pk].kind for one in people[:2]] == ["clinics.lead", "clinics.prepare"]
    assert all(
        one.waits(before) and not one.waits(BEGINS + timedelta(hours=2)) for one in found.values()
    )
    assert len(found) == 2


def test_the_state_that_a_device_keeps_takes_so_many_queries_however_many_there_are(
    clinic, client, django_assert_num_queries
):
    client.force_login(clinic.leader)
    ask = reverse("api:clinics-detail", args=[clinic.kickoff.slug, clinic.group.pk])
    client.get(ask)
    with django_assert_num_queries(11):
        client.get(ask)
    for n in range(4):
        person = AttendeeFactory(kickoff=clinic.kickoff).person
        hand_in(clinic.kickoff, person, f"Account of {n}")
        Place.objects.create(round=clinic.group.round, person=person, released_group=clinic.group)
    with django_assert_num_queries(11):
        client.get(ask)


def test_the_board_of_planners_takes_so_many_queries_however_many_groups_there_are(
    clinic, client, django_assert_num_queries
):
    client.force_login(PlannerFactory())
    client.get(address("board", clinic))
    with django_assert_num_queries(14):
        client.get(address("board", clinic))
    for number in range(20, 24):
        group = Group.objects.create(round=clinic.group.round, number=number)
        person = AttendeeFactory(kickoff=clinic.kickoff).person
        Place.objects.create(
            round=clinic.group.round, person=person, released_group=group, released_leads=True
        )
    with django_assert_num_queries(14):
        client.get(address("board", clinic))


def test_planners_say_how_long_the_parts_are_and_another_kickoff_takes_it_over(clinic, client):
    client.force_login(planner := PlannerFactory())
    parts = ["situation", "stakeholders", "meddpicc", "crisis", "outcome", "lessons"]
    client.post(address("timing", clinic), dict(zip(parts, [3, 3, 6, 3, 3, 2], strict=True)))
    assert queries.minutes_of(clinic.kickoff) == (3, 3, 6, 3, 3, 2)

    other = KickoffFactory()
    actions.copy_timing(clinic.kickoff, other, planner, BEGINS)
    assert queries.minutes_of(other) == (3, 3, 6, 3, 3, 2)


def test_what_was_done_goes_two_years_after_the_kickoff(clinic):
    clinic.do(clock(clinic.key()))
    actions.forget_old(datetime(2029, 1, 1, tzinfo=UTC))
    assert Act.objects.exists()
    actions.forget_old(datetime(2029, 3, 1, tzinfo=UTC))
    assert not Act.objects.exists()
    assert not Turn.objects.exists()
