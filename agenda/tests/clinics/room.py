"""A clinic with one group, for tests: its facilitator, three who bring deals, and what they handed in."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from agenda.clinics import actions, queries
from agenda.clinics.rules import MINUTES, Clock
from agenda.groups.models import Group, Grouping, Place, Round, RoundSession
from agenda.tests.factories import SessionFactory
from events.strategies.rules import LETTERS, Content, Known, Risk
from events.tests.factories import (
    AccountFactory,
    AssignmentFactory,
    AttendeeFactory,
    PreworkItemFactory,
    StrategyFactory,
)

BEGINS = datetime(2027, 2, 2, 9, tzinfo=UTC)
GIVEN = tuple(60 * one for one in MINUTES)
ALL_TWO = dict.fromkeys((letter.key for letter in LETTERS), 2)


def content():
    return Content(
        next_step="Walk the depot",
        letters={letter.key: Known(2, f"Said so: {letter.key}") for letter in LETTERS},
        risks=(Risk("They wait"),),
        ask="A way to the buyer",
    )


def hand_in(kickoff, person, account="Marsanne Logistique", place=1, **deal):
    assignment = kickoff.assignments.filter(kind="STRATEGY").first()
    assignment = assignment or AssignmentFactory(
        kickoff=kickoff, kind="STRATEGY", published_at=datetime(2026, 12, 1, tzinfo=UTC)
    )
    item = assignment.items.filter(person=person).first()
    item = item or PreworkItemFactory(assignment=assignment, person=person)
    at = datetime(2027, 1, 4, tzinfo=UTC)
    return StrategyFactory(
        item=item,
        place=place,
        draft=content().kept(),
        sent=content().kept(),
        sent_at=at,
        deal__account=AccountFactory(name=account),
        **{f"deal__{key}": value for key, value in deal.items()},
    )


@dataclass
class Clinic:
    kickoff: object
    group: Group
    leader: object
    members: list

    @property
    def seated(self):
        return queries.seated_in(
            Group.objects.select_related("round__grouping__kickoff").get(pk=self.group.pk)
        )

    def room(self, at=BEGINS):
        return queries.in_room(self.seated, at)

    def do(self, *acts, by=None, at=None):
        """Send acts as a device with a right clock does; says what each came to."""
        at = at or max(act.at for act in acts)
        by = by or self.leader
        return actions.record_acts(seated=self.seated, acts=acts, sent_at=at, by=by, at=at)

    def key(self, member=0, place=1):
        return f"{self.members[member].pk}.{place}"


def act(kind, said=None, turn="", minutes=0, key=None):
    return actions.Said(
        key=key or uuid4(),
        kind=kind,
        at=BEGINS + timedelta(minutes=minutes),
        turn=turn,
        said=said or {},
    )


def clock(turn, part=0, minutes=0, used=(0,) * 6):
    since = BEGINS + timedelta(minutes=minutes)
    said = {"clock": Clock(part, since, used, GIVEN).kept()}
    return act("CLOCK", said, turn, minutes)


def step(turn, owner, words="Ask Claire", by="2027-02-09", minutes=1, key=None):
    said = {"step": key or str(uuid4()), "words": words, "owner": owner.pk, "by": by}
    return act("STEP", said, turn, minutes)


def build_clinic(kickoff, leader=None, members=None, **session):
    leader = leader or AttendeeFactory(kickoff=kickoff).person
    members = members or [AttendeeFactory(kickoff=kickoff).person for _n in range(3)]
    held = SessionFactory(
        **{
            "kickoff": kickoff,
            "type": "DEAL_CLINIC",
            "starts_at": BEGINS,
            "duration_minutes": 90,
            **session,
        }
    )
    grouping = Grouping.objects.create(
        kickoff=kickoff, kind="CLINIC", title="Deal clinics", number=1, released_at=BEGINS
    )
    round_ = Round.objects.create(grouping=grouping, number=1)
    RoundSession.objects.create(round=round_, session=held)
    group = Group.objects.create(round=round_, number=8)
    for person in (leader, *members):
        leads = person == leader
        seat = {"group": group, "leads": leads, "released_group": group, "released_leads": leads}
        Place.objects.create(round=round_, person=person, **seat)
    return Clinic(kickoff, group, leader, members)
