"""What figures of territories say in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import NONE, money, percent, short_money
from events.packets.territories.rules.balance import AgainstMean, Load


def amounts(by_currency: Mapping[str, Decimal], *, short: bool = False) -> str:
    """Amounts of each currency side by side, never as one sum: “€1,200 + $300”."""
    write = short_money if short else money
    told = [write(amount, code) for code, amount in sorted(by_currency.items()) if amount]
    return " + ".join(told) or NONE


def pipeline(load: Load, *, short: bool = False) -> str:
    """Open pipeline; how many deals where the CRM states no value of them."""
    if load.open_deals and not load.pipeline:
        text = ngettext("%(count)d deal", "%(count)d deals", load.open_deals)
        return text % {"count": load.open_deals}
    return amounts(load.pipeline, short=short)


def deals(load: Load) -> str:
    """What an account weighs, on one line: “open €83k · won €264k”, or “no deals”."""
    told = []
    if load.open_deals:
        told.append(_("open %(pipeline)s") % {"pipeline": pipeline(load, short=True)})
    if load.won:
        told.append(_("won %(won)s") % {"won": amounts(load.won, short=True)})
    return " · ".join(told) or _("no deals")


def against_mean(one: AgainstMean) -> str:
    """How far a figure is from the mean: “32% above the mean”."""
    if one.share is None or not one.share:
        return _("at the mean")
    words = _("%(share)s above the mean") if one.share > 0 else _("%(share)s below the mean")
    return words % {"share": percent(abs(one.share))}


def flag(one: AgainstMean) -> str:
    """What to look at: “outlier, 64% above the mean”; empty where there is nothing."""
    if one.is_outlier:
        return _("outlier, %(distance)s") % {"distance": against_mean(one)}
    return against_mean(one) if one.is_uneven else ""


def some(names: Sequence[str], most: int = 3) -> str:
    """A few names and how many more: “Acme, Isdom and 4 more”."""
    if len(names) <= most:
        return ", ".join(names)
    return _("%(names)s and %(more)d more") % {
        "names": ", ".join(names[:most]),
        "more": len(names) - most,
    }
