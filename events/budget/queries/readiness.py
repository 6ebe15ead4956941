"""What a budget has to say before a kickoff is ready."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.ui.figures import money
from events.budget.models import BlockNight, Budget, BudgetLine, RoomBlock
from events.budget.rules.block import Night, Pickup, pickup_of
from events.budget.rules.lines import Amounts, contingency_of, total, whole
from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, checks
from events.kickoff.models import Kickoff
from events.readiness.queries import asked

WITHIN = Check(
    "budget.plan",
    Phase.BEFORE,
    3,
    gettext_lazy("Budget: within contingency"),
    threshold=Threshold(gettext_lazy("the forecast is at most %(value)s over plan"), 0, 0, 25),
)
TAKEN_UP = Check("budget.block", Phase.BEFORE, 2, gettext_lazy("Hotel contract: cut-off and fee"))


@checks(WITHIN, TAKEN_UP)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: the forecast is within plan and contingency, and no hotel charges for empty rooms."""
    url = reverse("events:budget:page", kwargs={"slug": kickoff.slug})
    lines = BudgetLine.objects.filter(budget__kickoff=kickoff, current__isnull=False)
    kept = list(lines.select_related("budget", "current__rate"))
    amounts = total(line.current.worth for line in kept if line.current)
    if amounts.planned:
        yield _within_plan(kickoff, kept[0].budget, amounts, url)
    blocks = _blocks(kickoff)
    if blocks:
        lacking = sum(pickup.lacking for block, pickup in blocks.items() if block.is_open(at))
        fee = sum(pickup.fee for pickup in blocks.values())
        currency = next(iter(blocks)).budget.currency
        if lacking:
            said = ngettext(
                "%(count)d room night is not reserved that a hotel charges for: %(fee)s.",
                "%(count)d room nights are not reserved that hotels charge for: %(fee)s.",
                lacking,
            )
            yield Finding(
                TAKEN_UP,
                Severity.IMPROVE,
                said % {"count": lacking, "fee": money(fee, currency)},
                _("After the cut-off no night can be given back."),
                _("See the nights"),
                f"{url}#block",
            )
        else:
            yield Finding(TAKEN_UP, Severity.MET, _("The room blocks are taken up."))


def _blocks(kickoff: Kickoff) -> dict[RoomBlock, Pickup]:
    """The blocks that have nights, each as it stands. One query."""
    nights = defaultdict(list)
    of_all = BlockNight.objects.filter(block__budget__kickoff=kickoff)
    for one in of_all.select_related("block__budget").order_by("block"):
        nights[one.block].append(Night(one.contracted, one.reserved))
    return {block: pickup_of(of_it, block.share, block.price) for block, of_it in nights.items()}


def _within_plan(kickoff: Kickoff, budget: Budget, amounts: Amounts, url: str) -> Finding:
    over, left = amounts.over, contingency_of(amounts, budget.contingency).left
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
