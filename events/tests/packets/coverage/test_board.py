"""The coverage board: it knows when it has changed, who leaves without, and how it came."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from core.tests.html import tight
from events.kickoff.hooks import find_last_end, leaving_at
from events.packets.coverage.queries import board
from events.packets.coverage.rules.counts import Cover, totalled
from events.packets.coverage.rules.curve import over_time, to_go
from events.packets.delivery.models import PacketVersion
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketFactory,
    PacketReleaseFactory,
    PacketVersionFactory,
)
from events.tests.packets.delivery.pages import FIGURES, at, signed_in
from events.tests.packets.inquiries.making import asked
from people.tests.factories import PersonFactory, RegionFactory

pytestmark = pytest.mark.django_db
DAY_TWO = datetime(2027, 2, 3, 11, tzinfo=UTC)
LISBON = ZoneInfo("Europe/Lisbon")


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=3, hours=5), "3 days to go"),
        (timedelta(hours=47), "47 h to go"),
        (timedelta(hours=5, minutes=59), "5 h to go"),
        (timedelta(minutes=59), "59 min to go"),
        (timedelta(seconds=20), "1 min to go"),
        (timedelta(0), ""),
        (-timedelta(hours=1), ""),
    ],
)
def test_the_time_left_is_told_in_one_unit(left, words):
    assert to_go(DAY_TWO + left, DAY_TWO) == words


def test_the_curve_adds_up_by_the_hour_and_begins_at_nothing():
    signed = [DAY_TWO + timedelta(minutes=10 * n) for n in range(9)]

    chart = over_time(signed, of=20, zone=LISBON, until=DAY_TWO + timedelta(hours=5))

    assert [total for _x, total in chart.curve] == [0, 6, 9, 9]
    assert chart.title == "6 of 9 signed between 11:00 and 12:00 on Wed 3 Feb"
    assert chart.rows[-1][1] == "9"


def test_the_curve_goes_by_the_day_over_a_longer_time():
    signed = [DAY_TWO + timedelta(days=n // 2) for n in range(20)]

    chart = over_time(signed, of=20, zone=LISBON, until=DAY_TWO + timedelta(days=9))

    assert len(chart.curve) == 11
    assert chart.title == "2 of 20 signed on Fri 12 Feb, the most of any day"
    assert over_time([], of=20, zone=LISBON, until=DAY_TWO) is None
    assert over_time([DAY_TWO], of=1, zone=LISBON, until=DAY_TWO) is not None


def test_accepted_and_declined_count_among_the_signed(world):
    PacketVersion.objects.filter(pk=world.things["rep"].pk).update(
        state="ACCEPTED", viewed_at=DAY_TWO, received_at=DAY_TWO
    )
    PacketVersion.objects.filter(pk=world.things["peer"].pk).update(
        state="DECLINED", viewed_at=DAY_TWO, received_at=DAY_TWO
    )

    now = board.board_of(world.kickoff, "region", DAY_TWO)

    total = now.coverage.all
    assert (total.signed, total.accepted, total.declined, total.unsigned) == (2, 1, 1, 0)


def test_shares_are_rounded_down_so_that_100_is_everybody():
    parts = [Cover("A", signed=199), Cover("B", opened=1)]

    assert totalled(parts).all.percent == 99
    assert Cover("empty").percent == 0


def test_the_stamp_changes_with_the_board_and_with_nothing_else(world):
    at_ten = DAY_TWO - timedelta(minutes=50)
    before = board.board_of(world.kickoff, "region", at_ten).stamp

    assert board.board_of(world.kickoff, "region", at_ten + timedelta(minutes=40)).stamp == before
    assert board.board_of(world.kickoff, "region", DAY_TWO + timedelta(hours=2)).stamp != before
    PacketVersion.objects.filter(pk=world.things["rep"].pk).update(
        state="VIEWED", viewed_at=DAY_TWO
    )
    viewed = board.board_of(world.kickoff, "region", at_ten).stamp
    assert viewed != before
    AttendeeFactory(kickoff=world.kickoff)
    assert board.board_of(world.kickoff, "region", at_ten).stamp != viewed


def test_reps_whose_questions_are_open_are_counted(world):
    assert board.board_of(world.kickoff, "region", DAY_TWO).asked == 0

    asked(world, "rep")
    asked(world, "rep", kind="QUOTA")
    asked(world, "peer")

    assert board.board_of(world.kickoff, "region", DAY_TWO).asked == 2


def test_who_leaves_without_is_listed_by_urgency(world):
    def rep(name, state, rsvp="YES"):
        person = PersonFactory(full_name=name)
        AttendeeFactory(kickoff=world.kickoff, person=person, rsvp=rsvp, answered_at=DAY_TWO)
        if state:
            PacketVersionFactory(
                packet=PacketFactory(kickoff=world.kickoff, rep=person), state=state
            )

    rep("Opened it", "VIEWED")
    rep("Has nothing", None)
    rep("Signed", "RECEIVED")
    rep("At home", None, rsvp="NO")

    rows = list(board.leaving(world.kickoff, DAY_TWO))

    assert [row.person.full_name for row in rows] == [
        "Has nothing", "Aïcha Benyahia", "Thabo Nkosi", "Opened it", "At home",
    ]  # fmt: skip
    assert board.leaves_on(world.kickoff, rows[0]) == world.kickoff.ends_date
    assert board.leaves_on(world.kickoff, rows[-1]) is None
    rows[1].person.leave_date = world.kickoff.starts_date
    assert board.leaves_on(world.kickoff, rows[1]) == world.kickoff.starts_date


def test_people_leave_when_the_last_thing_ends(world):
    last = datetime(2027, 2, 4, 16, 30, tzinfo=UTC)
    five_before = last - timedelta(hours=5)
    with find_last_end.only(lambda kickoff: last):
        assert leaving_at(world.kickoff) == last
        assert board.board_of(world.kickoff, "region", five_before).to_go == "5 h to go"

    with find_last_end.only(lambda kickoff: last - timedelta(days=1)):
        assert leaving_at(world.kickoff) == world.kickoff.closes_at
    with find_last_end.only(lambda kickoff: None):
        assert leaving_at(world.kickoff) == world.kickoff.closes_at


def stamp_in(page):
    return page.content.decode().split("seen=")[1][:16]


def test_the_board_answers_nothing_while_nothing_has_changed(
    client, world, django_assert_max_num_queries
):
    with time_machine.travel(DAY_TWO, tick=False):
        page = signed_in(client, world, "planner").get(at(world, "coverage"))
        url = at(world, "coverage_now") + f"?by=region&seen={stamp_in(page)}"
        with django_assert_max_num_queries(
            7
        ):  # session, person, kickoff; three of the board, questions
            assert client.get(url).status_code == 204
        PacketVersion.objects.filter(pk=world.things["rep"].pk).update(
            state="RECEIVED", viewed_at=DAY_TWO, received_at=DAY_TWO
        )
        changed = client.get(url)

    text = changed.content.decode()
    assert changed.status_code == 200
    assert changed.headers["Cache-Control"] == "no-store, private"
    assert "1 of 2 has signed the receipt." in text
    assert '<div id="board-rows" hx-swap-oob="true">' in text
    assert "<html" not in text
    assert stamp_in(changed) not in url


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (datetime(2027, 2, 2, 0, 30, tzinfo=UTC), 5),
        (DAY_TWO, 5),
        (datetime(2027, 2, 1, 23, tzinfo=UTC), 60),
        (datetime(2027, 2, 5, 0, 30, tzinfo=UTC), 60),
    ],
)
def test_it_is_asked_often_only_while_the_event_is_on(client, world, moment, seconds):
    with time_machine.travel(moment, tick=False):
        text = signed_in(client, world, "planner").get(at(world, "coverage")).content.decode()

    assert f'data-every="{seconds}"' in text


def test_the_list_keeps_its_state_when_the_board_changes(client, world):
    signed_in(client, world, "planner")

    page = client.get(at(world, "coverage") + "?by=manager&q=thabo")
    text = client.get(at(world, "coverage_now") + "?by=manager&q=thabo&seen=old").content.decode()

    assert "by=manager&amp;q=thabo&amp;seen=" in page.content.decode()
    rows = text.split('id="board-rows"')[1]
    assert "Thabo Nkosi" in rows
    assert "Aïcha Benyahia" not in rows


def test_the_wall_names_nobody(client, world):
    world["rep"].region = RegionFactory(name="EMEA")
    world["rep"].save()
    with time_machine.travel(DAY_TWO, tick=False):
        page = signed_in(client, world, "executive").get(at(world, "wall"))
        unchanged = client.get(at(world, "wall") + f"?seen={stamp_in(page)}")
        fragment = client.get(at(world, "wall") + "?seen=old").content.decode()

    text = page.content.decode()
    assert unchanged.status_code == 204
    assert "of 2 reps have signed" in text
    assert "EMEA" in text
    for name in ("Aïcha", "Thabo", "Søren"):
        assert name not in text + fragment
    assert "<html" not in fragment
    assert not FIGURES.search(text)


RED = ("k-bx", "k-late")


def test_packets_that_come_as_planned_are_red_nowhere(client, world):
    embargo = PacketReleaseFactory(kickoff=world.kickoff)
    for fields in (
        {"state": "DRAFT", "submitted_at": DAY_TWO},
        {"state": "APPROVED", "release": embargo},
    ):
        rep = AttendeeFactory(kickoff=world.kickoff).person
        PacketVersionFactory(packet__kickoff=world.kickoff, packet__rep=rep, **fields)

    with time_machine.travel(DAY_TWO, tick=False):
        signed_in(client, world, "revops")
        for page in ("coverage", "wall", "desk"):
            text = client.get(at(world, page)).content.decode()
            assert not [mark for mark in RED if mark in text], page

        AttendeeFactory(kickoff=world.kickoff)
        board, wall, desk = (
            client.get(at(world, page)).content.decode() for page in ("coverage", "wall", "desk")
        )

    assert "1 with nothing under way" in board
    assert "k-bx" in board
    assert "k-bx" in desk
    # It hangs in the room, and a row tells nobody that a packet is being worked on
    assert "k-bx" not in wall
    assert "k-late" not in board


def test_the_wall_thanks_nobody_before_anything_is_out(client, world):
    kickoff = KickoffFactory()
    signed_in(client, world, "revops")
    wall = reverse("events:packets:coverage:wall", args=[kickoff.slug])

    nobody = client.get(wall).content.decode()
    AttendeeFactory(kickoff=kickoff)
    nothing_out = client.get(wall).content.decode()

    assert "No rep is on the roster yet" in nobody
    assert "Everybody has signed" not in nobody
    assert "No packet is out yet." in nothing_out


def test_a_kickoff_without_reps_leads_to_its_roster(client, world):
    kickoff = KickoffFactory()
    signed_in(client, world, "revops")
    roster = reverse("events:attendance:roster", args=[kickoff.slug])

    for page in ("delivery:desk", "coverage:board"):
        text = client.get(reverse(f"events:packets:{page}", args=[kickoff.slug])).content.decode()
        assert f'<a class="btn btn-primary" href="{roster}">Open the roster</a>' in tight(text)


def test_the_homes_count_down_while_the_event_is_on(client, world):
    with time_machine.travel(DAY_TWO, tick=False):
        planner = signed_in(client, world, "planner").get(
            reverse("kickoff_home", kwargs={"slug": world.kickoff.slug})
        )
        rep = signed_in(client, world, "rep").get(
            reverse("my_kickoff", kwargs={"slug": world.kickoff.slug})
        )
    with time_machine.travel(DAY_TWO - timedelta(days=9), tick=False):
        before = signed_in(client, world, "rep").get(
            reverse("my_kickoff", kwargs={"slug": world.kickoff.slug})
        )

    assert "0 of 2 reps have signed for their packet; 37 h to go" in planner.content.decode()
    assert "0 of 2 reps have signed; 37 h to go." in rep.content.decode()
    assert "to go." not in before.content.decode()
    for page in (planner, rep):
        assert not FIGURES.search(page.content.decode())
