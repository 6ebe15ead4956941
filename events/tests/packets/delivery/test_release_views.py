"""The pages of release and embargo: what RevOps does, and what others see meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.ui.figures import moment
from events.packets.delivery.hooks import Moment, find_moments
from events.packets.delivery.models import PacketRelease, PacketVersion
from events.tests.factories import PacketFactory, PacketReleaseFactory, PacketVersionFactory
from events.tests.packets.delivery.pages import at, draft_of, signed_in, text_of
from people.tests.factories import RegionFactory, put_under

pytestmark = pytest.mark.django_db
SIGNED = {"typed_name": "Mateusz Wiśniewski", "title": "Head of RevOps"}


@pytest.fixture
def comp_session():
    session = Moment("session:7", "Comp session", timezone.now() + timedelta(days=20))
    with find_moments.only(lambda kickoff: [session]):
        yield session


def test_a_release_waits_for_a_session_and_says_so_to_rep_manager_and_revops(
    client, world, comp_session
):
    packet = PacketFactory(kickoff=world.kickoff, rep=world["manager"])
    PacketVersionFactory(packet=packet, state="APPROVED")
    signed_in(client, world, "revops")

    page = client.post(
        at(world, "release"),
        {"scope": "all", "when": "moment", "moment": comp_session.key, **SIGNED},
        follow=True,
    )

    release = PacketRelease.objects.get()
    assert (release.is_waiting, release.scope) == (True, "All that is approved")
    assert f"1 packet comes out {moment(release.due_at, world.kickoff.zone)}." in text_of(page)
    assert "Comp session" in text_of(client.get(at(world, "desk")))
    mine = text_of(signed_in(client, world, "manager").get(at(world, "mine")))
    assert "It comes out" in mine
    assert "Comp session" in mine
    assert "€900,000" not in mine


def test_a_manager_reads_when_the_packet_of_a_report_comes_out(client, world, comp_session):
    version = draft_of(world, state="APPROVED")
    put_under(version.packet.rep, world["manager"])
    version.release = PacketReleaseFactory(
        kickoff=world.kickoff,
        moment_key=comp_session.key,
        moment_label=comp_session.label,
        due_at=comp_session.at,
    )
    version.save(update_fields=["release"])

    text = text_of(signed_in(client, world, "manager").get(at(world, "report")))

    assert f"comes out {moment(comp_session.at, world.kickoff.zone)}" in text
    assert at(world, "detail", packet_id=version.packet_id) in text


def test_the_page_names_whose_packets_would_go_out(client, world):
    here, there = (draft_of(world, state="APPROVED").packet.rep for _ in range(2))
    here.region = RegionFactory()
    here.save(update_fields=["region"])
    signed_in(client, world, "revops")

    every = text_of(client.get(at(world, "release")))
    part = text_of(client.get(at(world, "release"), {"scope": f"region:{here.region_id}"}))

    names = ", ".join(sorted([here.full_name, there.full_name]))
    assert f"To 2 reps, who get a mail as soon as they are out: {names}." in every
    assert f"To {here.full_name}, who gets a mail as soon as it is out." in part


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"when": "moment"}, "Choose the session."),
        ({"when": "moment", "moment": "session:999"}, "not one of the available choices"),
        ({"when": "time"}, "Say when."),
        ({"when": "time", "on_date": "2020-01-01", "on_time": "14:00"}, "moment is over"),
        ({"when": "now", "typed_name": "Somebody Else"}, "your own name"),
        ({"when": "now", "title": ""}, "Say as what you sign."),
        ({"when": "now", "scope": "region:999"}, "not one of the available choices"),
        ({"when": "never"}, "not one of the available choices"),
    ],
)
def test_a_release_that_is_not_complete_is_explained(client, world, comp_session, data, says):
    version = draft_of(world, state="APPROVED")

    page = signed_in(client, world, "revops").post(
        at(world, "release"), {"scope": "all", **SIGNED, **data}
    )

    assert page.status_code == 422
    assert says in text_of(page)
    version.refresh_from_db()
    assert version.state == "APPROVED"


def test_a_time_is_meant_in_the_zone_of_the_event(client, world, settings):
    world.kickoff.time_zone = "Asia/Tokyo"
    world.kickoff.save()
    draft_of(world, state="APPROVED")

    signed_in(client, world, "revops").post(
        at(world, "release"),
        {"scope": "all", "when": "time", "on_date": "2099-02-03", "on_time": "14:00", **SIGNED},
    )

    assert f"{PacketRelease.objects.get().due_at:%Y-%m-%d %H:%M}" == "2099-02-03 05:00"


def test_ticked_packets_are_released_alone(client, world):
    chosen, other = draft_of(world, state="APPROVED"), draft_of(world, state="APPROVED")
    signed_in(client, world, "revops")

    form = client.post(at(world, "release"), {"packet": [chosen.packet_id]})
    assert chosen.packet.rep.full_name in text_of(form)
    client.post(
        at(world, "release"),
        {"packet": [chosen.packet_id], "scope": "chosen", "when": "now", **SIGNED},
    )

    states = [PacketVersion.objects.get(pk=one.pk).state for one in (chosen, other)]
    assert states == ["RELEASED", "APPROVED"]


def test_nothing_to_release_teaches_what_comes_first(client, world):
    page = signed_in(client, world, "revops").get(at(world, "release"))

    assert "Nothing is approved yet" in text_of(page)


def test_an_embargo_is_lifted_or_cancelled_from_the_desk(client, world):
    releases = [PacketReleaseFactory(kickoff=world.kickoff) for _ in range(2)]
    versions = [draft_of(world, state="APPROVED", release=release) for release in releases]
    signed_in(client, world, "revops")

    client.post(at(world, "lift", release_id=releases[0].pk))
    client.post(at(world, "cancel", release_id=releases[1].pk))
    again = client.post(at(world, "lift", release_id=releases[1].pk), follow=True)

    states = [PacketVersion.objects.get(pk=one.pk).state for one in versions]
    assert states == ["RELEASED", "APPROVED"]
    assert "before you got here" in text_of(again)


def test_the_desk_says_that_a_session_is_gone(client, world):
    lost = PacketReleaseFactory(
        kickoff=world.kickoff, moment_key="session:404", moment_label="Comp session"
    )
    draft_of(world, state="APPROVED", release=lost)

    text = text_of(signed_in(client, world, "revops").get(at(world, "desk")))

    assert "waits for a session that is no longer in the agenda" in text
