"""Win/loss reviews: three deals of the kickoff behind, 24 lost ones with both records, and what is asked now."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from agenda.reviews import actions
from agenda.reviews.models import (
    GuessCount,
    Outcome,
    Review,
    Side,
    StatedReason,
    Statement,
    Theme,
)
from agenda.reviews.queries.desk import candidates
from agenda.reviews.queries.records import decided, name_of
from agenda.reviews.rules.parts import Part
from agenda.reviews.rules.reasons import Reason, Weight
from agenda.sessions.models import Session
from events.deals.models import Account, Opportunity
from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.accounts.models import Person
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_R = Reason
RIVAL = "Frostline"


@dataclass(frozen=True, slots=True)
class _Told:
    """A deal that was reviewed: what its rep and its buyer say, and what the room guessed."""

    name: str
    outcome: str
    value: int
    days: int
    why: str
    rep: Sequence[tuple[Reason, Weight, str]]
    buyer: Sequence[tuple[Reason, Weight, str]]
    answers: tuple[str, str, str, str]
    guesses: Sequence[tuple[Reason, int]]


_TOLD = (
    _Told(
        "Port of Ashdown", Outcome.WON, 690_000, 203, "largest, won from Frostline",
        ((_R.PRODUCT_GAP, Weight.MAIN, "Nobody else shows the warm pallet before it is warm."),),
        (
            (_R.RELATIONSHIP, Weight.MAIN, "Your engineer stood on our quay at five in the morning."),
            (_R.PRODUCT_GAP, Weight.ALSO, "The map of the hold helped. Others had one too."),
        ),
        (
            "The insurer asked for a record of every container, or a third more premium.",
            "You came back with our own figures before we had asked for a price.",
            "Three weeks without a word, while your legal read our terms.",
            "Bring the engineer to the first meeting, not to the fourth.",
        ),
        ((_R.PRODUCT_GAP, 31), (_R.COMPETITOR, 12), (_R.RELATIONSHIP, 9), (_R.PROCESS_FAILURE, 4)),
    ),
    _Told(
        "Nordhavn Cold Store", Outcome.WON, 238_000, 61, "shortest cycle, 61 days",
        ((_R.RELATIONSHIP, Weight.MAIN, "Their head of quality sold it for us."),),
        ((_R.NO_DECISION, Weight.MAIN, "Our audit was in nine weeks. We had to choose somebody."),),
        (
            "A failed audit, and the date of the next one.",
            "You named the day on which it would run, and it did.",
            "The price for three hubs came in three mails.",
            "Say at once what three hubs cost.",
        ),
        ((_R.RELATIONSHIP, 22), (_R.PRODUCT_GAP, 19), (_R.NO_DECISION, 8), (_R.COMPETITOR, 5)),
    ),
    _Told(
        "Alder Freight", Outcome.LOST, 412_000, 148, "largest loss with an interview",
        (
            (_R.COMPETITOR, Weight.MAIN, "Frostline was 11% cheaper, and their rep knew the CFO."),
            (_R.PRODUCT_GAP, Weight.ALSO, "They wanted alerts on the driver’s phone."),
        ),
        (
            (_R.COMPETITOR, Weight.ALSO, "Price came up once, in the last week."),
            (_R.PRODUCT_GAP, Weight.NOT, "We knew it was coming in Coldline 4."),
            (
                _R.PROCESS_FAILURE,
                Weight.MAIN,
                "Your contract took 41 days. The berry season began without a supplier.",
            ),
        ),
        (
            "We lost two pallets of raspberries in August. I had to show the board a record of every degree.",
            "They could start on 1 January. Nobody at Frostline asked my lawyer for a second signature.",
            "For them, the dashboard: my drivers laughed. I had you first on the product until week five.",
            "Tell me on day one who signs on your side, and how long each of them takes.",
        ),
        (
            (_R.COMPETITOR, 33), (_R.PRODUCT_GAP, 11), (_R.NO_DECISION, 6),
            (_R.PROCESS_FAILURE, 5), (_R.RELATIONSHIP, 3),
        ),
    ),
)  # fmt: skip

# The main reasons of 24 lost deals, rep's and buyer's, and how often: the first of them is Alder's
_PAIRS = (
    (_R.COMPETITOR, _R.PROCESS_FAILURE, 5),
    (_R.COMPETITOR, _R.COMPETITOR, 4),
    (_R.COMPETITOR, _R.NO_DECISION, 2),
    (_R.COMPETITOR, _R.PRODUCT_GAP, 1),
    (_R.NO_DECISION, _R.NO_DECISION, 2),
    (_R.NO_DECISION, _R.COMPETITOR, 1),
    (_R.NO_DECISION, _R.PRODUCT_GAP, 1),
    (_R.PRODUCT_GAP, _R.PROCESS_FAILURE, 2),
    (_R.PRODUCT_GAP, _R.NO_DECISION, 1),
    (_R.PRODUCT_GAP, _R.PRODUCT_GAP, 1),
    (_R.PROCESS_FAILURE, _R.PROCESS_FAILURE, 1),
    (_R.PROCESS_FAILURE, _R.RELATIONSHIP, 1),
    (_R.RELATIONSHIP, _R.RELATIONSHIP, 1),
    (_R.UNKNOWN, _R.NO_DECISION, 1),
)
_THEMES = (
    ("Nobody says who signs on our side", _R.PROCESS_FAILURE, 7),
    ("The contract goes round twice", _R.PROCESS_FAILURE, 5),
    ("Alerts on the driver’s phone", _R.PRODUCT_GAP, 3),
    ("The value case stops at the buyer", _R.NO_DECISION, 6),
)


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Review three deals behind, and choose two ahead: their rep is asked, and an interviewer."""
    _behind(company, kickoffs.ended, rng)
    _today(kickoffs.ended, kickoffs.today, now)
    _ahead(company, kickoffs.ahead, now)


def _behind(company: Company, kickoff: Kickoff, rng: random.Random) -> None:
    deals = list(decided(kickoff).select_related("account", "owner").order_by("-value", "pk"))
    won = [one for one in deals if one.stage == Opportunity.Stage.WON and one.account]
    lost = [one for one in deals if one.stage == Opportunity.Stage.LOST and one.account]
    if len(won) < 2 or not lost:
        return
    chosen = [*won[:2], lost[0]]
    for place, (told, deal) in enumerate(zip(_TOLD, chosen, strict=True), 1):
        _told(company, kickoff, place, told, deal)
    pairs = [(rep, buyer) for rep, buyer, times in _PAIRS for _n in range(times)][1:]
    for deal, (rep, buyer) in zip(lost[1:], pairs, strict=False):
        heard = _closed(deal) + timedelta(days=rng.randint(4, 20))
        _record(kickoff, deal, Side.REP, deal.owner, heard, [(rep, Weight.MAIN, "")])
        _record(kickoff, deal, Side.BUYER, company["ines"], heard, [(buyer, Weight.MAIN, "")])
    _themes(kickoff, lost[: len(pairs) + 1], company.planner)


def _told(company: Company, kickoff: Kickoff, place: int, told: _Told, deal: Opportunity) -> None:
    closed = kickoff.starts_date - timedelta(days=41)
    Account.objects.filter(opportunities=deal).update(name=told.name)
    deal.close_date, deal.engage_date = closed, closed - timedelta(days=told.days)
    deal.value, deal.competitor = Decimal(told.value), RIVAL
    deal.save(update_fields=["close_date", "engage_date", "value", "competitor"])
    deal.refresh_from_db()
    session = Session.objects.filter(kickoff=kickoff, title__endswith=told.name).first()
    starts_at = session.starts_at if session and session.starts_at else kickoff.doors_open_at
    review = Review.objects.create(
        kickoff=kickoff,
        session=session,
        position=place,
        outcome=told.outcome,
        deal=deal,
        name=told.name,
        why=told.why,
        part=Part.OVER,
        guess_at=starts_at,
        told_at=starts_at + timedelta(minutes=7),
        buyer_at=starts_at + timedelta(minutes=27),
        change_at=starts_at + timedelta(minutes=45),
    )
    GuessCount.objects.bulk_create(
        GuessCount(review=review, reason=reason, votes=votes) for reason, votes in told.guesses
    )
    _record(kickoff, deal, Side.REP, deal.owner, closed + timedelta(days=6), told.rep)
    made = _record(
        kickoff, deal, Side.BUYER, company["ines"], closed + timedelta(days=19), told.buyer
    )
    Statement.objects.filter(pk=made.pk).update(
        role="head of operations",
        minutes=42,
        may_room=True,
        may_paper=True,
        **dict(zip(("why_buy", "why_us", "nearly", "change"), told.answers, strict=True)),
    )


def _today(before: Kickoff, kickoff: Kickoff, now: datetime) -> None:
    """The same deals at the kickoff that is on, with their records: one lets the room guess."""
    for behind in Review.objects.filter(kickoff=before).select_related("deal"):
        told = next(one for one in _TOLD if one.name == behind.name)
        sessions = Session.objects.filter(kickoff=kickoff, title__endswith=told.name)
        session = sessions.scheduled().first()
        review = Review(
            kickoff=kickoff,
            session=session,
            position=behind.position,
            outcome=behind.outcome,
            deal=behind.deal,
            name=behind.name,
            why=behind.why,
        )
        at = session.starts_at if session else None
        if at is not None and at <= now:
            review.guess_at = at
            review.part = Part.GUESS
            if review.outcome == Outcome.LOST:
                review.part, review.told_at = Part.OVER, at + timedelta(minutes=7)
                review.buyer_at, review.change_at = (
                    at + timedelta(minutes=minutes) for minutes in (27, 45)
                )
        review.save()
        if review.part:
            GuessCount.objects.bulk_create(
                GuessCount(review=review, reason=reason, votes=votes // 2)
                for reason, votes in told.guesses
            )


def _record(
    kickoff: Kickoff,
    deal: Opportunity,
    side: Side,
    person: Person,
    day: date,
    named: Iterable[tuple[Reason, Weight, str]],
) -> Statement:
    at = kickoff.doors_open_at - timedelta(days=(kickoff.starts_date - day).days)
    made = Statement.objects.create(
        kickoff=kickoff,
        deal=deal,
        name=name_of(deal),
        side=side,
        person=person,
        asked_at=at - timedelta(days=3),
        due_date=day,
        written_at=at,
        held_date=day,
    )
    StatedReason.objects.bulk_create(
        StatedReason(statement=made, reason=reason, weight=weight, quote=quote)
        for reason, weight, quote in named
    )
    return made


def _themes(kickoff: Kickoff, lost: Sequence[Opportunity], by: Person) -> None:
    topic = Topic.objects.filter(kickoff=kickoff).order_by("pk").first()
    for words, reason, deals in _THEMES:
        theme = Theme.objects.create(kickoff=kickoff, words=words, reason=reason, topic=topic)
        theme.deals.set(lost[:deals])
        actions.send_theme(theme=theme, by=by, at=kickoff.closes_at)


def _ahead(company: Company, kickoff: Kickoff, now: datetime) -> None:
    """One win and one loss are chosen so far: the first that the shortlist names."""
    places = actions.open_places(kickoff=kickoff, by=company.planner, at=now - timedelta(days=9))
    for review in (places[0], places[-1]):
        found = candidates(review)
        if not found:
            continue
        deal = Opportunity.objects.select_related("account", "owner").get(pk=found[0].deal.id)
        actions.choose_deal(review=review, deal=deal, why=found[0].why, by=company.planner, at=now)
        interviewer = company["ines"] if deal.owner_id != company["ines"].pk else company.planner
        if not found[0].deal.is_heard:
            actions.ask_interview(
                kickoff=kickoff, deal=deal, interviewer=interviewer, by=company.planner, at=now
            )


def _closed(deal: Opportunity) -> date:
    return deal.close_date or deal.imported_at.date()
