"""“What if I close …”: the rep asks their own plan, and nothing of it stays."""

import logging
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.packets.comp.rules.payout import Band, Basis, Plan
from events.packets.delivery.models import PacketVersion
from events.tests.factories import PacketFactory, PacketVersionFactory, packet_content
from people.activity.models import Entry

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def version(kickoff, rep):
    return PacketVersionFactory(packet=PacketFactory(kickoff=kickoff, rep=rep), state="VIEWED")


def ask(client, version, closed, *, as_part=True):
    client.force_login(version.packet.rep)
    packet = version.packet
    address = reverse(
        "events:packets:delivery:what_if", args=[packet.kickoff.slug, packet.pk, version.number]
    )
    return client.post(
        address, {"closed": closed}, headers={"hx-request": "true"} if as_part else {}
    )


def said(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("typed", "closed", "earned"),
    [
        ("250,000", "€250,000", "€15,555.56"),
        ("250.000", "€250,000", "€15,555.56"),
        ("1.125.000", "€1,125,000", "€77,000"),
        ("€900 000", "€900,000", "€56,000"),
        ("80%", "€720,000", "€44,800"),
        ("0", "€0", "€0"),
        ("1234.56", "€1,234.56", "€76.82"),
        ("12,34", "€12.34", "€0.77"),
    ],
)
def test_the_plan_answers_to_the_cent(client, version, typed, closed, earned):
    answer = ask(client, version, typed)

    assert answer.status_code == 200
    assert f"Close {closed}" in said(answer)
    assert f"you earn <strong>{earned}</strong>" in said(answer)
    assert 'class="k-mine"' in said(answer)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("a lot", "Type an amount like 250,000"),
        ("1.2.3", "is no number"),
        ("-5", "Type an amount from 0"),
        ("9" * 30, "Type an amount from 0"),
        ("100 USD", "is in USD, and this is in EUR"),
        ("%", "Type an amount like 250,000"),
        ("1e9", "lost digits"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(client, version, typed, problem):
    answer = ask(client, version, typed)

    assert problem in said(answer)
    assert 'id="id_closed_error"' in said(answer)
    assert "<svg" in said(answer)


def test_an_empty_field_asks_nothing(client, version):
    answer = ask(client, version, " ")

    assert answer.status_code == 200
    assert "k-error" not in said(answer)
    assert "you earn" not in said(answer)


def test_it_works_without_scripts_on_a_page_of_its_own(client, version):
    page = said(ask(client, version, "450,000", as_part=False))
    empty = ask(client, version, "", as_part=False)

    assert "you earn <strong>€28,000</strong>" in page
    assert 'value="450,000"' in page
    assert empty.status_code == 422
    assert "Type an amount like 250,000" in said(empty)


def test_the_packet_asks_the_version_that_is_read(client, version):
    page = client
    page.force_login(version.packet.rep)
    html = page.get(
        reverse("events:packets:delivery:mine", args=[version.packet.kickoff.slug])
    ).content.decode()

    assert f"/{version.packet.pk}/{version.number}/what-if/" in html
    assert "What if I close …" in html


def test_half_a_cent_is_rounded_up_where_the_share_of_quota_never_ends(client, kickoff, rep):
    plan = Plan(Basis.REVENUE_RATE, bands=(Band(D(0), D("0.05")),))
    content = packet_content(plan=plan, quota="700000", target_variable="35000")

    assert content.example_of(D("0.10")).earned == D("0.01")  # 0.5 cents
    assert content.example_of(D("100000.30")).earned == D("5000.02")  # 5,000.015


def test_what_passes_the_picture_is_answered_in_words(client, version):
    answer = ask(client, version, "9,000,000")

    assert "That is beyond the picture." in said(answer)
    assert 'class="k-mine"' not in said(answer)
    assert "300%" in said(answer)


def test_each_version_answers_by_its_own_plan(client, version):
    PacketVersion.objects.update(state="SUPERSEDED")
    newer = PacketVersionFactory(
        packet=version.packet, number=2, content=packet_content(target_variable="90000")
    )

    assert "<strong>€90,000</strong>" in said(ask(client, newer, "100%"))
    assert "<strong>€56,000</strong>" in said(ask(client, version, "100%"))


def test_nothing_of_it_is_stored_or_logged(client, version, caplog):
    client.force_login(version.packet.rep)
    entries = Entry.objects.count()
    before = PacketVersion.objects.values().get()
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        answer = ask(client, version, "271828")
        ask(client, version, "271828 pears")

    assert answer["Cache-Control"] == "no-store, private"
    assert "271" not in answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]
    assert Entry.objects.count() == entries
    assert PacketVersion.objects.values().get() == before
    written = [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "SAVEPOINT", "REL"))]
    assert not [sql for sql in written if "271828" in sql]
    said_in_logs = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    assert not [message for message in said_in_logs if "271828" in message]
