from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.imports.mapping import guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from core.imports.rows import parse_rows
from events.attendance.models import Attendee
from events.budget.actions import BudgetRefused, take_over_rooms
from events.budget.models import Budget, RoomBlock
from events.needs import actions, queries, rules
from events.needs.models import NeedAnswer, NeedForm
from events.needs.waiting import find
from events.sealing.rules import Unreadable
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.activity.models import Entry
from people.tests.factories import PersonFactory, PlannerFactory

NOW = timezone.now()
ROOM = {"room": "own", "first": "2027-02-01", "leaves": "2027-02-04"}


def test_two_who_share_are_one_room_and_one_left_over_has_one_alone():
    share = ROOM | {"room": "share"}
    late = share | {"first": "2027-02-03", "hotel": "Tivoli"}

    rooms = rules.rooms_by_night([ROOM, share, share, share, late, {"room": "none"}, {}])

    assert rooms == {
        ("", date(2027, 2, 1)): 3,
        ("", date(2027, 2, 2)): 3,
        ("", date(2027, 2, 3)): 3,
        ("Tivoli", date(2027, 2, 3)): 1,
    }


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        (ROOM, ""),
        (ROOM | {"leaves": "2027-02-01"}, "leaves"),
        ({"room": "share"}, "first"),
        ({"by": "car", "arrives": "2027-02-02", "departs": "2027-02-01"}, "departs"),
        ({"by": "car", "arrives": "2027-02-02", "departs": "2027-02-02"}, ""),
    ],
)
def test_days_that_cannot_be_are_named(values, wrong):
    assert rules.problem_of_days(values)[0] == wrong


def test_a_need_is_another_choice_than_none_or_a_text():
    assert not rules.is_need("DIET", {"diet": "none"})
    assert rules.is_need("DIET", {"diet": "none", "allergies": "nuts"})
    assert rules.is_need("DIET", {"diet": "halal"})


@pytest.fixture
def planner(db):
    return PlannerFactory()


@pytest.fixture
def kickoff(planner):
    today = NOW.date()
    found = KickoffFactory(
        owner=planner, starts_date=today + timedelta(days=60), ends_date=today + timedelta(days=62)
    )
    actions.open_forms(kickoff=found, by=planner, at=NOW)
    return found


@pytest.fixture
def rep(kickoff):
    return AttendeeFactory(kickoff=kickoff, rsvp="YES", answered_at=NOW)


def form_of(kickoff, kind):
    return NeedForm.objects.select_related("kickoff").get(kickoff=kickoff, kind=kind)


def manager_of(kickoff, kind, by):
    person = PersonFactory()
    actions.name_manager(form=form_of(kickoff, kind), person=person, by=by, at=NOW)
    return person


def say(attendee, kind, **values):
    form = form_of(attendee.kickoff, kind)
    return actions.answer_form(
        form=form, attendee=attendee, values=values, by=attendee.person, at=NOW
    )


class TestWhoReadsWhat:
    def test_travel_staff_ask_for_a_diet_list_and_there_is_none(
        self, client, kickoff, planner, rep
    ):
        say(rep, "DIET", diet="vegan", allergies="peanuts")
        client.force_login(manager_of(kickoff, "TRAVEL", planner))

        for name in ("answers", "export", "settings"):
            url = reverse(f"events:needs:{name}", args=[kickoff.slug, "DIET"])
            assert client.get(url).status_code == 404
        board = client.get(reverse("events:needs:list", args=[kickoff.slug])).content.decode()
        assert "Travel" in board
        assert "Diet" not in board

    def test_a_planner_sees_counts_and_no_answer(self, client, kickoff, planner, rep):
        say(rep, "DIET", diet="vegan", allergies="peanuts")
        client.force_login(planner)

        page = client.get(reverse("events:needs:list", args=[kickoff.slug])).content.decode()

        assert "1 of 1" in page
        assert "peanuts" not in page
        answers = reverse("events:needs:answers", args=[kickoff.slug, "DIET"])
        assert client.get(answers).status_code == 404

    def test_its_manager_reads_and_takes_away_and_the_trail_says_so(
        self, client, kickoff, planner, rep
    ):
        say(rep, "DIET", diet="vegan", allergies="=peanuts")
        cook = manager_of(kickoff, "DIET", planner)
        client.force_login(cook)

        file = client.get(reverse("events:needs:export", args=[kickoff.slug, "DIET"]))

        assert "vegan" in file.content.decode()
        assert ",=peanuts" not in file.content.decode()  # no formula
        assert Entry.objects.get(verb="needs.exported").actor == cook
        actions.remove_manager(form=form_of(kickoff, "DIET"), person_id=cook.pk, by=planner, at=NOW)
        answers = reverse("events:needs:answers", args=[kickoff.slug, "DIET"])
        assert client.get(answers).status_code == 404
        verbs = Entry.objects.filter(subject=cook).values_list("verb", flat=True)
        assert set(verbs) == {"needs.manager_named", "needs.manager_removed"}

    def test_the_list_makes_as_many_queries_for_many_as_for_one(
        self, client, kickoff, planner, rep, django_assert_max_num_queries
    ):
        say(rep, "DIET", diet="vegan")
        for _ in range(4):
            other = AttendeeFactory(kickoff=kickoff, rsvp="YES", answered_at=NOW)
            say(other, "DIET", diet="none")
        client.force_login(manager_of(kickoff, "DIET", planner))
        for name, args in (("list", []), ("answers", ["DIET"])):
            with django_assert_max_num_queries(15):
                client.get(reverse(f"events:needs:{name}", args=[kickoff.slug, *args]))


class TestSaying:
    def test_who_comes_says_it_changes_it_and_what_managers_wrote_stays(self, client, rep):
        client.force_login(rep.person)
        url = reverse("events:needs:answer", args=[rep.kickoff.slug, "ROOM"])
        said = {f"ROOM-{key}": value for key, value in ROOM.items()}
        assert client.post(url, said).status_code == 302
        answer = NeedAnswer.objects.get()
        answer.write(answer.read() | {"hotel": "Tivoli"})
        answer.save()

        client.post(url, said | {"ROOM-room": "share", "ROOM-hotel": "Ritz"})

        answer.refresh_from_db()
        assert answer.read() == ROOM | {"room": "share", "hotel": "Tivoli"}
        wrong = client.post(url, said | {"ROOM-leaves": ROOM["first"]})
        assert wrong.status_code == 422
        assert "before the other day" in wrong.content.decode()

    def test_it_waits_for_who_comes_until_it_is_said(self, rep):
        other = AttendeeFactory(kickoff=rep.kickoff)
        people = [rep.person, other.person]
        say(rep, "DIET", diet="none")

        [item] = find(people, NOW)

        assert (item.person_id, item.title) == (rep.person_id, "Say what you need: 5 forms")
        for kind in set(rules.KINDS) - {"DIET"}:
            say(rep, kind)
        assert list(find(people, NOW)) == []

    def test_who_does_not_come_or_comes_late_is_told_so(self, rep):
        form = form_of(rep.kickoff, "DIET")
        late = NOW + timedelta(days=50)
        with pytest.raises(actions.NeedsRefused, match="last day"):
            actions.answer_form(form=form, attendee=rep, values={}, by=rep.person, at=late)
        rep.rsvp = "WAITING"
        with pytest.raises(actions.NeedsRefused, match="Say first"):
            say(rep, "DIET", diet="none")


class TestLists:
    def take(self, form, text, by, *, dry_run=False):
        fields = actions.list_fields(form)
        table = read_table(text.encode())
        parsed = parse_rows(table, fields, guess_columns(table.headers, fields))
        return actions.import_list(form=form, parsed=parsed, by=by, at=NOW, dry_run=dry_run)

    def test_a_rooming_list_is_taken_over_once_and_feeds_the_nights(self, kickoff, planner, rep):
        form = form_of(kickoff, "ROOM")
        text = (
            "email,room,first,leaves,hotel,number\n"
            f"{rep.person.email},a room of my own,2027-02-01,2027-02-03,Tivoli,412\n"
        )

        assert self.take(form, text, planner, dry_run=True) == (1, 0)
        assert not NeedAnswer.objects.exists()
        assert [self.take(form, text, planner) for _ in range(2)] == [(1, 0), (0, 1)]

        assert queries.rooms(kickoff, NOW) == {
            ("Tivoli", date(2027, 2, 1)): 1,
            ("Tivoli", date(2027, 2, 2)): 1,
        }
        Attendee.objects.filter(pk=rep.pk).update(rsvp="NO")
        assert queries.rooms(kickoff, NOW) == {}

    def test_a_bad_row_is_named_and_nothing_is_written(self, kickoff, planner, rep):
        text = (
            "email,room,first,leaves\n"
            f"{rep.person.email},suite,2027-02-01,2027-02-03\n"
            "nobody@x.example,own,2027-02-01,2027-02-03\n"
            f"{rep.person.full_name},own,2027-02-03,2027-02-01\n"
        )

        with pytest.raises(FileRefused) as refused:
            self.take(form_of(kickoff, "ROOM"), text, planner)

        assert not NeedAnswer.objects.exists()
        assert "Write one of" in str(refused.value.problems.__dict__)


def test_answers_are_deleted_their_days_after_the_event_and_once(kickoff, planner, rep):
    say(rep, "DIET", diet="vegan")
    say(rep, "TRAVEL", by="car")
    end = datetime.combine(kickoff.ends_date, datetime.min.time(), UTC)

    assert actions.delete_past(end + timedelta(days=14)) == {"deleted": 0}
    ticks = [actions.delete_past(end + timedelta(days=15, hours=1)) for _ in range(2)]

    assert [one["deleted"] for one in ticks] == [1, 0]
    assert NeedAnswer.objects.get().form.kind == "TRAVEL"
    assert Entry.objects.filter(verb="needs.deleted", note="DIET").exists()
    assert queries.own(rep)[0][0].kind != "DIET"


class TestOfOnePerson:
    def test_a_planner_reads_what_is_theirs_to_see_and_that_the_rest_is_given(
        self, client, kickoff, planner, rep, django_assert_max_num_queries
    ):
        say(rep, "DIET", diet="vegan", allergies="peanuts")
        say(rep, "ACCESS", access="quiet")
        actions.name_manager(form=form_of(kickoff, "ACCESS"), person=planner, by=planner, at=NOW)
        client.force_login(planner)
        url = reverse("events:attendance:person", args=[kickoff.slug, rep.pk])
        client.get(url)

        with django_assert_max_num_queries(15):
            page = client.get(url).content.decode()

        assert "a quiet room" in page
        assert "given, not yours to see" in page
        assert "vegan" not in page
        assert "peanuts" not in page


def test_rooms_that_people_asked_for_are_the_reserved_nights_of_the_block(kickoff, planner, rep):
    budget = Budget.objects.create(kickoff=kickoff, currency="EUR", changed_at=NOW)
    with pytest.raises(BudgetRefused, match="Nobody has said"):
        take_over_rooms(budget=budget, by=planner, at=NOW)
    block = RoomBlock.objects.create(budget=budget, hotel="Tivoli", price=180, cutoff_at=NOW)
    for day in (1, 2):
        block.nights.create(date=date(2027, 2, day), contracted=5, reserved=4)
    say(rep, "ROOM", **ROOM)

    assert take_over_rooms(budget=budget, by=planner, at=NOW) == (2, 1)

    assert list(block.nights.values_list("reserved", flat=True)) == [1, 1]
    RoomBlock.objects.create(budget=budget, hotel="Ritz", price=180, cutoff_at=NOW)
    assert take_over_rooms(budget=budget, by=planner, at=NOW) == (2, 3)  # nobody knows which


def test_what_no_key_opens_is_explained_and_no_cache_keeps_an_answer(
    client, kickoff, planner, rep, settings
):
    say(rep, "DIET", diet="vegan")
    client.force_login(manager_of(kickoff, "DIET", planner))
    url = reverse("events:needs:answers", args=[kickoff.slug, "DIET"])
    assert "no-store" in client.get(url)["Cache-Control"]
    settings.PACKET_KEYS = ["A" * 43 + "="]

    page = client.get(url)

    assert page.status_code == 500
    assert "vegan" not in page.content.decode()


class TestReadiness:
    AHEAD = datetime(2027, 1, 12, 12, tzinfo=UTC)

    def test_asks_for_the_forms_and_then_for_who_reads_each(self, planner):
        kickoff = KickoffFactory()

        [nothing] = queries.check_readiness(kickoff, self.AHEAD)
        actions.open_forms(kickoff=kickoff, by=planner, at=self.AHEAD)
        [unread] = queries.check_readiness(kickoff, self.AHEAD)
        for form in kickoff.need_forms.all():
            actions.name_manager(form=form, person=planner, by=planner, at=self.AHEAD)
        [fine] = queries.check_readiness(kickoff, self.AHEAD)

        assert nothing.text == "Nobody is asked about travel, room and food."
        assert "Diet" in unread.text
        assert fine.severity == "met"

    def test_a_copy_has_the_same_forms_and_no_reader(self, planner):
        kickoff, later = KickoffFactory(), KickoffFactory(starts_date=date(2027, 2, 3))
        actions.open_forms(kickoff=kickoff, by=planner, at=self.AHEAD)
        actions.name_manager(
            form=kickoff.need_forms.all()[0], person=planner, by=planner, at=self.AHEAD
        )

        copied = actions.copy_forms(kickoff, later, planner, self.AHEAD)

        assert copied.says == ["6 forms"]
        assert not later.need_forms.filter(managers__isnull=False).exists()
        assert actions.copy_forms(kickoff, later, planner, self.AHEAD).is_held


def test_an_answer_that_no_key_opens_is_explained_on_the_page_of_its_person(planner, monkeypatch):
    def unreadable(_answer):
        raise Unreadable

    kickoff = KickoffFactory()
    seat = AttendeeFactory(kickoff=kickoff, rsvp="YES", answered_at=NOW)
    actions.open_forms(kickoff=kickoff, by=planner, at=NOW)
    form = kickoff.need_forms.get(kind="DIET")
    actions.name_manager(form=form, person=planner, by=planner, at=NOW)
    actions.answer_form(form=form, attendee=seat, values={"diet": "vegan"}, by=seat.person, at=NOW)
    monkeypatch.setattr(NeedAnswer, "read", unreadable)

    facts = queries.facts_of(seat, planner, NOW)

    assert "not readable" in dict(facts.lines)["Diet"]
