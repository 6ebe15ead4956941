from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.attendance.models import Attendee
from events.attendance.queries import headcounts
from events.guests import actions
from events.guests.actions import GuestRefused
from events.guests.models import Guest
from events.guests.queries import link_of, own_data, stays_of, token_of
from events.kickoff.models import Kickoff
from events.needs.actions import open_forms
from events.tests.factories import KickoffFactory
from people.accounts.actions import PersonRefused, update_person
from people.activity.models import Entry
from people.keys.models import BrowserSession
from people.mail.models import Message
from people.tests.factories import PersonFactory, PlannerFactory
from people.waiting.actions import renew

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def planner():
    return PlannerFactory()


@pytest.fixture
def kickoff(planner):
    return KickoffFactory(owner=planner)


def invited(kickoff, by, **changes):
    said = {
        "name": "Nakamura Yui",
        "email": "yui@harbor.example",
        "company": "Harbor Freight",
        "kind": "SPEAKER",
    }
    return actions.invite_guest(kickoff=kickoff, **said | changes, by=by, at=NOW)


@pytest.fixture
def guest(kickoff, planner):
    return invited(kickoff, planner)


class TestTheLink:
    def test_goes_by_mail_says_what_for_and_is_shown_to_nobody_else(self, kickoff, planner):
        guest = invited(kickoff, planner, purpose="You speak on what made 100% of you buy.")

        mail = Message.objects.get()
        assert mail.to_email == "yui@harbor.example"
        assert mail.is_secret
        assert "100% of you" in mail.body
        assert link_of(guest) in mail.body

    def test_opened_it_shows_and_signs_nobody_in(self, guest, client):
        page = client.get(reverse("events:guest_by_link", args=[token_of(guest)]))

        assert "Come in" in page.content.decode()
        assert page["Cache-Control"] == "no-store, private"
        assert "_auth_user_id" not in client.session

    def test_lets_in_once_without_a_password(self, guest, client):
        url = reverse("events:guest_by_link", args=[token_of(guest)])

        assert client.post(url).status_code == 302
        assert client.session["_auth_user_id"] == str(guest.person_id)
        assert not guest.person.has_usable_password()
        client.logout()
        again = client.post(url)
        assert again.status_code == 410
        assert reverse("account_request_login_code") in again.content.decode()

    def test_whose_guest_is_signed_in_leads_them_home(self, guest, client):
        url = reverse("events:guest_by_link", args=[token_of(guest)])
        client.post(url)

        assert client.get(url).url == reverse("events:guests:home")

    def test_expires_and_a_newer_one_takes_its_place(self, guest, planner, client):
        old = token_of(guest)
        assert guest.lets_in(NOW + timedelta(days=13))
        assert not guest.lets_in(NOW + timedelta(days=14))

        actions.invite_again(guest=guest, by=planner, at=NOW + timedelta(minutes=1))

        assert client.get(reverse("events:guest_by_link", args=[old])).status_code == 410
        assert Message.objects.count() == 2

    def test_forged_is_not_there(self, client):
        assert client.get(reverse("events:guest_by_link", args=["x:y"])).status_code == 404


class TestInviting:
    def test_refuses_somebody_of_the_company_beside_their_address(self, kickoff, planner, client):
        PersonFactory(email="bo@x.example", full_name="Bo Ek")
        client.force_login(planner)
        url = reverse("events:guests:add", args=[kickoff.slug])

        page = client.post(
            url, {"name": "Bo", "email": "BO@x.example", "company": "X", "kind": "GUEST"}
        )

        assert page.status_code == 422
        assert "put them on the roster instead" in page.content.decode()
        assert not Guest.objects.exists()

    def test_refuses_a_draft_and_leaves_no_account(self, planner):
        draft = KickoffFactory(status=Kickoff.Status.DRAFT)

        with pytest.raises(GuestRefused, match="Open the kickoff first"):
            invited(draft, planner)

        assert not Message.objects.exists()

    def test_counts_in_no_headcount_without_a_place(self, kickoff, planner, guest):
        assert headcounts(kickoff, NOW).total == 0

        actions.give_place(guest=guest, by=planner, at=NOW)
        actions.give_place(guest=guest, by=planner, at=NOW)

        assert headcounts(kickoff, NOW).total == 1
        assert Attendee.objects.get().kind == "SPEAKER"

    def test_is_in_the_trail_and_among_what_is_theirs(self, guest):
        assert Entry.objects.filter(verb="guest.invited", subject=guest.person).exists()
        [(_name, rows)] = own_data(guest.person)
        assert [row["company"] for row in rows] == ["Harbor Freight"]

    def test_a_guest_gets_no_role_and_no_manager(self, guest, planner):
        for held in ({"role": "REVOPS"}, {"manager": PersonFactory()}):
            with pytest.raises(PersonRefused, match="limited account"):
                update_person(person=guest.person, by=planner, at=NOW, **held)


class TestTheirHome:
    def test_says_what_is_due_once_they_come(self, guest, planner):
        seat = actions.give_place(guest=guest, by=planner, at=NOW)
        open_forms(kickoff=guest.kickoff, by=planner, at=NOW)
        Attendee.objects.filter(pk=seat.pk).update(rsvp="YES", answered_at=NOW)

        [stay] = stays_of(guest.person, NOW)

        assert [row.item.kind for row in stay.waits] == ["needs.say"]


class TestTheEnd:
    def test_signs_them_out_and_lets_them_in_no_more(self, guest, planner, client):
        actions.give_place(guest=guest, by=planner, at=NOW)
        client.force_login(guest.person)

        actions.end_guest(guest=guest, by=planner, at=NOW)

        guest.person.refresh_from_db()
        assert not guest.person.is_active
        assert not BrowserSession.objects.filter(person=guest.person).exists()
        assert not Attendee.objects.exists()
        guest.refresh_from_db()
        assert not guest.lets_in(NOW)

    def test_leaves_them_what_they_have_at_another_kickoff(self, guest, planner):
        other = invited(KickoffFactory(), planner)

        actions.end_guest(guest=guest, by=planner, at=NOW)

        guest.person.refresh_from_db()
        assert guest.person.is_active
        assert [stay.guest for stay in stays_of(guest.person, NOW)] == [other]

    def test_comes_by_itself_when_the_kickoff_is_archived(self, guest):
        Kickoff.objects.filter(pk=guest.kickoff_id).update(status="ARCHIVED", ended_at=NOW)

        assert actions.end_past(NOW) == {"sent_home": 1}
        assert actions.end_past(NOW) == {"sent_home": 0}
        guest.person.refresh_from_db()
        assert not guest.person.is_active

    def test_is_taken_back_by_a_new_link(self, guest, planner, client):
        actions.end_guest(guest=guest, by=planner, at=NOW)

        again = actions.invite_again(guest=guest, by=planner, at=timezone.now())

        assert (
            client.post(reverse("events:guest_by_link", args=[token_of(again)])).status_code == 302
        )

    def test_of_a_guest_who_works_here_now_is_a_full_account(self, guest, planner, client):
        actions.make_colleague(guest=guest, by=planner, at=NOW)

        guest.person.refresh_from_db()
        client.force_login(guest.person)
        assert client.get(reverse("people:accounts:profile")).status_code == 200
        with pytest.raises(GuestRefused, match="full account"):
            actions.make_colleague(guest=guest, by=planner, at=NOW)


def queries_of(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_list_takes_as_many_queries_for_one_as_for_many(kickoff, planner, guest, client):
    url = reverse("events:guests:list", args=[kickoff.slug])
    client.force_login(planner)
    client.get(url)
    of_one = queries_of(client, url)
    for number in range(4):
        invited(kickoff, planner, email=f"{number}@harbor.example")

    assert queries_of(client, url) == of_one <= 15


def test_their_home_takes_few_queries(guest, planner, client):
    actions.give_place(guest=guest, by=planner, at=NOW)
    client.force_login(guest.person)
    url = reverse("events:guests:home")
    renew(people=[guest.person], at=timezone.now())

    assert queries_of(client, url) <= 15
