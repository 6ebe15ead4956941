"""What a budget has to say before a kickoff is ready."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.ui.figures import money
from events.budget.queries.standing import Standing, standing_of
from events.budget.rules.lines import whole
from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, checks
from events.kickoff.models import Kickoff
from events.readiness.queries import asked

WITHIN = Check(
    "budget.plan",
    Phase.BEFORE,
    3,
    gettext_lazy("Budget: within contingency"),
    threshold=Threshold(gettext_lazy("the forecast is at most %(value)s over plan"), 0, 0, 25),
    name=gettext_lazy("Forecast against the plan"),
)
TAKEN_UP = Check(
    "budget.block",
    Phase.BEFORE,
    2,
    gettext_lazy("Hotel contract: cut-off and fee"),
    name=gettext_lazy("Room blocks taken up"),
)


@checks(WITHIN, TAKEN_UP)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: the forecast is within plan and contingency, and no hotel charges for empty rooms."""
    standing = standing_of(kickoff)
    if standing is None:
        return
    url = reverse("events:budget:page", kwargs={"slug": kickoff.slug})
    currency = standing.budget.currency
    if standing.amounts.planned:
        yield _within_plan(kickoff, standing, url)
    if standing.held:
        lacking = standing.lacking(at)
        if lacking:
            said = ngettext(
                "%(count)d room night is not reserved that a hotel charges for: %(fee)s.",
                "%(count)d room nights are not reserved that hotels charge for: %(fee)s.",
                lacking,
            )
            yield Finding(
                TAKEN_UP,
                Severity.IMPROVE,
                said % {"count": lacking, "fee": money(standing.fee, currency)},
                _("After the cut-off no night can be given back."),
                _("See the nights"),
                f"{url}#block",
            )
        else:
            yield Finding(TAKEN_UP, Severity.MET, _("The room blocks are taken up."))


def _within_plan(kickoff: Kickoff, standing: Standing, url: str) -> Finding:
    budget, amounts = standing.budget, standing.amounts
    over, left = amounts.over, standing.contingency.left
    if over <= 0:
        return Finding(WITHIN, Severity.MET, _("The budget is within its plan."))
    percent = asked(kickoff, WITHIN)
    if left >= 0 and over * 100 <= amounts.planned * percent:
        text = _("The forecast is %(over)s over plan, within the %(percent)d%% that you allow.")
        worth = money(whole(over), budget.currency)
        return Finding(WITHIN, Severity.MET, text % {"over": worth, "percent": percent})
    said = {
        "over": money(whole(over), budget.currency),
        "left": money(whole(abs(left)), budget.currency),
    }
    covered = left >= 0
    return Finding(
        WITHIN,
        Severity.IMPROVE if covered else Severity.BLOCKS,
        _("The forecast is %(over)s over plan; contingency covers it, with %(left)s left.") % said
        if covered
        else _("The forecast is %(over)s over plan, %(left)s more than was set aside.") % said,
        _("What is over has to come from somewhere before contracts are signed."),
        _("See the budget"),
        url,
    )
