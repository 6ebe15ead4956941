from django.http import Http404

from people.accounts.models import Person
from people.org import queries


def sees_everybody(viewer: Person) -> bool:
    """Whether the viewer's role lets them see each person of the company."""
    return viewer.is_planner or viewer.is_revops or viewer.is_executive


def person_or_404(viewer: Person, person_id: int) -> Person:
    """
    The person if the viewer may see them: planners, RevOps and executives see everybody,
    managers their line, each person themselves.

    :raises Http404: there is none, or they are not the viewer's to see
    """
    person = Person.objects.select_related("region", "team", "manager").filter(pk=person_id).first()
    if person is None:
        raise Http404
    if person.pk == viewer.pk or sees_everybody(viewer) or queries.is_in_line(viewer, person.pk):
        return person
    raise Http404
