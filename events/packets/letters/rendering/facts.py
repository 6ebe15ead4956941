"""What the templates of a letter show, in the language that is active."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.typesetting.typefaces import family
from core.ui.figures import day, money, percent
from events.packets.comp.rules import curves, extras, words
from events.packets.comp.rules.comp import Comp, Measure
from events.packets.comp.rules.payout import Plan
from events.packets.delivery.rules.content import Content
from events.packets.delivery.rules.words import full_year_sentence
from events.packets.letters.rules.letter import Letter
from events.packets.quotas.rules.quota import Period
from events.packets.quotas.rules.words import period_name

BAR_MM, SHORT_BAR_MM = 31, 21
WIDE_FIGURE = 11  # characters; four figures share a line, and longer ones are set smaller
ACCOUNTS_IN_A_ROW = 3
MONTHS, QUARTERS = 1, 3
CURVE_INK = (
    "text {{ font-family: {text}; font-size: 11px; fill: #55635a }}"
    " .k-val {{ font-family: {strong}; font-size: 12px; fill: {ink} }}"
    " .k-grid-line {{ stroke: #e2e7e1; stroke-width: 1 }}"
    " .k-line {{ fill: none; stroke: {accent}; stroke-width: 2.5;"
    " stroke-linejoin: round; stroke-linecap: round }}"
    " .k-point {{ fill: #ffffff; stroke: {accent}; stroke-width: 2.5 }}"
    " .k-mine {{ fill: #c9f03f; stroke: {ink}; stroke-width: 2 }}"
)


def of_letter(letter: Letter, at: datetime) -> Mapping[str, Any]:
    """What a person's own pages show."""
    content = letter.content
    comp, quota, currency = content.own_numbers
    figures = [
        money(amount, currency)
        for amount in (quota, comp.base, comp.target_variable, comp.on_target)
    ]
    return {
        "letter": letter,
        "content": content,
        "company": settings.COMPANY_NAME,
        "company_language": settings.LANGUAGE_CODE,
        "made_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "title": _("%(year)s packet of %(name)s, version %(number)d")
        % {"year": letter.fiscal_year, "name": content.identity.name, "number": letter.number},
        "lead": _("Your %(year)s packet: territory, quota and comp plan")
        % {"year": letter.fiscal_year},
        "rep": content.identity,
        "starts": day(content.effective_from, "long"),
        "ends": day(content.effective_to, "long"),
        "released": day(letter.released_date, "long"),
        "figures": figures,
        "is_long": max(map(len, figures)) > WIDE_FIGURE,
        "full_year": full_year_sentence(content),
        "finding": _("Close your quota and you earn %(earned)s on top of base")
        % {"earned": money(comp.earned_at(Decimal(1), quota=quota), currency)},
        "curve": curves.draw(*content.own_numbers),
        "curve_ink": CURVE_INK.format(
            text=family("text"),
            strong=family("strong"),
            ink=letter.brand.ink,
            accent=letter.brand.accent,
        ),
        **_quota(content, SHORT_BAR_MM if max(map(len, figures)) > WIDE_FIGURE else BAR_MM),
        "measures": [_measure(measure, comp, content) for measure in comp.measures],
        "rules": _rules(comp.measures),
        "examples": _examples(content),
        "spifs": [
            {
                "name": spif.name,
                "text": spif.text,
                "amount": money(spif.amount, currency),
                "when": _("%(start)s to %(end)s")
                % {"start": day(spif.starts, "year"), "end": day(spif.ends, "year")},
            }
            for spif in comp.spifs
        ],
        "draw": extras.draw_terms(comp.draw, currency) if comp.draw else None,
        "clawback": extras.clawback_sentence(comp.clawback_months) if comp.clawback_months else "",
        "splits": extras.split_sentence(comp.splits) if comp.splits else "",
        "accounts": _in_rows(content.territory.accounts),
        "exclusions": _in_rows(content.territory.exclusions),
    }


def of_terms(letter: Letter) -> Mapping[str, Any]:
    """What the pages show that are the same for everyone."""
    return {
        "letter": letter,
        "company": settings.COMPANY_NAME,
        "language": letter.terms.language,
        "title": _("Terms, edition %(edition)s") % {"edition": letter.terms.edition},
        "columns": _in_two_columns(letter.terms.clauses),
    }


def _quota(content: Content, bar_mm: int) -> dict[str, Any]:
    periods = content.quota.periods
    largest = max((period.amount for period in periods), default=Decimal(0))
    whole = content.quota.amount
    months = {_months(period) for period in periods}
    titles = {MONTHS: _("Quota by month"), QUARTERS: _("Quota by quarter")}
    return {
        "quota_title": titles.get(months.pop() if len(months) == 1 else 0, _("Quota by period")),
        "sum_title": _("In all") if content.full_year else _("Year"),
        "periods": [
            {
                "name": period_name(period),
                "amount": period.amount,
                "share": f"{period.amount / largest * bar_mm:.1f}" if period.amount > 0 else "",
                "percent": percent(period.amount / whole) if whole else "",
            }
            for period in periods
        ],
    }


def _months(period: Period) -> int:
    """How many calendar months a period touches."""
    starts, ends = period.starts, period.ends
    return (ends.year - starts.year) * 12 + ends.month - starts.month + 1


def _measure(measure: Measure, comp: Comp, content: Content) -> dict[str, Any]:
    target = measure.target if measure.target is not None else content.quota.amount
    return {
        "name": measure.name,
        "weight": words.percent(measure.weight),
        "target": money(target, content.currency),
        "pays": money(measure.weight * comp.target_variable, content.currency),
    }


def _rules(measures: Sequence[Measure]) -> list[dict[str, Any]]:
    """What is paid by which rules; measures with the same rules are named together."""
    by_plan: dict[Plan, list[str]] = {}
    for measure in measures:
        by_plan.setdefault(measure.plan, []).append(measure.name)
    return [
        {"names": ", ".join(names), "sentences": words.plan_sentences(plan)}
        for plan, names in by_plan.items()
    ]


def _examples(content: Content) -> list[dict[str, Any]]:
    return [
        {
            "closed": money(example.closed, content.currency),
            "attainment": percent(example.attainment),
            "earned": money(example.earned, content.currency),
            "together": money(content.comp.base + example.earned, content.currency),
            "is_quota": example.attainment == 1,
        }
        for example in content.examples()
    ]


def _in_rows(names: Sequence[str]) -> list[Sequence[str]]:
    return [
        names[start : start + ACCOUNTS_IN_A_ROW]
        for start in range(0, len(names), ACCOUNTS_IN_A_ROW)
    ]


def _in_two_columns(clauses: Sequence[tuple[str, str]]) -> list[Sequence[tuple[str, str]]]:
    """Where the longer of both columns is shortest."""
    lengths = [len(title) + len(text) for title, text in clauses]
    cuts = range(len(clauses) + 1)
    cut = min(cuts, key=lambda at: max(sum(lengths[:at]), sum(lengths[at:])), default=0)
    return [clauses[:cut], clauses[cut:]]
