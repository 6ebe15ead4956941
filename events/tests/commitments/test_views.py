from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from core.tests.html import tight
from events.commitments.models import ActionPlan, Commitment, Occurrence, WeeklyReview
from events.tests.commitments.making import LAST_DAY, adopt, bet, said, suggest
from events.tests.world import build_world

pytestmark = pytest.mark.django_db
FRIDAY = "2027-02-12T09:00:00+00:00"


@pytest.fixture
def world():
    return build_world()


def as_rep(client, world):
    """Signed in at the hour of the test: a session has an end."""
    client.force_login(world["rep"])
    return client


def url(name, world, **more):
    return reverse(f"events:commitments:{name}", kwargs={"slug": world.kickoff.slug} | more)


def adopted(world, *chosen):
    attendee = world.kickoff.attendees.get(person=world["rep"])
    return adopt(attendee, *(chosen or (said("Call"), said("Write"))))


def row(prefix, words, **more):
    values = {"words": words, "cadence": "WEEKLY", "by_date": "2027-05-05", **more}
    return {f"{prefix}-{name}": value for name, value in values.items()}


@time_machine.travel(LAST_DAY, tick=False)
def test_what_is_ticked_and_what_is_written_becomes_the_plan(client, world):
    rep = as_rep(client, world)
    one, other = suggest(bet(world.kickoff)), suggest(bet(world.kickoff, 2), "Demo")
    sent = (
        row(f"s{one.pk}", "Call Marsanne", take="1")
        | row(f"s{other.pk}", "Demo")
        | row("own0", "My own", bet="")
    )

    assert "Make these my plan" in rep.get(url("mine", world)).content.decode()
    rep.post(url("mine", world), sent)
    page = rep.get(url("mine", world)).content.decode()

    assert set(Commitment.objects.values_list("words", flat=True)) == {"Call Marsanne", "My own"}
    assert "Make these my plan" not in page
    assert "Call Marsanne" in page


@time_machine.travel(LAST_DAY, tick=False)
def test_a_row_that_is_not_whole_keeps_everything_unwritten(client, world):
    rep = as_rep(client, world)
    one = suggest(bet(world.kickoff))

    answer = rep.post(
        url("mine", world),
        row(f"s{one.pk}", "Call", take="1", by_date="soon") | row("own0", "Mine", bet=""),
    )

    assert answer.status_code == 200
    assert not ActionPlan.objects.exists()


@time_machine.travel(LAST_DAY, tick=False)
def test_who_chooses_too_few_is_told_so_and_nothing_left_alone_is_wrong(client, world):
    rep = as_rep(client, world)
    one = suggest(bet(world.kickoff))
    until = (world.kickoff.ends_date + timedelta(days=90)).isoformat()

    page = rep.post(
        url("mine", world),
        row(f"s{one.pk}", "Call", take="1")
        | row("own0", "", bet="", by_date=until)
        | row("own1", "", bet="", by_date=until),
    ).content.decode()

    assert "Choose two to five. Fewer change nothing" in page
    assert "k-wrong" not in page


@time_machine.travel("2027-02-02T12:00:00+00:00", tick=False)
def test_before_the_last_day_the_bets_are_there_to_read(client, world):
    rep = as_rep(client, world)
    empty = rep.get(url("mine", world)).content.decode()
    suggest(bet(world.kickoff), "Log one outcome")
    page = rep.get(url("mine", world)).content.decode()

    assert "The bets are not out yet" in empty
    assert "Log one outcome" in page
    assert "You choose on the last day of the kickoff" in page


def test_the_address_of_before_leads_on(client, world):
    rep = as_rep(client, world)
    answer = rep.get(f"/k/{world.kickoff.slug}/bets/mine/")

    assert answer["Location"] == url("mine", world)


@time_machine.travel(FRIDAY, tick=False)
def test_one_tap_is_done_and_taken_back(client, world):
    rep = as_rep(client, world)
    adopted(world)
    time = Occurrence.objects.first()

    rep.post(url("done", world, occurrence_id=time.pk))
    time.refresh_from_db()
    assert time.state == "DONE"
    rep.post(url("done", world, occurrence_id=time.pk) + "?done=0")
    time.refresh_from_db()
    assert time.state == "OPEN"


@time_machine.travel(FRIDAY, tick=False)
def test_each_tap_of_the_review_is_kept_and_the_button_ends_it(client, world):
    rep = as_rep(client, world)
    adopted(world)
    week = date(2027, 2, 12)
    WeeklyReview.objects.create(
        kickoff=world.kickoff, person=world["rep"], week_date=week, opened_at=LAST_DAY
    )
    call, write = Occurrence.objects.filter(due_date=week).order_by("pk")
    tap = {"HX-Request": "true"}

    kept = rep.post(url("review", world), {f"p{call.pk}-state": "DONE"}, headers=tap)
    half = rep.post(url("review", world), {f"p{write.pk}-state": "DROPPED"}, headers=tap)
    call.refresh_from_db()
    write.refresh_from_db()
    said = tight(kept.content.decode())
    assert "2 promises: 1 answered, 1 to go" in said
    assert "Finish the review, 1 stays open" in said
    assert half.content == kept.content
    assert (call.state, write.state) == ("DONE", "OPEN")

    refused = rep.post(url("review", world), {f"p{write.pk}-state": "DROPPED"})
    assert "Say why you drop it." in refused.content.decode()
    rep.post(url("review", world), {f"p{write.pk}-state": "DROPPED", f"p{write.pk}-why": "matters"})
    write.refresh_from_db()
    assert (write.state, write.reason) == ("DROPPED", "No longer matters")
    assert WeeklyReview.objects.get().done_at is not None


@time_machine.travel(FRIDAY, tick=False)
def test_the_manager_reads_and_agrees_the_plan_of_a_report(client, world):
    plan = adopted(world)
    client.force_login(world["manager"])

    page = client.get(url("report", world, person_id=world["rep"].pk)).content.decode()
    client.post(url("agree", world, person_id=world["rep"].pk))

    plan.refresh_from_db()
    assert "Agree the plan" in page
    assert plan.agreed_by == world["manager"]


@time_machine.travel(FRIDAY, tick=False)
def test_a_promise_is_added_and_said_anew(client, world):
    rep = as_rep(client, world)
    rep.post(url("add", world), {"words": "Ask for 20 minutes", "by_date": "2027-02-19"})
    made = Commitment.objects.get()
    rep.post(url("change", world, commitment_id=made.pk), {"words": "Ask twice"})

    made.refresh_from_db()
    assert (made.words, made.by_date) == ("Ask twice", None)
