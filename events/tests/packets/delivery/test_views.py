"""The pages of packets: what each role sees."""

import pytest
from django.urls import reverse

from events.packets.delivery.models import PacketVersion, Receipt
from events.packets.territories.rules.territory import Territory
from events.tests.factories import (
    AttendeeFactory,
    PacketFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.delivery.pages import BASE, FIGURES, at, signed_in
from people.activity.models import Entry
from people.tests.factories import PersonFactory, RegionFactory
from people.waiting.hooks import find_shared, find_waiting

pytestmark = pytest.mark.django_db


def test_a_rep_reads_their_packet_and_it_counts_as_viewed(client, world):
    page = signed_in(client, world, "rep").get(at(world, "mine"))

    world.things["rep"].refresh_from_db()
    text = page.content.decode()
    assert "€917,342" in text
    assert "Sign the receipt" in text
    assert world.things["rep"].state == "VIEWED"
    assert page.headers["Cache-Control"] == "no-store, private"


def test_a_rep_without_a_packet_is_told_what_will_come(client, world):
    newcomer = PersonFactory()
    AttendeeFactory(kickoff=world.kickoff, person=newcomer)
    client.force_login(newcomer)

    page = client.get(at(world, "mine"))

    assert page.status_code == 200
    assert "No packet for you yet" in page.content.decode()


def test_a_rep_signs_the_receipt(client, world):
    address = at(world, "sign", "rep", number=1)

    page = signed_in(client, world, "rep").post(
        address, {"has_read": "on", "typed_name": "Aicha Benyahia"}, follow=True
    )

    assert Receipt.objects.get().version == world.things["rep"]
    assert "You signed the receipt for version 1" in page.content.decode()
    assert 'id="receipt"' not in page.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"has_read": "on", "typed_name": "Somebody Else"},
        {"has_read": "on", "typed_name": ""},
        {"typed_name": "Aïcha Benyahia"},
    ],
)
def test_a_receipt_that_is_not_complete_is_explained_beside_the_field(client, world, data):
    page = signed_in(client, world, "rep").post(at(world, "sign", "rep", number=1), data)

    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode()
    assert not Receipt.objects.exists()


def test_the_page_says_what_changed_and_offers_the_version_before(client, world):
    old = world.things["rep"]
    PacketVersion.objects.filter(pk=old.pk).update(state="SUPERSEDED")
    PacketVersionFactory(
        packet=old.packet, number=2, content=packet_content(), released_by=world["revops"]
    )

    text = signed_in(client, world, "rep").get(at(world, "mine")).content.decode()

    assert "The quota went from €917,342 to €900,000." in text
    assert at(world, "letter", "rep", number=1) in text


def test_a_manager_opens_a_report_and_the_rep_sees_that(client, world):
    signed_in(client, world, "manager").get(at(world, "detail", "rep"))

    text = signed_in(client, world, "rep").get(at(world, "mine")).content.decode()
    assert "Søren Lindqvist opened this" in text
    entry = Entry.objects.get(verb="packet.viewed", actor=world["manager"])
    assert entry.subject == world["rep"]


def test_a_manager_sees_the_reports_of_the_whole_line_and_no_figures_in_the_list(client, world):
    boss = world["manager"].manager
    AttendeeFactory(kickoff=world.kickoff, person=boss, kind="MANAGER")
    client.force_login(boss)
    text = client.get(at(world, "report")).content.decode()
    assert "Aïcha Benyahia" in text
    assert "Thabo Nkosi" in text

    text = signed_in(client, world, "manager").get(at(world, "report")).content.decode()
    assert "Aïcha Benyahia" in text
    assert "Thabo Nkosi" not in text
    assert not FIGURES.search(text)


def test_the_desk_shows_quotas_states_and_what_to_do(client, world):
    PacketVersion.objects.filter(pk=world.things["peer"].pk).update(state="EXPIRED")
    draft = PacketFactory(kickoff=world.kickoff)
    AttendeeFactory(kickoff=world.kickoff, person=draft.rep)
    PacketVersionFactory(packet=draft, state="DRAFT", content=packet_content(territory=Territory()))

    text = signed_in(client, world, "revops").get(at(world, "desk")).content.decode()

    for part in (
        "€917,342",
        "No territory yet",
        "Send 1 draft for approval",
        "Sat 30 January 2027",
    ):
        assert part in text
    assert Entry.objects.filter(verb="packets.listed", actor=world["revops"]).exists()


def test_the_panel_beside_the_list_is_a_fragment(client, world):
    page = signed_in(client, world, "revops").get(
        at(world, "detail", "rep"), headers={"hx-request": "true"}
    )

    text = page.content.decode()
    assert "<html" not in text
    assert "Payout at 100% equals the target variable." in text
    assert "can see that you opened this" in text


def test_the_panel_says_when_100_percent_does_not_pay_the_target(client, world):
    draft = PacketFactory(kickoff=world.kickoff)
    plan = packet_content().comp.measures[0].plan
    halved = type(plan)(plan.basis, bands=(type(plan.bands[0])(plan.bands[0].start, BASE),))
    PacketVersionFactory(packet=draft, state="DRAFT", content=packet_content(plan=halved))
    url = reverse(
        "events:packets:delivery:detail", kwargs={"slug": world.kickoff.slug, "packet_id": draft.pk}
    )

    text = signed_in(client, world, "revops").get(url).content.decode()

    assert "Check the bands before you release it." in text


@pytest.mark.parametrize("page", ["desk", "coverage", "report"])
def test_a_list_makes_the_same_number_of_queries_for_any_number_of_rows(
    client, world, page, django_assert_max_num_queries
):
    role = {"desk": "revops", "coverage": "planner", "report": "manager"}[page]
    signed_in(client, world, role)
    client.get(at(world, page))
    counts = []
    for more in (1, 2, 9):
        for _ in range(more):
            rep = PersonFactory(manager=world["manager"], region=RegionFactory())
            AttendeeFactory(kickoff=world.kickoff, person=rep)
            packet = PacketFactory(kickoff=world.kickoff, rep=rep)
            PacketVersionFactory(packet=packet, state="VIEWED")
        # Beside the queries of what waits, which have a budget of their own
        with (
            find_waiting.only(),
            find_shared.only(),
            django_assert_max_num_queries(21) as captured,
        ):
            client.get(at(world, page))
        counts.append(len(captured))

    assert len(set(counts)) == 1, counts
