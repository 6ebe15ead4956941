from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.urls import reverse

from agenda.insights.actions import InsightRefused, send_insight
from agenda.insights.models import Insight
from agenda.tests.factories import SessionFactory, TraySessionFactory
from agenda.tests.insights.conftest import BEGAN
from people.activity.models import Entry
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 3, 9, 41, tzinfo=UTC)
KEY = UUID("6d5d3b0e-4a43-4c2e-9d53-6f5e0d1f7a12")


def send(world, **said):
    said = {"what": "No mute at night", "by": world["rep"], "at": AT} | said
    return send_insight(kickoff=world.kickoff, **{"session": world.things["session"]} | said)


def post(client, world, role="rep", **said):
    said = {"what": "No mute at night", "heard": 2, "name": "nameless", "key": uuid4()} | said
    client.force_login(world[role])
    address = reverse("agenda:insights:send", args=[world.kickoff.slug, world.things["session"].pk])
    return client.post(address, said)


def everything():
    """Each row of each table, by its table and number."""
    return {
        (model._meta.label, row["pk"]): row
        for model in apps.get_models()
        for row in model._base_manager.values("pk", *[f.attname for f in model._meta.local_fields])
    }


def written(before):
    return [row for place, row in everything().items() if before.get(place) != row]


def test_sent_without_a_name_nothing_is_written_but_a_row_that_is_the_same_whoever_sends(
    client, world
):
    rows = []
    for role in ("rep", "planner"):
        client.force_login(world[role])  # signed in before, as everybody is
        before = everything()
        client.post(
            reverse("agenda:insights:send", args=[world.kickoff.slug, world.things["session"].pk]),
            {"what": "No mute", "heard": 1, "name": "nameless", "key": uuid4()},
            headers={"user-agent": "A phone"},
            REMOTE_ADDR="192.0.2.77",
        )
        rows.append(written(before))

    assert [len(found) for found in rows] == [1, 1]
    drawn = ("pk", "id", "key")
    mine, theirs = [
        {name: value for name, value in found[0].items() if name not in drawn} for found in rows
    ]
    assert mine == theirs
    moments = [value for value in mine.values() if isinstance(value, datetime | date)]
    assert moments == [BEGAN]
    people = {person.pk for person in world.people.values()}
    assert {name for name, value in mine.items() if name.endswith("_id") and value in people} <= {
        "kickoff_id",
        "session_id",
    }
    assert "192.0.2.77" not in str(mine)


def test_numbers_of_rows_do_not_tell_in_which_order_they_came(world):
    numbers = [send(world, by=None).pk for _one in range(8)]

    assert numbers != sorted(numbers)
    assert min(numbers) > 2**20


def test_the_answer_is_the_same_with_a_name_and_without(client, world):
    pages = [post(client, world, name=name) for name in ("named", "nameless")]

    assert pages[0].status_code == pages[1].status_code == 302
    assert pages[0].headers["Location"] == pages[1].headers["Location"]
    assert pages[0].cookies["messages"].value != ""
    assert "changed" not in pages[0].cookies
    assert "changed" not in pages[1].cookies


def test_signed_it_keeps_the_name_and_stands_in_ones_own_trail(client, world):
    post(client, world, name="named")

    insight = Insight.objects.get()
    assert (insight.sender, insight.heard, insight.heard_at) == (world["rep"], 2, BEGAN)
    entry = Entry.objects.get(verb="insight.sent")
    assert (entry.actor, entry.subject) == (world["rep"], world["rep"])


def test_whether_it_is_signed_has_to_be_said(client, world):
    page = post(client, world, name="").content.decode()

    assert "This field is required" in page
    assert not Insight.objects.exists()


def test_sent_twice_it_is_there_once(client, world):
    for _twice in range(2):
        post(client, world, key=KEY)

    assert Insight.objects.count() == 1


def test_without_a_name_it_needs_a_session_that_has_a_time(world):
    for session in (None, TraySessionFactory(kickoff=world.kickoff)):
        with pytest.raises(InsightRefused, match="needs its session"):
            send(world, session=session, by=None)

    assert send(world, session=None).heard_at == AT


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"what": "  "}, "in one line"),
        ({"what": "x" * 161}, "longer than 160"),
        ({"deal": "x" * 121}, "longer than 120"),
        ({"heard": 0}, "from 1 to 99"),
        ({"heard": 100}, "from 1 to 99"),
    ],
)
def test_what_says_nothing_or_too_much_is_refused_in_words(world, said, why):
    with pytest.raises(InsightRefused, match=why):
        send(world, **said)


def test_nothing_is_sent_from_a_session_that_has_not_begun(client, world):
    ahead = SessionFactory(kickoff=world.kickoff, starts_at=datetime(2090, 1, 1, tzinfo=UTC))
    world.things["session"] = ahead

    assert post(client, world).status_code == 404


def test_who_sent_it_is_deleted_and_it_stays_without_a_name(world):
    gone, sent = PersonFactory(), send(world, by=None)
    Insight.objects.filter(pk=sent.pk).update(sender=gone)

    gone.delete()

    sent.refresh_from_db()
    assert (sent.sender, sent.what) == (None, "No mute at night")
