"""How many people a session is for."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff

Segment = tuple[str, str, int | None]
EVERYBODY: Segment = ("", "", None)


class Heads:
    """How many of those who take part each of some segments holds: one SQL query for all."""

    _FIELDS = ("kind", "person__function", "person__region_id")

    def __init__(self, kickoff: Kickoff, segments: Iterable[Segment], at: datetime) -> None:
        taking_part = Attendee.objects.filter(kickoff=kickoff).taking_part(at)
        # Only what some segment asks for is told apart: a join of 5,000 people is not free
        asked = [number for number in range(3) if any(segment[number] for segment in segments)]
        groups = (
            taking_part.order_by()
            .values_list(*(self._FIELDS[number] for number in asked))
            .annotate(Count("pk"))
            if asked
            else [(taking_part.count(),)]
        )
        self._groups = [(dict(zip(asked, group, strict=False)), group[-1]) for group in groups]
        self._known: dict[Segment, int] = {}

    def count(self, segment: Segment) -> int:
        """How many people are in a segment, one of those that were given."""
        if segment not in self._known:
            wanted = {number: value for number, value in enumerate(segment) if value}
            self._known[segment] = sum(
                size
                for group, size in self._groups
                if all(group[number] == value for number, value in wanted.items())
            )
        return self._known[segment]
