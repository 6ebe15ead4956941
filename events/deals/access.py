from django.http import Http404

from people.accounts.models import Person


def deals_or_404(person: Person) -> None:
    """
    The gate of all deals of the company: planners, who choose deals for clinics, and RevOps.

    :raises Http404: the person is neither
    """
    if not (person.is_planner or person.is_revops):
        raise Http404
