"""The money of two kickoffs: one to come, of which some is committed and paid, and one that is over."""

import random
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal as D
from html import escape
from typing import Any

from django.core.files.base import ContentFile

from core.typesetting.pages import pdf_of
from events.budget import actions
from events.budget.actions import Figures, Settings, Words
from events.budget.models import (
    BlockNight,
    Budget,
    BudgetLine,
    DayRate,
    LineFile,
    RoomBlock,
)
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_DRIVERS = Settings(heads=160, reps=96, nights=3, rooms=8)
_WORTH = D("1.08")  # of a euro

# Category, line, note, basis, price, number of its own, currency; committed, invoiced, paid so far
_LINES: tuple[tuple[str, str, str, str, str, int | None, str, int, int, int], ...] = (
    ("ROOMS", "Rooms at Ribeira Grande", "320 nights", "HEAD_NIGHT", "195", 320, "USD", 62_400, 31_200, 31_200),
    ("ROOMS", "Rooms at Jardim do Tejo", "200 nights", "HEAD_NIGHT", "195", 200, "USD", 39_000, 19_500, 19_500),
    ("FOOD", "Lunch and coffee", "", "HEAD_DAY", "95", None, "USD", 45_600, 34_200, 26_000),
    ("FOOD", "Dinner at the hotels", "first evening", "HEAD", "150", None, "USD", 24_000, 18_000, 13_200),
    ("FOOD", "Bar and snacks", "", "DAY", "2000", None, "USD", 4_800, 3_600, 3_000),
    ("FOOD", "Halal, kosher and vegan menus", "from the registration", "HEAD", "200", 35, "USD", 0, 0, 0),
    ("AV", "Stage, sound and light", "main room", "EVENT", "31000", None, "USD", 4_500, 4_500, 4_500),
    ("AV", "AV in breakout rooms", "seven of eight have none", "ROOM", "1400", 7, "USD", 9_800, 9_800, 6_250),
    ("AV", "Streaming and recording", "", "DAY", "2400", None, "USD", 7_200, 7_200, 0),
    ("VENUE", "Centro Tejo", "a day more to build up", "DAY", "9500", 4, "EUR", 38_000, 38_000, 38_000),
    ("VENUE", "Permits and insurance", "", "EVENT", "960", None, "USD", 960, 960, 960),
    ("TRAVEL", "Flights", "those who do not live near", "HEAD", "320", 139, "USD", 27_000, 27_000, 27_000),
    ("TRAVEL", "Coaches", "four, both ways", "EVENT", "900", 4, "USD", 3_600, 3_600, 3_600),
    ("TRAVEL", "Taxis", "", "EVENT", "3120", None, "USD", 0, 0, 0),
    ("EVENINGS", "Reception", "", "HEAD", "35", None, "USD", 5_600, 5_600, 5_600),
    ("EVENINGS", "Riverside dinner", "", "HEAD", "105", None, "USD", 5_600, 0, 0),
    ("PEOPLE", "Facilitators", "", "DAY", "2200", None, "USD", 0, 0, 0),
    ("PEOPLE", "Host of the main stage", "", "EVENT", "3000", None, "USD", 3_000, 3_000, 3_000),
    ("PEOPLE", "Photo and film", "", "DAY", "1600", None, "USD", 4_800, 4_800, 900),
    ("GIFTS", "Gifts", "", "HEAD", "30", None, "USD", 0, 0, 0),
    ("GIFTS", "Signs", "", "EVENT", "2500", None, "USD", 2_500, 2_500, 2_500),
    ("GIFTS", "Awards and print", "", "EVENT", "1700", None, "USD", 0, 0, 0),
    ("MATERIALS", "Workbooks", "", "HEAD", "12.50", None, "USD", 0, 0, 0),
    ("MATERIALS", "Deal clinic kits", "", "ROOM", "250", None, "USD", 0, 0, 0),
    ("MATERIALS", "Cards and stickers", "", "EVENT", "1000", None, "USD", 0, 0, 0),
)  # fmt: skip

# Nights from two days before the first: contracted and reserved
_BLOCKS = {
    "Ribeira Grande": ((25, 20), (90, 72), (95, 76), (95, 76), (15, 9)),
    "Jardim do Tejo": ((15, 11), (60, 42), (60, 44), (60, 44), (5, 3)),
}
_DAY_RATES = (("Reps", 96, 640), ("Managers", 24, 820), ("Everybody else", 40, 560))


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Give both a budget of 25 lines; that of the one to come has hotels, owners and open questions."""
    for kickoff in (kickoffs.ended, kickoffs.ahead):
        is_over = kickoff == kickoffs.ended
        at = _at(kickoff, weeks=12 if is_over else 7, now=now)
        budget = _planned(company, kickoff, at, is_over=is_over)
        DayRate.objects.bulk_create(
            DayRate(budget=budget, role=role, heads=heads, rate=rate)
            for role, heads, rate in _DAY_RATES
        )
        if not is_over:
            _blocks(budget, now)
            _owners(company, budget, at)
            _asks(company, budget, now)
            _contract(company, budget, at + timedelta(days=9))


def _planned(company: Company, kickoff: Kickoff, at: datetime, *, is_over: bool) -> Budget:
    by = company.planner
    budget = actions.begin_budget(kickoff=kickoff, settings=_DRIVERS, by=by, at=at)
    euro = actions.note_rate(
        budget=budget, currency="EUR", worth=_WORTH, as_of_date=at.date(), by=by, at=at
    )
    for category, name, note, basis, price, own, currency, *so_far in _LINES:
        figures = Figures(
            basis=basis,
            price=D(price),
            own_count=own,
            currency=currency,
            rate=euro if currency == "EUR" else None,
        )
        line = actions.add_line(
            budget=budget,
            words=Words(category=category, name=name, note=note),
            figures=figures,
            by=by,
            at=at,
        )
        planned = line.current.amounts.planned if line.current else D(0)
        committed, invoiced, paid = [planned] * 3 if is_over else [D(each) for each in so_far]
        if committed:
            _revise(
                line, by, at + timedelta(days=9), committed=committed, invoiced=invoiced, paid=paid
            )
    return budget


def _blocks(budget: Budget, now: datetime) -> None:
    kickoff = budget.kickoff
    day = kickoff.local_date(now) + timedelta(days=14)
    cutoff_at = datetime.combine(day, time(18, 0), kickoff.zone)
    for hotel, nights in _BLOCKS.items():
        block = RoomBlock.objects.create(
            budget=budget, hotel=hotel, price=D(195), share=D("0.85"), cutoff_at=cutoff_at
        )
        BlockNight.objects.bulk_create(
            BlockNight(
                block=block,
                date=kickoff.starts_date + timedelta(days=number - 2),
                contracted=contracted,
                reserved=reserved,
            )
            for number, (contracted, reserved) in enumerate(nights)
        )


def _owners(company: Company, budget: Budget, at: datetime) -> None:
    for handle, limit in (("priya", D(6000)), ("ines", D(2000)), ("declan", D(25_000))):
        actions.name_owner(
            budget=budget, person=company[handle], limit=limit, by=company.planner, at=at
        )
    actions.name_owner(
        budget=budget, person=company["ngozi"], limit=None, by=company.planner, at=at
    )


def _asks(company: Company, budget: Budget, now: datetime) -> None:
    lines = {line.name: line for line in budget.lines.all()}
    priya, ines = company.planner, company["ines"]

    def revise(name: str, by: Person, days: int, reason: str, **changes: Any) -> None:
        _revise(lines[name], by, now - timedelta(days=days), reason, **changes)

    revise("Flights", priya, 12, "Booked early", said=D(42_980))
    revise("Gifts", priya, 12, "Boxes are left from last year", said=D(3_800))
    wall = "The LED wall grew for the customer panel"
    revise("Stage, sound and light", priya, 11, wall, said=D(35_900))
    revise("Stage, sound and light", ines, 4, f"{wall}, and needs a second crew", said=D(44_300))
    revise("Riverside dinner", ines, 1, "The half that is due now", invoiced=D(5_600))


def _contract(company: Company, budget: Budget, at: datetime) -> None:
    """The paper of the venue's line."""
    kickoff = budget.kickoff
    title = f"Centro Tejo: hire of the halls for {kickoff.name}"
    says = (
        f"From {kickoff.starts_date - timedelta(days=1):%d %B %Y} to {kickoff.ends_date:%d %B %Y}: the main"
        " room and seven rooms, with a day before to build up.",
        "EUR 9,500 a day, EUR 38,000 for four days, paid on signature.",
        "Given back in whole until 90 days before, by half until 45 days before, not at all after that.",
    )
    body = "".join(f"<p>{escape(said)}</p>" for said in says)
    page = (
        f'<!doctype html><html lang="en"><head><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )
    actions.add_file(
        line=budget.lines.get(name="Centro Tejo"),
        upload=ContentFile(pdf_of(page, []), "Centro Tejo, contract.pdf"),
        kind=LineFile.Kind.CONTRACT,
        by=company.planner,
        at=at,
    )


def _revise(line: BudgetLine, by: Person, at: datetime, reason: str = "", **changes: Any) -> None:
    line.refresh_from_db()
    if line.current is None:
        raise RuntimeError("Every line of the demo stands.")
    actions.revise_line(
        line_id=line.pk,
        figures=replace(Figures.of(line.current), **changes),
        reason=reason,
        seen=line.version,
        by=by,
        at=at,
    )


def _at(kickoff: Kickoff, *, weeks: int, now: datetime) -> datetime:
    """Some weeks before a kickoff, and not in the future."""
    day = kickoff.starts_date - timedelta(weeks=weeks + 4)
    return min(datetime.combine(day, time(11, 0), kickoff.zone), now - timedelta(days=14))
