"""Meridane's customer panels: one held, one on today, one ahead that lacks whoever would not recommend us."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from agenda.panels.actions import (
    PanelistDetails,
    QuestionWords,
    add_issue,
    add_panelist,
    add_question,
    begin_question,
    catch_quote,
    follow_up,
    hear_question,
    hold_call,
    merge_question,
    say_consent,
    set_base,
)
from agenda.panels.models import Answerer, Panelist, PanelQuestion, Tone, Where
from agenda.panels.queries import panel_sessions
from agenda.sessions.models import Session
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

TITLE = "What nearly made us leave"


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody on a panel: what they think of us, what they allow, what they said."""

    name: str
    company: str
    job_title: str
    score: int
    places: tuple[Where, ...] | None  # None: not asked
    notes: str
    sensitive: str
    said: tuple[str, ...]


CUSTOMERS = (
    Customer(
        "Maren Falkenberg", "Nordhavn Cold Store", "Head of quality", 10,
        (Where.ROOM, Where.PDF, Where.CAMPAIGN),
        "Glad to be asked. Tells the story of the berry season by herself; do not read it to her.",
        "",
        ("You called us before our own sensors did.",
         "I show your report to the auditor and go for coffee."),
    ),
    Customer(
        "Théodore Vasseur", "Port of Ashdown", "Operations director", 7,
        (Where.ROOM,),
        "Content, not more. Asks who looks after him since his rep changed.",
        "Their contract ends in June; they have talked to Frostline.",
        ("I have had three account managers in two years. I can name one.",),
    ),
    Customer(
        "Ingeborg Halvorsen", "Marsanne Logistique", "Chief operating officer", 4,
        (),
        "Wants to be heard, not defended against. No slides.",
        "Two pallets lost in August; her board still asks for compensation.",
        (),
    ),
)  # fmt: skip

BANK = (
    ("Why they bought", (
        ("What did you hope for when you signed, and what came true?", Tone.GOOD, 7, (0, 1), ""),
        ("What did we promise that took longer than you were told?", Tone.BAD, 8, (1, 2),
         "The roll-out at Ashdown took 11 weeks, not six. Let him say it."),
    )),
    ("The first ninety days", (
        ("When did one of us make your day easier?", Tone.GOOD, 6, (0,), ""),
        ("What was the worst week with us, and who noticed it first?", Tone.UGLY, 9, (2, 0),
         "August. Do not explain the outage; ask what she told her board."),
    )),
    ("Staying, or not", (
        ("What would a competitor have to show you to get a second meeting?", Tone.BAD, 8, (1,), ""),
        ("What nearly made you leave, and what would today?", Tone.UGLY, 10, (2, 1),
         "The contract went round their lawyers twice. Ask what it cost them."),
    )),
)  # fmt: skip

ASKED = (
    ("aicha", "Who should we have called before we called you?"),
    ("lukasz", "What do you read before a first meeting with us?"),
    ("", "Would you take our call if the price went up by a tenth?"),
    ("", "Which of our mails do you delete unread?"),
)


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Three panels: held with its quotes, on today with what the room asks, ahead and incomplete."""
    for kickoff, people in (
        (kickoffs.ended, CUSTOMERS),
        (kickoffs.today, CUSTOMERS),
        (kickoffs.ahead, CUSTOMERS[:2]),
    ):
        _panel(company, kickoff, people, now)
    by = company.planner
    for kickoff in kickoffs.all:
        measured = min(kickoff.starts_date - timedelta(days=60), now.date())
        set_base(kickoff=kickoff, score=31, answers=412, measured_date=measured, by=by, at=now)


def _panel(company: Company, kickoff: Kickoff, people: tuple[Customer, ...], now: datetime) -> None:
    session = panel_sessions(kickoff).get(title=TITLE)
    by = company.planner
    at = min(now, _noon(kickoff.starts_date - timedelta(days=30)))
    panelists = [_panelist(company, session, number, one, at) for number, one in enumerate(people)]
    for words, questions in BANK:
        issue = add_issue(session=session, words=words, by=by, at=at)
        for asked, tone, minutes, answers, note in questions:
            add_question(
                session=session,
                said=QuestionWords(
                    issue=issue,
                    words=asked,
                    tone=tone,
                    minutes=minutes,
                    note=note,
                    answerers=[panelists[n] for n in answers if n < len(panelists)],
                ),
                by=by,
                at=at,
            )
    _calls(company, session, panelists, now)
    if kickoff.starts_date > now.date():
        return
    _heard(company, session, at, is_over=kickoff.ends_date < now.date())
    if kickoff.ends_date < now.date():
        _held(company, session, panelists, now)
    elif session.starts_at and session.starts_at <= now:
        _running(company, session, panelists, session.starts_at)


def _panelist(
    company: Company, session: Session, number: int, one: Customer, at: datetime
) -> Panelist:
    callers = ("folake", "soren", "siobhan")
    return add_panelist(
        session=session,
        details=PanelistDetails(
            name=one.name,
            company=one.company,
            job_title=one.job_title,
            score=one.score,
            email=f"{one.name.split()[0].lower()}@customer.example",
            phone=f"+47 55 01 02 {number}3",
            prep_by=company[callers[number]],
            prep_date=session.kickoff.starts_date - timedelta(days=14 - number),
            sensitive=one.sensitive,
        ),
        by=company.planner,
        at=at,
    )


def _calls(company: Company, session: Session, panelists: list[Panelist], now: datetime) -> None:
    """Calls whose day is over are held, with what came of them."""
    for panelist, one in zip(panelists, CUSTOMERS, strict=False):
        day = panelist.prep_date
        if day is None or day > now.date() or panelist.prep_by is None:
            continue
        theirs = Answerer.objects.filter(panelist=panelist).exclude(question__tone=Tone.UGLY)
        hold_call(
            panelist=panelist,
            held_date=day,
            notes=one.notes,
            agreed=set(theirs.values_list("pk", flat=True)),
            by=panelist.prep_by,
            at=_noon(day),
        )
        if one.places is not None:
            say_consent(
                panelist=panelist,
                places=list(one.places),
                by=panelist.prep_by if one.places else None,
                at=_noon(day),
            )


def _heard(company: Company, session: Session, at: datetime, *, is_over: bool) -> None:
    """What the audience asked; of a panel that is over, one was taken in."""
    for handle, words in ASKED:
        person: Person | None = company[handle] if handle else None
        heard = hear_question(session=session, words=words, by=person, at=at)
        if is_over and handle == "aicha":
            issue = session.panel_issues.order_by("number")[0]
            said = QuestionWords(issue=issue, words=words, tone=Tone.BAD, minutes=5)
            merge_question(heard=heard, said=said, by=company.planner, at=at)


def _running(
    company: Company, session: Session, panelists: list[Panelist], began: datetime
) -> None:
    """Two questions were asked and the third is on; one answer was caught."""
    by = company["folake"]
    for place, question in enumerate(session.panel_questions.order_by("issue__number", "pk")[:3]):
        begin_question(question=question, by=by, at=began + place * timedelta(minutes=8))
    words = CUSTOMERS[0].said[0]
    catch_quote(panelist=panelists[0], words=words, by=by, at=began + timedelta(minutes=12))


def _held(company: Company, session: Session, panelists: list[Panelist], now: datetime) -> None:
    """Every question was asked, words were caught, and two things promised."""
    began = session.starts_at or now
    session.panel_questions.update(state=PanelQuestion.State.ASKED, begun_at=began)
    by = company["folake"]
    for panelist, one in zip(panelists, CUSTOMERS, strict=True):
        for words in one.said:
            catch_quote(panelist=panelist, words=words, by=by, at=began + timedelta(minutes=30))
    for panelist, handle, words, days in (
        (panelists[1], "soren", "Name one person who stays with Port of Ashdown for two years", 60),
        (panelists[2], "folake", "Tell the board of Marsanne what we changed since August", 75),
    ):
        follow_up(
            panelist=panelist,
            owner=company[handle],
            words=words,
            by_date=session.kickoff.ends_date + timedelta(days=days),
            by=by,
            at=began,
        )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
