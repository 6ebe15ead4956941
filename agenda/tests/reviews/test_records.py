"""What rep and buyer say: who may write it, what is counted, and what is left of it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agenda.reviews import actions
from agenda.reviews.actions import Interview, Named, ReviewRefused
from agenda.reviews.models import StatedReason, Statement
from agenda.reviews.queries.own import own_data
from agenda.reviews.queries.records import compare, overall, records_of
from agenda.reviews.rules.reasons import Weight
from agenda.reviews.waiting import find
from agenda.tests.reviews.conftest import AT, QUOTE
from people.activity.models import Entry


def test_the_rep_who_sold_a_deal_is_refused_by_name_as_its_interviewer(reviewed):
    with pytest.raises(ReviewRefused, match="Aïcha Benyahia sold this deal"):
        actions.ask_interview(
            kickoff=reviewed.kickoff,
            deal=reviewed.deal(),
            interviewer=reviewed.world["rep"],
            by=reviewed.planner,
            at=AT,
        )
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("closed", "due"),
    [(date(2026, 11, 20), date(2026, 12, 11)), (date(2026, 9, 1), date(2026, 12, 8))],
)
def test_an_interview_is_due_three_weeks_after_the_close_or_a_week_from_now(reviewed, closed, due):
    asked = actions.ask_interview(
        kickoff=reviewed.kickoff,
        deal=reviewed.deal(close_date=closed),
        interviewer=reviewed.world["peer"],
        by=reviewed.planner,
        at=AT,
    )
    assert asked.due_date == due


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({}, "Name one main reason. Take “Unknown”"),
        ({"COMPETITOR": Named("ALSO")}, "Name one main reason"),
        ({"COMPETITOR": Named("MAIN"), "RELATIONSHIP": Named("MAIN")}, "one main reason alone"),
        ({"COMPETITOR": Named("MAIN"), "UNKNOWN": Named("ALSO")}, "“Unknown” is the main reason"),
    ],
)
def test_a_record_has_one_main_reason_or_nothing_is_written(reviewed, named, said):
    asked = actions.ask_rep(
        kickoff=reviewed.kickoff, deal=reviewed.deal(), by=reviewed.planner, at=AT
    )
    with pytest.raises(ReviewRefused, match=said):
        actions.write_form(statement=asked, named=named, by=reviewed.world["rep"], at=AT)
    asked.refresh_from_db()
    assert asked.written_at is None


@pytest.mark.parametrize(
    ("held", "said"),
    [(date(2026, 11, 1), "before the deal was decided"), (date(2026, 12, 24), "still to come")],
)
def test_an_interview_is_held_after_the_close_and_before_now(reviewed, held, said):
    asked = actions.ask_interview(
        kickoff=reviewed.kickoff,
        deal=reviewed.deal(),
        interviewer=reviewed.world["peer"],
        by=reviewed.planner,
        at=AT,
    )
    with pytest.raises(ReviewRefused, match=said):
        actions.write_interview(
            statement=asked,
            interview=Interview(held_date=held, role="CFO"),
            named={"COMPETITOR": Named(Weight.MAIN)},
            by=reviewed.world["peer"],
            at=AT,
        )


def test_no_record_holds_two_main_reasons(reviewed):
    statement = reviewed.said(reviewed.deal())
    with pytest.raises(IntegrityError, match=r"one_main|statement_id"), transaction.atomic():
        StatedReason.objects.create(statement=statement, reason="RELATIONSHIP", weight="MAIN")


def test_a_rep_says_it_once_more_until_the_room_has_read_the_buyer(reviewed):
    deal = reviewed.deal()
    review = reviewed.chosen(deal)
    reviewed.said(deal)
    reviewed.said(deal, "RELATIONSHIP")
    assert Statement.objects.get(deal=deal, side="REP").main == "RELATIONSHIP"

    reviewed.to(review, 3)
    with pytest.raises(ReviewRefused, match="stays as it is"):
        reviewed.said(deal, "COMPETITOR")


def test_a_form_and_an_interview_wait_until_they_are_written(
    reviewed, django_assert_max_num_queries
):
    review = reviewed.chosen()
    people = [reviewed.world[role] for role in ("rep", "peer", "manager")]
    actions.ask_interview(
        kickoff=reviewed.kickoff,
        deal=review.deal,
        interviewer=people[1],
        by=reviewed.planner,
        at=AT,
    )

    def waits():
        with django_assert_max_num_queries(2):
            return sorted((one.person_id, one.kind) for one in find(people, AT))

    rep, peer, manager = (one.pk for one in people)
    assert waits() == sorted(
        [
            (rep, "winloss.form"),
            (rep, "winloss.prepare"),
            (rep, "winloss.prepare"),
            (peer, "winloss.interview"),
            (manager, "winloss.prepare"),
        ]
    )
    reviewed.said(review.deal)
    reviewed.interviewed(review.deal)
    assert [kind for _who, kind in waits()] == ["winloss.prepare"] * 3


def test_rep_and_buyer_stand_side_by_side_and_the_buyers_main_reason_is_marked(reviewed):
    deal = reviewed.deal()
    reviewed.said(deal)
    reviewed.interviewed(deal)

    found = compare(deal, records_of([deal.pk]), "desk")

    assert found.headline == "The rep says: Competitor. The buyer says: Process failure."
    assert [line.name for line in found.lines if line.differs] == ["Process failure"]
    assert found.days == 10


@pytest.mark.parametrize(
    ("where", "consent", "read"),
    [
        ("desk", {}, True),
        ("room", {}, False),
        ("room", {"may_room": True}, True),
        ("paper", {"may_room": True}, False),
        ("paper", {"may_paper": True}, True),
    ],
)
def test_a_buyer_is_quoted_where_they_agreed_to_and_nowhere_else(reviewed, where, consent, read):
    deal = reviewed.deal()
    reviewed.interviewed(deal, **consent)

    found = compare(deal, records_of([deal.pk]), where)

    assert bool(found.answers) is read
    assert any(line.buyer.quote for line in found.lines) is read
    assert found.truth == "PROCESS_FAILURE"


def test_when_a_buyer_withdraws_no_word_of_theirs_is_left_on_any_page_or_in_any_row(
    client, reviewed
):
    deal = reviewed.deal()
    review = reviewed.chosen(deal)
    interview = reviewed.interviewed(deal, may_room=True, may_paper=True, may_campaign=True)
    reviewed.to(review, 3)
    reviewed.release()
    slug = reviewed.kickoff.slug
    pages = [
        ("planner", reverse("agenda:reviews:detail", args=[slug, review.pk])),
        ("planner", reverse("agenda:reviews:record", args=[slug, interview.pk])),
        ("manager", reverse("agenda:reviews:room", args=[slug, review.pk])),
        ("peer", reverse("agenda:reviews:phone", args=[slug, reviewed.session.pk])),
        ("planner", reverse("api:reviews-list", args=[slug])),
    ]

    def read():
        found = []
        for role, page in pages:
            client.force_login(reviewed.world[role])
            found.append(client.get(page).content.decode())
        return [("Tell me who signs" in one or QUOTE in one) for one in found]

    assert read() == [True, True, True, True, False]
    for _twice in range(2):
        actions.withdraw_consent(statement=interview, by=reviewed.planner, at=AT)

    assert read() == [False] * 5
    interview.refresh_from_db()
    assert (interview.answers, interview.role, interview.main) == ([], "", "PROCESS_FAILURE")
    assert Entry.objects.filter(verb="review.consent_withdrawn").count() == 1
    with pytest.raises(ReviewRefused, match="withdrawn"):
        reviewed.interviewed_again = actions.write_interview(
            statement=interview,
            interview=Interview(held_date=date(2026, 11, 30), role="CFO"),
            named={"COMPETITOR": Named(Weight.MAIN)},
            by=reviewed.world["peer"],
            at=AT,
        )


def test_a_buyer_who_withdrew_may_be_asked_anew_and_nothing_of_the_first_comes_back(reviewed):
    deal = reviewed.deal()
    first = reviewed.interviewed(deal, may_room=True)
    actions.withdraw_consent(statement=first, by=reviewed.planner, at=AT)

    again = reviewed.interviewed(deal, "RELATIONSHIP", may_paper=True)

    assert (again.pk, again.withdrawn_at, again.main) == (first.pk, None, "RELATIONSHIP")
    assert (again.may_room, again.may_paper) == (False, True)
    with pytest.raises(ReviewRefused, match="was interviewed"):
        reviewed.interviewed(deal)


def test_a_row_that_was_withdrawn_cannot_hold_words(reviewed):
    interview = reviewed.interviewed(reviewed.deal())
    with (
        pytest.raises(IntegrityError, match="agenda_statement_withdrawn_says_nothing"),
        transaction.atomic(),
    ):
        Statement.objects.filter(pk=interview.pk).update(withdrawn_at=AT)


def test_all_lost_deals_are_drawn_from_five_on_and_said_to_be_few(
    reviewed, django_assert_num_queries
):
    for n in range(4):
        deal = reviewed.deal(f"Account {n}")
        reviewed.said(deal)
        reviewed.interviewed(deal)
    reviewed.said(reviewed.deal("One side alone"))
    won = reviewed.deal("Won", "WON")
    reviewed.said(won)
    reviewed.interviewed(won)
    long_ago = reviewed.deal("Long ago", close_date=date(2025, 11, 1), engage_date=None)
    reviewed.said(long_ago)
    reviewed.interviewed(long_ago)

    few = overall(reviewed.kickoff)
    assert (few.deals, few.gaps) == (4, [])

    fifth = reviewed.deal("Fifth")
    reviewed.said(fifth, "PROCESS_FAILURE")
    reviewed.interviewed(fifth)
    with django_assert_num_queries(1):
        enough = overall(reviewed.kickoff)
    assert (enough.deals, enough.agreed, enough.is_few) == (5, 1, True)
    assert "reps name “Competitor” 4 to buyers’ 0" in enough.finding


def test_two_years_after_the_kickoff_no_word_is_left_and_reasons_are_still_counted(reviewed):
    deal = reviewed.deal()
    reviewed.said(deal)
    interview = reviewed.interviewed(deal, may_room=True)

    assert actions.forget_old(datetime(2029, 2, 1, tzinfo=UTC)) == {"forgotten": 0}
    assert actions.forget_old(datetime(2029, 3, 1, tzinfo=UTC)) == {"forgotten": 3}
    assert actions.forget_old(datetime(2029, 3, 1, tzinfo=UTC)) == {"forgotten": 0}

    interview.refresh_from_db()
    assert (interview.answers, interview.main) == ([], "PROCESS_FAILURE")
    assert not StatedReason.objects.exclude(quote="").exists()


def test_people_take_what_they_said_and_no_word_of_a_buyer(reviewed):
    deal = reviewed.deal()
    reviewed.said(deal)
    reviewed.interviewed(deal)

    rep, peer = (dict(own_data(reviewed.world[role])) for role in ("rep", "peer"))

    assert rep["win_loss_records"][0]["reasons"][0]["words"] == "Cheaper by 11%"
    assert peer["win_loss_records"][0]["reasons"] == []
