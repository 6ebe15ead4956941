from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from reinforcement.touches.models import Touch


def touch_or_404(person: Person, slug: str, touch_id: int) -> Touch:
    """
    A touch for the person whose it is.

    :raises Http404: there is none, or it is somebody else's
    """
    return _get(slug, touch_id, Q(person=person))


def touch_to_see_or_404(person: Person, slug: str, touch_id: int) -> Touch:
    """
    A touch for the person whose it is, or for their manager.

    :raises Http404: there is none, or the person is neither
    """
    return _get(slug, touch_id, Q(person=person) | Q(person__manager=person))


def touch_of_report_or_404(manager: Person, slug: str, touch_id: int) -> Touch:
    """
    A report's touch for their manager.

    :raises Http404: there is none, or its person does not report to this manager
    """
    return _get(slug, touch_id, Q(person__manager=manager))


def kickoff_of_manager_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody whose reports are on its roster, be they on it themselves or not.

    :raises Http404: there is none, it was never shown to people, or none of them reports to the person
    """
    led = Attendee.objects.filter(kickoff=OuterRef("pk"), person__manager=person)
    return get_object_or_404(Kickoff.objects.shown_to_people(), Exists(led), slug=slug)


def leads_at(person: Person, kickoff: Kickoff) -> bool:
    """Whether somebody on the roster reports to the person."""
    return Attendee.objects.filter(kickoff=kickoff, person__manager=person).exists()


def _get(slug: str, touch_id: int, whose: Q) -> Touch:
    return get_object_or_404(
        Touch.objects.select_related("activity__campaign__kickoff", "person", "about"),
        whose,
        pk=touch_id,
        activity__campaign__kickoff__in=Kickoff.objects.shown_to_people().filter(slug=slug),
    )
