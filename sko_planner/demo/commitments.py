"""Plans that the demo company adopted at its last kickoff, with three weekly reviews behind them."""

import random
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from events.bets.models import Cadence, SuggestedAction
from events.commitments.models import ActionPlan, Commitment, Occurrence, Source, WeeklyReview
from events.commitments.rules import due_days, friday_of
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

REVIEWS = 3
OWN = (
    "Ask for the name of who signs, in each first meeting",
    "Send the agenda of a meeting the day before",
    "Write down after each call who else was named",
)
_STATE = Occurrence.State


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """
    Most reps and managers of the ended kickoff have a plan, most of those are agreed, and the last
    three Fridays are answered: most of it kept, some carried.
    """
    kickoff = kickoffs.ended
    suggested = list(SuggestedAction.objects.filter(bet__kickoff=kickoff).select_related("bet"))
    plans, made = [], []
    asked = kickoff.attendees.taking_part(now).filter(kind__in=("REP", "MANAGER"))
    for attendee in asked.select_related("person__manager").order_by("pk"):
        person = attendee.person
        if rng.random() < 0.12 and person != company["aicha"]:
            continue
        adopted = datetime.combine(kickoff.ends_date, time(16, rng.randint(0, 59)), kickoff.zone)
        plans.append(_plan(kickoff, person, adopted, rng))
        fit = [one for one in suggested if one.role in ("", attendee.kind)]
        chosen = rng.sample(fit, min(len(fit), rng.randint(2, 4)))
        made += [_promise(kickoff, person, one, adopted) for one in chosen]
        if rng.random() < 0.3:
            made.append(_own(kickoff, person, rng.choice(OWN), adopted))
    ActionPlan.objects.bulk_create(plans, batch_size=500)
    Commitment.objects.bulk_create(made, batch_size=500)
    _times(made, rng, now)
    _reviews(plans, now, rng)


def _plan(kickoff: Kickoff, person: Person, adopted: datetime, rng: random.Random) -> ActionPlan:
    agreed = person.manager is not None and rng.random() < 0.8
    return ActionPlan(
        kickoff=kickoff,
        person=person,
        adopted_at=adopted,
        agreed_at=adopted + timedelta(days=rng.randint(3, 12)) if agreed else None,
        agreed_by=person.manager if agreed else None,
    )


def _promise(
    kickoff: Kickoff, person: Person, one: SuggestedAction, adopted: datetime
) -> Commitment:
    return Commitment(
        kickoff=kickoff,
        person=person,
        source=Source.BET,
        bet=one.bet,
        suggestion=one,
        cadence=one.cadence,
        words=one.words,
        done_when=one.done_when,
        by_date=one.by_date,
        made_at=adopted,
    )


def _own(kickoff: Kickoff, person: Person, words: str, adopted: datetime) -> Commitment:
    return Commitment(
        kickoff=kickoff,
        person=person,
        source=Source.OWN,
        cadence=Cadence.WEEKLY,
        words=words,
        by_date=kickoff.ends_date + timedelta(days=90),
        made_at=adopted,
    )


def _times(made: list[Commitment], rng: random.Random, now: datetime) -> None:
    """What fell due before this week is answered, but for a little; what is carried goes a week on."""
    rows = []
    for one in made:
        today = one.person.local_date(now)
        keeps = rng.uniform(0.55, 0.95)
        for day in due_days(one.cadence, one.person.local_date(one.made_at), one.by_date or today):
            row = Occurrence(commitment=one, due_date=day)
            if friday_of(day) < friday_of(today) and rng.random() < 0.95:
                row.state = _STATE.DONE if rng.random() < keeps else _STATE.CARRIED
                row.settled_at = _friday_afternoon(day, one.person)
                row.settled_by = one.person
            rows.append(row)
    Occurrence.objects.bulk_create(rows, batch_size=500)


def _reviews(plans: list[ActionPlan], now: datetime, rng: random.Random) -> None:
    rows = []
    for plan in plans:
        today = plan.person.local_date(now)
        for weeks in range(1, REVIEWS + 1):
            week = friday_of(today) - timedelta(weeks=weeks)
            if week > plan.person.local_date(plan.adopted_at):
                done = _friday_afternoon(week, plan.person)
                rows.append(
                    WeeklyReview(
                        kickoff=plan.kickoff,
                        person=plan.person,
                        week_date=week,
                        opened_at=done - timedelta(hours=7),
                        done_at=done if rng.random() < 0.9 else None,
                    )
                )
    WeeklyReview.objects.bulk_create(rows, batch_size=500)


def _friday_afternoon(day: date, person: Person) -> datetime:
    return datetime.combine(friday_of(day), time(15, 10), ZoneInfo(person.time_zone))
