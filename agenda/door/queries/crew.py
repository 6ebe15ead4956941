"""Who has the door, and what it keeps of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from agenda.door.models import Doorkeeper, Scan
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Every scan of a person, for the file that they take with them. One query."""
    scans = Scan.objects.filter(attendee__person=person).counted()
    yield "door", list(scans.values("kickoff__name", "kind", "how", "scanned_at"))


def keepers(kickoff: Kickoff) -> QuerySet[Doorkeeper]:
    """Whom planners gave the door, by name."""
    return Doorkeeper.objects.filter(kickoff=kickoff).select_related("person")
