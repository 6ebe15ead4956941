"""Rules, and ways out of a collision, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.groups.rules.settings import Settings


def rule_lines(settings: Settings) -> Iterator[tuple[str, str]]:
    """Each rule that counts, and what it weighs: “must”, or a weight."""
    must = _("must")
    sizes = {"smallest": settings.smallest, "largest": settings.largest}
    beside = _("%(smallest)d to %(largest)d beside who leads") if settings.led else ""
    yield (beside or _("%(smallest)d to %(largest)d in a group")) % sizes, must
    if settings.led and settings.apart == "MAJORITY":
        yield _("Who leads is not of the majority’s region"), must
    if settings.led and settings.apart == "EVERY":
        yield _("Who leads is of nobody’s region"), must
    if settings.own_manager:
        yield _("Never with one’s own manager"), must
    if settings.most_of_team:
        yield _("At most %(most)d of a team") % {"most": settings.most_of_team}, must
    if settings.fresh:
        yield _("Nobody meets twice"), must
    if settings.most_led:
        yield _("Nobody leads more than %(most)d rounds") % {"most": settings.most_led}, must
    for name, weight in (
        (_("Mix regions"), settings.region),
        (_("Mix functions"), settings.function),
        (_("Balance the deals’ value"), settings.value),
        (_("Mix tenure"), settings.tenure),
        (_("Mix deal stages"), settings.stage),
    ):
        if weight:
            yield name, _("weight %(weight)d") % {"weight": weight}


def way_words(rule: str, value: object) -> str:
    """What a button says that changes one rule."""
    if rule in ("largest", "smallest", "most_of_team"):
        count = int(str(value))
        words = {
            "largest": ngettext("Allow %(n)d in a group", "Allow %(n)d in a group", count),
            "smallest": ngettext(
                "Let groups have %(n)d at least", "Let groups have %(n)d at least", count
            ),
            "most_of_team": ngettext(
                "Allow %(n)d of a team in a group", "Allow %(n)d of a team in a group", count
            ),
        }
        return words[rule] % {"n": count}
    if rule == "apart":
        if value:
            return _("Keep who leads from the majority’s region only")
        return _("Let anybody lead, of any region")
    return {
        "led": _("Let groups have nobody who leads"),
        "fresh": _("Let people meet again"),
        "own_manager": _("Let people sit with their manager"),
    }[rule]
