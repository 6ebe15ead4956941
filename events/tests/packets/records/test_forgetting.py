"""What quotes a version goes with it: wishes, returned drafts, and answers told to others."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from events.packets.delivery.models import PacketReturn, PacketRound
from events.packets.delivery.rules.cells import Kept
from events.packets.inquiries.models import Inquiry, QuotaWish, SharedAnswer, SharedAnswerReader
from events.packets.records import actions
from events.packets.records.actions import papers
from events.packets.records.models import open_text, seal_text
from events.sealing.models import sealed_columns
from events.sealing.rules import Shredded

pytestmark = pytest.mark.django_db
ASKED = datetime(2027, 1, 8, 9, tzinfo=UTC)
FIRST_DUE = datetime(2030, 1, 21, 12, tzinfo=UTC)
ALL_DUE = datetime(2031, 3, 2, 12, tzinfo=UTC)
GONE = "Deleted under retention."

# Sealed columns that outlive a version, and why
KEPT = {
    "PacketVersion": "is emptied itself",
    "LegalHold": "says why somebody holds it, not what it says",
    "Handout": "says what an export was for",
    "HandoutPart": "is deleted with its handout",
    "LetterFile": "is deleted whole",
    "NeedAnswer": "says what somebody needs at an event, and goes soon after that",
    "TrailSeal": "says a hash of the trail",
}
# What a packet is made of, kept by no version
PLANS = [["events", "packets", part] for part in ("comp", "quotas", "territories")]


def shred(world, at, expected):
    return actions.shred_due(kickoff=world.kickoff, expected=expected, by=world["revops"], at=at)


def hold(world, packet):
    return actions.place_hold(
        packet_id=world.things[packet].pk, reason="A claim", by=world["revops"], at=ASKED
    )


def wish_of(world):
    wish = QuotaWish(
        version=world.things["first"],
        wished_by=world["rep"],
        wished_at=ASKED,
        supports=True,
        sealed_comment=seal_text("917342 was built on two renewals"),
        commented_by=world["manager"],
        commented_at=ASKED,
        state=QuotaWish.State.DECLINED,
        sealed_answer=seal_text("917342 stays"),
        decided_by=world["revops"],
        decided_at=ASKED,
    )
    wish.write(Decimal(800_000), "917342 is too much")
    wish.save()
    return wish


def shared_of(world):
    """An answer to the rep about their first version, told to the peer too."""
    inquiry = Inquiry(
        version=world.things["first"],
        asked_by=world["rep"],
        kind="QUOTA",
        routed_to="REVOPS",
        opened_at=ASKED,
        due_at=ASKED + timedelta(days=1),
    )
    inquiry.write("Why 917342?")
    inquiry.save()
    shared = SharedAnswer(
        inquiry=inquiry,
        scope="EVERYONE",
        published_by=world["revops"],
        published_at=ASKED,
        reached_at=ASKED,
    )
    shared.write("Why such a quota?", "It is last year's 917342.")
    shared.save()
    SharedAnswerReader.objects.create(shared=shared, person=world["peer"], told_at=ASKED)
    return shared


def texts_of(shared):
    return SharedAnswer.objects.get(pk=shared.pk).read()


def test_a_wish_for_another_quota_goes_with_its_version(world):
    wish = wish_of(world)

    shred(world, FIRST_DUE, 1)

    gone = QuotaWish.objects.get(pk=wish.pk)
    columns = (gone.sealed_amount, gone.sealed_reason, gone.sealed_comment, gone.sealed_answer)
    assert {open_text(sealed) for sealed in columns} == {GONE}
    assert (gone.state, gone.decided_by, gone.wished_at) == ("DECLINED", world["revops"], ASKED)
    with pytest.raises(Shredded):
        gone.read()


def test_the_page_of_a_wish_says_that_it_was_deleted(client, world):
    wish = wish_of(world)
    shred(world, FIRST_DUE, 1)
    client.force_login(world["rep"])

    page = client.get(reverse("events:packets:inquiries:wish", args=[world.kickoff.slug, wish.pk]))

    assert page.status_code == 410


def test_under_a_hold_a_wish_and_an_answer_told_to_others_stay(world):
    wish, shared = wish_of(world), shared_of(world)
    hold(world, "packet")

    shred(world, ALL_DUE, 1)  # the peer's alone

    assert wish.read().amount == 800_000
    assert texts_of(shared)[1] == "It is last year's 917342."


def test_an_answer_told_to_others_goes_with_the_version_that_was_asked_about(world):
    shared = shared_of(world)

    shred(world, FIRST_DUE, 1)

    assert texts_of(shared) == (GONE, GONE)
    assert shared.readers.count() == 1


def test_an_answer_told_to_somebody_who_is_held_goes_when_the_hold_is_lifted(world):
    shared = shared_of(world)
    held = hold(world, "other")

    shred(world, FIRST_DUE, 1)
    assert texts_of(shared)[1] == "It is last year's 917342."

    actions.lift_hold(hold_id=held.pk, by=world["revops"], at=FIRST_DUE)
    assert texts_of(shared) == (GONE, GONE)


def test_lifting_a_hold_deletes_no_answer_about_what_is_kept(world):
    shared = shared_of(world)
    held = hold(world, "other")

    actions.lift_hold(hold_id=held.pk, by=world["revops"], at=FIRST_DUE)

    assert texts_of(shared)[0] == "Why such a quota?"


def test_why_drafts_were_sent_back_goes_with_the_last_of_them(world):
    returned = PacketReturn.objects.create(
        kind="FINANCE", by=world["executive"], at=ASKED, sealed_reason=seal_text("917342 is wrong")
    )
    returned.versions.set([world.things["first"], world.things["others"]])

    shred(world, FIRST_DUE, 1)
    returned.refresh_from_db()
    assert open_text(returned.sealed_reason) == "917342 is wrong"

    shred(world, ALL_DUE, 2)
    returned.refresh_from_db()
    assert open_text(returned.sealed_reason) == GONE


def test_what_was_kept_of_a_round_goes_with_the_first_of_its_versions(world):
    sent = PacketRound(kickoff=world.kickoff, number=1, size=2, submitted_at=ASKED)
    sent.write(Kept(()))
    sent.closed_at, sent.outcome = ASKED, "APPROVED"
    sent.save()
    sent.versions.set([world.things["first"], world.things["others"]])

    shred(world, FIRST_DUE, 1)

    assert PacketRound.objects.get().sealed == ""


def test_every_sealed_column_about_a_version_is_deleted_with_it_or_kept_for_a_reason():
    emptied = {(model, column) for model, _way, columns in papers.WRITTEN for column in columns}
    emptied |= {(PacketReturn, "sealed_reason"), (PacketRound, "sealed")}
    emptied |= {(SharedAnswer, "sealed_question"), (SharedAnswer, "sealed_answer")}

    left = {
        f"{model.__name__}.{column}"
        for model, column in sealed_columns()
        if (model, column) not in emptied
        and model.__name__ not in KEPT
        and model.__module__.split(".")[:3] not in PLANS
    }

    assert left == set()
