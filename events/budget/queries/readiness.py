"""What a budget has to say before a kickoff is ready."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.ui.figures import money
from events.budget.queries.board import Board, board_of, budget_of
from events.budget.rules.lines import whole
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff

WITHIN = Check("budget.plan", Phase.BEFORE, 3, gettext_lazy("Budget: within contingency"))
TAKEN_UP = Check("budget.block", Phase.BEFORE, 2, gettext_lazy("Hotel contract: cut-off and fee"))


@checks(WITHIN, TAKEN_UP)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: the forecast is within plan and contingency, and no hotel charges for empty rooms."""
    budget = budget_of(kickoff)
    if budget is None:
        return
    url = reverse("events:budget:page", kwargs={"slug": kickoff.slug})
    board = board_of(budget)
    if board.total.planned:
        yield _within_plan(board, url)
    blocks = list(budget.blocks.prefetch_related("nights"))
    if blocks:
        lacking = sum(block.pickup.lacking for block in blocks if block.is_open(at))
        fee = sum(block.pickup.fee for block in blocks)
        if lacking:
            said = ngettext(
                "%(count)d room night is not reserved that a hotel charges for: %(fee)s.",
                "%(count)d room nights are not reserved that hotels charge for: %(fee)s.",
                lacking,
            )
            yield Finding(
                TAKEN_UP,
                Severity.IMPROVE,
                said % {"count": lacking, "fee": money(fee, budget.currency)},
                _("After the cut-off no night can be given back."),
                _("See the nights"),
                f"{url}#block",
            )
        else:
            yield Finding(TAKEN_UP, Severity.MET, _("The room blocks are taken up."))


def _within_plan(board: Board, url: str) -> Finding:
    over, left = board.total.over, board.contingency.left
    if over <= 0:
        return Finding(WITHIN, Severity.MET, _("The budget is within its plan."))
    said = {
        "over": money(whole(over), board.budget.currency),
        "left": money(whole(abs(left)), board.budget.currency),
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
