"""Packets of the three kickoffs: quotas in local currencies, territories, receipts."""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.comp.rules.comp import Comp
from events.packets.delivery.models import Packet, PacketVersion, Receipt
from events.packets.delivery.rules.content import Content, Identity
from events.packets.quotas.queries import quotas_of
from events.packets.quotas.rules.quota import Period, Quota, QuotaOffer, quarters, year_from
from events.packets.territories.queries import territories_of
from events.packets.territories.rules.territory import Territory
from people.accounts.models import Person
from people.activity.actions import record_entry
from sko_planner.demo import comp
from sko_planner.demo.delivery import EMBARGOED, WAITING, Delivery
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company
from sko_planner.demo.territories import firm_names, segment_of

_State = PacketVersion.State
_BATCH = 500

# What a euro is worth, and to what figures are rounded
CURRENCIES: dict[str, tuple[Decimal, int]] = {
    "EUR": (Decimal(1), 1000),
    "USD": (Decimal("1.1"), 1000),
    "GBP": (Decimal("0.86"), 1000),
    "CHF": (Decimal("0.95"), 1000),
    "CAD": (Decimal("1.48"), 1000),
    "BRL": (Decimal("5.9"), 1000),
    "MXN": (Decimal(20), 10_000),
    "AUD": (Decimal("1.65"), 1000),
    "SGD": (Decimal("1.45"), 1000),
    "INR": (Decimal(92), 100_000),
    "JPY": (Decimal(160), 1_000_000),
    "KRW": (Decimal(1480), 1_000_000),
    "CNY": (Decimal("7.8"), 10_000),
    "PLN": (Decimal("4.3"), 1000),
    "CZK": (Decimal(25), 10_000),
    "SEK": (Decimal("11.4"), 10_000),
    "NOK": (Decimal("11.7"), 10_000),
    "DKK": (Decimal("7.5"), 10_000),
    "AED": (Decimal(4), 1000),
    "ZAR": (Decimal(20), 10_000),
}
_OF_COUNTRY = {
    "US": "USD", "GB": "GBP", "CH": "CHF", "CA": "CAD", "BR": "BRL", "MX": "MXN", "AU": "AUD",
    "SG": "SGD", "IN": "INR", "JP": "JPY", "KR": "KRW", "CN": "CNY", "PL": "PLN", "CZ": "CZK",
    "SE": "SEK", "NO": "NOK", "DK": "DKK", "AE": "AED", "ZA": "ZAR",
    "AT": "EUR", "BE": "EUR", "DE": "EUR", "ES": "EUR", "FI": "EUR", "FR": "EUR", "GR": "EUR",
    "HR": "EUR", "IE": "EUR", "IT": "EUR", "NL": "EUR", "PT": "EUR", "SK": "EUR",
}  # fmt: skip
_HOME = {"Americas": "USD", "EMEA": "EUR", "Asia-Pacific": "SGD"}

_TITLES = {"Enterprise": (1_150_000, 1_500_000), "Mid-market": (700_000, 1_050_000)}
SEASON = (Decimal("0.20"), Decimal("0.25"), Decimal("0.25"), Decimal("0.30"))


@dataclass(frozen=True, slots=True)
class Mix:
    """How far the packets of a region have come, in reps of a whole."""

    signed: int
    opened: int
    not_opened: int
    approved: int
    drafts: int
    without: int = 0
    waiting: int = 0
    embargoed: int = 0

    def states(self, count: int) -> list[str]:
        """As many states as there are reps, in these proportions; the rest have signed."""
        parts = (
            (_State.VIEWED, self.opened),
            (_State.RELEASED, self.not_opened),
            (_State.APPROVED, self.approved),
            (EMBARGOED, self.embargoed),
            (WAITING, self.waiting),
            (_State.DRAFT, self.drafts),
            ("", self.without),
        )
        whole = self.signed + sum(number for _state, number in parts)
        found = [
            str(state) for state, number in parts for _ in range(round(count * number / whole))
        ]
        return [str(_State.RECEIVED)] * max(count - len(found), 0) + found[:count]


AHEAD = {
    "Americas": Mix(signed=18, opened=5, not_opened=3, approved=2, drafts=1, waiting=9),
    "EMEA": Mix(
        signed=15, opened=6, not_opened=3, approved=1, drafts=1, without=1, waiting=2, embargoed=5
    ),
    "Asia-Pacific": Mix(signed=14, opened=3, not_opened=1, approved=0, drafts=0, embargoed=6),
}
TODAY = {
    "EMEA": Mix(signed=27, opened=5, not_opened=2, approved=0, drafts=0),
    "Asia-Pacific": Mix(signed=21, opened=2, not_opened=1, approved=0, drafts=0),
}
ENDED = {region: Mix(1, 0, 0, 0, 0) for region in AHEAD}
# Of those who signed, who has accepted by now, in a hundred
ACCEPTED = {"ended": 95, "today": 60, "ahead": 45}


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Give each rep on the three rosters a packet, as far as it would have come by now."""
    for kickoff, mixes, accepted in (
        (kickoffs.ended, ENDED, ACCEPTED["ended"]),
        (kickoffs.today, TODAY, ACCEPTED["today"]),
        (kickoffs.ahead, AHEAD, ACCEPTED["ahead"]),
    ):
        _Part(company, kickoff, rng, now).load(mixes, accepted)


class _Part:
    """The packets of one kickoff."""

    def __init__(
        self, company: Company, kickoff: Kickoff, rng: random.Random, now: datetime
    ) -> None:
        self.company, self.kickoff, self.rng, self.now = company, kickoff, rng, now
        self.by = company["mateusz"]
        self.starts = plan_start(kickoff.ends_date)
        # Two weeks ago, or three weeks before doors opened
        before_doors = kickoff.doors_open_at - timedelta(weeks=3)
        self.released_at = min(before_doors, now - timedelta(days=12))
        self.planned = territories_of(kickoff, [rep.pk for rep in company.reps])
        self.offers: dict[int, QuotaOffer] = {}
        self.versions: list[PacketVersion] = []
        self.kinds: dict[int, str] = {}  # of drafts and approved ones, what they wait for
        self.receipts: list[Receipt] = []

    def load(self, mixes: dict[str, Mix], accepted: int) -> None:
        reps = {rep.pk: rep for rep in self.company.reps}
        attendees = Attendee.objects.filter(kickoff=self.kickoff, person__in=reps).order_by("pk")
        on_roster = [reps[row.person_id] for row in attendees.carrying_quota()]
        self.offers = quotas_of(self.kickoff, [rep.pk for rep in on_roster])
        drawn: list[tuple[Person, str]] = []
        for region, mix in mixes.items():
            field = [rep for rep in on_roster if rep.region and rep.region.name == region]
            states = mix.states(len(field))
            self.rng.shuffle(states)
            drawn += _waiting_together(list(zip(field, states, strict=True)))
        drawn = self._with_aicha_reading(drawn)
        packets = Packet.objects.bulk_create(
            [
                Packet(
                    kickoff=self.kickoff,
                    rep=rep,
                    created_at=self.released_at - timedelta(days=5),
                )
                for rep, state in drawn
                if state
            ],
            batch_size=_BATCH,
        )
        by_rep = {packet.rep_id: packet for packet in packets}
        for rep, state in drawn:
            if state:
                self._packet(by_rep[rep.pk], rep, state)
        delivery = Delivery(self.company, self.kickoff, self.rng, self.now)
        delivery.release(self.versions, self.kinds)
        PacketVersion.objects.bulk_create(self.versions, batch_size=_BATCH)
        Receipt.objects.bulk_create(self.receipts, batch_size=_BATCH)
        delivery.load(self.versions, accepted)
        self._looks(by_rep)

    def _with_aicha_reading(self, drawn: list[tuple[Person, str]]) -> list[tuple[Person, str]]:
        """Aïcha has read hers and not signed it while there is time: she shows how to sign."""
        aicha = self.company["aicha"]
        states = dict(drawn)
        if states.get(aicha, _State.VIEWED) in (_State.VIEWED, ""):
            return drawn
        if self.now >= self.kickoff.closes_at:
            return drawn
        other = next(
            (
                rep
                for rep, state in drawn
                if state == _State.VIEWED and rep.region_id == aicha.region_id
            ),
            None,
        )
        if other is not None:
            states[aicha], states[other] = states[other], states[aicha]
        return list(states.items())

    def _packet(self, packet: Packet, rep: Person, state: str) -> None:
        content = self._content(rep)
        if state == _State.DRAFT and content.identity.region == "EMEA":
            # One that approval will hold back, so that the desk shows why
            content = replace(content, territory=Territory())
        is_released = state not in (_State.DRAFT, _State.APPROVED, WAITING, EMBARGOED)
        number = 1
        if rep == self.company["aicha"] or (is_released and self.rng.random() < 0.12):
            self._superseded(packet, content)
            number = 2
        self._version(packet, content, number, state, self.released_at)

    def _superseded(self, packet: Packet, content: Content) -> None:
        """A first version with more quota and one account less, signed before it was replaced."""
        quota = content.quota.amount * Decimal("47") / 45
        step = CURRENCIES[content.currency][1]
        accounts = content.territory.accounts
        before = replace(
            content,
            territory=replace(content.territory, accounts=accounts[1:]),
            quota=_seasonal(_rounded(quota, step), self.starts),
        )
        at = self.released_at - timedelta(days=6)
        version = self._version(packet, before, 1, _State.SUPERSEDED, at)
        version.superseded_at = self.released_at

    def _version(
        self, packet: Packet, content: Content, number: int, state: str, released_at: datetime
    ) -> PacketVersion:
        kind = state
        state = {WAITING: str(_State.DRAFT), EMBARGOED: str(_State.APPROVED)}.get(state, state)
        version = PacketVersion(
            packet=packet,
            number=number,
            state=state,
            drafted_by=self.by,
            drafted_at=released_at - timedelta(days=3),
        )
        version.write(content)
        self.kinds[id(version)] = kind
        if kind != _State.DRAFT:
            version.submitted_by = self.by
            version.submitted_at = released_at - timedelta(days=2)
        if state != _State.DRAFT:
            version.approved_by = self.company["ngozi"]
            version.approved_at = released_at - timedelta(days=1)
        if state not in (_State.DRAFT, _State.APPROVED):
            version.released_by, version.released_at = self.by, released_at
        if state in (_State.VIEWED, _State.RECEIVED):
            latest = min(self.now, self.kickoff.closes_at)
            span = (latest - released_at) * 0.98
            version.viewed_at = released_at + span * self.rng.uniform(0.01, 0.6)
            if state == _State.RECEIVED:
                wait = released_at + span - version.viewed_at
                version.received_at = version.viewed_at + wait * self.rng.uniform(0.002, 0.3)
                self.receipts.append(
                    Receipt(
                        version=version,
                        person=packet.rep,
                        typed_name=packet.rep.full_name,
                        content_hash=version.content_hash,
                        signed_at=version.received_at,
                    )
                )
        self.versions.append(version)
        return version

    def _content(self, rep: Person) -> Content:
        region = rep.region.name if rep.region else ""
        currency = currency_of(rep)
        worth, step = CURRENCIES[currency]
        kind = "Enterprise" if rep.job_title.startswith("Enterprise") else "Mid-market"
        low, high = _TITLES[kind]
        quota = Decimal(self.rng.randrange(low, high, 10_000))
        earnings = quota * Decimal("0.1556")
        if rep == self.company["aicha"]:
            quota, earnings = Decimal(900_000), Decimal(140_000)
        base = _rounded(earnings * Decimal("0.6") * worth, step)
        variable = _rounded(earnings * Decimal("0.4") * worth, step)
        return Content(
            currency=currency,
            effective_from=self.starts,
            effective_to=year_from(self.starts),
            identity=Identity(
                rep.full_name,
                rep.job_title,
                rep.manager.full_name if rep.manager else "",
                region,
            ),
            territory=self._territory(rep, region),
            quota=self._quota(rep, _rounded(quota * worth, step)),
            comp=_comp(rep, base, variable, currency),
        )

    def _quota(self, rep: Person, drawn: Decimal) -> Quota:
        """What the quota plan says of the rep, where the kickoff has one; else what was drawn."""
        offer = self.offers.get(rep.pk)
        return offer.quota if offer else _seasonal(drawn, self.starts)

    def _territory(self, rep: Person, region: str) -> Territory:
        """What the plan says; where there is none, as of kickoffs before it, one is drawn."""
        if planned := self.planned.get(rep.pk):
            return planned
        place = rep.team.name if rep.team else region
        accounts = self.rng.sample(firm_names(region), self.rng.randint(8, 16))
        return Territory(place, segment_of(rep), tuple(accounts))

    def _looks(self, by_rep: dict[int, Packet]) -> None:
        """Søren and RevOps have looked at Aïcha's: she sees who did."""
        packet = by_rep.get(self.company["aicha"].pk)
        if packet is None:
            return
        for handle, days in (("mateusz", 1), ("soren", 3)):
            record_entry(
                by=self.company[handle],
                verb="packet.viewed",
                at=self.released_at + timedelta(days=days, hours=2, minutes=14),
                subject=packet.rep,
                object=packet,
                note="version 2",
            )


def _waiting_together(drawn: list[tuple[Person, str]]) -> list[tuple[Person, str]]:
    """
    The same states, with those who wait for approval in one currency and on one plan as far as it
    goes: sums of fewer than five are shown to nobody.
    """

    def alike(rep: Person) -> tuple[str, str]:
        return currency_of(rep), comp.plan_of(rep.job_title)

    most = Counter(alike(rep) for rep, _state in drawn)
    ordered = sorted(drawn, key=lambda one: -most[alike(one[0])])
    waiting = sum(state == WAITING for _rep, state in drawn)
    others = [state for _rep, state in ordered if state != WAITING]
    states = [WAITING] * waiting + others
    return [(rep, state) for (rep, _state), state in zip(ordered, states, strict=True)]


def _comp(rep: Person, base: Decimal, variable: Decimal, currency: str) -> Comp:
    name = comp.plan_of(rep.job_title)
    return comp.DESIGNS[name].comp_for(
        name=name, base=base, target_variable=variable, currency=currency
    )


def currency_of(person: Person) -> str:
    """What somebody is paid in: by country, else by region."""
    region = person.region.name if person.region else ""
    return _OF_COUNTRY.get(person.country, _HOME.get(region, "EUR"))


def plan_start(event_ends: date) -> date:
    """The first day of the fiscal quarter that begins three weeks or more after the event."""
    day = event_ends + timedelta(days=21)
    month = next(month for month in (3, 6, 9, 12, 15) if month > day.month or month == 15)
    return date(day.year + (month > 12), 3 if month > 12 else month, 1)


def _seasonal(amount: Decimal, starts: date) -> Quota:
    spans = quarters(starts, year_from(starts))
    parts = [(amount * share).quantize(Decimal(1)) for share in SEASON[:-1]]
    parts.append(amount - sum(parts))
    return Quota(
        amount, tuple(Period(*span, part) for span, part in zip(spans, parts, strict=True))
    )


def _rounded(amount: Decimal, step: int) -> Decimal:
    return Decimal(round(amount / step) * step)
