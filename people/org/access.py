from django.http import Http404
from django.shortcuts import get_object_or_404

from people.accounts.models import Person
from people.org import queries


def sees_everybody(viewer: Person) -> bool:
    """Whether the viewer's role lets them see each person of the company."""
    return viewer.is_planner or viewer.is_revops or viewer.is_executive


def directory_or_404(viewer: Person) -> None:
    """
    Let a viewer see the list of everybody: planners, RevOps and executives.

    :raises Http404: they are none of these
    """
    if not sees_everybody(viewer):
        raise Http404


def planner_or_404(viewer: Person) -> None:
    """
    Let planners alone pass: those who add and change people, regions and teams.

    :raises Http404: they are no planner
    """
    if not viewer.is_planner:
        raise Http404


def person_or_404(viewer: Person, person_id: int) -> Person:
    """
    The person if the viewer may see them: planners, RevOps and executives see everybody,
    managers their line, each person themselves.

    :raises Http404: there is none, or they are not the viewer's to see
    """
    person = _get(person_id)
    if person.pk == viewer.pk or sees_everybody(viewer) or queries.is_in_line(viewer, person.pk):
        return person
    raise Http404


def person_to_edit_or_404(viewer: Person, person_id: int) -> Person:
    """
    The person for somebody who may change what is known of them.

    :raises Http404: there is none, or the viewer is no planner
    """
    planner_or_404(viewer)
    return _get(person_id)


def _get(person_id: int) -> Person:
    people = Person.objects.select_related(
        "region", "team", "manager", "invitation", "address_change__asked_by", "role_change"
    )
    person: Person = get_object_or_404(people, pk=person_id)
    return person
