"""Clinics of a thousand people in 150 groups, and a panel that a thousand ask something of."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from uuid import uuid4

from django.db import transaction
from django.test import Client
from django.urls import reverse

from agenda.clinics.models import Act, Turn
from agenda.clinics.rules import Clock, Kind, Verdict
from agenda.groups.models import Group, Grouping, Place, Round, RoundSession
from agenda.panels.models import AudienceQuestion
from agenda.rooms.models import Room
from agenda.sessions.actions import release_agenda
from agenda.sessions.models import Session, SessionType
from events.attendance.models import Attendee
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from events.prework.models import Assignment, PreworkItem
from events.strategies.models import Strategy
from people.accounts.models import Person
from sko_planner.bench.measure import Figures, measure
from sko_planner.bench.place import Place as Company
from sko_planner.bench.place import Row, get
from sko_planner.demo.strategies import strategy_of

PEOPLE, GROUPS, SLUG = 1_000, 150, "bench-clinics"
GIVEN = (300,) * 6
BUDGET = Figures(queries=15, times=60, db_share=1)


def _asked(
    who: Callable[[Company], Client], name: str, of: Callable[[Kickoff], int] | None, place: Company
) -> Figures:
    """A page of these clinics: of their kickoff, or of one of its rows."""
    kickoff = _seeded(place)
    more = [of(kickoff)] if of else []
    return measure(partial(get, who(place), reverse(name, args=[kickoff.slug, *more])))


def _planner(place: Company) -> Client:
    return place.planner


def _rep(place: Company) -> Client:
    return place.rep


def _grouping(kickoff: Kickoff) -> int:
    return Grouping.objects.get(kickoff=kickoff).pk


def _group(kickoff: Kickoff) -> int:
    return Group.objects.filter(round__grouping__kickoff=kickoff).earliest("pk").pk


def _panel(kickoff: Kickoff) -> int:
    return Session.objects.get(kickoff=kickoff, type=SessionType.CUSTOMER_PANEL).pk


@transaction.atomic
def _seeded(place: Company) -> Kickoff:
    """One round that is on, in 150 groups: each with its deals, and half of them done."""
    if (there := Kickoff.objects.filter(slug=SLUG).first()) is not None:
        return there
    large, now = place.large, place.now
    kickoff = Kickoff.objects.create(
        slug=SLUG,
        name="Bench of clinics",
        fiscal_year="FY28",
        starts_date=large.starts_date,
        ends_date=large.ends_date,
        time_zone=large.time_zone,
        status=Kickoff.Status.OPEN,
        owner=large.owner,
    )
    rep = Person.objects.get(pk=place.rep.session["_auth_user_id"])
    others = Person.objects.exclude(pk__in=[rep.pk, large.owner_id]).order_by("pk")
    people = [*others[:GROUPS], rep, *others[GROUPS : PEOPLE - 1]]
    Attendee.objects.bulk_create(
        Attendee(kickoff=kickoff, person=person, added_at=now) for person in people
    )
    hall = Room.objects.create(kickoff=kickoff, name="Hall", capacity=PEOPLE)
    clinic, panel = (
        Session.objects.create(
            kickoff=kickoff,
            title=str(kind.label),
            type=kind,
            outcome="You know what to do next",
            owner=large.owner,
            room=hall,
            starts_at=now + timedelta(minutes=begins),
            duration_minutes=90,
        )
        for kind, begins in ((SessionType.DEAL_CLINIC, -45), (SessionType.CUSTOMER_PANEL, 60))
    )
    release_agenda(kickoff=kickoff, by=large.owner, at=now, override_reason="measuring")
    AudienceQuestion.objects.bulk_create(
        AudienceQuestion(session=panel, words=f"What of number {number}?")
        for number in range(PEOPLE)
    )
    deals = _handed_in(kickoff, people, place)
    _seated(kickoff, clinic, people, deals, place)
    return kickoff


def _handed_in(
    kickoff: Kickoff, people: Sequence[Person], place: Company
) -> dict[int, Opportunity]:
    """A win strategy of each for an open deal."""
    due = place.now - timedelta(days=7)
    assignment = Assignment.objects.create(
        kickoff=kickoff,
        kind=Assignment.Kind.STRATEGY,
        title="Win strategy for one open deal",
        minutes=30,
        due_at=due,
        due_date=due.date(),
        published_at=due - timedelta(days=14),
        created_at=due - timedelta(days=14),
    )
    items = PreworkItem.objects.bulk_create(
        PreworkItem(
            assignment=assignment,
            person=person,
            assigned_at=due - timedelta(days=14),
            state=PreworkItem.State.DONE,
            done_at=due,
        )
        for person in people
    )
    deals = Opportunity.objects.bulk_create(
        Opportunity(
            external_id=f"BENCH-C{person.pk}",
            owner=person,
            stage=Opportunity.Stage.ENGAGING,
            engage_date=due.date(),
            value=1000 + number % 400 * 500,
            currency=kickoff.currency,
            imported_at=place.now,
        )
        for number, person in enumerate(people)
    )
    Strategy.objects.bulk_create(
        strategy_of(item, deal, number, place.now)
        for number, (item, deal) in enumerate(zip(items, deals, strict=True))
    )
    return {person.pk: deal for person, deal in zip(people, deals, strict=True)}


def _seated(
    kickoff: Kickoff,
    clinic: Session,
    people: Sequence[Person],
    deals: dict[int, Opportunity],
    place: Company,
) -> None:
    """The first 150 lead, the others sit with them in turn; in each group one deal is done, one runs."""
    now = place.now
    grouping = Grouping.objects.create(
        kickoff=kickoff, kind=Grouping.Kind.CLINIC, title="Clinics", number=1, released_at=now
    )
    report = {"cost": 9_000, "bound": 8_800, "gap": 0.02, "seconds": 0.3, "at": now.isoformat()}
    round_ = Round.objects.create(grouping=grouping, number=1, report=report)
    RoundSession.objects.create(round=round_, session=clinic)
    groups = Group.objects.bulk_create(
        Group(round=round_, number=number, where=f"table {number}")
        for number in range(1, GROUPS + 1)
    )
    places = Place.objects.bulk_create(
        Place(
            round=round_,
            person=person,
            group=groups[number % GROUPS],
            released_group=groups[number % GROUPS],
            leads=number < GROUPS,
            released_leads=number < GROUPS,
        )
        for number, person in enumerate(people)
    )
    acts = []
    turns = []
    for number, group in enumerate(groups):
        leader, done, runs = (places[number + GROUPS * n].person for n in range(3))
        at = now - timedelta(minutes=40)
        over = Clock(6, at, GIVEN, GIVEN).kept()
        going = Clock(2, at, (300, 300, 0, 0, 0, 0), GIVEN).kept()
        scores = dict.fromkeys(("metrics", "buyer", "champion"), 2)
        for kind, turn, said in (
            *((Kind.HERE, "", {"person": one.pk, "is_here": True}) for one in (leader, done, runs)),
            (Kind.CLOCK, f"{done.pk}.1", {"clock": over}),
            (Kind.VERDICT, f"{done.pk}.1", {"verdict": str(Verdict.INVEST)}),
            (Kind.CLOCK, f"{runs.pk}.1", {"clock": going}),
            (Kind.SCORE, f"{runs.pk}.1", {"person": leader.pk, "letters": scores}),
        ):
            at += timedelta(minutes=1)
            act = Act(
                group=group, key=uuid4(), kind=kind, turn=turn, said=said, acted_at=at, by=leader
            )
            act.arrived_at = now
            acts.append(act)
        turns.append(
            Turn(
                group=group,
                person=done,
                place=1,
                deal=deals[done.pk],
                name=f"Deal {number}",
                began_at=at,
                ended_at=now,
                verdict=Verdict.INVEST,
                decided_at=now,
            )
        )
    Act.objects.bulk_create(acts)
    Turn.objects.bulk_create(turns)


_OF_ALL = "1,000 people in 150 groups"
PAGES = tuple(
    Row(name, partial(_asked, who, page, of), BUDGET)
    for name, who, page, of in (
        (f"board of groups, {_OF_ALL}", _planner, "agenda:groups:board", _grouping),
        (f"who meets whom, {_OF_ALL}", _planner, "agenda:groups:connections", _grouping),
        (f"My groups, {_OF_ALL}", _rep, "agenda:groups:mine", None),
        (f"board of clinics, {_OF_ALL}", _planner, "agenda:clinics:board", None),
        (f"a clinic's room, {_OF_ALL}", _planner, "agenda:clinics:room", _group),
        (f"a member's clinic, {_OF_ALL}", _rep, "agenda:clinics:mine", None),
        (f"deals after clinics, {_OF_ALL}", _planner, "agenda:clinics:sheets", None),
        (f"my day with clinics, {_OF_ALL}", _rep, "agenda:sessions:mine", None),
        (f"readiness with clinics, {_OF_ALL}", _planner, "events:readiness:page", None),
        ("a panel in the room, asked 1,000 questions", _planner, "agenda:panels:run", _panel),
    )
)
