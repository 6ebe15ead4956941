"""A kickoff moves: what follows is said beforehand, and then done, in every capability."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse

from agenda.sessions.actions import release_agenda
from agenda.sessions.models import Release, ReleasedSession, Session
from agenda.sessions.queries.changes import changes_of
from agenda.sessions.queries.draft import draft_of
from agenda.sessions.queries.released import day_for
from agenda.tests.factories import SessionFactory, SessionPersonFactory
from core.due.ticks import run_tick
from events.kickoff import actions
from events.kickoff.models import Kickoff
from events.packets.delivery import queries
from events.packets.delivery.models import PacketVersion
from events.packets.inquiries.models import ReviewSlot
from events.tests.factories import (
    AssignmentFactory,
    AttendeeFactory,
    KickoffFactory,
    PacketReleaseFactory,
    PacketVersionFactory,
    PlanningTaskFactory,
    PreworkItemFactory,
)
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
INVITED = datetime(2026, 12, 1, tzinfo=UTC)
NINE = datetime(2027, 2, 2, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
LATER = {"starts_date": date(2027, 2, 9), "ends_date": date(2027, 2, 11)}


class Event:
    """A kickoff of 2 to 4 February whose agenda, pre-work and invitations are out."""

    def __init__(self):
        self.planner = PlannerFactory()
        self.revops = RevOpsFactory()
        self.kickoff = KickoffFactory(name="One Motion")
        self.manager = PersonFactory(full_name="Inès Moreau")
        self.rep, self.speaker = PersonFactory(manager=self.manager), PersonFactory()
        AttendeeFactory(
            kickoff=self.kickoff, person=self.rep, invited_at=INVITED, answered_at=INVITED,
            rsvp="YES",
        )  # fmt: skip
        self.session = SessionFactory(kickoff=self.kickoff, title="How you are paid")
        self.last = SessionFactory(
            kickoff=self.kickoff, title="The way home", starts_at=NINE + timedelta(days=2)
        )
        SessionPersonFactory(session=self.session, person=self.speaker)
        release_agenda(kickoff=self.kickoff, by=self.planner, at=INVITED)
        item = PreworkItemFactory(
            assignment=AssignmentFactory(kickoff=self.kickoff, title="Your three accounts"),
            person=self.rep,
        )
        self.assignment = item.assignment
        PlanningTaskFactory(kickoff=self.kickoff)
        Message.objects.all().delete()

    def embargo(self):
        """A packet that is approved and waits for the session on pay."""
        release = PacketReleaseFactory(
            kickoff=self.kickoff, by=self.revops, lifted_at=None, lifted_by=None,
            moment_key=f"session:{self.session.pk}", moment_label=self.session.title,
            due_at=self.session.starts_at,
        )  # fmt: skip
        self.waiting = PacketVersionFactory(
            packet__kickoff=self.kickoff, packet__rep=self.rep, state="APPROVED",
            release=release, released_at=None, released_by=None,
        )  # fmt: skip
        return release

    def review(self, at=NINE + timedelta(hours=5)):
        """A time that the rep has taken with their manager."""
        return ReviewSlot.objects.create(
            kickoff=self.kickoff, manager=self.manager, starts_at=at,
            ends_at=at + timedelta(minutes=30), place="Foyer", rep=self.rep, taken_at=INVITED,
            version=PacketVersionFactory(packet__kickoff=self.kickoff, packet__rep=self.rep),
            created_at=INVITED,
        )  # fmt: skip

    def move(self, seen=None, **changes):
        """Change the kickoff, as its page does."""
        kickoff = Kickoff.objects.get(pk=self.kickoff.pk)
        names = actions.Details.__dataclass_fields__
        said = {name: getattr(kickoff, name) for name in names} | (changes or LATER)
        return actions.update_kickoff(
            kickoff_id=kickoff.pk, details=actions.Details(**said), by=self.planner, at=NOW,
            seen=seen,
        )  # fmt: skip

    def asked(self, **changes):
        """What a planner is told that follows."""
        with pytest.raises(actions.MoveUnseen) as unseen:
            self.move(seen="", **changes)
        return unseen.value.move

    def mails(self):
        return {message.person: message for message in Message.objects.select_related("person")}


@pytest.fixture
def event():
    return Event()


def test_what_follows_is_said_and_nothing_has_changed(event):
    event.embargo()

    move = event.asked()

    said = {one.name: " ".join(one.says) for one in move.follows}
    assert list(said) == ["Invitations", "Agenda", "Pre-work", "Packets", "Timeline"]
    assert "1 person was invited" in said["Invitations"]
    assert "1 task moves" in said["Timeline"]
    assert "1 person who has yet to do some of it is told" in said["Pre-work"]
    assert "2 sessions move" in said["Agenda"]
    assert "version 2 takes its place" in said["Agenda"]
    assert "“How you are paid”, then Tue 9 Feb, 09:00\xa0WET. It is held" in said["Packets"]
    assert move.told == 3  # the rep, the speaker, RevOps
    assert Kickoff.objects.get(pk=event.kickoff.pk).starts_date == date(2027, 2, 2)
    assert Session.objects.get(pk=event.session.pk).starts_at == NINE
    assert not Message.objects.exists()
    assert not Entry.objects.filter(verb="kickoff.moved").exists()


def test_what_was_seen_is_done_and_each_person_gets_one_mail(event):
    event.embargo()

    event.move(seen=event.asked().seal)

    mails = event.mails()
    assert set(mails) == {event.rep, event.speaker, event.revops}
    rep, speaker = mails[event.rep], mails[event.speaker]
    assert rep.subject.startswith("One Motion has moved: Tue 9 February 2027 to Thu 11 February")
    assert "You said that you come" in rep.body
    assert "“Your three accounts” is due on Fri 22 January 2027 now" in rep.body
    assert "version 2" in rep.body
    assert "You speak or facilitate in “How you are paid”: Tue 9 Feb, 09:00" in speaker.body
    assert "Say when" in mails[event.revops].body
    assert Entry.objects.filter(verb="kickoff.moved").count() == 1


def test_posting_twice_moves_once(event):
    seal = event.asked().seal

    for _ in range(2):
        event.move(seen=seal, **LATER)

    assert Release.objects.count() == 2
    assert Message.objects.count() == 2


def test_what_changed_meanwhile_is_said_again(event):
    seen = event.asked().seal
    AttendeeFactory(kickoff=event.kickoff, invited_at=INVITED)

    with pytest.raises(actions.MoveUnseen) as unseen:
        event.move(seen=seen)

    assert "2 people were invited" in unseen.value.move.follows[0].says[0]
    assert Release.objects.count() == 1


def test_people_see_the_released_agenda_on_the_new_days_and_the_old_version_is_kept(event):
    Session.objects.filter(pk=event.last.pk).update(title="Drafted and not released")

    kickoff = event.move()

    assert [one.title for one in day_for(event.rep, kickoff, date(2027, 2, 9))] == [
        "How you are paid"
    ]
    (last,) = day_for(event.rep, kickoff, date(2027, 2, 11))
    assert (last.title, last.starts_at) == ("The way home", NINE + WEEK + timedelta(days=2))
    first = ReleasedSession.objects.filter(release__number=1).order_by("starts_at")
    assert [one.starts_at for one in first] == [NINE, NINE + timedelta(days=2)]
    (left,) = changes_of(draft_of(kickoff), NOW).differences
    assert left.fields == ("title",)


def test_a_shorter_event_says_which_sessions_have_no_day(event):
    changes = {"starts_date": date(2027, 2, 2), "ends_date": date(2027, 2, 3)}
    says = next(one.says for one in event.asked(**changes).follows if one.name == "Agenda")
    assert "1 session is on no day of the event then" in " ".join(says)
    assert "“The way home”" in " ".join(says)

    kickoff = event.move(**changes)

    assert [one.session_id for one in ReleasedSession.objects.current(kickoff)] == [
        event.session.pk
    ]
    assert Session.objects.get(pk=event.last.pk).starts_at == NINE + timedelta(days=2)


def test_another_zone_keeps_the_clock_and_asks_nobody_whether_they_come(event):
    event.move(time_zone="Europe/Helsinki")

    session = Session.objects.get(pk=event.session.pk)
    assert session.starts_at == datetime(2027, 2, 2, 7, tzinfo=UTC)
    assert "You said that you come" not in event.mails()[event.rep].body


def test_a_release_that_waits_is_held_until_revops_confirms_it(event, client):
    release = event.embargo()
    kickoff = event.move()
    after = NINE + WEEK + timedelta(minutes=1)

    run_tick(after)
    assert PacketVersion.objects.get(pk=event.waiting.pk).state == "APPROVED"
    (held,) = queries.embargoes(kickoff)
    assert (held.is_held, held.due_at) == (True, NINE + WEEK)

    client.force_login(event.revops)
    desk = reverse("events:packets:delivery:desk", args=[kickoff.slug])
    assert "1 packet is held since the event was moved" in client.get(desk).content.decode()
    confirm = reverse("events:packets:delivery:confirm", args=[kickoff.slug, release.pk])
    assert "When do these packets come out?" in client.get(confirm).content.decode()


@pytest.mark.parametrize("when", ["moment", "time"])
def test_a_confirmed_release_comes_out_then(event, client, when):
    event.kickoff.starts_date, event.kickoff.ends_date = date(2097, 2, 5), date(2097, 2, 7)
    event.kickoff.save()
    Session.objects.filter(pk=event.session.pk).update(starts_at=NINE.replace(year=2097))
    release = event.embargo()
    event.move(starts_date=date(2097, 2, 12), ends_date=date(2097, 2, 14))
    client.force_login(event.revops)

    client.post(
        reverse("events:packets:delivery:confirm", args=[event.kickoff.slug, release.pk]),
        {
            "when": when,
            "moment": release.moment_key,
            "on_date": "2097-02-09",
            "on_time": "09:00",
        },
    )

    due_at = NINE.replace(year=2097) + WEEK
    release.refresh_from_db()
    assert (release.held_at, release.due_at) == (None, due_at)
    run_tick(due_at - timedelta(minutes=1))
    assert PacketVersion.objects.get(pk=event.waiting.pk).released_at is None
    run_tick(due_at)
    assert PacketVersion.objects.get(pk=event.waiting.pk).released_at == due_at


def test_the_rep_is_not_promised_a_moment_that_is_not_confirmed(event, client):
    event.embargo()
    event.move()
    client.force_login(event.rep)

    page = client.get(reverse("events:packets:delivery:mine", args=[event.kickoff.slug]))

    assert "RevOps will say when it comes out" in page.content.decode()
    assert "9 Feb" not in page.content.decode()


def test_a_review_moves_with_the_event_and_both_are_told(event):
    slot = event.review()

    event.move()

    slot.refresh_from_db()
    assert (slot.starts_at, slot.cancelled_at) == (NINE + WEEK + timedelta(hours=5), None)
    mails = event.mails()
    assert "Your review with Inès Moreau is now Tue 9 Feb, 14:00\xa0WET" in mails[event.rep].body
    assert event.manager in mails


def test_a_review_whose_day_is_gone_is_cancelled(event):
    slot = event.review(at=NINE + timedelta(days=2))

    event.move(starts_date=date(2027, 2, 9), ends_date=date(2027, 2, 10))

    slot.refresh_from_db()
    assert slot.cancelled_at == NOW
    assert "is cancelled. Choose another time" in event.mails()[event.rep].body


def test_reviews_that_follow_one_another_move_past_one_another(event):
    for day in range(2):
        ReviewSlot.objects.create(
            kickoff=event.kickoff, manager=event.manager, starts_at=NINE + timedelta(days=day),
            ends_at=NINE + timedelta(days=day, minutes=30), place="Foyer", created_at=INVITED,
        )  # fmt: skip

    event.move(starts_date=date(2027, 2, 3), ends_date=date(2027, 2, 5))

    starts = ReviewSlot.objects.not_cancelled().values_list("starts_at", flat=True)
    assert list(starts) == [NINE + timedelta(days=1), NINE + timedelta(days=2)]


def test_of_a_draft_nobody_is_told(event):
    Kickoff.objects.filter(pk=event.kickoff.pk).update(status="DRAFT")

    event.move()

    assert not Message.objects.exists()


def test_whoever_has_left_is_not_told(event):
    event.rep.is_active = False
    event.rep.save()

    event.move()

    assert set(event.mails()) == {event.speaker}


def test_the_page_asks_then_moves(event, client):
    client.force_login(event.planner)
    url = reverse("events:kickoff:edit", args=[event.kickoff.slug])
    fields = model_to_dict(event.kickoff, exclude=["owner", "doors_open_time", "ended_at"])
    fields |= {"starts_date": "2027-02-09", "ends_date": "2027-02-11", "theme": "Kept"}

    page = client.post(url, fields)
    asked = page.content.decode()
    assert "Nothing has changed yet" in asked
    assert "version 2 takes its place" in asked
    assert Release.objects.count() == 1
    back = client.post(url, fields | {"back": "1"}).content.decode()
    assert 'value="2027-02-09"' in back
    assert "Kickoff settings" in back

    client.post(url, fields | {"seen": page.context["move"].seal})
    event.kickoff.refresh_from_db()
    assert (event.kickoff.starts_date, event.kickoff.theme) == (date(2027, 2, 9), "Kept")
    assert Release.objects.count() == 2


def test_the_page_says_again_what_changed_meanwhile(event, client):
    client.force_login(event.planner)
    fields = model_to_dict(event.kickoff, exclude=["owner", "doors_open_time", "ended_at"])

    page = client.post(
        reverse("events:kickoff:edit", args=[event.kickoff.slug]),
        fields | {"starts_date": "2027-02-01", "seen": "what stood there before"},
    )

    assert "Something changed while you were reading" in page.content.decode()


def test_the_api_says_what_follows_and_does_what_was_seen(event, client):
    client.force_login(event.planner)
    url = f"/api/v1/kickoffs/{event.kickoff.slug}/"
    days = {"starts_date": "2027-02-09", "ends_date": "2027-02-11"}

    asked = client.patch(url, days | {"seen": ""}, content_type="application/json")
    assert asked.status_code == 409
    follows = {one["name"]: one for one in asked.json()["follows"]}
    assert "Agenda" in follows
    [detail] = follows["Timeline"]["details"]  # of the workstream, which nobody owns yet
    assert detail["name"] == "Nobody yet"
    assert any("→" in line for line in detail["lines"]), detail
    assert Release.objects.count() == 1

    done = client.patch(url, days | {"seen": asked.json()["seen"]}, content_type="application/json")
    assert (done.status_code, done.json()["starts_date"]) == (200, "2027-02-09")


def test_a_move_takes_the_same_queries_at_any_size(event, django_assert_max_num_queries):
    costs = set()
    for round_, number in enumerate((1, 10)):
        for _ in range(number):
            person = AttendeeFactory(kickoff=event.kickoff, invited_at=INVITED).person
            PreworkItemFactory(assignment=event.assignment, person=person)
        SessionFactory.create_batch(number, kickoff=event.kickoff)
        release_agenda(
            kickoff=event.kickoff, by=event.planner, at=NOW, override_reason="For this test"
        )
        days = timedelta(days=7 * (round_ + 1))
        with django_assert_max_num_queries(80) as found:
            event.move(starts_date=date(2027, 2, 2) + days, ends_date=date(2027, 2, 4) + days)
        event.kickoff.refresh_from_db()
        costs.add(len(found))

    assert len(costs) == 1
