from people.accounts.models import Person
from people.org import access


def person_or_404(viewer: Person, person_id: int) -> Person:
    """
    The person whose leave somebody may read and write: themselves, or anybody for planners.

    :raises Http404: there is none, or the viewer is neither
    """
    if viewer.pk == person_id:
        return viewer
    return access.person_to_edit_or_404(viewer, person_id)
