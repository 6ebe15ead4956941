from datetime import timedelta

import pytest

from agenda.tests.factories import SessionFactory, SessionPersonFactory, TraySessionFactory
from agenda.tests.sessions.pages import NINE, release, url
from core.tests.html import tight

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

    assert (
        page.index("At 9") < page.index("At 11") < page.index("<b>11:10</b>") < page.index("At 14")
    )
    assert page.count("k-is-now") == 1
    assert page.count("k-over") == 1


def test_a_viewer_elsewhere_sees_both_times(rep, world):
    world["rep"].time_zone = "Asia/Tokyo"
    world["rep"].save()
    session = SessionFactory(kickoff=world.kickoff)
    release(world)

    day = rep.get(url("mine", world) + "?day=2027-02-02").content.decode()
    one = rep.get(url("released", world, session_id=session.pk)).content.decode()

    assert "09:00<small>18:00</small>" in tight(day)
    assert "18:00–19:00 JST where you are" in one


def test_a_speaker_sees_what_is_due(rep, world):
    SessionPersonFactory(
        session=TraySessionFactory(kickoff=world.kickoff, outcome="", owner=world["planner"]),
        person=world["rep"],
    )

    page = rep.get(url("speaking", world)).content.decode()

    assert "by Tue 12 Jan" in page
    assert "Priya Raghunathan" in page
