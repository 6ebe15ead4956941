from collections.abc import Iterator

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.groups.models import Grouping, Place, Solving
from events.kickoff.access import kickoff_to_plan_or_404, planner_or_404
from people.accounts.models import Person
from people.search.hooks import Found, Search


def grouping_to_plan_or_404(person: Person, slug: str, grouping_id: int) -> Grouping:
    """
    A grouping of this kickoff for somebody who plans it.

    :raises Http404: there is none under this kickoff, or the person is no planner
    """
    planner_or_404(person)
    return get_object_or_404(
        Grouping.objects.select_related("kickoff", "segment_region"),
        kickoff__slug=slug,
        pk=grouping_id,
    )


def place_or_404(grouping: Grouping, place_id: int) -> Place:
    """
    A place in one of a grouping's rounds, for whoever may plan it.

    :raises Http404: it is in none of them
    """
    return get_object_or_404(
        Place.objects.select_related("person", "group", "round"),
        round__grouping=grouping,
        pk=place_id,
    )


def solving_or_404(person: Person, slug: str, solving_id: int) -> Solving:
    """
    A search for groups, for somebody who plans the kickoff.

    :raises Http404: there is none under this kickoff, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    found = Solving.objects.select_related("grouping", "by")
    return get_object_or_404(found, grouping__kickoff=kickoff, pk=solving_id)


def find_groups(search: Search) -> Iterator[Found]:
    """Groupings by name, for planners: others find their session. One query."""
    if not search.person.is_planner:
        return
    found = Grouping.objects.select_related("kickoff").order_by("-kickoff__starts_date", "pk")
    for one in search.among(found, "title"):
        yield Found(
            kind=_("Groups"),
            label=one.title,
            detail=one.kickoff.name,
            url=reverse("agenda:groups:board", args=[one.kickoff.slug, one.pk]),
            icon="users-group",
        )
