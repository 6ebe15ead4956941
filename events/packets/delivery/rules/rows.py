"""One row of a packet file: the cells that are its own, and from values to a rep's content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.imports.names import split_names
from core.imports.rows import ParsedRow
from core.keys import name_key
from events.packets.comp.rules.comp import Comp, sole
from events.packets.comp.rules.payout import Band, Basis, Plan, Threshold, plain
from events.packets.comp.rules.terms import CURRENT
from events.packets.delivery.rules.content import Content, Identity
from events.packets.quotas.rules.quota import Period, Quota, quarters, spread, year_from
from events.packets.territories.rules.territory import Territory

# The default plan: each unit up to quota counts once, then half as much again, then twice
DEFAULT_BANDS = (
    Band(Decimal(0), Decimal(1)),
    Band(Decimal(1), Decimal("1.5")),
    Band(Decimal("1.25"), Decimal(2)),
)
MOST_ACCOUNTS = 1000
LONGEST_TEXT = 200
LONGEST_PLAN_DAYS = 731
QUARTER_FIELDS = ("q1", "q2", "q3", "q4")
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%?)")

Wrong = Callable[[str, str], None]  # a field, and what is wrong with its cell


@dataclass(frozen=True, slots=True)
class Rep:
    """Somebody on the roster who carries a quota."""

    person_id: int
    email: str
    employee_id: str
    identity: Identity


@dataclass(frozen=True, slots=True, repr=False)
class PacketRow:
    """A row that can be imported."""

    rep: Rep
    content: Content


def content_of(
    row: ParsedRow, rep: Rep | None, editions: Collection[str], wrong: Wrong, missing: Wrong
) -> Content | None:
    """
    What a row says of its rep, or nothing where a cell is bad; `wrong` is told of those found here,
    `missing` of those that are needed and not there.

    What is left out: effective_to (a year), q1 to q4 (equal
    parts, the remainder in the last), threshold, cap, bands, and terms (one of the published
    `editions`; the current one).
    """
    values = row.values
    if values.get("quota") == 0:
        wrong("quota", _("A quota is above zero."))
    span = _effective(values, wrong)
    terms = values.get("terms", CURRENT)
    if "terms" in values and terms not in editions:
        shown = {"cell": terms[:20], "known": ", ".join(editions)}
        wrong(
            "terms", _("There is no edition “%(cell)s” of the terms. There is %(known)s.") % shown
        )
    plan = _plan(values, wrong)
    shared_out = {"quota", "effective_from", "effective_to", *QUARTER_FIELDS}
    quota = None
    if span is not None and "quota" in values and not row.bad & shared_out:
        quota = _quota(values, span, wrong, missing)
    if row.bad or rep is None or span is None or plan is None or quota is None:
        return None
    return Content(
        currency=values["currency"],
        effective_from=span[0],
        effective_to=span[1],
        identity=rep.identity,
        territory=Territory(
            geography=values.get("geography", ""),
            segment=values.get("segment", ""),
            accounts=values.get("accounts", ()),
        ),
        quota=quota,
        comp=Comp(
            base=values["base"],
            target_variable=values["target_variable"],
            measures=sole(plan),
            terms=terms,
        ),
    )


def share(text: str) -> Decimal:
    """
    A share of quota or of target variable: 80%, 0.8 or 0,8.

    :raises ValueError: it is none, or over 1000%
    """
    found = _SHARE.fullmatch(text)
    value = Decimal(found[1].replace(",", ".")) / (100 if found[2] else 1) if found else None
    if value is None or value > 10:
        raise ValueError(_("“%(cell)s” is no share. Write 80%% or 0.8.") % {"cell": text[:40]})
    return Decimal(plain(value))


def _effective(values: Mapping[str, Any], wrong: Wrong) -> tuple[date, date] | None:
    starts, ends = values.get("effective_from"), values.get("effective_to")
    if starts is None:
        return None
    if not 2000 <= starts.year <= 2100:
        wrong("effective_from", _("The year lies between 2000 and 2100."))
        return None
    if ends is None:
        return starts, year_from(starts)
    if ends < starts:
        wrong("effective_to", _("The plan ends before it starts."))
    elif (ends - starts).days > LONGEST_PLAN_DAYS:
        wrong("effective_to", _("A plan runs for two years at most."))
    return starts, ends


def _quota(
    values: Mapping[str, Any], span: tuple[date, date], wrong: Wrong, missing: Wrong
) -> Quota | None:
    quota, spans = values["quota"], quarters(*span)
    parts = [values[name] for name in QUARTER_FIELDS if name in values]
    if not parts:
        return spread(quota, *span)
    all_or_none = _("Give all four quarters of a year, or none.")
    if absent := [name for name in QUARTER_FIELDS if name not in values]:
        missing(absent[0], all_or_none)
        return None
    if len(spans) != len(QUARTER_FIELDS):
        wrong("q4", all_or_none)
        return None
    if sum(parts) != quota:
        shown = {"sum": plain(sum(parts, Decimal(0))), "quota": plain(quota)}
        wrong("quota", _("The quarters add up to %(sum)s, the quota is %(quota)s.") % shown)
        return None
    return Quota(quota, tuple(Period(*each, part) for each, part in zip(spans, parts, strict=True)))


def _plan(values: Mapping[str, Any], wrong: Wrong) -> Plan | None:
    threshold = values.get("threshold")
    try:
        return Plan(
            basis=Basis.TV_MULTIPLIER,
            bands=values.get("bands", DEFAULT_BANDS),
            threshold=Threshold(threshold) if threshold else None,
            cap=values.get("cap"),
        )
    except ValueError:
        wrong("bands", _("Bands begin at 0%, rise, and have rates of zero or more."))
        return None


def bands(text: str) -> tuple[Band, ...]:
    """
    Where each rate begins: 0%: 1; 100%: 1.5.

    :raises ValueError: one is no band, or the first does not begin at 0%
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        start, colon, rate = part.partition(":")
        if not colon:
            raise ValueError(
                _("“%(cell)s” is no band. Write 0%%: 1; 100%%: 1.5; 125%%: 2.")
                % {"cell": part[:40]}
            )
        found.append(Band(share(start.strip()), _rate(rate.strip())))
    if not found or found[0].start != 0:
        raise ValueError(_("The first band begins at 0%."))
    return tuple(found)


def _rate(text: str) -> Decimal:
    if not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", text):
        raise ValueError(_("“%(cell)s” is no rate. Write 1.5.") % {"cell": text[:40]})
    return Decimal(plain(Decimal(text)))


def short(text: str) -> str:
    """
    A text without control characters.

    :raises ValueError: it is too long
    """
    text = _clean(text)
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            _("This text has %(count)d characters; %(most)d fit.")
            % {"count": len(text), "most": LONGEST_TEXT}
        )
    return text


def accounts(text: str) -> tuple[str, ...]:
    """
    The names in a cell, parted by semicolons.

    :raises ValueError: one is too long or there twice, or there are too many
    """
    names = [name for name in map(short, split_names(text)) if name]
    if len(names) > MOST_ACCOUNTS:
        raise ValueError(
            _("More than %(most)d accounts in one territory.") % {"most": MOST_ACCOUNTS}
        )
    seen: dict[str, str] = {}
    for name in names:
        if name_key(name) in seen:
            raise ValueError(_("“%(cell)s” is named twice.") % {"cell": name[:80]})
        seen[name_key(name)] = name
    return tuple(names)


def _clean(text: str) -> str:
    """Without control characters and the white space around."""
    return "".join(
        " " if letter in "\t\r\n" else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter in "\t\r\n" or unicodedata.category(letter) != "Cc"
    ).strip()
