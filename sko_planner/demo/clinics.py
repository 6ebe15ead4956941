"""Deal clinics in the room: one that was held, with what became of its deals, and one that is on."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from agenda.clinics import actions, queries
from agenda.clinics.rules import MINUTES, Clock, Kind, Verdict
from agenda.groups.models import Grouping
from agenda.groups.queries import Seated, groups_of
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from events.prework.models import Assignment, PreworkItem
from events.strategies.rules import LETTERS
from people.accounts.models import Person
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company
from sko_planner.demo.strategies import strategy_of

GIVEN = tuple(60 * one for one in MINUTES)
_STEPS = (
    "Ask the champion who signed the last contract",
    "Lend the security pack for their IT",
    "Book the COO for twenty minutes before the board meets",
    "Write the price of doing nothing on one page",
)
_SPLITS = {"champion": (0, 1, 3, 3, 1, 3), "buyer": (0, 0, 1, 0, 1, 0), "paper": (1, 1, 2, 0, 1, 1)}


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Groups that work on their deals, with one known rep among them."""
    for kickoff in (kickoffs.ended, kickoffs.today):
        begun, last = _groups(kickoff, company, now)
        for seated in begun if kickoff == kickoffs.today else ():
            _hand_in(kickoff, seated.members, now)
            if seated.starts_at:
                _hold(_Held(seated, seated.starts_at, rng), now, deals=2, ends=True, steps=0)
        for seated in last[:3]:
            _hand_in(kickoff, seated.members, now)
            is_over = kickoff == kickoffs.ended
            begins = (seated.starts_at if is_over else None) or now - timedelta(minutes=20)
            _hold(_Held(seated, begins, rng), now, deals=3 if is_over else 1, ends=is_over)
    _move_on(kickoffs.ended, now)


@dataclass(slots=True)
class _Held:
    """A group at work, from a moment on."""

    seated: Seated
    at: datetime
    rng: random.Random

    def act(self, kind: str, turn: str = "", **said: object) -> actions.Said:
        """The next thing that is done, a minute after the one before."""
        self.at += timedelta(seconds=50)
        return actions.Said(key=self._key(), kind=kind, at=self.at, turn=turn, said=said)

    def clock(self, turn: str, part: int, used: Sequence[int]) -> actions.Said:
        self.at += timedelta(seconds=50)
        clock = Clock(part, self.at, tuple(used), GIVEN).kept()
        return actions.Said(
            key=self._key(), kind=Kind.CLOCK, at=self.at, turn=turn, said={"clock": clock}
        )

    def _key(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)


def _groups(kickoff: Kickoff, company: Company, now: datetime) -> tuple[list[Seated], list[Seated]]:
    """The groups that have begun before the last round, and those of it, a known rep's first."""
    begun = [
        one
        for one in groups_of(kickoff, kind=Grouping.Kind.CLINIC)
        if one.starts_at and one.starts_at < now and one.members
    ]
    last = max((one.round_number for one in begun), default=0)
    before = [one for one in begun if one.round_number < last]
    of_last = [one for one in begun if one.round_number == last]
    return before, sorted(of_last, key=lambda one: company["aicha"] not in one.members)


def _hand_in(kickoff: Kickoff, people: Sequence[Person], now: datetime) -> None:
    """A win strategy for an open deal of each."""
    begins = min(now, kickoff.doors_open_at)
    assignment, _made = Assignment.objects.get_or_create(
        kickoff=kickoff,
        kind=Assignment.Kind.STRATEGY,
        withdrawn_at=None,
        defaults={
            "title": "Win strategy for one open deal",
            "minutes": 30,
            "due_at": begins - timedelta(days=7),
            "due_date": (begins - timedelta(days=7)).date(),
            "published_at": begins - timedelta(days=21),
            "created_at": begins - timedelta(days=21),
        },
    )
    deals = {
        deal.owner_id: deal
        for deal in Opportunity.objects.open().filter(owner__in=people).order_by("value")
    }
    for place, person in enumerate(people):
        if PreworkItem.objects.filter(assignment=assignment, person=person).exists():
            continue
        done_at = begins - timedelta(days=9)
        item = PreworkItem.objects.create(
            assignment=assignment,
            person=person,
            assigned_at=begins - timedelta(days=21),
            state=PreworkItem.State.DONE,
            done_at=done_at,
        )
        strategy_of(item, deals.get(person.pk), place, now).save()


def _hold(held: _Held, now: datetime, *, deals: int, ends: bool, steps: int = 2) -> None:
    """So many deals from begin to end, and one more up to its scores where the group is not done."""
    seated = held.seated
    inside = queries.in_room(seated, held.at)
    acts = [held.act(Kind.HERE, person=one.pk, is_here=True) for one in seated.people]
    chosen = inside.deals[: deals + (not ends)]
    for place, deal in enumerate(chosen):
        is_last = not ends and place == deals
        acts += _deal(held, deal, place, up_to_scores=is_last, steps=steps)
    leader = seated.leader or seated.members[0]
    actions.record_acts(seated=seated, acts=acts, sent_at=now, by=leader, at=now)


def _deal(
    held: _Held, deal: queries.Deal, place: int, *, up_to_scores: bool, steps: int
) -> Iterator[actions.Said]:
    used = [260, 340, 0, 0, 0, 0]
    yield held.clock(deal.key, 0, [0] * 6)
    yield held.clock(deal.key, 2, used)
    for n, person in enumerate(held.seated.people):
        if person != deal.person:
            letters = {
                one.key: _SPLITS.get(one.key, (2, 2, 3, 2, 2, 2))[(n + place) % 6]
                for one in LETTERS
            }
            yield held.act(Kind.SCORE, deal.key, person=person.pk, letters=letters)
    yield held.act(Kind.SHOW, deal.key)
    day = (held.at + timedelta(days=7)).date().isoformat()
    for n in range(steps):
        owner = (deal.person, held.seated.people[place % 3])[n]
        words = _STEPS[(place + n) % len(_STEPS)]
        said = {"step": str(uuid4()), "words": words, "owner": owner.pk, "by": day}
        yield held.act(Kind.STEP, deal.key, **said)
    if up_to_scores:
        return
    verdict = list(Verdict)[place % 3]
    yield held.act(Kind.VERDICT, deal.key, verdict=str(verdict))
    yield held.clock(deal.key, 6, [260, 340, 500, 280, 300, 170])


def _move_on(kickoff: Kickoff, now: datetime) -> None:
    """Since then one deal was won and one lost."""
    deals = Opportunity.objects.open().filter(turns__group__round__grouping__kickoff=kickoff)
    for deal, stage in zip(deals.distinct().order_by("pk"), ("WON", "LOST"), strict=False):
        deal.stage = stage
        deal.close_date = max((now - timedelta(days=6)).date(), deal.engage_date or now.date())
        deal.save(update_fields=["stage", "close_date"])
