"""The desk says which round is with whom and what sends it back, before it happens."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core.tests.html import tight
from events.packets.delivery import actions, queries
from events.packets.quotas.models import QuotaNode
from events.packets.quotas.rules.figures import Figures
from events.tests.factories import PacketApproverFactory
from events.tests.packets.delivery.importing import MONDAY, TUESDAY
from events.tests.packets.delivery.pages import text_of, upload
from events.tests.packets.delivery.parts import prepare_plans, rep_with_parts
from events.tests.packets.delivery.team import Team
from events.tests.packets.quotas.factories import PlanRateFactory, QuotaPlanFactory
from people.org.actions import set_manager
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    team = Team(6)
    team.submit()
    return team


@pytest.fixture
def page(client, team):
    """A page of packets for RevOps, or for whoever is named."""

    def read(name, person=None, method="get", **data):
        client.force_login(person or team.revops)
        url = reverse(f"events:packets:delivery:{name}", args=[team.kickoff.slug])
        return text_of(getattr(client, method)(url, data, follow=True))

    return read


def test_the_desk_says_who_has_the_round_and_what_sends_it_back(team, page):
    team.approve(team.finance)
    team.join(1)

    text = page("desk")

    assert "6 drafts are with their approvers." in text
    assert "Finance has approved 6." in text
    assert f"Round 1, sent by <bdi>{team.revops.full_name}</bdi>" in text
    assert "If one of them changes, all that both sides have not approved comes back." in text
    assert "Other drafts wait until then, or until you take the round back." in text
    assert "for approval</button>" not in tight(text)


def test_a_round_that_is_taken_back_stands_on_the_desk_until_it_is_sent_again(team, page):
    team.look()

    assert "6 drafts are back." in page("take_back", method="post")
    text = page("desk")
    assert "6 drafts are back from the approvers" in text
    assert "RevOps took it back." in text
    assert "Approvers have seen sums of this round." in text
    assert "6 drafts are with their approvers." in page("submit", method="post")
    assert "back from the approvers" not in page("desk")


def test_taking_back_what_is_back_is_refused_in_words(team, page):
    team.take_back()

    assert "No round is with the approvers any more." in page("take_back", method="post")


def test_a_draft_that_cannot_be_sent_beside_an_open_round_is_explained(team, page):
    team.join(1)

    assert "A round is with the approvers. Take it back" in page("submit", method="post")


def test_an_approver_is_told_that_the_round_went_back_and_why(team, page):
    team.draft(team.reps[0], at=TUESDAY, quota=950000)

    text = page("approval", team.finance)

    assert "The last round went back to RevOps" in text
    assert "One of its packets has changed." in text
    assert "What the round adds up to" not in text


def test_both_sides_still_see_what_they_approved(team, page):
    for person in (team.finance, team.sales):
        team.approve(person)

    text = page("approval", team.sales)

    assert "Both sides have approved it. RevOps can release it." in text
    assert "€5,400,000" in text
    assert "Decide" not in text


def test_the_page_is_about_exactly_what_is_approved(team, page):
    text = page("approval", team.finance)

    assert "6 packets wait for you" in text
    assert "For these 6: €5,400,000 of quota" in tight(text)
    seen = queries.digest(team.waiting().order_by("pk"), team.last())
    fingerprint = queries.aggregates_for(
        queries.approver_of(team.kickoff, team.finance.pk)
    ).fingerprint
    assert fingerprint in text
    signed = {"seen": seen, "typed_name": team.finance.full_name}
    done = tight(page("approve", team.finance, "post", **signed))
    assert "You approved 6 packets." in done
    name = f"<bdi>{team.finance.full_name}</bdi>"
    assert f"Finance: 6 approved by{name}" in done
    assert f"fingerprint {fingerprint}." in done
    assert "What is kept is not" not in done


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Type your name to approve."), ("Somebody", "Type your name: ")]
)
def test_an_approval_needs_the_name_of_who_approves(team, page, typed, said):
    seen = queries.digest(team.waiting().order_by("pk"), team.last())

    text = page("approve", team.finance, "post", seen=seen, typed_name=typed)

    assert said in text
    assert "6 packets wait for you" in text


def test_a_packet_says_to_revops_under_which_name_it_was_approved(team, client):
    team.approve(team.finance)
    client.force_login(team.revops)
    packet = team.waiting().first().packet_id

    text = tight(
        text_of(
            client.get(reverse("events:packets:delivery:detail", args=[team.kickoff.slug, packet]))
        )
    )

    assert f"signed as<bdi>{team.finance.full_name}</bdi>, fingerprint " in text


def test_a_round_in_several_currencies_without_a_rate_says_which_one_is_missing(client, page):
    team = Team(6)
    team.join(5, currency="USD")
    client.force_login(team.revops)
    desk = reverse("events:packets:delivery:submit", args=[team.kickoff.slug])
    assert "no rate for EUR, USD" in text_of(client.post(desk, follow=True))
    client.force_login(team.finance)

    text = text_of(
        client.get(reverse("events:packets:delivery:approval", args=[team.kickoff.slug]))
    )

    assert "the quota plan had no rate for EUR, USD" in tight(text)
    assert "€5,400,000" in text
    assert "All that is shown" not in text


def test_a_round_in_several_currencies_has_a_total_in_one_with_the_day_of_each_rate(client):
    team = Team(6)
    team.join(5, currency="USD", quota=990000)
    PlanRateFactory(plan=QuotaPlanFactory(kickoff=team.kickoff), rate=Decimal("1.1"))
    team.submit()
    client.force_login(team.finance)

    text = tight(
        text_of(client.get(reverse("events:packets:delivery:approval", args=[team.kickoff.slug])))
    )

    assert "For these 11: €9,900,000 of quota" in text
    assert "1.1 USD for 1 EUR, Tue 1 Dec 2026" in text
    assert "$4,950,000" in text


def test_few_that_changed_since_an_approval_are_not_counted(team, page):
    team.approve(team.finance)
    team.draft(team.reps[0], at=TUESDAY, quota=950000)
    team.submit(at=TUESDAY)

    text = page("approval", team.finance)

    assert "Fewer than 5 were approved by your side before and have changed since." in text
    assert "None was approved" in page("approval", team.sales)


def test_an_import_says_beforehand_that_the_round_comes_back(client, team, page):
    rep = team.reps[0]
    page("desk")

    text = text_of(
        upload(
            client,
            team,
            "rep,currency,quota,base,target_variable,effective_from,geography,accounts\n"
            f"{rep.email},EUR,950000,84000,56000,2027-03-01,France,Acme\n",
        )
    )

    assert "5 packets that do not change come back with it" in text
    assert team.waiting().count() == 6


def test_the_draft_page_says_beforehand_that_the_round_comes_back(client, kickoff, page, team):
    prepare_plans(kickoff)
    reps = [rep_with_parts(kickoff) for _ in range(3)]
    for kind in ("FINANCE", "SALES"):
        PacketApproverFactory(kickoff=kickoff, kind=kind)
    actions.draft_packets(kickoff=kickoff, by=team.revops, at=MONDAY)
    actions.submit_packets(kickoff=kickoff, by=team.revops, at=MONDAY)
    node = QuotaNode.objects.get(person=reps[0])
    node.write(Figures(node.read().amount + 1000))
    node.save()
    client.force_login(team.revops)

    text = text_of(client.get(reverse("events:packets:delivery:draft", args=[kickoff.slug])))

    assert "2 packets that do not change come back with it" in text
    assert "Draft them, and send the whole round back?" in text


def test_the_desk_leads_to_the_changes_that_wait_for_revops(team, page):
    assert "who reads packets waits for you" not in page("desk")
    person = PersonFactory(manager=PersonFactory())
    set_manager(person=person, manager=PersonFactory(), by=PersonFactory(), at=TUESDAY)

    text = page("desk")

    assert "1 change of who reads packets waits for you." in text
    assert reverse("people:changes:list") in text
