"""A packet that changes after its approval says what it lost, before and after."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.packets.delivery import actions, queries
from events.packets.delivery.hooks import Moment, find_moments
from events.packets.delivery.models import PacketLapse, PacketVersion
from events.tests.packets.delivery.importing import (
    MONDAY,
    TUESDAY,
    approve_all,
    approvers_of,
    import_one,
    release_all,
    roster_of,
    row_for,
)
from people.tests.factories import PersonFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
LATER = TUESDAY + timedelta(days=10)


@pytest.fixture
def session():
    session = Moment("session:7", "Comp session", timezone.now() + timedelta(days=200))
    with find_moments.only(lambda kickoff: [session]):
        yield session


@pytest.fixture
def held(kickoff, rep, session):
    """Approved on Monday, and under the embargo of the comp session."""
    import_one(kickoff, rep)
    approve_all(kickoff)
    return release_all(kickoff, until=session).release


@pytest.fixture
def desk(client, kickoff):
    client.force_login(RevOpsFactory())
    return lambda page: client.get(
        reverse(f"events:packets:delivery:{page}", args=[kickoff.slug])
    ).content.decode()


def test_a_packet_that_changes_under_embargo_stands_on_the_desk_until_it_is_sent_again(
    kickoff, rep, held, desk
):
    assert "has to be approved again" not in desk("desk")

    import_one(kickoff, rep, at=TUESDAY, quota=1_000_000)

    page = desk("desk")
    assert "1 packet changed after it was approved, and has to be approved again." in page
    assert "1 of them was under embargo, and does not come out with the others." in page
    approvers_of(kickoff)
    actions.submit_packets(kickoff=kickoff, by=RevOpsFactory(), at=LATER)
    assert "has to be approved again" not in desk("desk")


def test_the_release_page_says_what_is_not_in_it_and_what_left_an_embargo(kickoff, rep, held, desk):
    import_one(kickoff, rep, at=TUESDAY, quota=1_000_000)
    assert "Changed after the approval: Aïcha Benyahia." in desk("release")

    approve_all(kickoff, at=LATER)

    page = desk("release")
    assert "Changed after the approval" not in page
    assert "Aïcha Benyahia was under embargo until" in page


def test_what_left_an_embargo_that_is_over_needs_no_word(kickoff, rep, held, desk):
    import_one(kickoff, rep, at=TUESDAY, quota=1_000_000)
    approve_all(kickoff, at=LATER)

    actions.cancel_release(release_id=held.pk, by=RevOpsFactory(), at=LATER)

    assert "was under embargo until" not in desk("release")


def test_its_panel_says_when_it_lost_its_approval(client, kickoff, rep, held):
    import_one(kickoff, rep, at=TUESDAY, quota=1_000_000)
    version = PacketVersion.objects.get()
    client.force_login(RevOpsFactory())

    page = client.get(
        reverse("events:packets:delivery:detail", args=[kickoff.slug, version.packet_id])
    )

    assert "after it was approved." in page.content.decode()
    assert "It is out of the embargo, too." in page.content.decode()


def test_the_approval_of_one_side_is_lost_as_well(kickoff, rep):
    import_one(kickoff, rep)
    finance, _sales = approvers_of(kickoff)
    actions.submit_packets(kickoff=kickoff, by=RevOpsFactory(), at=MONDAY)
    actions.approve_packets(kickoff=kickoff, by=finance, typed_name=finance.full_name, at=MONDAY)

    done = import_one(kickoff, rep, at=TUESDAY, quota=1_000_000)

    assert (done.unapproved, done.set_free) == (1, 0)
    assert PacketLapse.objects.get().release is None


def test_a_draft_that_nobody_had_approved_loses_nothing(kickoff, rep):
    import_one(kickoff, rep)

    done = import_one(kickoff, rep, at=TUESDAY, quota=1_000_000)

    assert (done.revised, done.unapproved, done.set_free) == (1, 0, 0)
    assert not PacketLapse.objects.exists()


def test_the_preview_of_an_import_says_what_would_be_lost(kickoff, rep, held):
    row = row_for(queries.roster(kickoff), rep, quota=1_000_000)

    plan = actions.plan_import(kickoff=kickoff, rows=[row])

    assert (plan.revised, plan.changed, plan.unapproved, plan.set_free) == (1, 1, 1, 1)
    assert ("Changed under embargo, so they do not come out with it", 1) in plan.in_words


def test_what_is_sent_back_is_told_as_that(kickoff, rep, held):
    import_one(kickoff, rep, at=TUESDAY, quota=1_000_000)
    finance, _sales = approvers_of(kickoff)
    actions.submit_packets(kickoff=kickoff, by=RevOpsFactory(), at=LATER)
    actions.return_packets(kickoff=kickoff, by=finance, at=LATER, reason="Too high")

    assert queries.lapsed_drafts(kickoff) is None


def test_lapses_are_found_by_one_query(kickoff, rep, held, django_assert_num_queries):
    others = [PersonFactory() for _ in range(3)]
    roster = roster_of(kickoff, *others)
    for quota in (900_000, 1_000_000):
        rows = [row_for(roster, other, quota=quota) for other in others]
        actions.import_packets(kickoff=kickoff, rows=rows, by=None, at=TUESDAY)
        approve_all(kickoff)
    import_one(kickoff, rep, at=TUESDAY, quota=1_000_000)
    actions.import_packets(
        kickoff=kickoff,
        rows=[row_for(roster, other, quota=1_100_000) for other in others],
        by=None,
        at=LATER,
    )

    with django_assert_num_queries(1):
        lapses = queries.lapsed_drafts(kickoff)

    assert (lapses.count, lapses.embargoed) == (4, 1)
