from contextlib import ExitStack
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from events.kickoff import actions, hooks
from events.kickoff.actions import KickoffRefused
from events.kickoff.models import Kickoff
from events.tests.factories import KickoffFactory
from people.activity.models import Entry
from people.tests.factories import PlannerFactory

pytestmark = pytest.mark.django_db
EARLY = datetime(2026, 8, 1, 9, tzinfo=UTC)
DAY_2 = datetime(2027, 2, 3, 12, tzinfo=UTC)
# Midnight after Thursday 4 February in Lisbon, which is on UTC in winter
OVER = datetime(2027, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def planner():
    return PlannerFactory()


@pytest.fixture
def parts():
    """The hooks, with nobody registered for one test."""
    with ExitStack() as stack:
        for hook in (hooks.fill_summit, hooks.follow_end, hooks.follow_dates):
            stack.enter_context(hook.only())
        yield


def details(**changes):
    fields = {
        "name": "One Motion FY28",
        "theme": "One motion",
        "fiscal_year": "FY28",
        "starts_date": date(2027, 2, 2),
        "ends_date": date(2027, 2, 4),
        "venue": "Centro Tejo",
        "city": "Lisbon",
        "time_zone": "Europe/Lisbon",
        "format": "IN_PERSON",
        "currency": "EUR",
    }
    return fields | changes


def create(by, template="BLANK", **changes):
    return actions.create_kickoff(**details(**changes), template=template, by=by, at=EARLY)


def update(kickoff, by, **changes):
    return actions.update_kickoff(
        kickoff_id=kickoff.pk, details=actions.Details(**details(**changes)), by=by, at=EARLY
    )


def test_a_new_kickoff_is_a_draft_of_whoever_made_it(planner, parts):
    kickoff = create(planner)

    assert (kickoff.slug, kickoff.status, kickoff.owner) == ("one-motion-fy28", "DRAFT", planner)
    assert Entry.objects.get().verb == "kickoff.created"


def test_two_kickoffs_of_one_name_have_slugs_of_their_own(planner, parts):
    slugs = [create(planner).slug for _ in range(3)]

    assert slugs == ["one-motion-fy28", "one-motion-fy28-2", "one-motion-fy28-3"]


def test_a_name_in_another_script_gets_a_slug_from_the_fiscal_year(planner, parts):
    assert create(planner, name="営業キックオフ").slug == "kickoff-fy28"


def test_a_long_name_keeps_its_slug_within_60_characters(planner, parts):
    slugs = {create(planner, name="very long name " * 8).slug for _ in range(2)}

    assert len(slugs) == 2
    assert max(map(len, slugs)) <= 60


def test_the_summit_template_fills_in_every_part_and_blank_none(planner, parts):
    filled = []
    hooks.fill_summit.register(lambda kickoff, by, at: filled.append((kickoff, by, at)))

    create(planner, template="BLANK")
    summit = create(planner, template="SUMMIT")

    assert filled == [(summit, planner, EARLY)]


def test_a_template_part_that_fails_leaves_no_kickoff_behind(planner, parts):
    def fail(kickoff, by, at):
        raise RuntimeError

    hooks.fill_summit.register(fail)
    with pytest.raises(RuntimeError):
        create(planner, template="SUMMIT")

    assert not Kickoff.objects.exists()


def test_a_last_day_before_the_first_is_refused(planner, parts):
    with pytest.raises(KickoffRefused, match="before the first"):
        create(planner, ends_date=date(2027, 2, 1))


def test_the_database_holds_no_kickoff_that_ends_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        KickoffFactory(starts_date=date(2027, 2, 2), ends_date=date(2027, 2, 1))


def test_a_change_keeps_the_slug(planner, parts):
    kickoff = create(planner)

    update(kickoff, planner, name="Two Motions")

    kickoff.refresh_from_db()
    assert (kickoff.name, kickoff.slug) == ("Two Motions", "one-motion-fy28")


def test_new_dates_move_what_counts_from_them(planner, parts):
    kickoff = create(planner)
    moved = []
    hooks.follow_dates.register(
        lambda kickoff, before, by, at: moved.append((kickoff.starts_date, before))
    )

    update(kickoff, planner, theme="Another theme")
    update(kickoff, planner, starts_date=date(2027, 2, 3))

    before = hooks.Before(date(2027, 2, 2), date(2027, 2, 4), "Europe/Lisbon")
    assert moved == [(date(2027, 2, 3), before)]


def test_an_ended_kickoff_keeps_its_dates_but_may_be_renamed(planner, parts):
    kickoff = KickoffFactory(**details(), slug="x", status="ENDED", ended_at=OVER)

    update(kickoff, planner, name="Renamed")
    with pytest.raises(KickoffRefused, match="has ended"):
        update(kickoff, planner, starts_date=date(2027, 2, 1))
    kickoff.refresh_from_db()
    assert (kickoff.name, kickoff.starts_date) == ("Renamed", date(2027, 2, 2))


def test_an_archived_kickoff_no_longer_changes(planner, parts):
    kickoff = KickoffFactory(**details(), slug="x", status="ARCHIVED")

    with pytest.raises(KickoffRefused, match="archived"):
        update(kickoff, planner, name="Renamed")


def test_opening_shows_a_draft_to_its_people_once(planner):
    kickoff = KickoffFactory(status="DRAFT")

    for _ in range(2):
        actions.open_kickoff(kickoff_id=kickoff.pk, by=planner, at=EARLY)

    kickoff.refresh_from_db()
    assert kickoff.status == "OPEN"
    assert [entry.verb for entry in Entry.objects.all()] == ["kickoff.opened"]


def test_a_kickoff_whose_last_day_is_over_is_not_opened(planner):
    kickoff = KickoffFactory(status="DRAFT")

    with pytest.raises(KickoffRefused, match="last day is over"):
        actions.open_kickoff(kickoff_id=kickoff.pk, by=planner, at=OVER)


def test_an_ended_kickoff_is_not_opened_again(planner):
    kickoff = KickoffFactory(status="ENDED")

    with pytest.raises(KickoffRefused, match="Only a draft"):
        actions.open_kickoff(kickoff_id=kickoff.pk, by=planner, at=EARLY)


def test_ending_twice_ends_once_and_starts_the_campaign_once(planner, parts):
    kickoff = KickoffFactory()
    started = []
    hooks.follow_end.register(lambda kickoff, at: started.append((kickoff.pk, kickoff.status, at)))

    ended = [actions.end_kickoff(kickoff_id=kickoff.pk, by=planner, at=DAY_2) for _ in range(2)]

    kickoff.refresh_from_db()
    assert ended == [True, False]
    assert started == [(kickoff.pk, "ENDED", DAY_2)]
    assert (kickoff.status, kickoff.ended_at) == ("ENDED", DAY_2)


def test_a_campaign_that_cannot_start_leaves_the_kickoff_open(planner, parts):
    kickoff = KickoffFactory()

    def fail(kickoff, at):
        raise RuntimeError

    hooks.follow_end.register(fail)
    with pytest.raises(RuntimeError):
        actions.end_kickoff(kickoff_id=kickoff.pk, by=planner, at=DAY_2)

    kickoff.refresh_from_db()
    assert kickoff.status == "OPEN"


@pytest.mark.parametrize(
    ("status", "at", "reason"),
    [("DRAFT", DAY_2, "not seen"), ("OPEN", EARLY, "not begun")],
)
def test_what_has_not_begun_does_not_end(planner, status, at, reason):
    kickoff = KickoffFactory(status=status)

    with pytest.raises(KickoffRefused, match=reason):
        actions.end_kickoff(kickoff_id=kickoff.pk, by=planner, at=at)


def test_the_tick_ends_a_kickoff_at_midnight_at_the_venue_and_not_before(parts):
    lisbon = KickoffFactory()
    honolulu = KickoffFactory(time_zone="Pacific/Honolulu")  # midnight is 10:00 UTC
    auckland = KickoffFactory(time_zone="Pacific/Auckland")  # midnight is 11:00 UTC the day before
    KickoffFactory(status="DRAFT")

    assert actions.end_due_kickoffs(datetime(2027, 2, 4, 10, 59, tzinfo=UTC)) == {"ended": 0}
    assert actions.end_due_kickoffs(datetime(2027, 2, 4, 11, 0, tzinfo=UTC)) == {"ended": 1}
    assert actions.end_due_kickoffs(OVER) == {"ended": 1}
    assert actions.end_due_kickoffs(OVER) == {"ended": 0}

    ended = set(Kickoff.objects.filter(status="ENDED").values_list("pk", flat=True))
    assert ended == {lisbon.pk, auckland.pk}
    assert actions.end_due_kickoffs(datetime(2027, 3, 1, tzinfo=UTC)) == {
        "ended": 1
    }  # after downtime
    honolulu.refresh_from_db()
    assert honolulu.status == "ENDED"


def test_an_open_kickoff_is_not_archived(planner):
    kickoff = KickoffFactory()

    with pytest.raises(KickoffRefused, match="End it before"):
        actions.archive_kickoff(kickoff_id=kickoff.pk, by=planner, at=OVER)


@pytest.mark.parametrize("status", ["DRAFT", "ENDED"])
def test_a_draft_or_an_ended_kickoff_is_put_away(planner, status):
    kickoff = KickoffFactory(status=status)

    for _ in range(2):
        actions.archive_kickoff(kickoff_id=kickoff.pk, by=planner, at=OVER)

    kickoff.refresh_from_db()
    assert kickoff.status == "ARCHIVED"
    assert Entry.objects.count() == 1
