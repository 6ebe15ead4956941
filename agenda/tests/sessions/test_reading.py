from datetime import timedelta

import pytest

from agenda.sessions.queries.released import busy_of
from agenda.tests.factories import SessionFactory, SessionPersonFactory, TraySessionFactory
from agenda.tests.sessions.pages import AT, NINE, release, url
from events.packets.inquiries.models import ReviewSlot
from events.packets.inquiries.rules.slots import Span
from events.tests.factories import PacketVersionFactory

pytestmark = pytest.mark.django_db


def test_before_a_release_a_rep_reads_when_it_comes(rep, world):
    SessionFactory(kickoff=world.kickoff, title="Not yet")

    page = rep.get(url("mine", world)).content.decode()

    assert "The agenda is not out yet" in page
    assert "Tue 12 January 2027" in page
    assert "Not yet" not in page


def test_a_rep_sees_their_day_with_now_marked(rep, world, time_machine):
    for hour in (0, 2, 5):
        SessionFactory(
            kickoff=world.kickoff, title=f"At {9 + hour}", starts_at=NINE + timedelta(hours=hour)
        )
    release(world)
    time_machine.move_to(NINE + timedelta(hours=2, minutes=10), tick=False)
    rep.force_login(world["rep"])

    page = rep.get(url("mine", world)).content.decode()

    _top, day = page.split('<details class="k-day-over')
    folded, left = day.split("</details>", 1)
    assert "1 is over" in folded
    assert "At 9" in folded
    assert left.index("At 11") < left.index("<b>11:10</b>") < left.index("At 14")
    assert page.count("k-is-now") == 1
    assert page.count("k-over") == 1


def test_what_ended_beside_something_that_still_runs_is_not_folded(rep, world, time_machine):
    for title, minutes in (("Short", 30), ("Long", 120)):
        SessionFactory(kickoff=world.kickoff, title=title, starts_at=NINE, duration_minutes=minutes)
    release(world)
    time_machine.move_to(NINE + timedelta(hours=1), tick=False)
    rep.force_login(world["rep"])

    page = rep.get(url("mine", world)).content.decode()

    assert "Short" in page
    assert '<details class="k-day-over' not in page


def test_a_day_that_is_over_is_shown_whole(rep, world, time_machine):
    SessionFactory(kickoff=world.kickoff, title="At 9", starts_at=NINE)
    release(world)
    time_machine.move_to(NINE + timedelta(hours=5), tick=False)
    rep.force_login(world["rep"])

    page = rep.get(url("mine", world)).content.decode()

    assert page.index("At 9") < page.index("<b>14:00</b>")
    assert "is over" not in page


def test_a_review_stands_among_the_sessions_of_the_rep_and_of_the_manager(client, world):
    SessionFactory(kickoff=world.kickoff, title="At 9", starts_at=NINE)
    release(world)
    version = PacketVersionFactory(packet__kickoff=world.kickoff, packet__rep=world["rep"])
    ReviewSlot.objects.create(
        kickoff=world.kickoff,
        manager=world["manager"],
        rep=world["rep"],
        version=version,
        place="Table 4",
        starts_at=NINE + timedelta(hours=2),
        ends_at=NINE + timedelta(hours=2, minutes=20),
        taken_at=AT,
        created_at=AT,
    )
    pages = {}
    for role in ("rep", "manager", "peer"):
        client.force_login(world[role])
        pages[role] = client.get(url("mine", world) + "?day=2027-02-02").content.decode()

    assert pages["rep"].index("At 9") < pages["rep"].index("Review with Søren Lindqvist")
    assert "Review with Aïcha Benyahia" in pages["manager"]
    assert "Review with" not in pages["peer"]


def test_a_person_is_busy_in_what_they_lead_and_in_what_is_for_all(world):
    def session(title, **more):
        return SessionFactory(kickoff=world.kickoff, title=title, starts_at=NINE, **more)

    session("Keynote")
    session("Choice", capacity=20)
    session("Lunch", type="MEAL_BREAK")
    session("Managers", segment_kind="MANAGER")
    SessionPersonFactory(session=session("Led", capacity=20), person=world["rep"])
    release(world)

    def busy(minutes):
        starts_at = NINE + timedelta(minutes=minutes)
        span = Span(starts_at, starts_at + timedelta(minutes=20))
        return {one.title for one in busy_of(world.kickoff, world["rep"], span)}

    assert busy(0) == busy(50) == busy(-10) == {"Keynote", "Led"}
    assert busy(60) == busy(-20) == set()


def test_a_viewer_elsewhere_reads_their_own_time_once(rep, world):
    world["rep"].time_zone = "Asia/Tokyo"
    world["rep"].save()
    session = SessionFactory(kickoff=world.kickoff)
    release(world)

    day = rep.get(url("mine", world) + "?day=2027-02-02").content.decode()
    one = rep.get(url("released", world, session_id=session.pk)).content.decode()

    words = "You are elsewhere: 09:00 there is Tue 2 Feb, 18:00 JST for you."
    assert " ".join(day.replace("\xa0", " ").split()).count(words) == 1
    assert day.count("18:00") == 1
    assert "18:00–19:00 JST where you are" in one


def test_a_speaker_sees_what_is_due(rep, world):
    SessionPersonFactory(
        session=TraySessionFactory(kickoff=world.kickoff, outcome="", owner=world["planner"]),
        person=world["rep"],
    )

    page = rep.get(url("speaking", world)).content.decode()

    assert "by Tue 12 Jan" in page
    assert "Priya Raghunathan" in page
