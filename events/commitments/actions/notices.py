"""What people are told of their promises."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.commitments.models import ActionPlan
from events.kickoff.queries import invented, place_of
from people.accounts.models import Person
from people.notices.actions import NoticeDraft
from people.notices.hooks import someone
from people.notices.rules import Kind

AGREED = Kind(
    "plan.agreed",
    gettext_lazy("Your manager agreed your plan"),
    gettext_lazy("Open my plan"),
)


def agreed(plan: ActionPlan, by: Person, at: datetime) -> NoticeDraft:
    """To a person: their plan stands as they said it."""
    path = reverse("events:commitments:mine", args=[plan.kickoff.slug])
    return NoticeDraft(
        kind=AGREED,
        place=place_of(plan.kickoff),
        key=f"plan:agreed:{plan.pk}:{at.isoformat()}",
        person=plan.person,
        subject=_("%(name)s agreed your plan") % {"name": by.display_name},
        body=_("%(name)s has agreed what you promised after %(kickoff)s.\n\n%(url)s")
        % {
            "name": by.display_name,
            "kickoff": plan.kickoff.name,
            "url": urljoin(f"{settings.SITE_URL}/", path.lstrip("/")),
        },
    )


def shown_mails() -> Iterator[NoticeDraft]:
    """The mails about promises, for the page that shows them."""
    at = timezone.now()
    plan = ActionPlan(pk=0, kickoff=invented(), person=someone(), adopted_at=at)
    yield agreed(plan, someone("Søren Lindqvist-Ødegaard"), at)
