"""Who may do what with reviews: planners, who facilitates, the deal team, the interviewer, the room."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.reviews.models import PrepStep, Review, Side, Statement, Theme
from agenda.reviews.queries.records import decided
from agenda.sessions.access import released_session_or_404
from agenda.sessions.models import Part, ReleasedSession, SessionPerson, SessionType
from events.deals.models import Opportunity
from events.kickoff.access import kickoff_as_attendee_or_404, kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.search.hooks import Found, Search


def reviews_led_by(person: Person) -> QuerySet[Review]:
    """The reviews that somebody plans or facilitates: they read all that is recorded of them."""
    found = Review.objects.select_related("kickoff", "session", "deal__account", "deal__owner")
    if person.is_planner:
        return found
    leads = SessionPerson.objects.filter(
        session=OuterRef("session"), person=person, part=Part.FACILITATOR
    )
    return found.filter(Exists(leads), kickoff__in=Kickoff.objects.shown_to_people())


def reviews_prepared_by(person: Person) -> QuerySet[Review]:
    """The reviews that somebody leads, or prepares as deal team: its rep, and who has a step."""
    found = Review.objects.select_related("kickoff", "session", "deal__account", "deal__owner")
    if person.is_planner:
        return found
    steps = PrepStep.objects.filter(review=OuterRef("pk"), owner=person)
    of_team = Q(deal__owner=person) | Exists(steps)
    shown = Q(kickoff__in=Kickoff.objects.shown_to_people())
    return found.filter(Q(pk__in=reviews_led_by(person).values("pk")) | (of_team & shown))


def review_to_plan_or_404(person: Person, slug: str, review_id: int) -> Review:
    """
    A review for somebody who plans the kickoff.

    :raises Http404: there is none, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    return get_object_or_404(reviews_led_by(person), kickoff=kickoff, pk=review_id)


def review_to_lead_or_404(person: Person, slug: str, review_id: int) -> Review:
    """
    A review with all that is recorded of its deal, for planners and whoever facilitates it.

    :raises Http404: there is none, it has no deal, or the person is neither
    """
    found = reviews_led_by(person).filter(kickoff__slug=slug, deal__isnull=False)
    return get_object_or_404(found, pk=review_id)


def review_to_prepare_or_404(person: Person, slug: str, review_id: int) -> Review:
    """
    The preparation of a review, for its deal team and whoever leads it.

    :raises Http404: there is none, it has no deal, or the person has no part in it
    """
    found = reviews_prepared_by(person).filter(kickoff__slug=slug, deal__isnull=False)
    return get_object_or_404(found, pk=review_id)


def leads(person: Person, review: Review) -> bool:
    """Whether somebody plans or facilitates a review. One query, none for planners."""
    return person.is_planner or reviews_led_by(person).filter(pk=review.pk).exists()


def step_or_404(person: Person, slug: str, review_id: int, step_id: int) -> PrepStep:
    """
    A step of preparation, for whoever does it or leads the review.

    :raises Http404: there is none, or it is somebody else's
    """
    review = review_to_prepare_or_404(person, slug, review_id)
    step = get_object_or_404(PrepStep, review=review, pk=step_id)
    if not (step.owner_id == person.pk or leads(person, review)):
        raise Http404
    step.review = review
    return step


def review_to_guess_or_404(person: Person, slug: str, review_id: int) -> Review:
    """
    A review that the room has begun with, for somebody on the roster.

    :raises Http404: it has not begun, its session was not released, or they are not on the roster
    """
    kickoff = kickoff_as_attendee_or_404(person, slug)
    begun = Review.objects.filter(kickoff=kickoff, part__gt=0).select_related("deal", "session")
    review = get_object_or_404(begun, pk=review_id)
    released_session_or_404(person, slug, review.session_id or 0)
    review.kickoff = kickoff
    return review


def session_as_guest_or_404(
    person: Person, slug: str, session_id: int
) -> tuple[Kickoff, ReleasedSession]:
    """
    A released session of reviews, for somebody on the roster.

    :raises Http404: there is none, it is of another kind, or they are not on the roster
    """
    kickoff_as_attendee_or_404(person, slug)
    kickoff, session = released_session_or_404(person, slug, session_id)
    if session.type != SessionType.WIN_LOSS_REVIEW:
        raise Http404
    return kickoff, session


def statement_or_404(person: Person, slug: str, statement_id: int) -> Statement:
    """
    A record, for whoever is asked for it; an interview, for planners too. A rep's own is theirs.

    :raises Http404: there is none under this kickoff, or it is somebody else's
    """
    found = Statement.objects.select_related("kickoff", "deal__account", "person")
    own = Q(person=person, kickoff__in=Kickoff.objects.shown_to_people())
    allowed = own | Q(side=Side.BUYER) if person.is_planner else own
    return get_object_or_404(found.filter(allowed), kickoff__slug=slug, pk=statement_id)


def deal_to_ask_or_404(person: Person, slug: str, deal_id: int) -> tuple[Kickoff, Opportunity]:
    """
    A deal that was decided in the year before the kickoff, for somebody who plans it.

    :raises Http404: there is none, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    deals = decided(kickoff).select_related("account", "owner")
    return kickoff, get_object_or_404(deals, pk=deal_id)


def theme_or_404(person: Person, slug: str, theme_id: int) -> Theme:
    """
    A theme, for somebody who plans the kickoff.

    :raises Http404: there is none, or the person is no planner
    """
    kickoff = kickoff_to_plan_or_404(person, slug)
    theme = get_object_or_404(Theme, kickoff=kickoff, pk=theme_id)
    theme.kickoff = kickoff
    return theme


def find_reviews(search: Search) -> Iterator[Found]:
    """Reviews by their deal, for those who plan or facilitate them. One query."""
    rows = reviews_led_by(search.person).filter(deal__isnull=False)
    for one in search.among(rows.order_by("-kickoff__starts_date", "position"), "name"):
        yield Found(
            kind=_("Win/loss reviews"),
            label=one.title,
            detail=one.kickoff.name,
            url=reverse("agenda:reviews:detail", args=[one.kickoff.slug, one.pk]),
            icon="scale",
        )
