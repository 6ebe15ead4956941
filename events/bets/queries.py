from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.bets.models import BigBet
from events.kickoff.hooks import Finding, Phase, Severity
from events.kickoff.models import Kickoff


def bets_of(kickoff: Kickoff) -> list[BigBet]:
    """The kickoff's bets in their order, with their owners: one query."""
    return list(kickoff.bets.select_related("owner").order_by("position"))


def check_bets(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: two or three bets, each made the company's own, with a plan and an owner."""
    bets = bets_of(kickoff)
    mend = {"mend_url": reverse("events:bets:list", kwargs={"slug": kickoff.slug})}

    def finding(severity: Severity, text: str, why: str = "", mend_label: str = "") -> Finding:
        return Finding(
            Phase.BEFORE, severity, text, why, mend_label, **(mend if mend_label else {})
        )

    if len(bets) < 2:
        yield finding(
            Severity.BLOCKS,
            _("No big bets yet.") if not bets else _("Only one big bet yet."),
            _("Two or three bets carry the summit; every session points at one."),
            _("Add a bet"),
        )
    own = True
    for wanting, text, why, label in _wanting(bets):
        if wanting:
            own = False
            yield finding(Severity.IMPROVE, text, why, label)
    if len(bets) >= 2 and own:
        yield finding(
            Severity.MET,
            _("%(count)s big bets, each with an owner and an action plan.") % {"count": len(bets)},
        )


def _wanting(bets: list[BigBet]) -> Iterator[tuple[int, str, str, str]]:
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
    )
    ownerless = sum(bet.owner_id is None for bet in bets)
    yield (
        ownerless,
        ngettext("%(count)s bet has no owner.", "%(count)s bets have no owner.", ownerless)
        % {"count": ownerless},
        _("Somebody has to answer for it in 90 days."),
        _("Name an owner"),
    )
