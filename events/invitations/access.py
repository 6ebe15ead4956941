from collections.abc import Iterator

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.invitations.models import Wave
from events.invitations.queries import waves
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.models import Person
from people.search.hooks import Found, Search


def wave_or_404(person: Person, slug: str, wave_id: int) -> Wave:
    """
    A wave of invitations, for a planner.

    :raises Http404: the person is no planner, or there is none here
    """
    return get_object_or_404(waves(kickoff_to_plan_or_404(person, slug)), pk=wave_id)


def find_waves(search: Search) -> Iterator[Found]:
    """Waves of invitations by name, for planners. One query, none for others."""
    if not search.person.is_planner:
        return
    found = Wave.objects.select_related("kickoff").order_by("-kickoff__starts_date", "pk")
    for wave in search.among(found, "name"):
        yield Found(
            kind=_("Invitations"),
            label=wave.name,
            detail=wave.kickoff.name,
            url=reverse("events:invitations:wave", args=[wave.kickoff.slug, wave.pk]),
            icon="mail",
        )
