"""What the desk of RevOps shows of coverage: the counts by region."""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.packets.coverage.queries.counts import coverage_of
from events.packets.delivery.hooks import Panel
from people.accounts.models import Person


def desk_panel(kickoff: Kickoff, viewer: Person) -> Panel | None:
    """The counts by region, for whoever may open the desk; none while no rep is on the roster."""
    coverage = coverage_of(kickoff, timezone.now())
    if not coverage.all.total:
        return None
    context = {"coverage": coverage, "part_label": _("Region")}
    return Panel("events/packets/coverage/_desk.html", context)
