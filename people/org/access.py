from collections.abc import Iterator

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.models import Person
from people.org import queries
from people.search.hooks import Found, Search


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


def find_people(search: Search) -> Iterator[Found]:
    """
    Those still here by name, job title or address. Planners, RevOps and executives find everybody,
    managers their line, reps nobody. At most two queries.
    """
    people = Person.objects.all()
    if not sees_everybody(search.person):
        # By number, or PostgreSQL folds the name of everybody before it looks whose line they are in
        people = people.filter(
            pk__in=list(queries.line_of(search.person).values_list("pk", flat=True))
        )
    people = people.filter(queries.here(timezone.now())).select_related("region")
    fields = ("full_name", "preferred_name", "job_title", "email")
    for one in search.among(people.order_by("full_name", "pk"), *fields):
        yield Found(
            kind=_("People"),
            label=one.full_name,
            detail=" · ".join(str(said) for said in (one.job_title, one.region) if said),
            url=reverse("people:accounts:detail", kwargs={"person_id": one.pk}),
            icon="user",
        )


def person_to_edit_or_404(viewer: Person, person_id: int) -> Person:
    """
    The person for somebody who may change what is known of them.

    :raises Http404: there is none, or the viewer is no planner
    """
    planner_or_404(viewer)
    return _get(person_id)


def _get(person_id: int) -> Person:
    people = Person.objects.select_related(
        "region",
        "team",
        "manager",
        "invitation",
        "address_change__asked_by",
        "role_change",
        "return_change",
    )
    person: Person = get_object_or_404(people, pk=person_id)
    return person
