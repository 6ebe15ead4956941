"""Attacks on packets: markup in names, two at once, a manager of one's own making."""

import pytest

from events.tests.packets.delivery.pages import at, signed_in

pytestmark = pytest.mark.django_db


def test_the_name_beside_the_signature_is_text(client, world):
    world["rep"].full_name = "<b>Aïcha</b>"
    world["rep"].save(update_fields=["full_name"])

    page = signed_in(client, world, "rep").get(at(world, "mine"))

    assert page.status_code == 200
    assert "<b>Aïcha</b>" not in page.content.decode()
