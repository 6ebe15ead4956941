"""What stands beside the measures of a comp plan, in words: SPIFs, draw, clawback, splits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import day, money
from events.packets.comp.rules.comp import Comp, Draw, DrawKind, Reconciled, Spif, SplitShare
from events.packets.comp.rules.words import percent


@dataclass(frozen=True, slots=True, repr=False)
class Extra:
    """A title and what is said under it."""

    title: str
    sentences: tuple[str, ...]


def extra_sentences(comp: Comp, currency: str) -> list[str]:
    """All that stands beside the measures, one sentence or two a thing."""
    said = [spif_sentence(spif, currency) for spif in comp.spifs]
    if comp.draw is not None:
        draw = draw_terms(comp.draw, currency)
        said.append(" ".join((f"{draw.title}.", *draw.sentences)))
    if comp.splits:
        said.append(split_sentence(comp.splits))
    if comp.clawback_months:
        said.append(clawback_sentence(comp.clawback_months))
    return said


def spif_sentence(spif: Spif, currency: str) -> str:
    """A special incentive: its name, amount, condition and dates."""
    return _("%(name)s: %(amount)s from %(start)s to %(end)s. %(text)s") % {
        "name": spif.name,
        "amount": money(spif.amount, currency),
        "start": day(spif.starts, "year"),
        "end": day(spif.ends, "year"),
        "text": spif.text,
    }


def split_sentence(splits: Sequence[SplitShare]) -> str:
    """How the credit for a shared deal is parted, unless managers agree otherwise."""
    shares = ", ".join(f"{split.role} {percent(split.share)}" for split in splits)
    total = sum((split.share for split in splits), Decimal(0))
    if total <= 1:
        return _("Where a deal is shared, its credit is parted: %(shares)s.") % {"shares": shares}
    message = _(
        "Where a deal is shared, each is credited beside the others, %(total)s in all: %(shares)s. "
        "This goes before what the terms say of shares."
    )
    return message % {"total": percent(total), "shares": shares}


def draw_terms(draw: Draw, currency: str) -> Extra:
    """How a draw is paid and set against earnings."""
    said = {"amount": money(draw.amount, currency), "months": draw.months}
    every = {
        Reconciled.MONTHLY: _("It is set against what you earned at the end of each month."),
        Reconciled.QUARTERLY: _("It is set against what you earned at the end of each quarter."),
        Reconciled.YEARLY: _("It is set against what you earned at the end of the plan year."),
    }[draw.reconciled]
    paid = ngettext(
        "You are paid at least %(amount)s of variable in the first month of this plan.",
        "You are paid at least %(amount)s of variable a month in the first %(months)d months of"
        " this plan.",
        draw.months,
    )
    if draw.kind == DrawKind.RECOVERABLE:
        title = _("A recoverable draw")
        rest = _(
            "Where you earned less, the difference is carried, and later earnings pay it back."
        )
    else:
        title = _("A draw that is yours to keep")
        rest = _("Where you earned less, the difference is yours: nothing is taken back.")
    return Extra(title, (paid % said, rest, every))


def clawback_sentence(months: int) -> str:
    """How long a cancelled deal is taken back, and in which part."""
    return ngettext(
        "If a customer cancels within %(months)d month without paying, the variable pay for it is"
        " taken back from later variable pay, never from salary.",
        "If a customer cancels within %(months)d months without paying, variable pay for the"
        " months not delivered is taken back from later variable pay, never from salary: the"
        " same part of it for each month.",
        months,
    ) % {"months": months}
