from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.keys import name_key
from people.accounts.models import Person
from people.activity.actions import record_entries_on, record_entry
from people.org.actions.refusals import OrgRefused
from people.org.models import Region, Team
from people.org.queries import Places


@transaction.atomic
def move_to_team(*, person: Person, team: Team | None, by: Person, at: datetime) -> Person:
    """Put a person in a team, and with it in the team's region; or in no team."""
    if person.team_id == (team.pk if team else None):
        return person
    person.team = team
    if team is not None and team.region_id is not None:
        person.region = team.region
    person.save(update_fields=["team", "region"])
    record_entry(
        by=by,
        verb="person.team_changed",
        at=at,
        subject=person,
        object=person,
        note=team.name if team else "",
    )
    return person


@transaction.atomic
def add_region(*, name: str, by: Person, at: datetime) -> Region:
    """
    Add a region.

    :raises OrgRefused: there is one of that name
    """
    if Region.objects.filter(name__iexact=name).exists():
        raise OrgRefused(_("There is a region “%(name)s” already.") % {"name": name})
    region = Region.objects.create(name=name)
    record_entry(by=by, verb="region.added", at=at, object=region, note=name)
    return region


@transaction.atomic
def add_team(*, name: str, region: Region | None, by: Person, at: datetime) -> Team:
    """
    Add a team to a region, or to none.

    :raises OrgRefused: the region has one of that name
    """
    if Team.objects.filter(name__iexact=name, region=region).exists():
        raise OrgRefused(_("There is a team “%(name)s” there already.") % {"name": name})
    team = Team.objects.create(name=name, region=region)
    record_entry(by=by, verb="team.added", at=at, object=team, note=name)
    return team


@transaction.atomic
def rename_region(*, region: Region, name: str, by: Person, at: datetime) -> Region:
    """
    Give a region another name.

    :raises OrgRefused: another region has that name
    """
    if Region.objects.filter(name__iexact=name).exclude(pk=region.pk).exists():
        raise OrgRefused(_("There is a region “%(name)s” already.") % {"name": name})
    before, region.name = region.name, name
    region.save(update_fields=["name"])
    record_entry(by=by, verb="region.renamed", at=at, object=region, note=f"{before} → {name}")
    return region


@transaction.atomic
def change_team(*, team: Team, name: str, region: Region | None, by: Person, at: datetime) -> Team:
    """
    Rename a team or move it to another region. Its people keep the region that they have.

    :raises OrgRefused: the region has another team of that name
    """
    twins = Team.objects.filter(name__iexact=name, region=region).exclude(pk=team.pk)
    if twins.exists():
        raise OrgRefused(_("There is a team “%(name)s” there already.") % {"name": name})
    before = team.name
    team.name, team.region = name, region
    team.save(update_fields=["name", "region"])
    record_entry(by=by, verb="team.changed", at=at, object=team, note=f"{before} → {name}")
    return team


@transaction.atomic
def remove_region(*, region: Region, by: Person, at: datetime) -> None:
    """
    Remove a region that nobody and no team belongs to.

    :raises OrgRefused: it still has people or teams
    """
    _refuse_while_peopled(region)
    if teams := region.teams.count():
        raise OrgRefused(
            ngettext(
                "%(name)s still has %(count)d team. Move it first.",
                "%(name)s still has %(count)d teams. Move them first.",
                teams,
            )
            % {"name": region.name, "count": teams}
        )
    record_entry(by=by, verb="region.removed", at=at, object=region, note=region.name)
    region.delete()


@transaction.atomic
def remove_team(*, team: Team, by: Person, at: datetime) -> None:
    """
    Remove a team that nobody belongs to.

    :raises OrgRefused: it still has people
    """
    _refuse_while_peopled(team)
    record_entry(by=by, verb="team.removed", at=at, object=team, note=team.name)
    team.delete()


def _refuse_while_peopled(place: Region | Team) -> None:
    if people := place.people.count():
        raise OrgRefused(
            ngettext(
                "%(name)s still has %(count)d person. Move them first.",
                "%(name)s still has %(count)d people. Move them first.",
                people,
            )
            % {"name": place.name, "count": people}
        )


@transaction.atomic
def add_places(
    *, places: Places, wanted: Iterable[tuple[str, str]], by: Person | None, at: datetime
) -> None:
    """
    Add the regions and teams that are not among `places` yet, with a few statements.

    `wanted` pairs the name of a region, or "", with that of a team in it, or "".
    """
    pairs = list(wanted)
    regions: dict[str, Region] = {}
    for name, _team in pairs:
        if name and places.region(name) is None:
            regions.setdefault(name_key(name), Region(name=name))
    new_regions = list(regions.values())
    Region.objects.bulk_create(new_regions)
    for region in new_regions:
        places.note(region)
    teams: dict[tuple[str, str], Team] = {}
    for name, team in pairs:
        if team and places.team(team, name) is None:
            key = (name_key(team), name_key(name))
            teams.setdefault(key, Team(name=team, region=places.region(name)))
    Team.objects.bulk_create(teams.values())
    for each in teams.values():
        places.note(each)
    for verb, new in (("region.added", new_regions), ("team.added", list(teams.values()))):
        record_entries_on(by=by, verb=verb, at=at, about=[(None, one, one.name) for one in new])
