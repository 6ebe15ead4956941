from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from events.attendance import actions as attendance
from events.attendance.models import Attendee, SeatRequest
from events.attendance.queries import answer_token
from events.invitations import actions
from events.invitations.access import find_waves
from events.invitations.actions import Details, WaveRefused
from events.invitations.models import Invited, Wave
from events.invitations.queries import board, check_readiness
from events.kickoff.hooks import Before, Severity
from events.kickoff.models import Kickoff
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.accounts.models import Person
from people.activity.models import Entry
from people.mail.models import Message
from people.notices.models import Notice
from people.search.hooks import Search
from people.tests.factories import PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
DETAILS = Details(name="Reps", segment_kind="REP", deadline_date=date(2027, 1, 15))


@pytest.fixture
def planner():
    return PlannerFactory()


@pytest.fixture
def kickoff(planner):
    return KickoffFactory(owner=planner)


def wave_of(kickoff, by, *, at=NOON, **changes):
    return actions.add_wave(kickoff=kickoff, details=replace(DETAILS, **changes), by=by, at=at)


def test_a_wave_asks_its_segment_once_and_whoever_joins_later(kickoff, planner):
    rep, other = AttendeeFactory(kickoff=kickoff), AttendeeFactory(kickoff=kickoff, kind="STAFF")
    wave = wave_of(kickoff, planner, subject="Come, {first_name}", body="By {deadline}")
    assert actions.send_now(wave=wave, by=planner, at=NOON) == 1
    assert not Message.objects.exists()  # the tick sends

    actions.send_due(NOON)
    assert actions.send_due(NOON)["invited"] == 0

    mail = Message.objects.get()
    rep.refresh_from_db()
    assert mail.person == rep.person
    assert "Fri 15 January 2027" in mail.body
    assert reverse("events:answer_by_link", args=[answer_token(rep)]) in mail.body
    assert rep.answer_by_at == datetime(2027, 1, 16, tzinfo=UTC)
    details = attendance.Details(email="new@x.example", full_name="New One", kind="REP")
    joined = attendance.add_attendee(kickoff=kickoff, details=details, by=planner, at=NOON)
    assert Invited.objects.filter(attendee=joined, wave=wave).exists()
    other.refresh_from_db()
    assert other.invited_at is None


def test_a_wave_of_nobody_is_not_sent_and_says_so(kickoff, planner):
    AttendeeFactory(kickoff=kickoff, kind="STAFF")

    with pytest.raises(WaveRefused, match="Nobody of this wave"):
        actions.send_now(wave=wave_of(kickoff, planner), by=planner, at=NOON)


def test_one_of_a_day_goes_at_nine_there_and_of_a_draft_never(kickoff, planner):
    AttendeeFactory(kickoff=kickoff)
    wave_of(kickoff, planner, goes_date=date(2026, 12, 2))
    kickoff.status = Kickoff.Status.DRAFT
    kickoff.save()
    assert actions.send_due(datetime(2026, 12, 2, 9, tzinfo=UTC))["waves"] == 0
    kickoff.status = Kickoff.Status.OPEN
    kickoff.save()

    assert actions.send_due(datetime(2026, 12, 2, 8, 59, tzinfo=UTC))["waves"] == 0
    assert actions.send_due(datetime(2026, 12, 2, 9, tzinfo=UTC))["waves"] == 1


def test_those_alone_are_reminded_who_have_not_answered_and_each_time_once(kickoff, planner):
    silent, spoke = AttendeeFactory(kickoff=kickoff), AttendeeFactory(kickoff=kickoff)
    wave = wave_of(kickoff, planner, goes_date=date(2026, 12, 2), remind_days="7, 2")
    actions.send_due(datetime(2026, 12, 2, 9, tzinfo=UTC))
    attendance.answer_invitation(
        attendee=spoke, coming=False, by=spoke.person, at=NOON + timedelta(days=2)
    )
    week_before = datetime(2027, 1, 8, 9, tzinfo=UTC)

    assert [actions.send_due(week_before)["reminded"] for _ in range(2)] == [1, 0]
    assert actions.send_due(datetime(2027, 1, 13, 9, tzinfo=UTC))["reminded"] == 1

    told = Notice.objects.filter(kind="invitations.reminded")
    assert set(told.values_list("person", "waits_for_mail")) == {(silent.person_id, True)}
    assert actions.remind_wave(wave=wave, by=planner, at=week_before) == 1
    with pytest.raises(WaveRefused, match="reminded today"):
        actions.remind_wave(wave=wave, by=planner, at=week_before)


def test_dates_that_move_take_deadlines_along_and_the_links_with_them(kickoff, planner):
    rep = AttendeeFactory(kickoff=kickoff)
    wave = wave_of(kickoff, planner)
    actions.send_now(wave=wave, by=planner, at=NOON)
    actions.send_due(NOON)
    before = Before(kickoff.starts_date, kickoff.ends_date, kickoff.time_zone)
    kickoff.starts_date += timedelta(days=7)
    kickoff.ends_date += timedelta(days=7)

    said = actions.move_waves(kickoff, before, planner, NOON)

    rep.refresh_from_db()
    assert rep.answer_by_at == datetime(2027, 1, 23, tzinfo=UTC)
    assert "+7 days" in said.says[0]


class TestLink:
    """What a link does, in whose hands ever."""

    @pytest.fixture
    def rep(self, kickoff):
        today = datetime.now(UTC)
        Kickoff.objects.filter(pk=kickoff.pk).update(
            starts_date=today.date() + timedelta(days=60),
            ends_date=today.date() + timedelta(days=62),
        )
        kickoff.refresh_from_db()
        return AttendeeFactory(
            kickoff=kickoff, invited_at=NOON, answer_by_at=today + timedelta(days=20)
        )

    @staticmethod
    def url(attendee):
        return reverse("events:answer_by_link", args=[answer_token(attendee)])

    def test_opening_shows_and_a_button_answers_without_signing_in(self, client, rep):
        page = client.get(self.url(rep))
        rep.refresh_from_db()
        assert (page.status_code, rep.rsvp) == (200, "PENDING")
        assert page.headers["Cache-Control"] == "no-store, private"

        client.post(self.url(rep), {"coming": "yes"})
        client.post(self.url(rep), {"coming": "yes"})

        rep.refresh_from_db()
        assert rep.rsvp == "YES"
        assert "You are coming" in client.get(self.url(rep)).content.decode()
        entry = Entry.objects.get(verb="attendee.answered")  # twice is once
        assert (entry.actor, entry.subject) == (None, rep.person)
        assert "by the link" in entry.note
        assert Message.objects.get(person=rep.person).subject.endswith("coming")
        file = client.get(reverse("events:calendar_by_link", args=[answer_token(rep)]))
        assert b"BEGIN:VEVENT" in file.content

    def test_forwarded_to_somebody_who_is_signed_in_it_is_a_wish_and_no_seat(
        self, client, rep, planner
    ):
        other = PersonFactory()
        client.force_login(other)

        client.post(self.url(rep), {"coming": "yes"})

        rep.refresh_from_db()
        assert rep.rsvp == "PENDING"
        asked = SeatRequest.objects.get(person=other, decided_at=None)
        assert not Attendee.objects.filter(person=other).exists()
        assert "A planner decides" in client.get(self.url(rep)).content.decode()
        client.force_login(planner)
        decide = reverse("events:attendance:decide_seat", args=[rep.kickoff.slug, asked.pk])
        for _ in range(2):
            client.post(decide, {"decision": "grant", "kind": "STAFF"})
        seat = Attendee.objects.get(person=other)
        assert (seat.kind, seat.rsvp) == ("STAFF", "PENDING")
        assert Message.objects.filter(person=other).count() == 1

    def test_somebody_on_the_roster_is_led_to_their_own_invitation(self, client, rep):
        other = AttendeeFactory(kickoff=rep.kickoff)
        client.force_login(other.person)

        assert "Answer your own" in client.get(self.url(rep)).content.decode()
        client.post(self.url(rep))
        assert not SeatRequest.objects.exists()

    def test_after_the_deadline_nobody_says_yes_by_it_and_no_is_welcome(self, client, rep):
        Attendee.objects.filter(pk=rep.pk).update(answer_by_at=NOW)

        page = client.get(self.url(rep)).content.decode()
        said = client.post(self.url(rep), {"coming": "yes"}, follow=True).content.decode()

        assert 'value="yes"' not in page
        assert "Answers were due by" in said
        rep.refresh_from_db()
        assert rep.rsvp == "PENDING"
        client.post(self.url(rep), {"coming": "no"})
        rep.refresh_from_db()
        assert rep.rsvp == "NO"

    @pytest.mark.parametrize("how", ["invited anew", "removed", "left", "draft"])
    def test_one_that_holds_no_more_says_so(self, client, rep, how):
        url = self.url(rep)
        if how == "invited anew":
            attendance.mark_invited([rep], NOON + timedelta(days=1))
        elif how == "removed":
            rep.delete()
        elif how == "left":
            Person.objects.filter(pk=rep.person_id).update(is_active=False)
        else:
            Kickoff.objects.update(status=Kickoff.Status.DRAFT)

        assert client.get(url).status_code == 410
        assert client.post(url, {"coming": "yes"}).status_code == 410

    def test_a_forged_one_is_none(self, client, rep):
        good = answer_token(rep)
        other = AttendeeFactory(kickoff=KickoffFactory(), invited_at=NOON)
        head, _dot, _tail = answer_token(other).partition(":")
        for forged in (f"{good}x", "x", f"{head}:{good.partition(':')[2]}"):
            url = reverse("events:answer_by_link", args=[forged])
            assert client.get(url).status_code == 404


@pytest.mark.parametrize("field", ["subject", "body"])
def test_a_wrong_field_is_named_beside_the_words(client, kickoff, planner, field):
    client.force_login(planner)
    said = {"name": "Reps", "deadline_date": "2027-01-15", field: "Your {password}"}

    page = client.post(reverse("events:invitations:add", args=[kickoff.slug]), said)

    assert page.status_code == 422
    assert "There is no field {password}" in page.content.decode()
    assert not Wave.objects.exists()


def test_the_page_counts_in_the_same_number_of_queries_whatever_the_rows(
    client, kickoff, planner, django_assert_max_num_queries
):
    for n in range(3):
        AttendeeFactory.create_batch(n + 1, kickoff=kickoff, kind="REP")
        wave = wave_of(kickoff, planner, name=f"Wave {n}")
        actions.send_now(wave=wave, by=planner, at=NOON)
        actions.send_due(NOON)
    client.force_login(planner)

    with django_assert_max_num_queries(15):
        client.get(reverse("events:invitations:list", args=[kickoff.slug]))

    assert [row.total for row in board(kickoff, NOON)] == [1, 2, 3]


def test_the_template_has_a_wave_that_waits_for_its_planner(kickoff, planner):
    actions.suggest_wave(kickoff, planner, NOON)

    wave = Wave.objects.get()
    assert wave.deadline_date == date(2027, 1, 12)
    assert wave.goes_at is None
    actions.suggest_wave(KickoffFactory(), planner, NOON + timedelta(days=50))
    assert Wave.objects.count() == 1


def test_a_copy_has_the_waves_as_long_before_and_sends_nothing(kickoff, planner):
    wave_of(kickoff, planner, subject="Come, {first_name}", goes_date=date(2026, 12, 20))
    later = KickoffFactory(starts_date=date(2028, 2, 2), ends_date=date(2028, 2, 4))

    copied = actions.copy_waves(kickoff, later, planner, NOON)
    again = actions.copy_waves(kickoff, later, planner, NOON)

    wave = Wave.objects.get(kickoff=later)
    assert (wave.deadline_date, wave.goes_at) == (date(2028, 1, 15), None)
    assert wave.subject == "Come, {first_name}"
    assert copied.says == ["1 wave"]
    assert again.is_held


class TestChosen:
    """People ticked on the roster and put into a wave, whatever its segment."""

    @pytest.fixture
    def people(self, kickoff):
        return AttendeeFactory.create_batch(3, kickoff=kickoff)

    @staticmethod
    def choose(kickoff, by, wave, people):
        keys = [one.pk for one in people]
        return actions.choose_people(kickoff=kickoff, wave=wave, people=keys, by=by, at=NOON)

    def test_a_new_wave_asks_them_alone_and_that_of_all_passes_them_over(
        self, kickoff, planner, people
    ):
        everybody = wave_of(kickoff, planner, name="Everybody", segment_kind="")
        wave, count = self.choose(kickoff, planner, replace(DETAILS, name="Board"), people[:1])

        assert count == 1
        assert list(wave.to_invite(NOON)) == people[:1]
        assert list(everybody.to_invite(NOON)) == people[1:]
        for one in (everybody, wave):
            actions.send_now(wave=one, by=planner, at=NOON)
        assert actions.send_due(NOON)["invited"] == 3
        assert [row.total for row in board(kickoff, NOON)] == [2, 1]

    def test_they_join_a_wave_of_another_segment_and_the_last_choice_holds(
        self, kickoff, planner, people
    ):
        first = wave_of(kickoff, planner, segment_kind="STAFF")
        second = wave_of(kickoff, planner, name="Second", segment_kind="SPEAKER")

        self.choose(kickoff, planner, first, people)
        self.choose(kickoff, planner, second, people[:2])

        assert list(first.to_invite(NOON)) == people[2:]
        assert list(second.to_invite(NOON)) == people[:2]
        actions.remove_wave(wave=first, by=planner, at=NOON)
        assert Invited.objects.count() == 2

    def test_whoever_was_asked_is_passed_over_and_a_wave_that_is_out_takes_nobody(
        self, kickoff, planner, people
    ):
        attendance.mark_invited(people[:1], NOON)
        out = wave_of(kickoff, planner, segment_kind="STAFF")

        with pytest.raises(WaveRefused, match="Everybody chosen was asked"):
            self.choose(kickoff, planner, replace(DETAILS, name="New"), people[:1])
        assert not Wave.objects.filter(name="New").exists()
        assert self.choose(kickoff, planner, out, people[:2])[1] == 1
        actions.send_now(wave=out, by=planner, at=NOON)
        actions.send_due(NOON)
        with pytest.raises(WaveRefused, match="went out"):
            self.choose(kickoff, planner, out, people[2:])

    def test_the_bar_of_the_roster_leads_to_the_wave(self, client, kickoff, planner, people):
        client.force_login(planner)
        url = reverse("events:invitations:choose", args=[kickoff.slug])
        ticked = {"row": [one.row for one in people]}

        assert "these 3 people" in client.post(url, ticked).content.decode()
        lacking = client.post(url, ticked | {"wave": ""})
        assert "A new wave needs this" in lacking.content.decode()
        Kickoff.objects.update(
            starts_date=NOW.date() + timedelta(days=60), ends_date=NOW.date() + timedelta(days=62)
        )
        day = (NOW.date() + timedelta(days=30)).isoformat()
        client.post(url, ticked | {"wave": "", "name": "Board", "deadline_date": day})

        assert Wave.objects.get().is_by_name
        assert Invited.objects.count() == 3


class TestReadiness:
    def test_asks_how_many_have_answered_once_a_deadline_is_near(self, kickoff, planner):
        people = [AttendeeFactory(kickoff=kickoff) for _number in range(4)]
        wave = wave_of(kickoff, planner)
        actions.send_now(wave=wave, by=planner, at=NOON)
        actions.send_due(NOON)
        near = datetime(2027, 1, 13, 12, tzinfo=UTC)
        assert [one.severity for one in check_readiness(kickoff, NOON)] == [Severity.LATER]

        [few] = check_readiness(kickoff, near)
        Attendee.objects.filter(pk__in=[one.pk for one in people]).update(
            rsvp="YES", answered_at=NOON
        )
        [all_of_them] = check_readiness(kickoff, near)

        assert few.text == "0 of 4 whose deadline is near or past have answered."
        assert few.mend_label == "Remind 4 people"
        assert all_of_them.severity == Severity.MET


def test_a_planner_finds_a_wave_by_its_name_and_nobody_else_does(kickoff, planner):
    wave_of(kickoff, planner, name="Managers of EMEA")

    found = [
        [one.label for one in find_waves(Search(person, ["emea"], 5))]
        for person in (planner, PersonFactory())
    ]

    assert found == [["Managers of EMEA"], []]
