"""What a rep earns moves no page, export or API answer of anybody but rep, line and RevOps."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import transaction
from openpyxl import load_workbook

from events.packets.comp.models import PersonComp, RolePay
from events.packets.comp.rules.pay import Pay
from events.packets.delivery.models import PacketVersion
from events.packets.quotas.models import QuotaNode
from events.packets.quotas.rules.figures import Figures
from events.tests.factories import PacketVersionFactory, packet_content
from sko_planner.tests.roles.rows import ROWS, address

# Of the rep, none of these is the manager. The executive and the peer approve packets
OTHERS = ("planner", "executive", "peer", "other_manager", "outsider")
# What differs each time: tokens, nonces, and ids in addresses
NOISE = re.compile(
    r'value="[A-Za-z0-9]{64}"|value="[0-9a-f-]{36}"|"X-CSRFToken": ?"[^"]+"|/\d+(?=[/"?])|[\w-]{43,}'
)


def pay(world, times):
    """Give the rep so many times the figures: in quota, pay, a released packet and the next draft."""
    rep = world["rep"]
    node = QuotaNode.objects.get(person=rep)
    node.write(Figures(Decimal(611_000) * times))
    node.save()
    for row in (PersonComp.objects.get(person=rep), RolePay.objects.get()):
        amounts = Pay(Decimal(71_000) * times, Decimal(37_000) * times)
        row.write(amounts, reason="Agreed.") if isinstance(row, PersonComp) else row.write(amounts)
        row.save()
    content = packet_content(
        quota=611_000 * times, base=71_000 * times, target_variable=37_000 * times
    )
    packet = world.things["packet"]
    held = PacketVersion.objects.filter(packet=packet)
    held.in_force().update(state="SUPERSEDED")
    number = held.count() + 1
    for state in ("RELEASED", "DRAFT"):
        PacketVersionFactory(packet=packet, number=number, state=state, content=content)
        number += 1


def words_of(answer):
    """What a page says, or the cells of a workbook: the file holds the moment that it was written."""
    body = b"".join(answer) if answer.streaming else answer.content
    if "spreadsheetml" in answer.get("Content-Type", ""):
        sheets = load_workbook(BytesIO(body), read_only=True)
        return "\n".join(str(row) for one in sheets for row in one.iter_rows(values_only=True))
    return NOISE.sub("", body.decode(errors="replace"))


def told(client, world, times):
    """All that the others are told, by role and page."""
    found = {}
    with transaction.atomic():
        pay(world, times)
        for role in OTHERS:
            client.force_login(world[role])
            for row in ROWS:
                if row.method == "get" and role in row.allowed:
                    url = address(row, world)
                    answer = client.get(url, dict(row.data(world)))
                    found[role, row.url, url] = (answer.status_code, words_of(answer))
        transaction.set_rollback(True)
    return found


@pytest.mark.look
@pytest.mark.long
def test_what_a_rep_earns_is_told_to_nobody_else_by_any_two_looks(world, client, time_machine):
    time_machine.move_to(world.kickoff.doors_open_at - timedelta(days=20), tick=False)

    first, second = (told(client, world, times) for times in (1, 3))

    assert len(first) > 200
    assert [key for key in first if first[key] != second[key]] == []


def test_the_line_and_revops_are_told(world, client, time_machine):
    """Or else the test above compares pages that never show a figure to anybody."""
    time_machine.move_to(world.kickoff.doors_open_at - timedelta(days=20), tick=False)
    pay(world, 3)
    shown = []
    for role, page in (
        ("revops", "events:packets:quotas:plan"),
        ("revops", "events:packets:delivery:desk"),
        ("revops", "events:packets:comp:cost"),
        ("manager", "events:packets:delivery:detail"),
    ):
        client.force_login(world[role])
        row = next(row for row in ROWS if row.url == page and role in row.allowed)
        text = client.get(address(row, world)).content.decode()
        shown.append(bool(re.search(r"1[,.]?833|213[,.]?000|111[,.]?000", text)))

    assert shown == [True] * 4
