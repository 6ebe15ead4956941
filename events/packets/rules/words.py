"""A packet in words: the plan in sentences, worked examples, what changed since a version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import day, money
from events.packets.rules import payout
from events.packets.rules.content import Content, Period
from events.packets.rules.currencies import digits
from events.packets.rules.payout import Basis, Method, Pays, Plan

EXAMPLES = (Decimal("0.5"), Decimal(1), Decimal("1.5"))
LISTED_ACCOUNTS = 5


@dataclass(frozen=True, slots=True, repr=False)
class Example:
    """What a rep earns at one result; `attainment` is a share of quota."""

    attainment: Decimal
    closed: Decimal
    earned: Decimal


def examples(content: Content, attainments: Sequence[Decimal] = EXAMPLES) -> list[Example]:
    """Worked examples at this rep's own numbers."""
    return [
        Example(attainment, content.quota.amount * attainment, earned_at(content, attainment))
        for attainment in attainments
    ]


def earned_at(content: Content, attainment: Decimal) -> Decimal:
    """The variable pay for closing a share of the quota."""
    return payout.payout(
        content.comp.plan,
        quota=content.quota.amount,
        target_variable=content.comp.target_variable,
        actual=content.quota.amount * attainment,
        digits=digits(content.currency),
    )


def pays_target(content: Content) -> bool:
    """Whether the payout at 100% of quota equals the target variable."""
    return earned_at(content, Decimal(1)) == content.comp.target_variable


def percent(share: Decimal) -> str:
    """A share as people say it: 0.625 is 62.5%."""
    return f"{payout.plain(share * 100)}%"


def plan_sentences(plan: Plan) -> list[str]:
    """The plan as its rep should understand it, one sentence a rule."""
    said = []
    if plan.threshold is not None and plan.threshold.at > 0:
        said.append(_threshold_sentence(plan))
    if plan.basis == Basis.PAYOUT_CURVE:
        said += [
            _("At %(attainment)s of quota you earn %(share)s of your variable.")
            % {"attainment": percent(x), "share": percent(y)}
            for x, y in plan.points
        ]
        said.append(_("Between these points the payout rises in a straight line."))
    else:
        said += _band_sentences(plan)
    if plan.cap is None:
        said.append(_("There is no cap."))
    else:
        said.append(
            _("The payout never passes %(share)s of your target variable.")
            % {"share": percent(plan.cap)}
        )
    return said


def _threshold_sentence(plan: Plan) -> str:
    assert plan.threshold is not None  # noqa: S101
    at = {"at": percent(plan.threshold.at)}
    if plan.threshold.pays == Pays.ABOVE_THRESHOLD:
        return _("Only what you close above %(at)s of quota is paid.") % at
    return _("Below %(at)s of quota there is no payout; from there on everything counts.") % at


def _band_sentences(plan: Plan) -> list[str]:
    said = []
    multiplier = plan.basis == Basis.TV_MULTIPLIER
    for band in plan.bands:
        if band.start == 0:
            text = (
                _("Each percent of quota pays %(rate)s of your target variable.")
                if multiplier
                else _("You earn %(rate)s of what you close.")
            )
        elif plan.method == Method.RETROACTIVE:
            text = (
                _("From %(at)s of quota on, every percent pays %(rate)s, from the first.")
                if multiplier
                else _("From %(at)s of quota on, all that you closed pays %(rate)s.")
            )
        else:
            text = (
                _("From %(at)s of quota, each further percent pays %(rate)s.")
                if multiplier
                else _("From %(at)s of quota, you earn %(rate)s of what you close.")
            )
        # A multiplier of 1.5 pays one and a half percent of the variable for a percent of quota
        rate = percent(band.rate / 100 if multiplier else band.rate)
        said.append(text % {"at": percent(band.start), "rate": rate})
    return said


def period_name(period: Period) -> str:
    """A quarter by its months: Mar–May."""
    first, last = MONTHS_3[period.starts.month], MONTHS_3[period.ends.month]
    return str(first).title() if first == last else f"{str(first).title()}–{str(last).title()}"


def changes(before: Content, after: Content) -> list[str]:
    """What a new version says differently, one sentence a change; empty when nothing does."""
    said = []
    for label, read in _FIGURES:
        old, new = read(before), read(after)
        if old != new or before.currency != after.currency:
            said.append(
                label() % {"old": money(old, before.currency), "new": money(new, after.currency)}
            )
    if before.quota.amount == after.quota.amount and before.quota.periods != after.quota.periods:
        said.append(_("The quota is spread over the quarters in another way."))
    if before.comp.plan != after.comp.plan:
        said.append(_plan_change(before.comp.plan, after.comp.plan))
    if before.comp.terms != after.comp.terms:
        said.append(_("The terms are a new edition."))
    if (before.effective_from, before.effective_to) != (after.effective_from, after.effective_to):
        said.append(
            _("The plan now runs from %(start)s to %(end)s.")
            % {"start": day(after.effective_from, "long"), "end": day(after.effective_to, "long")}
        )
    return said + _territory_changes(before, after)


_FIGURES: tuple[tuple[Callable[[], str], Callable[[Content], Decimal]], ...] = (
    (lambda: _("The quota went from %(old)s to %(new)s."), lambda content: content.quota.amount),
    (lambda: _("The base salary went from %(old)s to %(new)s."), lambda content: content.comp.base),
    (
        lambda: _("The target variable went from %(old)s to %(new)s."),
        lambda content: content.comp.target_variable,
    ),
)


def _plan_change(before: Plan, after: Plan) -> str:
    gone, new = plan_sentences(before), plan_sentences(after)
    fresh = [sentence for sentence in new if sentence not in gone]
    if not fresh:
        return _("The plan pays by fewer rules than before.")
    return _("The plan pays differently: %(rules)s") % {"rules": " ".join(fresh)}


def _territory_changes(before: Content, after: Content) -> list[str]:
    said = []
    old, new = before.territory, after.territory
    nothing = _("nothing")
    for text, was, now in (
        (_("The geography went from %(old)s to %(new)s."), old.geography, new.geography),
        (_("The segment went from %(old)s to %(new)s."), old.segment, new.segment),
    ):
        if was != now:
            said.append(text % {"old": was or nothing, "new": now or nothing})
    joined = [name for name in new.accounts if name not in old.accounts]
    gone = [name for name in old.accounts if name not in new.accounts]
    if joined:
        said.append(
            ngettext("%(names)s moved in.", "%(count)d accounts moved in: %(names)s.", len(joined))
            % {"count": len(joined), "names": named(joined)}
        )
    if gone:
        said.append(
            ngettext("%(names)s moved out.", "%(count)d accounts moved out: %(names)s.", len(gone))
            % {"count": len(gone), "names": named(gone)}
        )
    return said


def named(names: Sequence[str], most: int = LISTED_ACCOUNTS) -> str:
    """The first few of a list and how many more: Marsanne Logistique, Halle aux Vins, 12 more."""
    shown = list(names[:most])
    if len(names) > most:
        more = len(names) - most
        shown.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
    return ", ".join(shown)
