import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from people.notices.models import Notice
from people.tests.bell.test_daily import waits
from people.tests.factories import NoticeFactory, PersonFactory
from people.waiting.actions import renew
from people.waiting.hooks import find_waiting
from people.waiting.rules import Act, Place, Waiting

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
BELL = "/waiting/"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False), find_waiting.only():
        yield


@pytest.fixture
def person(client):
    person = PersonFactory(time_zone="Europe/Lisbon")
    client.force_login(person)
    return person


def page(client):
    return re.sub(r"\s+", " ", client.get(BELL).content.decode())


def test_what_waits_stands_by_how_soon_across_kickoffs(client, person):
    def find(people, at):
        for title, days, place in (("Sign", -2, "Lisbon"), ("Read", 0.2, "Porto"), ("Plan", 9, "")):
            yield Waiting(
                person_id=person.pk,
                kind="prework.open",
                title=title,
                url="/x/",
                since=NOON - 9 * DAY,
                due_at=NOON + days * DAY,
                place=Place(place, place, f"/k/{place}/") if place else None,
                before_leaving=title == "Sign",
            )

    with find_waiting.only(find):
        html = page(client)

    assert "3 things wait for you" in html
    assert "1 is late." in html
    assert "2 days late" in html
    assert "by 16:48" in html
    assert "before you leave" in html
    assert html.index("Late") < html.index("Today") < html.index("Later: 1")
    assert re.search(r'href="/k/Porto/".*?<b>1</b>', html)


def test_one_tap_posts_and_comes_back_here(client, person):
    def find(people, at):
        yield Waiting(
            person_id=person.pk,
            kind="prework.open",
            title="Read",
            url="/x/",
            since=NOON,
            act=Act("Done", "/theme/"),
        )

    with find_waiting.only(find):
        html = page(client)
    answer = client.post("/theme/", {"from_list": BELL})

    assert 'action="/theme/"' in html
    assert f'name="from_list" value="{BELL}"' in html
    assert answer.url == BELL


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/\\evil.example", "x"]
)
def test_a_tap_leads_nowhere_but_to_a_page_of_ours(client, person, onward):
    assert client.post("/theme/", {"from_list": onward}).url == "/"


def test_an_error_of_a_tap_stays_an_error(client, person):
    answer = client.post(reverse("people:bell:open", args=[1]), {"from_list": BELL})

    assert answer.status_code == 404


def test_nothing_waits_is_said_only_when_nothing_does(client, person):
    assert "Nothing waits for you" in page(client)
    with waits("Read it", days=40):
        assert "1 thing waits for you" in page(client)


def test_what_is_new_has_a_dot_until_it_is_read(client, person):
    new = NoticeFactory(person=person, at=NOON - DAY)
    NoticeFactory(person=person, title="Older", at=NOON - 2 * DAY, read_at=NOON - DAY)
    NoticeFactory(person=person, title="Forgotten", at=NOON - 90 * DAY)
    NoticeFactory(title="Somebody else’s")

    html = page(client)

    assert "Mark 1 as read" in html
    assert html.index(new.title) < html.index("Earlier") < html.index("Older")
    assert "Forgotten" not in html
    assert "Somebody else" not in html


def test_opening_a_notice_reads_it_and_goes_where_it_leads(client, person):
    notice = NoticeFactory(person=person, at=NOON - DAY)

    answer = client.post(reverse("people:bell:open", args=[notice.pk]))

    notice.refresh_from_db()
    assert (answer.url, notice.read_at) == ("/k/lisbon/agenda/mine/", NOON)


def test_marking_all_as_read_leaves_what_came_since_the_page_was_shown(client, person):
    NoticeFactory(person=person, at=NOON - DAY)
    newer = NoticeFactory(person=person, at=NOON - timedelta(minutes=1))

    for until in ("", "yesterday", "2027-02-03T11:00:00", "2027-02-03T11:00:00+00:00"):
        Notice.objects.update(read_at=None)
        client.post(reverse("people:bell:mark_all_read"), {"until": until})

    assert list(Notice.objects.unread()) == [newer]


def test_the_badge_of_every_page_counts_what_is_new(client, person):
    NoticeFactory.create_batch(2, person=person, at=NOON - DAY)
    renew(people=[person], at=NOON)

    html = re.sub(r"\s+", " ", client.get(reverse("people:accounts:profile")).content.decode())

    assert "Bell: 2 new, 0 waiting for you" in html
    client.post(reverse("people:bell:mark_all_read"))
    html = re.sub(r"\s+", " ", client.get(reverse("people:accounts:profile")).content.decode())
    assert "Bell: 0 new" in html


def test_the_bell_takes_as_many_queries_for_one_as_for_many(
    client, person, django_assert_max_num_queries
):
    for number in (1, 3, 40):
        NoticeFactory.create_batch(number, person=person, at=NOON - DAY)
        with waits(*(f"Thing {n}" for n in range(number))):
            renew(people=[person], at=NOON)
            with django_assert_max_num_queries(12):
                client.get(BELL)
