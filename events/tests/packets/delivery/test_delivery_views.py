"""The pages of approval, release, answers and recalls: what each role sees and does."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from events.packets.delivery import actions
from events.packets.delivery.hooks import Panel, show_beside_packet
from events.packets.delivery.models import (
    PacketAnswer,
    PacketApprover,
    PacketRecall,
    PacketVersion,
    Receipt,
)
from events.tests.factories import (
    PacketApproverFactory,
    PacketFactory,
    PacketReleaseFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.delivery.pages import (
    BASE,
    PASSWORD,
    QUOTA,
    TARGET,
    at,
    confirmed,
    draft_of,
    signed_in,
    text_of,
)  # fmt: skip
from people.mail.models import Message
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
NAME = {"typed_name": "Aïcha Benyahia"}
SIGNED = {"typed_name": "Mateusz Wiśniewski", "title": "Head of RevOps"}


def approvers(world):
    finance = PacketApproverFactory(
        kickoff=world.kickoff, person=world["executive"], kind="FINANCE"
    )
    sales = PacketApproverFactory(kickoff=world.kickoff, person=world["outsider"], kind="SALES")
    return finance, sales


def seen(page):
    return page.context["round"].digest


# Approvers and approval


def test_revops_names_an_approver_and_removes_them(client, world):
    signed_in(client, world, "revops")
    person = world["outsider"]

    page = client.post(
        at(world, "approvers"), {"person": person.email, "kind": "FINANCE"}, follow=True
    )

    approver = PacketApprover.objects.get()
    assert "approves for Finance now" in text_of(page)
    client.post(at(world, "remove_approver", approver_id=approver.pk))
    assert not PacketApprover.objects.exists()


def test_naming_nobody_is_explained_beside_the_field(client, world):
    page = signed_in(client, world, "revops").post(
        at(world, "approvers"), {"person": "Nobody At All", "kind": "FINANCE"}
    )

    assert page.status_code == 422
    assert "Nobody here is called" in text_of(page)


def test_sending_without_approvers_leads_to_where_they_are_named(client, world):
    draft_of(world)

    page = signed_in(client, world, "revops").post(at(world, "submit"), follow=True)

    assert page.redirect_chain[-1][0] == at(world, "approvers")
    assert "Nobody approves for Finance, Sales leadership yet" in text_of(page)


def test_drafts_go_from_the_desk_through_both_approvers_to_a_release(client, world):
    approvers(world)
    version = draft_of(world)
    signed_in(client, world, "revops").post(at(world, "submit"))
    assert "Waits for: Finance, Sales leadership" in text_of(client.get(at(world, "desk")))

    for role in ("executive", "outsider"):
        page = signed_in(client, world, role).get(at(world, "approval"))
        assert "1 packet waits for you" in text_of(page)
        signed = {"seen": seen(page), "typed_name": world[role].full_name}
        done = client.post(at(world, "approve"), signed, follow=True)
        assert "You approved 1 packet." in text_of(done)

    page = signed_in(client, world, "revops").post(
        at(world, "release"), {"scope": "all", "when": "now", **SIGNED}, follow=True
    )
    assert "1 packet is released; its rep gets a mail." in text_of(page)
    version.refresh_from_db()
    assert (version.state, version.employer_signature.title) == ("RELEASED", "Head of RevOps")


def test_only_ticked_drafts_are_sent(client, world):
    approvers(world)
    chosen, other = draft_of(world), draft_of(world)

    signed_in(client, world, "revops").post(at(world, "submit"), {"packet": [chosen.packet_id]})

    chosen.refresh_from_db()
    other.refresh_from_db()
    assert (chosen.submitted_at is None, other.submitted_at is None) == (False, True)


@pytest.mark.parametrize("data", [{}, {"seen": "x"}, {"seen": "a" * 64}, {"part": "region:'; --"}])
def test_an_approval_that_saw_something_else_approves_nothing(client, world, data):
    approvers(world)
    version = draft_of(world, submitted_at=timezone.now())

    page = signed_in(client, world, "executive").post(
        at(world, "approve"), {"typed_name": world["executive"].full_name, **data}, follow=True
    )

    assert page.status_code == 200
    assert not version.approvals.exists()


def test_sending_back_needs_a_reason_beside_the_field_and_shows_it_to_revops(client, world):
    approvers(world)
    version = draft_of(world, drafted_at=timezone.now() - timedelta(hours=1))
    signed_in(client, world, "revops").post(at(world, "submit"))
    signed_in(client, world, "executive")
    digest = seen(client.get(at(world, "approval")))

    page = client.post(at(world, "send_back"), {"seen": digest, "reason": ""})
    assert page.status_code == 422
    assert "Say what has to change." in text_of(page)

    reason = "The base of <b>one</b> is off"
    client.post(at(world, "send_back"), {"seen": digest, "reason": reason})
    panel = signed_in(client, world, "revops").get(
        reverse(
            "events:packets:delivery:detail",
            kwargs={"slug": world.kickoff.slug, "packet_id": version.packet_id},
        )
    )
    assert "The base of &lt;b&gt;one&lt;/b&gt; is off" in text_of(panel)
    assert "Sent back: Finance" in text_of(client.get(at(world, "desk")))


def test_an_approver_on_no_roster_finds_the_page_from_home(client, world):
    approvers(world)

    page = signed_in(client, world, "outsider").get(reverse("home"), follow=True)

    assert page.redirect_chain[-1][0] == at(world, "approval")
    assert "RevOps has sent nothing yet" in text_of(page)


def test_approval_takes_the_same_queries_for_any_number(
    client, world, django_assert_max_num_queries
):
    approvers(world)
    signed_in(client, world, "executive").get(at(world, "approval"))
    counts = []
    for more in (5, 1, 9):
        for _ in range(more):
            draft_of(world)
        actions.submit_packets(kickoff=world.kickoff, by=world["revops"], at=timezone.now())
        with django_assert_max_num_queries(22) as captured:
            client.get(at(world, "approval"))
        counts.append(len(captured))
        actions.take_back_round(kickoff=world.kickoff, by=world["revops"], at=timezone.now())

    # Noting that the sums are shown takes some more
    assert counts[0] == counts[2], counts


# What a rep answers


@pytest.fixture
def signed(client, world):
    """The rep has signed the receipt, and is signed in."""
    signed_in(client, world, "rep").post(
        at(world, "sign", "rep", number=1), {"has_read": "on", **NAME}
    )
    return world.things["rep"]


def test_a_rep_declines_with_a_reason_and_accepts_later(client, world, signed):
    address = at(world, "answer", "rep", number=1)

    page = client.post(
        address, {"answer": "decline", "reason": "Too <i>steep</i>", **NAME}, follow=True
    )
    assert "You declined version 1, " in text_of(page)
    assert "Too &lt;i&gt;steep&lt;/i&gt;" in text_of(page)
    manager = text_of(signed_in(client, world, "manager").get(at(world, "detail", "rep")))
    assert "Too &lt;i&gt;steep&lt;/i&gt;" in manager

    page = signed_in(client, world, "rep").post(address, {"answer": "accept", **NAME}, follow=True)
    assert "You accepted version 1, " in text_of(page)
    assert [one.kind for one in PacketAnswer.objects.order_by("pk")] == ["DECLINED", "ACCEPTED"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"answer": "accept", "typed_name": ""}, "Type your name to answer."),
        ({"answer": "accept", "typed_name": "Thabo"}, "Type your name as in the packet"),
        ({"answer": "decline", **NAME}, "Say why"),
    ],
)
def test_an_answer_that_is_not_complete_is_explained_beside_the_field(
    client, world, signed, data, says
):
    page = client.post(at(world, "answer", "rep", number=1), data)

    assert page.status_code == 422
    assert says in text_of(page)
    assert not PacketAnswer.objects.exists()


def test_an_answer_before_the_receipt_is_refused_in_words(client, world):
    page = signed_in(client, world, "rep").post(
        at(world, "answer", "rep", number=1), {"answer": "accept", **NAME}, follow=True
    )

    assert "Sign the receipt first" in text_of(page)


def test_parts_of_others_stand_beside_a_packet(client, world):
    panel = Panel("events/packets/delivery/_quarters.html")

    for role, page in (("rep", "mine"), ("manager", "detail")):
        url = at(world, page, "rep" if page == "detail" else None)
        with show_beside_packet.only(lambda version, viewer: panel):
            answer = signed_in(client, world, role).get(url)
        names = [template.name for template in answer.templates]
        assert names.count("events/packets/delivery/_quarters.html") == 2


# What RevOps takes back or records


def test_revops_takes_a_packet_back_and_the_rep_reads_why(client, world):
    signed_in(client, world, "rep").get(at(world, "mine"))

    page = confirmed(client, world, "revops").post(
        at(world, "recall", "rep", number=1), {"reason": "The <em>wrong</em> plan"}, follow=True
    )

    assert "None is in force now." in text_of(page)
    mine = text_of(signed_in(client, world, "rep").get(at(world, "mine")))
    assert "Version 1, taken back" in mine
    assert "The &lt;em&gt;wrong&lt;/em&gt; plan" in mine
    assert client.get(at(world, "letter", "rep", number=1)).status_code == 200


def test_one_taken_back_before_it_was_opened_is_read_by_revops_alone(client, world):
    confirmed(client, world, "revops").post(
        at(world, "recall", "rep", number=1), {"reason": "Somebody else's figures"}
    )

    for role in ("rep", "manager"):
        signed_in(client, world, role)
        assert client.get(at(world, "letter", "rep", number=1)).status_code == 404
    assert signed_in(client, world, "rep").get(at(world, "mine")).status_code == 200
    assert client.post(at(world, "sign", "rep", number=1), NAME).status_code == 404
    signed_in(client, world, "revops")
    assert client.get(at(world, "detail", "rep")).status_code == 200


def test_a_recall_without_a_reason_is_explained(client, world):
    page = confirmed(client, world, "revops").post(at(world, "recall", "rep", number=1), {})

    assert page.status_code == 422
    assert not PacketRecall.objects.exists()


RECORD = {
    "means": "PAPER", "given_date": "2027-01-05", "evidence": "Folder 12",
    "reason": "No phone", **NAME,
}  # fmt: skip


@pytest.mark.parametrize("page", ["recall", "record"])
def test_taking_back_and_recording_ask_who_it_is(client, world, page):
    url = at(world, page, "rep", number=1)

    asked = signed_in(client, world, "revops").get(url)

    assert asked.url == f"{reverse('account_reauthenticate')}?next={quote(url, safe='')}"
    client.post(asked.url, {"password": PASSWORD})
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("page", ["recall", "record"])
def test_what_is_sent_unconfirmed_stays_on_the_page_and_out_of_the_session(client, world, page):
    sent = RECORD | {"reason": "She had 917,342"}

    answer = signed_in(client, world, "revops").post(at(world, page, "rep", number=1), sent)

    assert answer.status_code == 422
    assert "Confirm that it is you once more" in text_of(answer)
    assert "She had 917,342" in text_of(answer)
    assert "917,342" not in str(dict(client.session))
    assert not Receipt.objects.exists()
    assert not PacketRecall.objects.exists()


def test_a_recorded_receipt_says_who_recorded_it(client, world, time_machine):
    time_machine.move_to(world.things["rep"].released_at + timedelta(hours=2))

    confirmed(client, world, "revops").post(at(world, "record", "rep", number=1), RECORD)

    receipt = Receipt.objects.get()
    assert receipt.recorded_by == world["revops"]
    mine = text_of(signed_in(client, world, "rep").get(at(world, "mine")))
    assert "recorded that you gave the receipt on paper" in mine
    assert "Folder 12" in mine
    assert Message.objects.filter(person=world["rep"], key__startswith="packet-recorded").exists()


def test_an_ended_packet_says_that_it_still_holds(client, world):
    PacketVersion.objects.filter(pk=world.things["rep"].pk).update(state="EXPIRED")

    mine = text_of(signed_in(client, world, "rep").get(at(world, "mine")))

    assert "It still holds until another replaces it" in mine
    assert "Sign the receipt" in mine


def test_a_rep_with_a_packet_sees_that_the_next_is_on_its_way_without_figures(client, world):
    PacketVersionFactory(
        packet=world.things["rep"].packet,
        number=2,
        state="APPROVED",
        release=PacketReleaseFactory(kickoff=world.kickoff),
        content=packet_content(quota=QUOTA + 55, base=BASE, target_variable=TARGET),
    )

    mine = text_of(signed_in(client, world, "rep").get(at(world, "mine")))
    detail = text_of(signed_in(client, world, "manager").get(at(world, "detail", "rep")))

    for text in (mine, detail):
        assert "It comes out Wed 3 Feb, 14:00" in text
        assert "917,397" not in text


def test_somebody_without_a_packet_or_an_embargo_is_not_found(client, world):
    person = PersonFactory(manager=world["manager"])
    packet = PacketFactory(kickoff=world.kickoff, rep=person)
    PacketVersionFactory(packet=packet, state="APPROVED")
    url = reverse(
        "events:packets:delivery:detail",
        kwargs={"slug": world.kickoff.slug, "packet_id": packet.pk},
    )

    assert signed_in(client, world, "manager").get(url).status_code == 404


def test_a_manager_reads_the_sentences_to_the_rep_as_what_the_rep_reads(client, world, signed):
    page = text_of(signed_in(client, world, "manager").get(at(world, "detail", "rep")))

    said, told = page.split("In the words that ")
    assert "your" not in said.partition("On-target earnings")[2]
    assert world["rep"].display_name in told[:80]
