"""Figures are need-to-know: the attacks on packets."""

import logging

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from events.packets.delivery.models import Packet, PacketVersion, Receipt
from events.packets.territories.rules.territory import Territory
from events.sealing.rules import seal
from events.tests.factories import (
    PacketFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.delivery.importing import approve_all, release_all
from events.tests.packets.delivery.pages import (
    FIGURES,
    HEADER,
    QUOTA,
    at,
    good_row,
    signed_in,
    upload,
)
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import put_under
from people.tests.passages import behind_our_back

pytestmark = [pytest.mark.look, pytest.mark.django_db]


@pytest.mark.parametrize("role", ["planner", "executive"])
def test_planners_and_executives_meet_no_figure_anywhere(client, world, role, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(world["rep"])
    client.get(at(world, "mine"))
    client.post(
        at(world, "sign", "rep", number=1), {"has_read": "on", "typed_name": "Aïcha Benyahia"}
    )
    signed_in(client, world, role)

    answers = [
        client.get(at(world, "coverage")),
        client.get(at(world, "coverage") + "?by=manager&state=VIEWED"),
        client.get(at(world, "export")),
        client.get(reverse("home"), follow=True),
    ]

    for answer in answers:
        assert answer.status_code == 200
        assert not FIGURES.search(answer.content.decode())
    assert not FIGURES.search(caplog.text)


def test_no_figure_is_in_mails_audit_notes_or_tables(client, world):
    csv_file = HEADER + good_row(world["rep"], quota=QUOTA + 1000000)
    page = upload(signed_in(client, world, "revops"), world, csv_file)
    client.post(page.redirect_chain[-1][0])
    approve_all(world.kickoff)
    release_all(world.kickoff)

    assert PacketVersion.objects.filter(packet__rep=world["rep"]).count() == 2
    stored = [
        *Message.objects.values_list("subject", "body", "key"),
        *Entry.objects.values_list("verb", "note"),
        *PacketVersion.objects.values_list(),
        *Packet.objects.values_list(),
    ]
    assert len(stored) > 4
    assert not FIGURES.search(repr(stored).replace("1917342", "917342"))


def test_no_packet_is_in_the_admin_site():
    models = set(apps.get_app_config("events").get_models())

    shown = {model for model in admin.site._registry if model in models}
    assert shown.isdisjoint({Packet, PacketVersion, Receipt})


@pytest.mark.parametrize("role", ["planner", "executive", "other_manager", "peer", "outsider"])
@pytest.mark.parametrize(
    ("page", "kwargs"),
    [("detail", {}), ("letter", {"number": 1}), ("sign", {"number": 1})],
)
def test_nobody_else_gets_at_a_packet_by_its_address(client, world, role, page, kwargs):
    address = at(world, page, "rep", **kwargs)
    signed_in(client, world, role)

    answer = client.post(address) if page == "sign" else client.get(address)

    assert answer.status_code == 404
    assert not FIGURES.search(answer.content.decode())


@pytest.mark.parametrize("role", ["planner", "executive"])
def test_a_planner_or_executive_up_the_line_gets_no_figures_either(client, world, role):
    put_under(world["rep"], world[role])
    signed_in(client, world, role)

    for page, kwargs in (("detail", {}), ("letter", {"number": 1})):
        assert client.get(at(world, page, "rep", **kwargs)).status_code == 404
    report = client.get(at(world, "report"))
    assert "Aïcha Benyahia" in report.content.decode()
    assert at(world, "detail", "rep") not in report.content.decode()
    assert not FIGURES.search(report.content.decode())


def test_a_packet_of_another_kickoff_is_not_found_under_this_one(client, world):
    elsewhere = PacketVersionFactory()
    url = reverse(
        "events:packets:delivery:detail",
        kwargs={"slug": world.kickoff.slug, "packet_id": elsewhere.packet_id},
    )

    assert signed_in(client, world, "revops").get(url).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 99999999999])
def test_a_version_that_is_not_there_is_not_found(client, world, number):
    signed_in(client, world, "rep")

    for page, ask in (("letter", client.get), ("sign", client.post)):
        assert ask(at(world, page, "rep", number=number)).status_code == 404


def test_a_draft_is_out_of_sight_of_rep_and_manager(client, world):
    PacketVersionFactory(
        packet=world.things["rep"].packet,
        number=2,
        state="DRAFT",
        content=packet_content(quota="5555555"),
    )

    for role in ("rep", "manager"):
        signed_in(client, world, role)
        assert client.get(at(world, "letter", "rep", number=2)).status_code == 404
        page = client.get(at(world, "detail", "rep"), follow=True)
        assert "5,555,555" not in page.content.decode()


def test_a_manager_and_revops_cannot_sign_for_a_rep(client, world):
    data = {"has_read": "on", "typed_name": "Aïcha Benyahia"}
    for role in ("manager", "revops"):
        signed_in(client, world, role)
        assert client.post(at(world, "sign", "rep", number=1), data).status_code == 404

    assert not Receipt.objects.exists()


def test_a_receipt_on_a_superseded_version_is_refused_with_a_reason(client, world):
    old = world.things["rep"]
    PacketVersion.objects.filter(pk=old.pk).update(state="SUPERSEDED")
    PacketVersionFactory(
        packet=old.packet, number=2, content=packet_content(), released_by=world["revops"]
    )

    page = signed_in(client, world, "rep").post(
        at(world, "sign", "rep", number=1),
        {"has_read": "on", "typed_name": "Aïcha Benyahia"},
        follow=True,
    )

    assert "Version 1 was replaced" in page.content.decode()
    assert not Receipt.objects.exists()


def test_a_packet_that_cannot_be_opened_shows_nothing_of_itself(client, world, settings):
    other_key = ["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="]
    with behind_our_back():
        PacketVersion.objects.filter(pk=world.things["rep"].pk).update(sealed=seal("{}", other_key))
    for role, page in (("rep", "mine"), ("manager", "detail")):
        client.force_login(world[role])
        answer = client.get(at(world, page, "rep" if page == "detail" else None))
        assert answer.status_code == 500
        assert "cannot be opened" in answer.content.decode()

    desk = signed_in(client, world, "revops").get(at(world, "desk"))
    assert desk.status_code == 200
    assert "No key opens this" in desk.content.decode()


def test_somebody_elses_names_and_accounts_are_escaped(client, world):
    nasty = "<script>alert(1)</script>"
    packet = PacketFactory(kickoff=world.kickoff)
    PacketVersionFactory(
        packet=packet,
        state="DRAFT",
        content=packet_content(territory=Territory(nasty, nasty, (nasty,))),
    )
    url = reverse(
        "events:packets:delivery:detail",
        kwargs={"slug": world.kickoff.slug, "packet_id": packet.pk},
    )

    assert nasty not in signed_in(client, world, "revops").get(url).content.decode()
