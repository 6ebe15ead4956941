"""The whole thread on a small company: roster file, kickoff, packets, and the 90 days after."""

import csv
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from events.kickoff.actions import create_kickoff, open_kickoff
from events.packets.delivery.actions import (
    SignedAs,
    approve_packets,
    name_approver,
    record_reading,
    release_packets,
    sign_receipt,
    submit_packets,
)
from events.packets.delivery.models import ApproverKind, PacketVersion
from events.tests.factories import QuestionFactory, TopicFactory
from people.accounts.models import Person
from people.mail.models import Message
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory
from reinforcement.campaigns.rules import PLAN
from reinforcement.coaching.actions import Talk, record_note
from reinforcement.learning.actions import answer_question, start_attempt
from reinforcement.touches.actions import complete_meeting
from reinforcement.touches.models import Touch

pytestmark = [pytest.mark.long, pytest.mark.django_db]
AUTUMN = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY_0 = date(2027, 2, 4)  # a Thursday; the kickoff is in Iceland, which is UTC the whole year
MANAGERS = ["Ása Jónsdóttir", "Bo Ek"]
REPS = [
    f"Rep {name}" for name in ("Ada", "Bea", "Cem", "Dov", "Eva", "Fay", "Gus", "Hal", "Ida", "Jo")
]
DILIGENT = {"Rep Ada", "Rep Bea", "Rep Cem", "Ása Jónsdóttir"}  # the others do nothing


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return str(path)


def _run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def _tick(at):
    """One tick; its last line: touches due, sent, done and overdue."""
    return tuple(int(n) for n in _run("tick", "--at", at.isoformat()).split()[-4:])


def _manager_of(rep):
    return MANAGERS[REPS.index(rep) % 2]


def _plan_a_kickoff(folder):
    """As the planner and RevOps do: a template, a roster file, packets for all reps."""
    planner, revops = PlannerFactory(time_zone="Atlantic/Reykjavik"), RevOpsFactory()
    kickoff = create_kickoff(
        name="Iceland Summit", theme="", fiscal_year="FY28", venue="Harpa", city="Reykjavík",
        starts_date=date(2027, 2, 2), ends_date=DAY_0, time_zone="Atlantic/Reykjavik",
        format="IN_PERSON", currency="ISK", template="SUMMIT", by=planner, at=AUTUMN,
    )  # fmt: skip
    roster = _write(
        folder / "roster.csv",
        [["name", "manager", "region"]] + [[rep, _manager_of(rep), "North"] for rep in REPS],
    )
    for _ in range(2):
        said = _run(
            "import_roster", roster, "--event", kickoff.slug,
            "--email-pattern", "{first}.{last}@north.example",
        )  # fmt: skip
    assert "0 created, 0 changed, 12 unchanged; 0 added" in said
    kickoff = open_kickoff(kickoff_id=kickoff.pk, by=planner, at=AUTUMN)
    packets = _write(
        folder / "packets.csv",
        [["rep", "currency", "quota", "base", "target variable", "starts", "geography"]]
        + [[rep, "ISK", 90_000_000, 9_000_000, 6_000_000, "2027-03-01", "North"] for rep in REPS],
    )
    assert "10 rows: 10 new" in _run("import_packets", packets, "--event", kickoff.slug)
    for kind in ApproverKind.values:
        person = PersonFactory()
        name_approver(kickoff=kickoff, person=person, kind=kind, by=revops, at=AUTUMN)
    submit_packets(kickoff=kickoff, by=revops, at=AUTUMN)
    for approver in kickoff.packet_approvers.all():
        approve_packets(
            kickoff=kickoff, by=approver.person, typed_name=approver.person.full_name, at=AUTUMN
        )
    signed_as = SignedAs(revops.full_name, "Head of RevOps")
    out = release_packets(kickoff=kickoff, by=revops, at=AUTUMN, signed_as=signed_as)
    assert out.count == 10
    for number in range(4):
        topic = TopicFactory(kickoff=kickoff, behaviour=f"does {number}")
        QuestionFactory.create_batch(3, topic=topic)
        QuestionFactory.create_batch(5, topic=topic, held_out=True)
    return kickoff


def _receive(kickoff):
    for version in PacketVersion.objects.filter(packet__kickoff=kickoff):
        rep = version.packet.rep
        record_reading(version=version, by=rep, at=AUTUMN)
        sign_receipt(version_id=version.pk, by=rep, typed_name=rep.full_name, at=AUTUMN)
    received = PacketVersion.objects.filter(packet__kickoff=kickoff, state="RECEIVED")
    assert received.count() == len(REPS)


def _do(kickoff, at):
    """Whoever is diligent does what is due, each in the way of its kind."""
    due = Touch.objects.of_kickoff(kickoff).reached(at).filter(person__full_name__in=DILIGENT)
    for touch in due.select_related("activity__campaign__kickoff", "person", "about"):
        person, setting = touch.person, touch.activity.setting
        if setting == "TEAM_MEETING":
            complete_meeting(touch=touch, by=person, at=at)
        elif setting == "ONE_TO_ONE":
            talk = Talk(happened_on=at.date(), went_well="Asked for the CFO.")
            record_note(kickoff=kickoff, rep=touch.about, talk=talk, by=person, at=at)
        elif touch.about is None:
            attempt = start_attempt(touch=touch, by=person, at=at)
            for answer in attempt.answers.all():
                right = answer.question.choices.get(is_right=True)
                answer_question(
                    attempt=attempt, position=answer.position, choice_id=right.pk, by=person, at=at
                )


def _working(day):
    """The day itself, or the Monday after a weekend: these people have no country."""
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def _who_does(step):
    """The doers that the plan asks for, one name a touch."""
    if step.setting == "TEAM_MEETING":
        return MANAGERS
    if step.setting == "ONE_TO_ONE":
        return [_manager_of(rep) for rep in REPS]
    if step.kind == "CERTIFICATION":
        return REPS + ["" for _ in REPS]  # their managers mark them, which nobody does here
    return REPS if step.reps_only else REPS + MANAGERS


def _expected(number):
    """Touches due, done and overdue at noon of a day, from the plan alone."""
    today, found = DAY_0 + timedelta(days=number), Counter()
    for step in PLAN:
        # Day 0 is over when the kickoff ends, so its check comes on the next morning
        due = _working(max(DAY_0 + timedelta(days=step.day), DAY_0 + timedelta(days=1)))
        last = _working(due + timedelta(days=step.days_to_do))
        if due > today:
            continue
        for name in _who_does(step):
            done = name in DILIGENT
            found.update(due=1, done=done, overdue=not done and last < today)
    return found["due"], found["due"], found["done"], found["overdue"]


def test_a_kickoff_is_planned_held_and_reinforced_for_ninety_days(tmp_path):
    kickoff = _plan_a_kickoff(tmp_path)
    _receive(kickoff)
    assert _run("tick", "--at", "2027-02-04T23:59").count(kickoff.slug) == 0
    _run("tick", "--at", "2027-02-05T00:05")
    kickoff.refresh_from_db()
    assert kickoff.status == "ENDED"

    counts = {}
    for number in range(1, 91):
        noon = datetime.combine(DAY_0 + timedelta(days=number), time(12), tzinfo=UTC)
        first = _tick(noon)
        queued, mailed = Message.objects.count(), len(mail.outbox)
        _do(kickoff, noon)
        if number in (30, 60, 90):
            counts[number] = _tick(noon)
            assert counts[number][:2] == first[:2]
            assert (Message.objects.count(), len(mail.outbox)) == (queued, mailed)

    assert counts == {number: _expected(number) for number in (30, 60, 90)}
    assert counts[90][2] > 0 < counts[90][3]
    assert not Message.objects.exclude(state="SENT").exists()
    assert len(mail.outbox) == Message.objects.count()
    told = Message.objects.filter(key__startswith="daily:").values_list("person", "due_at__date")
    assert max(Counter(told).values()) == 1, "One message a person and day at most."
    assert Person.objects.get(full_name="Bo Ek").touches.filter(done_at__isnull=False).count() == 0
