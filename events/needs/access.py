from django.http import Http404
from django.shortcuts import get_object_or_404

from events.attendance.access import own_attendance_or_404
from events.attendance.models import Attendee
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from events.needs.models import NeedForm, NeedManager
from people.accounts.models import Person


def board_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for whoever plans it or manages a form of its needs.

    :raises Http404: the person is neither
    """
    if person.is_planner:
        return kickoff_to_plan_or_404(person, slug)
    kickoff = get_object_or_404(Kickoff, slug=slug)
    if not NeedManager.objects.filter(form__kickoff=kickoff, person=person).exists():
        raise Http404
    return kickoff


def form_to_set_or_404(person: Person, slug: str, kind: str) -> NeedForm:
    """
    A form for a planner, who says who manages it.

    :raises Http404: the person is no planner, or it is not asked here
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    return get_object_or_404(NeedForm.objects.select_related("kickoff"), kickoff=kickoff, kind=kind)


def form_to_read_or_404(person: Person, slug: str, kind: str) -> NeedForm:
    """
    A form for one of its managers: nobody else reads its answers, planners neither.

    :raises Http404: the person does not manage it, or its answers are deleted
    """
    mine = NeedForm.objects.filter(named__person=person, deleted_at=None)
    return get_object_or_404(mine.select_related("kickoff"), kickoff__slug=slug, kind=kind)


def own_form_or_404(person: Person, slug: str, kind: str) -> tuple[Attendee, NeedForm]:
    """
    A form for somebody on the roster, to say what they need.

    :raises Http404: they are not on it, or it is not asked
    """
    attendee = own_attendance_or_404(person, slug)
    forms = NeedForm.objects.select_related("kickoff").filter(deleted_at=None)
    return attendee, get_object_or_404(forms, kickoff=attendee.kickoff, kind=kind)
