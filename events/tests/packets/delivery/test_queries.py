"""Coverage, states for the homes, readiness: few queries, no figures."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from events.kickoff.hooks import Severity
from events.packets.coverage.queries.counts import coverage_of
from events.packets.coverage.queries.readiness import check_readiness
from events.packets.delivery import queries
from events.packets.delivery.actions import record_reading
from events.packets.delivery.models import PacketRelease, PacketVersion
from events.readiness.models import OwnThreshold
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketFactory,
    PacketReleaseFactory,
    PacketVersionFactory,
    SalesTerritoryFactory,
)
from events.tests.packets.quotas.factories import QuotaNodeFactory, QuotaPlanFactory
from people.activity.models import Entry
from people.tests.factories import PersonFactory, RegionFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def rep_with(kickoff, state, region="EMEA"):
    person = PersonFactory(region=RegionFactory(name=region) if region else None)
    AttendeeFactory(kickoff=kickoff, person=person)
    if state:
        PacketVersionFactory(packet=PacketFactory(kickoff=kickoff, rep=person), state=state)
    return person


@pytest.fixture
def kickoff():
    return KickoffFactory()


def test_coverage_counts_reps_by_region(kickoff):
    for state in ("RECEIVED", "ACCEPTED", "DECLINED", "VIEWED", "RELEASED", "DRAFT", None):
        rep_with(kickoff, state)
    rep_with(kickoff, "RECEIVED", region="")
    AttendeeFactory(kickoff=kickoff, kind="STAFF")
    rep_with(KickoffFactory(), "RECEIVED")

    coverage = coverage_of(kickoff, NOW)

    (emea, nowhere) = coverage.parts
    assert (emea.name, emea.signed, emea.opened, emea.not_opened, emea.not_released) == (
        "EMEA",
        3,
        1,
        1,
        2,
    )
    assert (nowhere.name, nowhere.signed) == ("No region", 1)
    assert (coverage.all.total, coverage.all.released) == (8, 6)


@pytest.mark.parametrize("by", ["region", "team", "manager"])
def test_coverage_is_one_query_for_any_number_of_reps(kickoff, by, django_assert_num_queries):
    for number in (1, 3, 9):
        for _ in range(number):
            rep_with(kickoff, "RELEASED")
        with django_assert_num_queries(1):
            coverage_of(kickoff, NOW, by)


def test_coverage_tells_those_who_wait_as_planned_from_those_for_whom_nothing_is_done(kickoff):
    sent, held, late, *_nothing = (
        rep_with(kickoff, state)
        for state in ("DRAFT", "APPROVED", "APPROVED", "DRAFT", "APPROVED", None)
    )
    PacketVersionFactory(
        packet=rep_with(kickoff, "RECEIVED").packets.get(),
        number=2,
        state="DRAFT",
        submitted_at=NOW,
    )
    versions = PacketVersion.objects
    versions.filter(packet__rep=sent).update(submitted_at=NOW)
    for rep, due_at in ((held, NOW + timedelta(days=9)), (late, NOW - timedelta(days=1))):
        release = PacketReleaseFactory(kickoff=kickoff, due_at=due_at)
        versions.filter(packet__rep=rep).update(release=release)

    total = coverage_of(kickoff, NOW).all

    assert (total.not_released, total.under_way, total.lacking) == (6, 2, 4)


def test_a_draft_of_the_next_version_leaves_the_state_of_what_stands(kickoff):
    person = rep_with(kickoff, "RECEIVED")
    packet = person.packets.get()
    PacketVersionFactory(packet=packet, number=2, state="DRAFT")

    assert coverage_of(kickoff, NOW).all.signed == 1
    assert queries.my_packet_state(person, kickoff).is_signed
    assert queries.desk_rows(kickoff).get().packet_state == "DRAFT"


def test_states_of_some_reps_come_with_one_query_and_no_sealed_text(
    kickoff, django_assert_num_queries
):
    people = [rep_with(kickoff, state) for state in ("RECEIVED", "RELEASED", "DRAFT")]
    with django_assert_num_queries(1) as captured:
        states = queries.packet_states(kickoff, [person.pk for person in people])

    assert {pk: state.state for pk, state in states.items()} == {
        people[0].pk: "RECEIVED",
        people[1].pk: "RELEASED",
    }
    assert "sealed" not in captured[0]["sql"]


def test_the_desk_begins_with_what_needs_somebody(kickoff):
    for state in ("RECEIVED", "RELEASED", "DECLINED", None, "APPROVED"):
        rep_with(kickoff, state)

    found = queries.desk_rows(kickoff).order_by("rank").values_list("packet_state", flat=True)

    assert list(found) == ["DECLINED", "APPROVED", "NONE", "RELEASED", "RECEIVED"]


def test_readiness_says_who_has_none_and_who_has_not_signed(kickoff):
    for state in (None, "DRAFT", "RELEASED", "RECEIVED"):
        rep_with(kickoff, state)

    *_others, blocks, improve = check_readiness(kickoff, NOW)

    assert (blocks.severity, blocks.text) == (Severity.BLOCKS, "2 reps have no packet.")
    assert blocks.why == "30 days' notice ends Sat 30 Jan. Ask RevOps to release."
    assert improve.severity == Severity.IMPROVE
    assert improve.text == "1 released packet has no signed receipt."


def test_readiness_is_met_when_all_have_signed_and_silent_without_reps(kickoff):
    early = check_readiness(kickoff, NOW)
    assert [finding.severity for finding in early] == [Severity.LATER] * 4

    rep_with(kickoff, "RECEIVED")

    met = check_readiness(kickoff, NOW)
    assert [finding.severity for finding in met[2:]] == [Severity.MET] * 2


def test_readiness_is_calm_about_packets_that_are_with_approvers_or_under_an_embargo(
    kickoff,
):
    waiting = [rep_with(kickoff, "DRAFT"), rep_with(kickoff, "APPROVED")]
    draft, approved = (PacketVersion.objects.get(packet__rep=rep) for rep in waiting)
    PacketVersion.objects.filter(pk=draft.pk).update(submitted_at=NOW)
    release = PacketRelease.objects.create(
        kickoff=kickoff, by=RevOpsFactory(), at=NOW, scope="All", due_at=NOW + timedelta(days=9)
    )
    PacketVersion.objects.filter(pk=approved.pk).update(release=release)

    *_others, calm, _signed = check_readiness(kickoff, NOW)
    assert calm.severity == Severity.LATER
    assert calm.text == "2 packets are with their approvers or come out as planned."

    PacketRelease.objects.update(held_at=NOW)
    *_others, blocks, _signed = check_readiness(kickoff, NOW)
    assert (blocks.severity, blocks.text) == (Severity.BLOCKS, "1 rep has no packet.")


def test_reps_whom_a_cascade_or_a_plan_passed_over_are_counted_without_a_link(
    kickoff, django_assert_num_queries
):
    reps = [rep_with(kickoff, "RECEIVED") for _ in range(3)]
    plan = QuotaPlanFactory(kickoff=kickoff)
    early = check_readiness(kickoff, NOW)[:2]
    assert [finding.severity for finding in early] == [Severity.LATER] * 2

    QuotaNodeFactory(plan=plan, person=reps[0])
    SalesTerritoryFactory(kickoff=kickoff, owner=reps[0])
    SalesTerritoryFactory(kickoff=kickoff, owner=reps[1])
    with django_assert_num_queries(1):
        found = check_readiness(kickoff, NOW)[:2]
    assert [finding.text for finding in found] == [
        "1 rep has no territory.",
        "2 reps have no quota.",
    ]
    assert [finding.mend_url for finding in found] == ["", ""]

    SalesTerritoryFactory(kickoff=kickoff, owner=reps[2])
    for rep in reps[1:]:
        QuotaNodeFactory(plan=plan, person=rep)
    assert {finding.severity for finding in check_readiness(kickoff, NOW)[:2]} == {Severity.MET}


def test_a_share_of_packets_is_enough_where_the_planner_says_so(kickoff):
    for state in ("RELEASED", "RECEIVED", "RECEIVED", None):
        rep_with(kickoff, state)
    for key in ("packets.released", "packets.signed"):
        OwnThreshold.objects.create(
            kickoff=kickoff,
            check_key=key,
            value=60,
            reason="Two start late",
            by=RevOpsFactory(),
            made_at=NOW,
        )

    *_others, released, signed = check_readiness(kickoff, NOW)

    assert (released.severity, released.text) == (Severity.MET, "3 of 4 reps have a packet.")
    assert (signed.severity, signed.text) == (
        Severity.MET,
        "2 of 3 released packets are signed for.",
    )


def test_a_rep_learns_of_looks_at_a_draft_once_it_is_released(client, kickoff):
    rep, revops = rep_with(kickoff, None), RevOpsFactory()
    packet = PacketFactory(kickoff=kickoff, rep=rep)
    PacketVersionFactory(packet=packet, state="RECEIVED")
    draft = PacketVersionFactory(packet=packet, number=2, state="DRAFT")
    for version, verb in (
        (draft, "packet.previewed"),
        (packet.versions.get(number=1), "packet.viewed"),
    ):
        record_reading(version=version, by=revops, at=NOW, verb=verb)
    client.force_login(rep)

    def told():
        page = client.get(reverse("people:activity:mine")).content.decode()
        return ("version 2" in page, [one.times for one in queries.openings(packet)])

    assert told() == (False, [1])

    PacketVersion.objects.filter(number=1).update(state="SUPERSEDED", superseded_at=NOW + DAY)
    PacketVersion.objects.filter(pk=draft.pk).update(state="RELEASED", released_at=NOW + DAY)

    assert told() == (True, [2])
    assert Entry.objects.filter(subject=rep, verb="packet.previewed").count() == 1
