"""Mails about questions, wishes and reviews: who is told, and never what was written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.kickoff.models import Kickoff
from events.kickoff.queries import invented, place_of
from events.packets.inquiries import queries
from events.packets.inquiries.models import Inquiry
from events.packets.inquiries.rules.kinds import Kind as InquiryKind
from events.packets.inquiries.rules.kinds import Route
from people.accounts.models import Person
from people.notices import actions as notices
from people.notices.hooks import someone
from people.notices.rules import Kind

QUESTIONS = Kind(
    "packets.questions",
    gettext_lazy("Questions, wishes and reviews about packets"),
    gettext_lazy("Open it"),
)


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


def tell(
    people: Iterable[Person],
    kickoff: Kickoff,
    *,
    key: str,
    subject: str,
    text: str,
    at: datetime,
    is_urgent: bool = False,
) -> int:
    """
    Tell each of some people; a key tells them once. Return how many are new.

    Text and subject hold names, kinds and links, never what somebody wrote, and no figure.
    """
    drafts = [
        replace(_draft(person, kickoff, key, subject, text), is_urgent=is_urgent)
        for person in people
    ]
    return notices.tell(drafts=drafts, at=at)


def shown_mails() -> Iterator[notices.NoticeDraft]:
    """The mail about an answer, for the page that shows it: the others differ by a sentence."""
    kickoff = invented()
    facts = {"number": 1, "kind": InquiryKind.CREDITING.label, "url": url_of("inbox", kickoff)}
    yield _draft(someone(), kickoff, "shown", *answered(facts))


def answered(facts: Mapping[str, object]) -> tuple[str, str]:
    """Subject and text to whoever asked: there is an answer."""
    subject = _("Your question about your packet is answered")
    text = _(
        "your question about version %(number)d of your packet has an answer. Kind:"
        " %(kind)s.\n\nRead it here, ask again, or close it: %(url)s"
    )
    return subject, text % facts


def _draft(
    person: Person, kickoff: Kickoff, key: str, subject: str, text: str
) -> notices.NoticeDraft:
    return notices.NoticeDraft(
        kind=QUESTIONS,
        place=place_of(kickoff),
        key=f"{key}:{person.pk}",
        person=person,
        subject=subject,
        body=_("Hello %(name)s,\n\n%(text)s\n") % {"name": person.display_name, "text": text},
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
