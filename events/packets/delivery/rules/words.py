"""A packet in words: what changed since a version, what a full year would hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import day, money, number, percent
from events.packets.comp.rules.comp import Comp
from events.packets.comp.rules.extras import extra_sentences
from events.packets.comp.rules.words import comp_sentences
from events.packets.delivery.rules import exceptions
from events.packets.delivery.rules.cells import FEWEST
from events.packets.delivery.rules.content import Content

LISTED_ACCOUNTS = 5


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
    if before.comp.measures != after.comp.measures:
        said.append(_plan_change(before.comp, after.comp))
    said += _extra_changes(before, after)
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


def _plan_change(before: Comp, after: Comp) -> str:
    gone, new = comp_sentences(before), comp_sentences(after)
    fresh = [sentence for sentence in new if sentence not in gone]
    if not fresh:
        return _("The plan pays by fewer rules than before.")
    return _("The plan pays differently: %(rules)s") % {"rules": " ".join(fresh)}


def _extra_changes(before: Content, after: Content) -> list[str]:
    old = extra_sentences(before.comp, before.currency)
    new = extra_sentences(after.comp, after.currency)
    said = [_("New: %(rule)s") % {"rule": rule} for rule in new if rule not in old]
    return said + [_("No more: %(rule)s") % {"rule": rule} for rule in old if rule not in new]


def full_year_sentence(content: Content) -> str:
    """What a full year would hold for somebody who is there for a part of it; else nothing."""
    if content.full_year is None:
        return ""
    year, currency = content.full_year, content.currency
    return _(
        "These are for %(days)d of the %(whole)d days of the plan year. A full year would hold"
        " %(quota)s of quota, %(base)s of base and %(variable)s of variable."
    ) % {
        "days": year.days,
        "whole": year.of_days,
        "quota": money(year.quota, currency),
        "base": money(year.base, currency),
        "variable": money(year.target_variable, currency),
    }


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
    for text, names in (
        (_("Left out now: %(names)s."), set(new.exclusions) - set(old.exclusions)),
        (_("Left out no more: %(names)s."), set(old.exclusions) - set(new.exclusions)),
    ):
        if names:
            said.append(text % {"names": named(sorted(names))})
    return said


def named(names: Sequence[str], most: int = LISTED_ACCOUNTS) -> str:
    """The first few of a list and how many more: Marsanne Logistique, Halle aux Vins, 12 more."""
    shown = list(names[:most])
    if len(names) > most:
        more = len(names) - most
        shown.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
    return ", ".join(shown)


def exception(kind: str, last_name: str) -> str:
    """One kind of exception, as a finding."""
    return {
        exceptions.QUOTA_MOVED: _("Quota changed by over %(share)s against %(year)s")
        % {"share": percent(exceptions.MOST_QUOTA), "year": last_name},
        exceptions.VARIABLE_MOVED: _("Target variable changed by over %(share)s against %(year)s")
        % {"share": percent(exceptions.MOST_VARIABLE), "year": last_name},
        exceptions.OFF_PLAN: _("Another quota or variable than quota plan and comp plan give"),
        exceptions.SHORT_NOTICE: _("Starts less than %(days)d days after it was sent")
        % {"days": exceptions.NOTICE.days},
    }[kind]


def how_many(way: str, count: int) -> str:
    """How many packets are an exception, as far as it may be told."""
    return {
        "NONE": _("None"),
        "FEW": _("Fewer than %(fewest)d") % {"fewest": FEWEST},
        "COUNT": number(count),
        "MOST": _("All but a few"),
        "ALL": _("All"),
        "HIDDEN": _("Not told"),
    }[way]
