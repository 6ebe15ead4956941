"""What follows for the money when a kickoff moves."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import moment
from events.budget.actions.lines import recount
from events.budget.models import BlockNight
from events.budget.queries import budget_of
from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def move_budget(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """
    Move nights and cut-offs of room blocks with the first day, and count lines again whose price is
    paid by day or night where the event gets longer or shorter.
    """
    budget = budget_of(kickoff)
    if budget is None:
        return None
    says = []
    shift = before.shift(kickoff)
    blocks = list(budget.blocks.all())
    if blocks and shift:
        for night in BlockNight.objects.filter(block__in=blocks).order_by(
            "-date" if shift.days > 0 else "date"
        ):
            night.date += shift
            night.save(update_fields=["date"])
    for block in blocks:
        was, block.cutoff_at = block.cutoff_at, before.moved(kickoff, block.cutoff_at)
        if block.cutoff_at != was:
            block.save(update_fields=["cutoff_at"])
            said = _("The rooms at %(hotel)s and their cut-off move to %(cutoff)s: ask the hotel.")
            said %= {"hotel": block.hotel, "cutoff": moment(block.cutoff_at, kickoff.zone)}
            says.append(said)
    longer = len(kickoff.days) - ((before.ends_date - before.starts_date).days + 1)
    if longer:
        budget.nights = max(budget.nights + longer, 0)
        budget.save(update_fields=["nights"])
        reason = ngettext(
            "The event has %(count)d day now", "The event has %(count)d days now", len(kickoff.days)
        ) % {"count": len(kickoff.days)}
        if revised := recount(budget=budget, reason=reason, by=by, at=at):
            said = ngettext(
                "%(count)d line is counted again by days and nights.",
                "%(count)d lines are counted again by days and nights.",
                revised,
            )
            says.append(said % {"count": revised})
    return Follows(_("Budget"), says) if says else None
