from datetime import UTC, datetime

import pytest
from django.urls import reverse

from agenda.sessions.actions import ReleaseBlocked, release_agenda, set_severities
from agenda.sessions.models import ConflictRules
from agenda.sessions.queries.draft import draft_of
from agenda.sessions.rules import SEVERITIES, Kind, Severity
from agenda.tests.factories import RoomFactory, SessionFactory
from events.tests.factories import KickoffFactory
from people.activity.models import Entry
from people.tests.factories import PlannerFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 8, 12, tzinfo=UTC)


@pytest.fixture
def kickoff():
    """One room that is taken twice."""
    found = KickoffFactory(slug="sko", status="OPEN")
    room = RoomFactory(kickoff=found)
    for _ in "ab":
        SessionFactory(kickoff=found, room=room)
    return found


@pytest.fixture
def say(kickoff):
    planner = PlannerFactory()

    def set_one(**kinds):
        severities = SEVERITIES | {Kind(kind): Severity(one) for kind, one in kinds.items()}
        set_severities(kickoff=kickoff, severities=severities, by=planner, at=NOON)

    return set_one


def found(kickoff):
    return {(one.kind, one.blocks) for one in draft_of(kickoff).conflicts}


def test_a_kickoff_says_what_a_kind_of_conflict_does(kickoff, say):
    assert (Kind.ROOM, True) in found(kickoff)
    with pytest.raises(ReleaseBlocked):
        release_agenda(kickoff=kickoff, by=PlannerFactory(), at=NOON)

    say(ROOM="WARN")
    assert (Kind.ROOM, False) in found(kickoff)

    say(ROOM="IGNORE")
    assert Kind.ROOM not in {kind for kind, _blocks in found(kickoff)}
    assert release_agenda(kickoff=kickoff, by=PlannerFactory(), at=NOON).override_reason == ""


def test_what_is_as_elsewhere_is_not_kept_and_twice_is_once(kickoff, say):
    say(GAP="BLOCK")
    say(GAP="BLOCK")
    assert ConflictRules.objects.get().severities == {"GAP": "BLOCK"}
    assert Entry.objects.filter(verb="agenda.severities_set").count() == 1

    say()
    assert ConflictRules.objects.get().severities == {}


def test_a_planner_chooses_on_a_page(kickoff, client):
    client.force_login(PlannerFactory())
    url = reverse("agenda:sessions:severities", args=["sko"])

    assert 'value="BLOCK" selected' in client.get(url).content.decode()
    assert client.post(url, {"ROOM": "NEVER"}).status_code == 200
    assert client.post(url, dict.fromkeys(Kind, "WARN")).status_code == 302

    assert set(ConflictRules.objects.get().severities) == {"ROOM", "PERSON", "DAYS"}
