from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.sessions.actions import release_agenda
from agenda.sessions.models import Release, Session
from agenda.tests.factories import (
    RoomFactory,
    SessionFactory,
    SessionPersonFactory,
    TraySessionFactory,
)
from agenda.tests.sessions.pages import AT, NINE, release, url
from events.tests.factories import AttendeeFactory
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db

JSON = {"HTTP_ACCEPT": "application/json"}


def test_a_rep_who_guesses_the_id_of_an_unreleased_session_gets_404(rep, world):
    SessionFactory(kickoff=world.kickoff)
    release(world)
    secret = SessionFactory(kickoff=world.kickoff, title="We are being acquired")

    for name in ("released", "detail", "edit"):
        assert rep.get(url(name, world, session_id=secret.pk)).status_code == 404
    page = rep.get(url("mine", world) + "?day=2027-02-02&show=all")
    assert "We are being acquired" not in page.content.decode()


@pytest.mark.parametrize("name", ["detail", "edit", "move", "delete", "released"])
def test_another_kickoffs_session_under_this_slug_is_404(planner, world, name):
    other = SessionFactory()
    release_agenda(kickoff=other.kickoff, by=world["planner"], at=AT)
    ask = planner.post if name in ("move", "delete") else planner.get

    assert ask(url(name, world, session_id=other.pk), {"version": 1}).status_code == 404


@pytest.mark.parametrize("name", ["move", "delete", "edit"])
def test_a_rep_changes_nothing(rep, world, name):
    session = SessionFactory(kickoff=world.kickoff)

    answer = rep.post(url(name, world, session_id=session.pk), {"version": 1}, **JSON)

    assert answer.status_code == 404
    session.refresh_from_db()
    assert session.version == 1


def test_a_move_answers_with_the_new_version_and_its_conflicts(planner, world):
    taken = SessionFactory(kickoff=world.kickoff, title="Won: Port of Ashdown")
    session = TraySessionFactory(kickoff=world.kickoff)

    answer = planner.post(
        url("move", world, session_id=session.pk),
        {"room": taken.room_id, "day": "2027-02-02", "start_time": "09:30", "version": 1},
        **JSON,
    )

    assert answer.status_code == 200
    assert answer.json()["version"] == 2
    assert "Won: Port of Ashdown" in answer.json()["conflicts"][0]
    session.refresh_from_db()
    assert session.starts_at == NINE + timedelta(minutes=30)


def test_the_time_of_a_move_is_the_events(planner, world):
    world.kickoff.time_zone = "America/New_York"
    world.kickoff.save()
    room = RoomFactory(kickoff=world.kickoff)
    session = TraySessionFactory(kickoff=world.kickoff)

    planner.post(
        url("move", world, session_id=session.pk),
        {"room": room.pk, "day": "2027-02-02", "start_time": "09:00", "version": 1},
    )

    session.refresh_from_db()
    assert session.starts_at == datetime(2027, 2, 2, 14, 0, tzinfo=UTC)


def test_of_two_planners_who_move_at_once_one_gets_409(planner, world):
    room = RoomFactory(kickoff=world.kickoff)
    session = TraySessionFactory(kickoff=world.kickoff)
    where = {"room": room.pk, "day": "2027-02-02", "start_time": "09:00", "version": 1}
    move = url("move", world, session_id=session.pk)

    first = planner.post(move, where, **JSON)
    planner.force_login(PlannerFactory())
    second = planner.post(move, where | {"start_time": "11:00"}, **JSON)

    assert (first.status_code, second.status_code) == (200, 409)
    assert "Somebody else changed this session" in second.json()["message"]
    session.refresh_from_db()
    assert session.starts_at == NINE


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": ""},
        {"day": "2027-03-01"},
        {"room": 0},
        {"start_time": "25:00"},
        {"start_time": ""},
    ],
)
def test_a_move_to_nowhere_is_refused_in_words(planner, world, wrong):
    room = RoomFactory(kickoff=world.kickoff)
    session = TraySessionFactory(kickoff=world.kickoff)
    where = {"room": room.pk, "day": "2027-02-02", "start_time": "09:00", "version": 1}

    answer = planner.post(url("move", world, session_id=session.pk), where | wrong, **JSON)

    assert answer.status_code == 400
    assert answer.json()["message"]


def form_data(world, **more):
    room = RoomFactory(kickoff=world.kickoff, name="Tejo")
    return {
        "title": "Map the buying group",
        "type": "WORKSHOP",
        "outcome": "A map",
        "pillar": "SKILLS",
        "room": room.pk,
        "day": "2027-02-02",
        "start_time": "09:00",
        "duration_minutes": 60,
        "speakers": "",
        "facilitators": world["rep"].full_name,
        "owner": world["planner"].email,
    } | more


def test_a_session_is_added_by_the_form(planner, world):
    answer = planner.post(url("create", world), form_data(world))

    session = Session.objects.get()
    assert answer.status_code == 302
    assert answer.url.endswith("?day=2027-02-02")
    assert session.owner == world["planner"]
    assert [one.person for one in session.people.all()] == [world["rep"]]


def test_the_form_says_a_blocking_conflict_beside_the_field_and_offers_no_way_round(planner, world):
    data = form_data(world)
    SessionFactory(kickoff=world.kickoff, room_id=data["room"], title="Won: Port of Ashdown")

    page = planner.post(url("create", world), data | {"anyway": "yes"})

    assert page.status_code == 200
    assert "are both in Tejo" in page.context["form"].errors["room"][0]
    assert "Save anyway" not in page.content.decode()
    assert Session.objects.count() == 1


def test_the_form_saves_a_tight_session_anyway(planner, world):
    data = form_data(world)
    SessionFactory(
        kickoff=world.kickoff, room_id=data["room"], starts_at=NINE + timedelta(minutes=65)
    )

    page = planner.post(url("create", world), data)
    saved = planner.post(url("create", world), data | {"anyway": "yes"})

    assert "people need 15" in page.context["form"].errors["start_time"][0]
    assert "Save anyway" in page.content.decode()
    assert saved.status_code == 302


def test_the_form_asks_for_room_day_and_time_together(planner, world):
    page = planner.post(url("create", world), form_data(world, start_time=""))

    assert "come together" in page.context["form"].errors["start_time"][0]


@pytest.mark.parametrize(
    ("name", "words"),
    [("Nobody Known", "Nobody here is called"), ("Ola Nordmann", "not on the roster")],
)
def test_the_form_knows_whom_it_can_name(planner, world, name, words):
    page = planner.post(url("create", world), form_data(world, speakers=name))

    assert words in page.context["form"].errors["speakers"][0]


def test_a_stale_form_is_refused_with_409(planner, world):
    session = TraySessionFactory(kickoff=world.kickoff, version=4)

    page = planner.post(url("edit", world, session_id=session.pk), form_data(world, version=3))

    assert page.status_code == 409
    assert "Somebody else changed this session" in page.content.decode()


def test_the_edit_form_shows_what_is_there(planner, world):
    part = SessionPersonFactory(session__kickoff=world.kickoff, person=world["rep"])

    page = planner.get(url("edit", world, session_id=part.session.pk)).content.decode()

    assert 'value="09:00"' in page
    assert "Aïcha Benyahia &lt;" in page


def test_a_session_is_deleted_at_its_version(planner, world):
    session = TraySessionFactory(kickoff=world.kickoff)
    delete = url("delete", world, session_id=session.pk)

    planner.post(delete, {"version": "x"})
    assert Session.objects.exists()
    planner.post(delete, {"version": "1"})
    assert not Session.objects.exists()


def test_people_are_found_on_the_roster(planner, world):
    found = planner.get(url("people", world), {"q": "benyahia"})
    nobody = planner.get(url("people", world), {"q": "nordmann"})

    assert found.json() == {"people": [f"Aïcha Benyahia <{world['rep'].email}>"]}
    assert nobody.json() == {"people": []}


def test_the_grid_places_sessions_by_class_and_shows_what_is_wrong(planner, world):
    session = SessionFactory(kickoff=world.kickoff, title="<b>Won</b>", duration_minutes=70)
    SessionFactory(kickoff=world.kickoff, room=session.room)
    tray = TraySessionFactory(kickoff=world.kickoff)

    page = planner.get(url("grid", world) + "?day=2027-02-02").content.decode()

    assert "k-at-0900 k-for-75 k-in-1 k-clash k-half-first" in page
    assert "&lt;b&gt;Won&lt;/b&gt;" in page
    assert tray.title in page
    assert "1 conflict blocks the release" in page
    assert "style=" not in page


def test_a_release_is_reviewed_then_sent(planner, world):
    session = SessionFactory(kickoff=world.kickoff)

    review = planner.get(url("changes", world)).content.decode()
    sent = planner.post(url("release", world), {"number": 1})

    assert session.title in review
    assert sent.status_code == 302
    assert Release.objects.get().number == 1


def test_a_blocked_release_asks_for_a_reason(planner, world):
    session = SessionFactory(kickoff=world.kickoff)
    SessionFactory(kickoff=world.kickoff, room=session.room)

    page = planner.post(url("release", world), {"number": 1, "override_reason": " "})
    planner.post(url("release", world), {"number": 1, "override_reason": "A wall divides it."})

    assert "1 conflict blocks the release" in page.content.decode()
    assert Release.objects.get().override_reason == "A wall divides it."


def count_queries(ask):
    with CaptureQueriesContext(connection) as found:
        assert ask().status_code == 200
    # Savepoints are only in tests, which run in a transaction of their own
    return sum("SAVEPOINT" not in query["sql"] for query in found.captured_queries)


@pytest.mark.parametrize(
    ("name", "who", "most"),
    [
        ("grid", "planner", 16),
        ("list", "planner", 12),
        ("changes", "planner", 17),
        ("mine", "rep", 14),  # three of them once a minute
    ],
)
def test_a_page_takes_the_same_number_of_queries_whatever_its_size(client, world, name, who, most):
    client.force_login(world[who])
    counts = []
    for size in (1, 3, 30):
        while Session.objects.count() < size:
            SessionPersonFactory(
                session=SessionFactory(
                    kickoff=world.kickoff,
                    room__capacity=2,
                    starts_at=NINE + timedelta(minutes=30 * Session.objects.count()),
                )
            )
        release(world)
        Session.objects.update(version=2)
        if name == "changes":
            Session.objects.update(title=f"Changed {size}")
        page = url(name, world) + "?day=2027-02-02"
        counts.append(count_queries(lambda page=page: client.get(page)))

    assert len(set(counts)) == 1
    assert counts[0] <= most


def test_a_move_takes_few_queries(planner, world):
    sessions = [SessionFactory(kickoff=world.kickoff) for _ in range(10)]
    where = {"room": sessions[0].room_id, "day": "2027-02-02", "start_time": "15:00", "version": 1}

    def move():
        return planner.post(url("move", world, session_id=sessions[0].pk), where, **JSON)

    assert count_queries(move) <= 12


def test_sessions_are_listed_with_what_needs_mending_first(planner, world):
    SessionFactory(kickoff=world.kickoff, title="Fine")
    first = SessionFactory(
        kickoff=world.kickoff, title="Clash A", starts_at=NINE + timedelta(hours=5)
    )
    SessionFactory(
        kickoff=world.kickoff, title="Clash B", room=first.room, starts_at=first.starts_at
    )
    TraySessionFactory(kickoff=world.kickoff, title="Waiting")

    page = planner.get(url("list", world))
    blocking = planner.get(url("list", world) + "?only=blocks")
    tray = planner.get(url("list", world) + "?day=tray")

    assert {one.title for one, _said in page.context["rows"][:2]} == {"Clash A", "Clash B"}
    assert "are both in" in page.content.decode()
    assert len(blocking.context["rows"]) == 2
    assert [one.title for one, _said in tray.context["rows"]] == ["Waiting"]


def test_long_and_right_to_left_names_do_not_break_a_page(planner, world):
    kickoff = world.kickoff
    part = SessionPersonFactory(
        session__kickoff=kickoff, session__title="ورشة العمل " * 10, person__full_name="ليلى " * 20
    )
    AttendeeFactory(kickoff=kickoff, person=part.person)

    assert planner.get(url("grid", world)).status_code == 200


def test_a_list_of_sessions_has_each_once_however_many_lead_it(planner, world):
    session = SessionFactory(kickoff=world.kickoff, title="Pricing clinic")
    SessionPersonFactory.create_batch(2, session=session)

    page = planner.get(url("list", world), {"q": "clinic"}).context["page"]

    assert ([row.pk for row in page.rows], page.total) == ([session.pk], 1)


@pytest.mark.parametrize("said", ["lukasz n", "NOWAK luk", "luk@"])
def test_who_may_lead_a_session_is_suggested_without_accents(planner, world, said):
    person = PersonFactory(full_name="Łukasz Nowak", email="luk@example.com")
    AttendeeFactory(kickoff=world.kickoff, person=person)

    answer = planner.get(url("people", world), {"q": said}, **JSON)

    assert answer.json() == {"people": ["Łukasz Nowak <luk@example.com>"]}
