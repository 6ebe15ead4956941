"""Drafts sent, approved by two sides, sent back; who may not."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from events.packets.comp.rules.payout import Band
from events.packets.delivery import actions, queries
from events.packets.delivery.models import (
    ApproverKind,
    PacketApproval,
    PacketApprover,
    PacketReturn,
    PacketVersion,
)
from events.packets.territories.rules.territory import Territory
from events.tests.factories import (
    AttendeeFactory,
    PacketApproverFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.delivery.importing import (
    MONDAY,
    TUESDAY,
    approve_all,
    approvers_of,
    import_one,
)
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import GONE, PersonFactory, RegionFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
State = PacketVersion.State


def submit(kickoff, at=MONDAY, **options):
    return actions.submit_packets(kickoff=kickoff, by=RevOpsFactory(), at=at, **options)


def approve(kickoff, by, at=MONDAY, **options):
    return actions.approve_packets(
        kickoff=kickoff, by=by, typed_name=by.full_name, at=at, **options
    )


def draft(kickoff, person=None, drafted_by=None, **content):
    person = person or PersonFactory()
    AttendeeFactory(kickoff=kickoff, person=person)
    return PacketVersionFactory(
        packet__kickoff=kickoff,
        packet__rep=person,
        state="DRAFT",
        drafted_by=drafted_by,
        content=packet_content(**content),
    )


def not_paying():
    plan = packet_content().comp.measures[0].plan
    return type(plan)(plan.basis, bands=(Band(plan.bands[0].start, Decimal("0.5")),))


@pytest.fixture
def sides(kickoff):
    """Finance, then sales leadership."""
    return approvers_of(kickoff)


def test_both_sides_have_to_approve(kickoff, rep, sides):
    import_one(kickoff, rep)
    submit(kickoff)
    finance, sales = sides

    first = approve(kickoff, finance)
    assert PacketVersion.objects.get().state == State.DRAFT
    second = approve(kickoff, sales, at=TUESDAY)

    version = PacketVersion.objects.get()
    assert (first.count, first.complete) == (1, 0)
    assert (second.count, second.complete) == (1, 1)
    assert (version.state, version.approved_by, version.approved_at) == (
        State.APPROVED,
        sales,
        TUESDAY,
    )
    hashes = set(PacketApproval.objects.values_list("content_hash", flat=True))
    assert hashes == {version.content_hash}


def test_sending_needs_somebody_on_both_sides(kickoff, rep):
    import_one(kickoff, rep)
    PacketApproverFactory(kickoff=kickoff, kind="FINANCE")

    with pytest.raises(actions.PacketRefused, match="Sales leadership"):
        submit(kickoff)

    assert PacketVersion.objects.get().submitted_at is None


def test_each_approver_gets_one_mail_with_a_count_and_no_figure(kickoff, rep, sides):
    import_one(kickoff, rep)

    sent = submit(kickoff)

    mails = Message.objects.filter(key__startswith="packets-submitted")
    assert sent.count == 1
    assert {mail.person for mail in mails} == set(sides)
    assert {mail.subject for mail in mails} == {"1 packet waits for your approval"}
    assert not any(
        figure in mail.body for mail in mails for figure in ("900,000", "84,000", "56,000")
    )


def test_what_was_not_sent_is_not_approved(kickoff, rep, sides):
    import_one(kickoff, rep)

    done = approve(kickoff, sides[0])

    assert done.count == 0
    assert not PacketApproval.objects.exists()


def test_revops_who_is_no_approver_approves_nothing(kickoff, rep, sides):
    import_one(kickoff, rep)
    submit(kickoff)

    with pytest.raises(actions.PacketRefused, match="do not approve"):
        approve(kickoff, RevOpsFactory())


def test_nobody_approves_what_they_drafted(kickoff):
    revops = RevOpsFactory()
    PacketApproverFactory(kickoff=kickoff, person=revops, kind="FINANCE")
    PacketApproverFactory(kickoff=kickoff, kind="SALES")
    draft(kickoff, drafted_by=revops)
    other = draft(kickoff, drafted_by=RevOpsFactory())
    submit(kickoff)

    approve(kickoff, revops)

    assert PacketApproval.objects.get().version == other


def test_nobody_approves_their_own_packet(kickoff):
    leader = PersonFactory()
    PacketApproverFactory(kickoff=kickoff, person=leader, kind="SALES")
    PacketApproverFactory(kickoff=kickoff, kind="FINANCE")
    draft(kickoff, person=leader)
    submit(kickoff)

    assert approve(kickoff, leader).count == 0
    assert queries.aggregates_for(PacketApprover.objects.get(person=leader)).waiting == []


def test_nobody_gives_both_approvals_by_changing_sides(kickoff, rep, sides):
    import_one(kickoff, rep)
    submit(kickoff)
    finance, _sales = sides
    approve(kickoff, finance)
    PacketApprover.objects.filter(person=finance).update(kind="SALES")

    again = approve(kickoff, finance, at=TUESDAY)

    assert again.count == 0
    assert PacketVersion.objects.get().state == State.DRAFT


def test_a_changed_draft_loses_its_approvals_and_leaves_the_round(kickoff, rep, sides):
    import_one(kickoff, rep)
    submit(kickoff)
    approve(kickoff, sides[0])

    import_one(kickoff, rep, at=TUESDAY, quota="950000")

    version = PacketVersion.objects.get()
    assert (version.state, version.submitted_at) == (State.DRAFT, None)
    assert PacketApproval.objects.get().withdrawn_at == TUESDAY
    approve(kickoff, sides[1], at=TUESDAY)
    assert PacketVersion.objects.get().state == State.DRAFT

    submit(kickoff, at=TUESDAY)
    approver = PacketApprover.objects.get(person=sides[0])
    assert queries.aggregates_for(approver).changed == 1


def test_a_plan_that_does_not_pay_its_target_is_named_and_stays_with_revops(kickoff, sides):
    good, bad = draft(kickoff), draft(kickoff, plan=not_paying())

    sent = submit(kickoff)

    assert (sent.count, sent.not_paying) == (1, [bad.packet.rep.display_name])
    assert list(PacketVersion.objects.waiting_for_approval()) == [good]


def test_what_can_be_opened_no_more_is_held_back_from_approval(kickoff, sides):
    for _ in range(2):
        broken = draft(kickoff)
    submit(kickoff)
    PacketVersion.objects.filter(pk=broken.pk).update(sealed="broken")

    done = approve(kickoff, sides[0])

    assert (done.count, done.held_back) == (1, 1)
    approver = PacketApprover.objects.get(person=sides[0])
    assert queries.aggregates_for(approver).problems == {"unreadable"}


def test_a_draft_that_no_key_opens_is_named_and_stays(kickoff, rep, sides):
    import_one(kickoff, rep)
    PacketVersion.objects.update(sealed="broken")
    draft(kickoff)

    sent = submit(kickoff)

    assert (sent.count, sent.unreadable) == (1, ["Aïcha Benyahia"])


def test_a_draft_without_territory_is_named(kickoff, rep, sides):
    import_one(kickoff, rep, territory=Territory())

    assert submit(kickoff).without_territory == ["Aïcha Benyahia"]


def test_what_an_approver_has_not_seen_they_do_not_approve(kickoff, rep, sides):
    import_one(kickoff, rep)
    submit(kickoff)
    seen = queries.aggregates_for(PacketApprover.objects.get(person=sides[0])).digest
    actions.take_back_round(kickoff=kickoff, by=RevOpsFactory(), at=MONDAY)
    submit(kickoff)

    with pytest.raises(actions.PacketRefused, match="changed since you opened"):
        approve(kickoff, sides[0], seen=seen)

    assert not PacketApproval.objects.exists()


def test_sending_back_takes_every_approval_away_and_tells_revops(kickoff, rep, sides):
    import_one(kickoff, rep)
    submit(kickoff)
    finance, sales = sides
    approve(kickoff, finance)

    count = actions.return_packets(
        kickoff=kickoff, by=sales, at=TUESDAY, reason="Quota of 900,000 is too steep"
    )

    version, returned = PacketVersion.objects.get(), PacketReturn.objects.get()
    assert (count, version.submitted_at) == (1, None)
    assert not PacketApproval.objects.live().exists()
    assert returned.reason() == "Quota of 900,000 is too steep"
    assert "900" not in returned.sealed_reason
    assert queries.last_return(version) == returned
    mails = Message.objects.filter(key__startswith="packets-returned")
    assert mails.exists()
    assert not any("900" in mail.body or "steep" in mail.body for mail in mails)
    assert not Entry.objects.filter(note__contains="steep").exists()


def test_sending_back_needs_a_reason(kickoff, rep, sides):
    import_one(kickoff, rep)
    submit(kickoff)

    with pytest.raises(actions.PacketRefused, match="what has to change"):
        actions.return_packets(kickoff=kickoff, by=sides[0], at=MONDAY, reason="  ")


def test_sums_stay_the_same_when_a_part_is_approved(kickoff, sides):
    region = RegionFactory()
    for _ in range(6):
        draft(kickoff, person=PersonFactory(region=region))
    lone = draft(kickoff, person=PersonFactory(region=RegionFactory(name="Lone")), quota="917342")
    submit(kickoff)
    approver = PacketApprover.objects.get(person=sides[0])
    before = queries.aggregates_for(approver)

    approve(kickoff, sides[0], packet_ids=[lone.packet_id])
    after = queries.aggregates_for(approver)

    assert len(after.waiting) == len(before.waiting) - 1
    assert (after.by_currency, after.by_region) == (before.by_currency, [])


def test_aggregates_are_read_with_the_same_queries_for_any_number(
    kickoff, sides, django_assert_num_queries
):
    approver = queries.approver_of(kickoff, sides[0].pk)
    for more in (5, 10, 20):
        for _ in range(more):
            draft(kickoff)
        submit(kickoff)
        with django_assert_num_queries(5):
            assert queries.aggregates_for(approver).by_currency
        actions.take_back_round(kickoff=kickoff, by=RevOpsFactory(), at=MONDAY)


def test_naming_an_approver_tells_them_and_is_in_the_trail(kickoff):
    person, revops = PersonFactory(), RevOpsFactory()

    actions.name_approver(kickoff=kickoff, person=person, kind="FINANCE", by=revops, at=MONDAY)

    assert Message.objects.get().person == person
    assert Entry.objects.get(verb="packets.approver_named").subject == person
    with pytest.raises(actions.PacketRefused, match="already"):
        actions.name_approver(kickoff=kickoff, person=person, kind="SALES", by=revops, at=MONDAY)


@pytest.mark.parametrize("gone", GONE)
def test_somebody_who_has_left_is_not_named(kickoff, gone):
    gone = PersonFactory(**gone)

    with pytest.raises(actions.PacketRefused, match="no longer here"):
        actions.name_approver(
            kickoff=kickoff, person=gone, kind="FINANCE", by=RevOpsFactory(), at=MONDAY
        )


def test_what_an_approver_approved_stays_when_they_are_removed(kickoff, rep, sides):
    import_one(kickoff, rep)
    submit(kickoff)
    approve(kickoff, sides[0])
    approver = PacketApprover.objects.select_related("kickoff", "person").get(person=sides[0])

    actions.remove_approver(approver=approver, by=RevOpsFactory(), at=TUESDAY)

    assert PacketApproval.objects.live().count() == 1
    assert approve(kickoff, sides[1], at=TUESDAY).complete == 1


def approval(version, **fields):
    return PacketApproval.objects.create(
        **{"version": version, "kind": "SALES", "by": PersonFactory(), "at": MONDAY, **fields}
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("one_per_kind", {"kind": "FINANCE"}),
        ("one_kind_a_person", {"kind": "SALES", "by": "same"}),
        ("known_kind", {"kind": "NOBODY"}),
        ("signed_whole", {"kind": "SALES", "typed_name": "Declan Byrne"}),
        ("signed_whole", {"kind": "SALES", "signed_hash": "0" * 64}),
    ],
)
def test_what_must_never_be_stored_of_approvals_is_not(name, fields):
    version = PacketVersionFactory(state="DRAFT")
    first = approval(version, kind="FINANCE")
    if fields.get("by") == "same":
        fields = {**fields, "by": first.by}

    with pytest.raises(IntegrityError), transaction.atomic():
        approval(version, **fields)


def test_somebody_approves_for_one_side_of_a_known_kind(kickoff):
    one = PacketApproverFactory(kickoff=kickoff)
    for fields in ({"person": one.person, "kind": "SALES"}, {"kind": "NOBODY"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PacketApproverFactory(kickoff=kickoff, **fields)


def test_approval_progress_counts_each_side(kickoff, rep, sides):
    import_one(kickoff, rep)
    submit(kickoff)
    approve(kickoff, sides[0])

    assert queries.approval_progress(kickoff) == [("Finance", 1), ("Sales leadership", 0)]
    assert queries.missing_kinds(
        queries.approvals_of([PacketVersion.objects.get().pk])[PacketVersion.objects.get().pk]
    ) == ["Sales leadership"]
    assert queries.counts_by_state(kickoff, TUESDAY)[0] == {"WAITING": 1}


def test_approving_all_twice_approves_once(kickoff, rep):
    import_one(kickoff, rep)
    approve_all(kickoff)

    assert approve_all(kickoff).count == 0
    assert PacketApproval.objects.count() == len(ApproverKind.values)
