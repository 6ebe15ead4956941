"""Who sees how far packets have come, and who may remind. Neither shows a figure."""

from django.http import Http404

from events.kickoff.access import kickoff_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def coverage_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who may see how far all packets have come.

    :raises Http404: there is none, or the person is neither planner, RevOps nor executive
    """
    if not (person.is_planner or person.is_revops or person.is_executive):
        raise Http404
    return kickoff_or_404(person, slug)


def may_remind(person: Person) -> bool:
    """Whether somebody sends reminders and says when they go out by themselves."""
    return person.is_planner or person.is_revops


def kickoff_to_remind_or_404(person: Person, slug: str) -> Kickoff:
    """
    The kickoff for somebody who may remind its reps.

    :raises Http404: there is none, or the person is neither planner nor RevOps
    """
    if not may_remind(person):
        raise Http404
    return kickoff_or_404(person, slug)
