from django.http import Http404

from events.kickoff.access import kickoff_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from reinforcement.assessments.queries import may_see_results
from reinforcement.campaigns.models import Activity
from reinforcement.touches.access import touch_or_404
from reinforcement.touches.models import Touch


def results_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who may see what stayed with its people, as averages: planners and
    executives.

    :raises Http404: there is none, or the person is neither
    """
    if not may_see_results(person):
        raise Http404
    return kickoff_or_404(person, slug)


def certification_to_mark_or_404(person: Person, slug: str, touch_id: int) -> Touch:
    """
    The touch by which a manager marks a report's behaviours.

    :raises Http404: there is none, it is somebody else's, or the rep has another manager now, or
        one whom RevOps has not confirmed
    """
    touch = touch_or_404(person, slug, touch_id)
    rep = touch.about
    is_it = touch.activity.kind == Activity.Kind.CERTIFICATION
    if not is_it or rep is None or rep.manager_id != person.pk or rep.has_new_manager:
        raise Http404
    return touch
