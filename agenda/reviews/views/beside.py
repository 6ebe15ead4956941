"""What leads from the page of a session to its reviews."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agenda.reviews import access
from agenda.sessions.hooks import Beside
from agenda.sessions.models import ReleasedSession, SessionType
from events.kickoff.access import kickoffs_attended_by
from events.kickoff.models import Kickoff
from people.accounts.models import Person


def of_session(kickoff: Kickoff, session_id: int, kind: str, person: Person) -> Iterator[Beside]:
    """
    To the desk for who leads a review of the session, to the preparation for its deal team, and to
    the guess for who is on the roster. Four queries at most, none of another kind of session.
    """
    if kind != SessionType.WIN_LOSS_REVIEW:
        return
    of_this = Q(kickoff=kickoff, session=session_id, deal__isnull=False)
    led = access.reviews_led_by(person).filter(of_this).first()
    if led:
        url = reverse("agenda:reviews:detail", args=[kickoff.slug, led.pk])
        yield Beside(_("Its reviews"), url, "scale")
    elif prepared := access.reviews_prepared_by(person).filter(of_this).first():
        url = reverse("agenda:reviews:prep", args=[kickoff.slug, prepared.pk])
        yield Beside(_("What you prepare"), url, "list-check")
    released = ReleasedSession.objects.current(kickoff).filter(session_id=session_id)
    if kickoffs_attended_by(person).filter(pk=kickoff.pk).exists() and released.exists():
        url = reverse("agenda:reviews:phone", args=[kickoff.slug, session_id])
        yield Beside(_("Guess with the room"), url, "bulb")
