"""In the room: each guesses once, nobody learns what, and nothing is shown before its part."""

import pytest
from django.urls import reverse

from agenda.reviews import actions
from agenda.reviews.actions import ReviewRefused
from agenda.reviews.models import GuessCount, Guesser, Review
from agenda.reviews.queries.room import room_of
from agenda.tests.reviews.conftest import AT, QUOTE
from core.tests.races import at_once
from events.tests.factories import AttendeeFactory
from people.activity.models import Entry
from people.waiting.models import Stale


@pytest.fixture
def opened(reviewed):
    """A review that the room guesses at; its buyer lets the room quote them."""
    deal = reviewed.deal()
    review = reviewed.chosen(deal)
    reviewed.interviewed(deal, may_room=True)
    reviewed.release()
    return reviewed.to(review, 1)


def crowd(reviewed, size):
    return [AttendeeFactory(kickoff=reviewed.kickoff).person for _n in range(size)]


def test_a_guess_is_a_number_and_leaves_nothing_of_who_guessed_what_or_when(reviewed, opened):
    entries, stale = Entry.objects.count(), Stale.objects.count()

    actions.guess(review=opened, reason="COMPETITOR", by=reviewed.world["rep"])

    assert dict(GuessCount.objects.filter(votes__gt=0).values_list("reason", "votes")) == {
        "COMPETITOR": 1
    }
    assert list(Guesser.objects.values_list("person", flat=True)) == [reviewed.world["rep"].pk]
    assert {field.name for field in Guesser._meta.fields} == {"id", "review", "person"}
    assert {field.name for field in GuessCount._meta.fields} == {"id", "review", "reason", "votes"}
    assert (Entry.objects.count(), Stale.objects.count()) == (entries, stale)


def test_nobody_guesses_twice_nor_once_guesses_are_closed(reviewed, opened):
    rep, other = reviewed.world["rep"], reviewed.world["other_manager"]
    actions.guess(review=opened, reason="COMPETITOR", by=rep)
    with pytest.raises(ReviewRefused, match="One guess a person"):
        actions.guess(review=opened, reason="UNKNOWN", by=rep)

    reviewed.to(opened, 2)
    with pytest.raises(ReviewRefused, match="closed"):
        actions.guess(review=opened, reason="UNKNOWN", by=other)
    assert not Guesser.objects.filter(person=other).exists()


@pytest.mark.parametrize("role", ["peer", "manager", "planner"])
def test_who_heard_the_buyer_or_leads_lets_the_others_guess(reviewed, opened, role):
    with pytest.raises(ReviewRefused, match="You know"):
        actions.guess(review=opened, reason="UNKNOWN", by=reviewed.world[role])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_double_tap_is_one_guess(reviewed, opened):
    rep = reviewed.world["rep"]

    at_once(
        lambda: actions.guess(review=opened, reason="COMPETITOR", by=rep),
        times=2,
        refusals=ReviewRefused,
    )

    assert GuessCount.objects.get(reason="COMPETITOR").votes == 1


def test_guesses_are_told_apart_once_closed_and_from_five_on(reviewed, opened):
    for n, person in enumerate(crowd(reviewed, 5)):
        actions.guess(review=opened, reason="PROCESS_FAILURE" if n else "COMPETITOR", by=person)
        assert room_of(opened).guesses.bars == []
    told = room_of(reviewed.to(opened, 2)).guesses
    assert [(one.name, one.votes, one.is_truth) for one in told.bars][:2] == [
        ("Process failure", 4, False),
        ("Competitor", 1, False),
    ]
    assert told.right is None

    shown = room_of(reviewed.to(opened, 3))
    assert (shown.guesses.right, shown.guesses.bars[0].is_truth) == (4, True)


def test_four_guesses_are_not_told_apart(reviewed, opened):
    for person in crowd(reviewed, 4):
        actions.guess(review=opened, reason="COMPETITOR", by=person)

    found = room_of(reviewed.to(opened, 3)).guesses

    assert (found.total, found.bars, found.right) == (4, [], None)


def test_the_room_reads_the_buyer_from_their_part_on_and_not_before(client, reviewed, opened):
    screen = reverse("agenda:reviews:room", args=[reviewed.kickoff.slug, opened.pk])
    phone = reverse("agenda:reviews:phone", args=[reviewed.kickoff.slug, reviewed.session.pk])

    def read():
        found = []
        for role, page in (("manager", screen), ("rep", phone)):
            client.force_login(reviewed.world[role])
            said = client.get(page, headers={"HX-Request": "true"}).content.decode()
            found.append("Tell me who signs" in said or QUOTE in said)
        return found

    before = []
    for part in (1, 2):
        reviewed.to(opened, part)
        before += read()
    reviewed.to(opened, 3)

    assert before == [False] * 4
    assert read() == [True, True]


def test_a_second_tap_on_the_same_screen_goes_on_once(reviewed, opened):
    for _twice in range(2):
        actions.go_on(review=opened, seen=1, by=reviewed.planner, at=AT)

    assert Review.objects.get(pk=opened.pk).part == 2


def test_one_goes_back_but_never_to_the_guesses_once_the_buyer_was_read(reviewed, opened):
    told = reviewed.to(opened, 2)
    actions.go_back(review=told, seen=2, by=reviewed.planner, at=AT)
    assert Review.objects.get(pk=opened.pk).is_guessing

    read = reviewed.to(opened, 3)
    actions.go_back(review=read, seen=3, by=reviewed.planner, at=AT)
    with pytest.raises(ReviewRefused, match="nobody guesses any more"):
        actions.go_back(review=read, seen=2, by=reviewed.planner, at=AT)


def test_a_phone_guesses_and_then_follows_the_room(client, reviewed, opened):
    client.force_login(reviewed.world["rep"])
    phone = reverse("agenda:reviews:phone", args=[reviewed.kickoff.slug, reviewed.session.pk])
    asked = client.get(phone).content.decode()
    answer = client.post(
        reverse("agenda:reviews:guess", args=[reviewed.kickoff.slug, opened.pk]),
        {"reason": "COMPETITOR"},
        follow=True,
    ).content.decode()

    assert "Why did we lose" in asked
    assert "hx-get" not in asked.partition("<main")[2]  # nothing is taken from under a thumb
    assert "Counted." in answer
    assert "hx-get" in answer.partition("<main")[2]


def test_a_page_of_a_deal_is_a_pdf_for_who_leads(client, reviewed, opened):
    client.force_login(reviewed.world["manager"])

    paper = client.get(reverse("agenda:reviews:paper", args=[reviewed.kickoff.slug, opened.pk]))

    assert paper.content.startswith(b"%PDF")
    assert "alder-freight-review.pdf" in paper["Content-Disposition"]


def test_pages_read_as_often_with_many_deals_as_with_one(
    client, reviewed, opened, django_assert_max_num_queries
):
    client.force_login(reviewed.planner)
    for n in range(8):
        deal = reviewed.deal(f"Account {n}")
        reviewed.said(deal)
        reviewed.interviewed(deal)
    for name, args in (("detail", [opened.pk]), ("board", []), ("records", [])):
        with django_assert_max_num_queries(15):
            client.get(reverse(f"agenda:reviews:{name}", args=[reviewed.kickoff.slug, *args]))
