"""A round goes to the approvers together, and comes back together."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from events.packets.delivery import actions, queries
from events.packets.delivery.models import PacketApproval, PacketRound, PacketVersion
from events.packets.delivery.queries import Hidden
from events.tests.packets.delivery.importing import MONDAY, TUESDAY, release_all, row_for
from events.tests.packets.delivery.team import Team
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.passages import behind_our_back

pytestmark = pytest.mark.django_db
Outcome = PacketRound.Outcome
LATER = TUESDAY + timedelta(days=1)


@pytest.fixture
def team():
    return Team(6)


def test_a_change_sends_the_whole_round_back_and_tells_everybody(team):
    team.submit()
    team.approve(team.finance)

    done = team.draft(team.reps[0], at=TUESDAY, quota=950000)

    assert (done.revised, done.unapproved, done.sent_back) == (1, 1, 5)
    assert not team.waiting().exists()
    assert not PacketApproval.objects.live().exists()
    assert (team.last().outcome, team.last().closed_by) == (Outcome.CHANGED, team.revops)
    told = Message.objects.filter(key__startswith="packets-round-")
    assert {team.finance, team.sales, team.revops} <= {mail.person for mail in told}
    assert not any("950" in mail.subject + mail.body for mail in told)


def test_a_change_is_foretold_before_it_is_made(team):
    team.submit()
    rows = [row_for(queries.roster(team.kickoff), team.reps[0], quota=950000)]

    plan = actions.plan_import(kickoff=team.kickoff, rows=rows)

    assert (plan.revised, plan.sent_back, plan.changed) == (1, 5, 1)
    assert team.waiting().count() == 6


def test_a_draft_outside_the_round_leaves_it_where_it_is(team):
    team.submit()
    team.join(1)

    done = team.draft(team.reps[-1], at=TUESDAY, quota=950000)

    assert (done.revised, done.sent_back, team.last().is_open) == (1, 0, True)


def test_what_both_sides_have_approved_stays_approved_when_the_rest_goes_back(team):
    team.submit()
    part = [PacketVersion.objects.get(packet__rep=team.reps[0]).packet_id]
    for person in (team.finance, team.sales):
        team.approve(person, packet_ids=part)
    team.approve(team.finance)

    count = actions.return_packets(
        kickoff=team.kickoff, by=team.sales, at=TUESDAY, reason="Too steep"
    )

    assert count == 5
    assert [version.packet_id for version in PacketVersion.objects.filter(state="APPROVED")] == part
    assert PacketApproval.objects.live().count() == 2
    assert team.last().outcome == Outcome.RETURNED


def test_an_approved_packet_that_changes_while_others_wait_sends_these_back(team):
    team.submit()
    part = [PacketVersion.objects.get(packet__rep=team.reps[0]).packet_id]
    for person in (team.finance, team.sales):
        team.approve(person, packet_ids=part)

    done = team.draft(team.reps[0], at=TUESDAY, quota=950000)

    assert (done.sent_back, team.last().outcome) == (5, Outcome.CHANGED)


def test_a_draft_that_is_taken_away_sends_the_round_back():
    team = Team(6)
    team.submit()
    for person in (team.finance, team.sales):
        team.approve(person)
    release_all(team.kickoff)
    team.draft(*team.reps, at=TUESDAY, quota=950000)
    team.submit(at=TUESDAY)

    done = team.draft(team.reps[0], at=LATER)

    assert (done.withdrawn, done.sent_back) == (1, 5)
    assert (team.last().size, team.last().outcome) == (6, Outcome.CHANGED)


def test_a_round_that_both_sides_have_approved_is_over_and_still_shown(team):
    team.submit()
    before = team.look()
    for person in (team.finance, team.sales):
        team.approve(person)

    after = team.look()

    assert (team.last().outcome, team.last().closed_by) == (Outcome.APPROVED, team.sales)
    assert (after.by_currency, after.waiting) == (before.by_currency, [])
    team.join(1)
    assert team.submit(at=LATER).count == 1
    assert team.look().hidden == Hidden.COMPARABLE


def test_taking_back_what_is_not_there_is_refused(team):
    with pytest.raises(actions.PacketRefused, match="No round is with the approvers"):
        team.take_back()


def test_taking_back_is_in_the_trail_and_told(team):
    team.submit()

    assert team.take_back() == 6

    assert Entry.objects.get(verb="packets.round_taken_back").note == "6 packets"
    mails = Message.objects.filter(key__startswith="packets-round-ended")
    assert {mail.person for mail in mails} == {team.finance, team.sales}
    assert queries.packets_to_send_again(team.last()) == [
        version.packet_id for version in PacketVersion.objects.order_by("pk")
    ]


def test_few_that_changed_after_an_approval_are_not_counted_on_the_page(team):
    team.submit()
    team.approve(team.finance)
    team.draft(team.reps[0], at=TUESDAY, quota=950000)
    team.submit(at=LATER)

    assert team.look().changed == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"number": 1, "closed_at": MONDAY, "outcome": "CHANGED"},
        {"number": 2},
        {"number": 3, "closed_at": MONDAY},
    ],
    ids=["one_per_number", "one_open", "closed_with_outcome"],
)
def test_what_must_never_be_stored_of_rounds_is_not(team, fields):
    team.submit()

    with pytest.raises(IntegrityError), transaction.atomic():
        PacketRound.objects.create(kickoff=team.kickoff, size=1, submitted_at=MONDAY, **fields)


def test_what_is_kept_of_a_round_opens_for_that_round_alone(team):
    team.submit()
    other = Team(6)
    other.submit()
    with behind_our_back():
        PacketRound.objects.filter(kickoff=team.kickoff).update(sealed=other.last().sealed)

    assert team.look().hidden == Hidden.GONE


def test_nothing_of_a_round_has_figures_in_its_repr(team):
    team.draft(*team.reps, quota=917342)
    team.submit()

    assert not re.search(r"917[,_ ]?342", repr([team.look(), team.last(), team.last().read()]))
    assert "917342" not in team.last().sealed
