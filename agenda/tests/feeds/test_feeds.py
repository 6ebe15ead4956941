from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from agenda.feeds import actions, queries
from agenda.sessions.actions import release_agenda
from agenda.sessions.models import Session
from agenda.tests.factories import RoomFactory, SessionFactory, SessionPersonFactory
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory, PlannerFactory, RegionFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC).date()  # the address asks the clock
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


@pytest.fixture
def kickoff():
    return KickoffFactory(
        slug="sko",
        status="OPEN",
        time_zone="Europe/Oslo",
        starts_date=TODAY,
        ends_date=TODAY + timedelta(1),
    )


@pytest.fixture
def rep(kickoff):
    person = PersonFactory(full_name="Ada Lind", region=RegionFactory())
    AttendeeFactory(kickoff=kickoff, person=person)
    return person


def session(kickoff, title, hours=1, **fields):
    room = RoomFactory(kickoff=kickoff)
    at = NOON + timedelta(hours=hours)
    return SessionFactory(kickoff=kickoff, title=title, room=room, starts_at=at, **fields)


def release(kickoff):
    return release_agenda(
        kickoff=kickoff, by=PlannerFactory(), at=timezone.now(), override_reason="x"
    )


def fetched(client, feed):
    answer = client.get(reverse("agenda:calendar_by_link", args=[queries.token_of(feed)]))
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content), answer


def titles(calendar, status="CONFIRMED"):
    return {str(one["SUMMARY"]) for one in calendar.walk("VEVENT") if one["STATUS"] == status}


def test_an_address_shows_one_s_own_sessions_and_nobody_else_s(kickoff, rep, client):
    session(kickoff, "Opening")
    session(kickoff, "For another region", 2, segment_region=RegionFactory())
    led = session(kickoff, "Led by Ada", 3, segment_region=RegionFactory())
    SessionPersonFactory(session=led, person=rep)
    release(kickoff)

    calendar, answer = fetched(client, actions.make_address(by=rep, at=NOON))

    assert titles(calendar) == {"Opening", "Led by Ada"}
    opening = next(one for one in calendar.walk("VEVENT") if one["SUMMARY"] == "Opening")
    assert str(opening["DTSTART"].params["TZID"]) == "Europe/Oslo"
    assert opening.decoded("DTSTART") == NOON + timedelta(hours=1)
    assert [str(one["TZID"]) for one in calendar.walk("VTIMEZONE")] == ["Europe/Oslo"]
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert not answer.cookies


def test_what_is_taken_away_stays_as_cancelled_and_what_moves_counts_up(kickoff, rep, client):
    gone, moved = session(kickoff, "Gone"), session(kickoff, "Moved", 2)
    release(kickoff)
    gone.delete()
    Session.objects.filter(pk=moved.pk).update(starts_at=NOON + timedelta(hours=5))
    release(kickoff)

    calendar, _answer = fetched(client, actions.make_address(by=rep, at=NOON))

    assert titles(calendar, "CANCELLED") == {"Gone"}
    (found,) = [one for one in calendar.walk("VEVENT") if one["SUMMARY"] == "Moved"]
    assert found["SEQUENCE"] == 2
    assert found.decoded("DTSTART") == NOON + timedelta(hours=5)


def test_a_new_address_makes_the_one_before_worthless(kickoff, rep, client):
    first = queries.token_of(actions.make_address(by=rep, at=NOON))
    second = queries.token_of(actions.make_address(by=rep, at=NOON + timedelta(seconds=1)))

    found = [
        client.get(reverse("agenda:calendar_by_link", args=[token])).status_code
        for token in (first, second, "forged", f"{second}x")
    ]
    assert found == [404, 200, 404, 404]

    actions.take_address_down(by=rep, at=NOON)
    assert client.get(reverse("agenda:calendar_by_link", args=[second])).status_code == 404


def test_whoever_has_left_shows_nothing(kickoff, rep, client):
    feed = actions.make_address(by=rep, at=NOON)
    rep.leave_date = date(2020, 1, 1)
    rep.save()

    url = reverse("agenda:calendar_by_link", args=[queries.token_of(feed)])
    assert client.get(url).status_code == 404


def test_the_page_makes_the_address_and_takes_it_down(kickoff, rep, client):
    client.force_login(rep)
    url = reverse("agenda:feeds:address", args=["sko"])

    assert "Make my address" in client.get(url).content.decode()
    page = client.post(url, follow=True).content.decode()
    assert "/calendar/" in page
    assert "Make my address" in client.post(url, {"down": "yes"}, follow=True).content.decode()


def test_a_session_is_an_entry(kickoff, rep, client):
    one = session(kickoff, "Opening")
    release(kickoff)
    client.force_login(rep)

    answer = client.get(reverse("agenda:feeds:entry", args=["sko", one.pk]))

    assert titles(Calendar.from_ical(answer.content)) == {"Opening"}
    assert client.get(reverse("agenda:feeds:entry", args=["sko", 9999])).status_code == 404


def test_it_costs_the_same_for_any_number_of_sessions(kickoff, rep):
    counts = []
    for more in (1, 12):
        for number in range(more):
            session(kickoff, f"{more} {number}", number % 9)
        release(kickoff)
        with CaptureQueriesContext(connection) as captured:
            assert list(queries.entries_for(rep, NOON))
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 7
