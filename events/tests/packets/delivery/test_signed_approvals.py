"""An approval is signed by typed name, under the digest of all that is approved at once."""

import pytest

from events.packets.delivery import actions, queries
from events.packets.delivery.models import PacketApproval, PacketVersion
from events.tests.factories import packet_content
from events.tests.packets.delivery.importing import MONDAY, TUESDAY
from events.tests.packets.delivery.team import Team
from people.activity.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    team = Team(2)
    team.submit()
    return team


def test_a_typed_name_stands_under_the_digest_of_all_that_it_approves(team):
    shown, finance = team.look(), team.finance

    actions.approve_packets(
        kickoff=team.kickoff, by=finance, typed_name=f" {finance.full_name.upper()} ", at=MONDAY
    )

    (signing,) = queries.signings_of(team.last())
    kept = PacketApproval.objects.values_list("typed_name", "signed_hash").distinct().get()
    assert kept == (finance.full_name.upper(), shown.to_sign)
    assert (signing.side, signing.count, signing.at) == ("Finance", 2, MONDAY)
    assert (signing.fingerprint, signing.is_sound) == (shown.fingerprint, True)
    assert f"fingerprint {shown.fingerprint}" in Entry.objects.get(verb="packets.approved").note


def test_what_both_sides_signed_still_says_so_once_one_of_its_packets_is_another(team):
    for person in (team.finance, team.sales):
        team.approve(person)
    version = PacketVersion.objects.first()
    version.write(packet_content(quota="950000"))
    version.save()

    assert [one.is_sound for one in queries.signings_of(team.last())] == [True, True]


def test_an_approval_that_is_kept_otherwise_than_it_was_signed_is_found(team):
    version = team.waiting().first()
    PacketApproval.objects.create(
        version=version,
        kind="SALES",
        by=team.sales,
        at=MONDAY,
        content_hash=version.content_hash,
        round=team.last(),
        typed_name="Ngozi Adeyemi",
        signed_hash="0" * 64,
    )

    (signing,) = queries.signings_of(team.last())

    assert (signing.typed_name, signing.is_sound) == ("Ngozi Adeyemi", False)


def test_what_is_held_back_is_not_part_of_what_is_signed(team):
    good, broken = team.waiting().order_by("pk")
    PacketVersion.objects.filter(pk=broken.pk).update(sealed="broken")
    shown = team.look()

    team.approve(team.finance)

    assert PacketApproval.objects.get().signed_hash == shown.to_sign
    assert shown.to_sign == queries.digest([good], team.last()) != shown.digest


def test_an_approval_under_another_name_is_refused(team):
    with pytest.raises(actions.PacketRefused, match=f"Type your name: {team.finance.full_name}"):
        actions.approve_packets(
            kickoff=team.kickoff, by=team.finance, typed_name="Somebody", at=TUESDAY
        )

    assert not PacketApproval.objects.exists()
