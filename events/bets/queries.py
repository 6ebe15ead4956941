from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.once import once
from core.ui.figures import number
from events.bets import rules
from events.bets.hooks import Serving, serving
from events.bets.models import BetReading, BigBet
from events.kickoff.hooks import Check, Finding, Learned, Phase, Severity, checks
from events.kickoff.models import Kickoff
from people.accounts.models import Person


@once
def bets_of(kickoff: Kickoff) -> list[BigBet]:
    """The kickoff's bets in their order, each with how many actions it suggests: one query."""
    return list(kickoff.bets.annotate(action_count=Count("actions")).order_by("position"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a bet is, of the company or a part of it, by its last reading."""

    label: str
    month: date
    value: Decimal
    way: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A bet as planners see it: what serves it, and where it stands by its readings."""

    bet: BigBet
    serving: list[Serving]
    readings: list[BetReading]  # of the company, oldest first

    @property
    def by_kind(self) -> list[tuple[str, list[Serving]]]:
        """What serves it, by what it is."""
        kinds = dict.fromkeys(one.kind for one in self.serving)
        return [(kind, [one for one in self.serving if one.kind == kind]) for kind in kinds]

    @property
    def last(self) -> BetReading | None:
        return self.readings[-1] if self.readings else None

    @property
    def way(self) -> int | None:
        value = self.last.value if self.last else None
        return rules.way(self.bet.baseline, self.bet.target, value)


def bets_for_planners(kickoff: Kickoff) -> list[Shown]:
    """Every bet with what serves it and its readings: three queries and those of what serves."""
    of_company = BetReading.objects.filter(region=None, team=None)
    bets = list(
        kickoff.bets.select_related("owner")
        .prefetch_related("actions", Prefetch("readings", of_company, "of_company"))
        .order_by("position")
    )
    served = serving(kickoff, bets)
    return [Shown(bet, served[bet.pk], getattr(bet, "of_company", [])) for bet in bets]


def standings(bets: Sequence[BigBet], person: Person) -> dict[int, list[Standing]]:
    """
    Where some bets stand by the last reading of the company, of a person's region and of their
    team, by bet: what nobody read is left out. One query.
    """
    rows = BetReading.objects.filter(bet__in=bets).select_related("region", "team")
    last: dict[tuple[int, str], BetReading] = {}
    for row in rows:  # oldest first, so that the last one stays
        if row.team_id is not None:
            part = "team" if row.team_id == person.team_id else ""
        elif row.region_id is not None:
            part = "region" if row.region_id == person.region_id else ""
        else:
            part = "company"
        if part:
            last[row.bet_id, part] = row
    return {
        bet.pk: [
            _standing(bet, last[bet.pk, part])
            for part in ("team", "region", "company")
            if (bet.pk, part) in last
        ]
        for bet in bets
    }


def stands_of(kickoff: Kickoff) -> list[tuple[BigBet, Standing | None]]:
    """Each bet, and where the company stands by its last reading, if there is one. Two queries."""
    bets = bets_of(kickoff)
    rows = BetReading.objects.filter(bet__in=bets, region=None, team=None)
    last = {row.bet_id: row for row in rows}  # oldest first, so that the last one stays
    return [(bet, _standing(bet, last[bet.pk]) if bet.pk in last else None) for bet in bets]


def _standing(bet: BigBet, row: BetReading) -> Standing:
    label = str(row.team or row.region or _("The company"))
    return Standing(label, row.month, row.value, rules.way(bet.baseline, bet.target, row.value))


FEW = Check(
    "bets.count",
    Phase.BEFORE,
    5,
    gettext_lazy("Guide: two or three big bets"),
    name=gettext_lazy("How many big bets there are"),
)
OWN = Check(
    "bets.own",
    Phase.BEFORE,
    2,
    gettext_lazy("Our choice: in the company’s own words"),
    name=gettext_lazy("Big bets in your own words"),
)
MEASURED = Check(
    "bets.measured",
    Phase.BEFORE,
    3,
    gettext_lazy("Guide: what is measured is won"),
    name=gettext_lazy("What each bet measures"),
)
PLANNED = Check(
    "bets.actions",
    Phase.BEFORE,
    3,
    gettext_lazy("Guide: an action plan for everyone"),
    name=gettext_lazy("What each bet asks of people"),
)
OWNED = Check(
    "bets.owners",
    Phase.BEFORE,
    3,
    gettext_lazy("Guide: an executive owner each"),
    name=gettext_lazy("An owner for each bet"),
)


@checks(FEW, OWN, MEASURED, PLANNED, OWNED)
def check_bets(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: two or three bets, each the company's own, measured, with a plan and an owner."""
    bets = bets_of(kickoff)
    mend_url = reverse("events:bets:list", kwargs={"slug": kickoff.slug})
    count = len(bets)
    if count < 2:
        yield Finding(
            FEW,
            Severity.BLOCKS,
            _("No big bets yet.") if not bets else _("Only one big bet yet."),
            _("Two or three bets carry the summit; every session points at one."),
            _("Add a bet"),
            mend_url,
        )
    elif count > rules.FEW:
        yield Finding(
            FEW,
            Severity.IMPROVE,
            _("There are %(count)s big bets.") % {"count": count},
            _("Two or three are kept in mind. The reason given: %(why)s")
            % {"why": next(bet.why_more for bet in bets if bet.is_one_more)},
            _("Look at the bets"),
            mend_url,
        )
    else:
        text = _("There are %(count)s big bets.") % {"count": count}
        yield Finding(FEW, Severity.MET, text)
    for check, wanting, text, why, label, met in _wanting(bets) if bets else ():
        if wanting:
            share = 1 - wanting / count
            yield Finding(check, Severity.IMPROVE, text, why, label, mend_url, share)
        else:
            yield Finding(check, Severity.MET, met)


def _wanting(bets: list[BigBet]) -> Iterator[tuple[Check, int, str, str, str, str]]:
    suggested = sum(bet.suggested for bet in bets)
    yield (
        OWN,
        suggested,
        ngettext(
            "%(count)s bet is still the template's suggestion.",
            "%(count)s bets are still the template's suggestions.",
            suggested,
        )
        % {"count": suggested},
        _("A bet persuades when it names your products, segments and figures."),
        _("Make them yours"),
        _("Each bet is the company’s own."),
    )
    unmeasured = sum(not bet.is_measured for bet in bets)
    yield (
        MEASURED,
        unmeasured,
        ngettext(
            "%(count)s bet has no metric with baseline and target.",
            "%(count)s bets have no metric with baseline and target.",
            unmeasured,
        )
        % {"count": unmeasured},
        _("Without it nobody can tell in 90 days whether the bet was won."),
        _("Say what is measured"),
        _("Each bet says what is measured, from where and to where."),
    )
    counted: Any = bets  # since the annotation is no field of the model
    planless = sum(not bet.action_count for bet in counted)
    yield (
        PLANNED,
        planless,
        ngettext(
            "%(count)s bet suggests no actions.",
            "%(count)s bets suggest no actions.",
            planless,
        )
        % {"count": planless},
        _("Everybody in the room should know what they do weekly, monthly and quarterly."),
        _("Write the plan"),
        _("Each bet suggests what people do."),
    )
    ownerless = sum(bet.owner_id is None for bet in bets)
    yield (
        OWNED,
        ownerless,
        ngettext("%(count)s bet has no owner.", "%(count)s bets have no owner.", ownerless)
        % {"count": ownerless},
        _("Somebody has to answer for it in 90 days."),
        _("Name an owner"),
        _("Each bet has an owner."),
    )


def bets_learned(kickoff: Kickoff, at: datetime) -> Learned | None:
    """Which bets with a target met it, by the last reading of the company. One query."""
    of_company = BetReading.objects.filter(bet=OuterRef("pk"), region=None, team=None)
    last = Subquery(of_company.order_by("-month").values("value")[:1])
    # Any, since the annotation is no field of the model
    bets: Any = kickoff.bets.exclude(target=None).annotate(last=last).order_by("position")
    says = [_learned(bet, bet.last) for bet in bets]
    return Learned(_("Big bets"), says) if says else None


def _learned(bet: BigBet, value: Decimal | None) -> str:
    if bet.target is None or value is None:
        return _("“%(bet)s” was never read.") % {"bet": bet.title}
    falls = bet.baseline is not None and bet.target < bet.baseline
    is_met = value <= bet.target if falls else value >= bet.target
    words = {
        "bet": bet.title,
        "value": _bare(value),
        "target": f"{_bare(bet.target)} {bet.unit}".rstrip(),
    }
    if is_met:
        return _("“%(bet)s” met its target: %(value)s of %(target)s.") % words
    return _("“%(bet)s” missed its target: %(value)s of %(target)s.") % words


def _bare(value: Decimal) -> str:
    """A figure without the places that say nothing: 62, and 62.50."""
    return number(value.to_integral_value() if value == value.to_integral_value() else value)
