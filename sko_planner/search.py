from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.org.access import sees_everybody
from people.org.queries import here, line_of
from sko_planner.navigation import Navigation

MOST_PEOPLE = 50
LONGEST = 100


@require_GET
@login_required
def search(request: AuthenticatedRequest) -> HttpResponse:
    """Kickoffs and people by name, only those that the person may see. Never figures."""
    words = request.GET.get("q", "").replace("\0", "")[:LONGEST].strip()
    nav = Navigation(request)
    found = people_named(request.user, words)[: MOST_PEOPLE + 1] if words else []
    people = list(found)
    kickoffs = [
        (kickoff, nav.kickoff_url(kickoff))
        for kickoff in nav.kickoffs
        if words and all(word in _searched(kickoff) for word in words.casefold().split())
    ]
    return render(
        request,
        "sko_planner/search.html",
        {
            "words": words,
            "kickoffs": kickoffs,
            "people": people[:MOST_PEOPLE],
            "more_people": len(people) > MOST_PEOPLE,
            "nav": nav,
        },
    )


def people_named(person: Person, words: str) -> QuerySet[Person]:
    """
    The people still here whom the person may look up, each word in a name, title or address.

    Planners, RevOps and executives look up everybody, managers their line, reps nobody.
    """
    everybody = Person.objects.all() if sees_everybody(person) else line_of(person)
    people: QuerySet[Person] = everybody.filter(here(timezone.now())).select_related("region")
    for word in words.split():
        people = people.filter(
            Q(full_name__icontains=word)
            | Q(preferred_name__icontains=word)
            | Q(job_title__icontains=word)
            | Q(email__icontains=word)
        )
    return people.order_by("full_name", "pk")


def _searched(kickoff: object) -> str:
    fields = ("name", "theme", "city", "venue", "fiscal_year")
    return " ".join(str(getattr(kickoff, field)) for field in fields).casefold()
