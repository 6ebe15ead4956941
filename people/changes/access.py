from django.http import Http404

from people.accounts.models import Person


def changes_or_404(viewer: Person) -> None:
    """
    Let RevOps alone pass: who says which changes may open packets, notes and scores.

    :raises Http404: they are not RevOps
    """
    if not viewer.is_revops:
        raise Http404
