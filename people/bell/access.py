from django.shortcuts import get_object_or_404

from people.accounts.models import Person
from people.notices.models import Notice


def notice_or_404(person: Person, notice_id: int) -> Notice:
    """
    The gate of a notice: its own person's alone.

    :raises Http404: it is somebody else's, or kept no longer
    """
    return get_object_or_404(Notice, person=person, pk=notice_id)
