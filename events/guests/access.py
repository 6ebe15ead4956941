from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import get_object_or_404

from events.guests import queries
from events.guests.models import Guest
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.models import Person


def guest_to_plan_or_404(person: Person, slug: str, guest_id: int) -> Guest:
    """
    A guest of a kickoff, for a planner.

    :raises Http404: the person is no planner, or there is none here
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    found: Guest = get_object_or_404(queries.guests_of(kickoff), pk=guest_id)
    return found


def guest_or_404(person: Person) -> None:
    """
    Let guests pass: their home.

    :raises Http404: the person is of the company
    """
    if not person.is_guest:
        raise Http404


def guest_at_or_404(person: Person, slug: str) -> Guest:
    """
    Somebody as a guest of a kickoff, for pages that show them what is theirs there.

    :raises Http404: they are no guest of it, were sent home, or it is a draft or archived
    """
    guests = Guest.objects.staying().select_related("person", "kickoff")
    return get_object_or_404(guests, kickoff__slug=slug, person=person)


def link_or_404(token: str) -> Guest | None:
    """
    Whose link it is, for whoever holds it; None where a newer one has taken its place.

    :raises Http404: it was not signed here
    """
    try:
        return queries.guest_of(token)
    except (BadSignature, ValueError) as error:
        raise Http404 from error
