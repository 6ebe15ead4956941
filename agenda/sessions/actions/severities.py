"""What a kind of conflict does at one kickoff."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from agenda.sessions.models import ConflictRules
from agenda.sessions.queries.draft import severities_of
from agenda.sessions.rules import SEVERITIES, Kind, Severity
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry


@transaction.atomic
def set_severities(
    *, kickoff: Kickoff, severities: Mapping[Kind, Severity], by: Person, at: datetime
) -> None:
    """Say what each kind does; what it does elsewhere is not kept. Twice is once."""
    before = SEVERITIES | severities_of(kickoff)
    changed = {kind: one for kind, one in severities.items() if before[kind] != one}
    if not changed:
        return
    own = {kind: one for kind, one in severities.items() if SEVERITIES[kind] != one}
    ConflictRules.objects.update_or_create(kickoff=kickoff, defaults={"severities": own})
    note = ", ".join(f"{kind}: {one}" for kind, one in changed.items())
    record_entry(by=by, verb="agenda.severities_set", at=at, object=kickoff, note=note)
