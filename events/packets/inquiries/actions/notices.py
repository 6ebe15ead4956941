"""Mails about questions, wishes and reviews: who is told, and never what was written."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from events.kickoff.models import Kickoff
from events.packets.inquiries import queries
from events.packets.inquiries.models import Inquiry
from events.packets.inquiries.rules.kinds import Route
from people.accounts.models import Person
from people.mail.actions import Draft, queue_messages


def url_of(page: str, kickoff: Kickoff, **kwargs: object) -> str:
    """The address of a page of this capability, for a mail."""
    path = reverse(f"events:packets:inquiries:{page}", kwargs={"slug": kickoff.slug, **kwargs})
    return f"{settings.SITE_URL}{path}"


def thread_url(inquiry: Inquiry) -> str:
    return url_of("thread", inquiry.version.packet.kickoff, inquiry_id=inquiry.pk)


def holders(inquiry: Inquiry, at: datetime) -> list[Person]:
    """Whom a question waits for: the rep's manager of today, or everybody of RevOps."""
    if inquiry.routed_to == Route.MANAGER:
        kickoff = inquiry.version.packet.kickoff
        manager = queries.able_manager(inquiry.asked_by, kickoff, at)
        if manager is not None:
            return [manager]
    return list(queries.revops_people(besides=inquiry.asked_by))


def tell(people: Iterable[Person], *, key: str, subject: str, text: str, at: datetime) -> int:
    """
    Queue one mail for each of some people; a key tells them once. Return how many are new.

    Text and subject hold names, kinds and links, never what somebody wrote, and no figure.
    """
    return queue_messages(
        drafts=[
            Draft(
                key=f"{key}:{person.pk}",
                person=person,
                subject=subject,
                body=_("Hello %(name)s,\n\n%(text)s\n")
                % {"name": person.display_name, "text": text},
            )
            for person in people
        ],
        at=at,
    )


def facts_of(inquiry: Inquiry) -> dict[str, object]:
    """What a mail may say of a question."""
    return {
        "rep": inquiry.asked_by.full_name,
        "kind": inquiry.get_kind_display(),
        "number": inquiry.version.number,
        "kickoff": inquiry.version.packet.kickoff.name,
        "url": thread_url(inquiry),
    }
