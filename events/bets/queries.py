from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.bets.models import BigBet
from events.kickoff.hooks import Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff


def bets_of(kickoff: Kickoff) -> list[BigBet]:
    """The kickoff's bets in their order, with their owners: one query."""
    return list(kickoff.bets.select_related("owner").order_by("position"))


@checks(Phase.BEFORE, 4)
def check_bets(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: two or three bets, each made the company's own, with a plan and an owner."""
    bets = bets_of(kickoff)
    mend_url = reverse("events:bets:list", kwargs={"slug": kickoff.slug})
    if len(bets) < 2:
        yield Finding(
            Phase.BEFORE,
            Severity.BLOCKS,
            _("No big bets yet.") if not bets else _("Only one big bet yet."),
            _("Two or three bets carry the summit; every session points at one."),
            _("Add a bet"),
            mend_url,
        )
    else:
        text = _("There are %(count)s big bets.") % {"count": len(bets)}
        yield Finding(Phase.BEFORE, Severity.MET, text)
    for wanting, text, why, label, met in _wanting(bets) if bets else ():
        if wanting:
            yield Finding(Phase.BEFORE, Severity.IMPROVE, text, why, label, mend_url)
        else:
            yield Finding(Phase.BEFORE, Severity.MET, met)


def _wanting(bets: list[BigBet]) -> Iterator[tuple[int, str, str, str, str]]:
    suggested = sum(bet.suggested for bet in bets)
    yield (
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
    planless = sum(not bet.has_action_plan for bet in bets)
    yield (
        planless,
        ngettext(
            "%(count)s bet has no whole action plan.",
            "%(count)s bets have no whole action plan.",
            planless,
        )
        % {"count": planless},
        _("Everybody in the room should know what they do weekly, monthly and quarterly."),
        _("Write the plan"),
        _("Each bet has an action plan."),
    )
    ownerless = sum(bet.owner_id is None for bet in bets)
    yield (
        ownerless,
        ngettext("%(count)s bet has no owner.", "%(count)s bets have no owner.", ownerless)
        % {"count": ownerless},
        _("Somebody has to answer for it in 90 days."),
        _("Name an owner"),
        _("Each bet has an owner."),
    )
