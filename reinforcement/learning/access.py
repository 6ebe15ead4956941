from django.shortcuts import get_object_or_404

from people.accounts.models import Person
from reinforcement.learning.models import Attempt


def attempt_or_404(person: Person, slug: str, attempt_id: int) -> Attempt:
    """
    An attempt for the person whose it is: not even their manager sees the answers.

    :raises Http404: there is none, or it is somebody else's
    """
    return get_object_or_404(
        Attempt.objects.select_related("touch__activity__campaign__kickoff", "touch__person"),
        pk=attempt_id,
        person=person,
        touch__activity__campaign__kickoff__slug=slug,
    )
