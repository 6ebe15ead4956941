"""What the planner's home says of territories: counts alone, since only RevOps opens them."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff
from events.packets.territories.queries.plan import largest_held

ONE_OWNER = Check(
    "territories.double",
    Phase.BEFORE,
    2,
    gettext_lazy("Territory rule: exactly one owner a role"),
    is_of_revops=True,
    name=gettext_lazy("One owner of each account"),
)
OWNED = Check(
    "territories.unowned",
    Phase.BEFORE,
    2,
    gettext_lazy("Territory rule: no unowned account"),
    is_of_revops=True,
    name=gettext_lazy("Accounts without an owner"),
)


@checks(ONE_OWNER, OWNED)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """
    Accounts without exactly one owner, of the largest role. Silent while nobody plans territories.
    """
    held = largest_held(kickoff)
    if not held:
        return
    double = sum(one.is_double for one in held.values())
    unowned = sum(one.is_unowned for one in held.values())
    ask = _("Ask RevOps to settle it under Territories.")
    for check, count, text, why, met in (
        (
            ONE_OWNER,
            double,
            ngettext(
                "%(count)d account has more than one owner.",
                "%(count)d accounts have more than one owner.",
                double,
            ),
            _("Two packets would promise the same customer."),
            _("No account has two owners."),
        ),
        (
            OWNED,
            unowned,
            ngettext(
                "%(count)d account has no owner.",
                "%(count)d accounts have no owner.",
                unowned,
            ),
            _("Nobody would call there."),
            _("Each account has an owner."),
        ),
    ):
        if count:
            yield Finding(check, Severity.IMPROVE, text % {"count": count}, why=f"{why} {ask}")
        else:
            yield Finding(check, Severity.MET, met)
