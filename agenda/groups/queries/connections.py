"""Who meets whom anew in the draft of a grouping, by region and by function."""

from __future__ import annotations

from collections import defaultdict

from agenda.groups.models import Grouping, Place
from agenda.groups.queries.crowd import met_elsewhere
from agenda.groups.rules.weighing import Connections, connect
from people.accounts.models import Person


def connections_of(grouping: Grouping) -> tuple[Connections, Connections]:
    """New connections of members over all rounds: between regions, and functions. Three queries."""
    groups: dict[int, list[int]] = defaultdict(list)
    seated = Place.objects.seated().filter(round__grouping=grouping, leads=False)
    for group_id, person_id in seated.values_list("group", "person"):
        groups[group_id].append(person_id)
    regions, functions, teams = {}, {}, {}
    names = {value: str(label) for value, label in Person.Function.choices}
    people = Person.objects.filter(pk__in=seated.values("person"))
    for pk, region, function, team_id in people.values_list(
        "pk", "region__name", "function", "team"
    ):
        regions[pk], functions[pk], teams[pk] = region or "", names.get(function, ""), team_id
    known = met_elsewhere(grouping)
    return (
        connect(regions, teams, groups.values(), known),
        connect(functions, teams, groups.values(), known),
    )
