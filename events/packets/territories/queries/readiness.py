"""What the planner's home says of territories: counts alone, since only RevOps opens them."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff
from events.packets.territories.queries.plan import read_plan, roles_of

ONE_OWNER = Check(
    "territories.double",
    Phase.BEFORE,
    2,
    gettext_lazy("Territory rule: exactly one owner a role"),
    is_of_revops=True,
)
OWNED = Check(
    "territories.unowned",
    Phase.BEFORE,
    2,
    gettext_lazy("Territory rule: no unowned account"),
    is_of_revops=True,
)
HAS_TERRITORY = Check(
    "territories.without",
    Phase.BEFORE,
    3,
    gettext_lazy("Territory rule: no rep without one"),
    is_of_revops=True,
)


@checks(ONE_OWNER, OWNED, HAS_TERRITORY)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """
    Accounts without exactly one owner and reps without a territory, of the largest role.

    Silent while nobody plans territories here. One query then, else five.
    """
    roles = roles_of(kickoff)
    if not roles:
        return
    gaps = read_plan(kickoff, roles[0][0]).gaps
    ask = _("Ask RevOps to settle it under Territories.")
    for check, count, text, why, met in (
        (
            ONE_OWNER,
            len(gaps.double),
            ngettext(
                "%(count)d account has more than one owner.",
                "%(count)d accounts have more than one owner.",
                len(gaps.double),
            ),
            _("Two packets would promise the same customer."),
            _("No account has two owners."),
        ),
        (
            OWNED,
            len(gaps.unowned),
            ngettext(
                "%(count)d account has no owner.",
                "%(count)d accounts have no owner.",
                len(gaps.unowned),
            ),
            _("Nobody would call there."),
            _("Each account has an owner."),
        ),
        (
            HAS_TERRITORY,
            len(gaps.without),
            ngettext(
                "%(count)d rep has no territory.",
                "%(count)d reps have no territory.",
                len(gaps.without),
            ),
            _("Their packet cannot be approved."),
            _("Each rep has a territory."),
        ),
    ):
        if count:
            yield Finding(check, Severity.IMPROVE, text % {"count": count}, why=f"{why} {ask}")
        else:
            yield Finding(check, Severity.MET, met)
