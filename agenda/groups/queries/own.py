"""What is kept of a person's groups, for the file that they may take with them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from agenda.groups.models import Place
from people.accounts.models import Person


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """The groups that a person was told: which, and whether they led it. One query."""
    places = Place.objects.released().filter(person=person).select_related("released_group")
    rows = places.order_by("round__grouping", "round__number").values(
        "round__grouping__kickoff__name",
        "round__grouping__title",
        "round__number",
        "released_group__number",
        "released_group__where",
        "released_leads",
    )
    yield (
        "groups",
        [
            {
                "kickoff": row["round__grouping__kickoff__name"],
                "groups": row["round__grouping__title"],
                "round": row["round__number"],
                "group": row["released_group__number"],
                "table": row["released_group__where"],
                "leads": row["released_leads"],
            }
            for row in rows
        ],
    )
