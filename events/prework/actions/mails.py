"""The mails about pre-work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.kickoff.queries import invented, place_of
from events.prework import rules
from events.prework.models import Assignment, ItemComment, PreworkItem
from people.accounts.models import Person
from people.notices.actions import NoticeDraft
from people.notices.hooks import someone
from people.notices.rules import CANNOT_WAIT, Kind

RETURNED = Kind(
    "prework.returned",
    gettext_lazy("Pre-work of yours is asked for again"),
    gettext_lazy("Look again"),
)
COMMENTED = Kind(
    "prework.commented",
    gettext_lazy("Somebody comments on pre-work that was handed in"),
    gettext_lazy("Read it"),
)
REMINDED = Kind(
    "prework.reminded",
    gettext_lazy("A planner reminds you of pre-work"),
    gettext_lazy("Open it"),
)


def shown_mails() -> Iterator[NoticeDraft]:
    """The mails about pre-work, for the page that shows them."""
    at, kickoff = timezone.now(), invented()
    assignment = Assignment(
        pk=0,
        kickoff=kickoff,
        title=_("Price three renewals with the new packaging"),
        due_date=kickoff.starts_date,
        due_at=kickoff.closes_at,
        minutes=20,
    )
    note = _("The discount is missing in the second one.")
    item = PreworkItem(pk=0, assignment=assignment, person=someone(), returned_note=note)
    yield reminder(assignment, item, at)
    yield returned(item, someone("Priya Raghunathan"), at)
    author = someone("Søren Lindqvist")
    comment = ItemComment(pk=0, item=item, author=author, text=_("Who signs, and by when?"))
    yield commented(item, comment, item.person)


def returned(item: PreworkItem, by: Person, at: datetime) -> NoticeDraft:
    """That pre-work is asked for again."""
    return NoticeDraft(
        kind=RETURNED,
        place=place_of(item.assignment.kickoff),
        key=f"prework:returned:{item.pk}:{at.isoformat()}",
        person=item.person,
        subject=_("Please look again: %(title)s") % {"title": item.assignment.title},
        body=_("%(name)s asks you to look at “%(title)s” again:\n\n%(note)s\n\n%(url)s")
        % {
            "name": by.full_name,
            "title": item.assignment.title,
            "note": item.returned_note,
            "url": _url(item),
        },
    )


def commented(item: PreworkItem, comment: ItemComment, person: Person) -> NoticeDraft:
    """That somebody said something about what was handed in."""
    said = {
        "name": comment.author.full_name,
        "title": item.assignment.title,
        "text": comment.text,
        "url": _url(item, "item" if person.pk == item.person_id else "submission"),
    }
    return NoticeDraft(
        kind=COMMENTED,
        place=place_of(item.assignment.kickoff),
        key=f"prework:comment:{comment.pk}:{person.pk}",
        person=person,
        subject=_("%(name)s comments on “%(title)s”") % said,
        body=_("%(name)s says of “%(title)s”:\n\n%(text)s\n\n%(url)s") % said,
    )


def reminder(assignment: Assignment, item: PreworkItem, at: datetime) -> NoticeDraft:
    """That pre-work is open still."""
    kickoff = assignment.kickoff
    subject, body = rules.reminder(
        title=assignment.title,
        event=kickoff.name,
        place=kickoff.city or kickoff.time_zone,
        due_date=assignment.due_date,
        minutes=assignment.minutes,
        is_over=assignment.is_over(at),
        url=_url(item),
    )
    day = kickoff.local_date(at).isoformat()
    key = rules.reminder_key(assignment.pk, item.person_id, day)
    return NoticeDraft(
        kind=REMINDED,
        place=place_of(kickoff),
        key=key,
        person=item.person,
        subject=subject,
        body=body,
        # The mail of the next day comes too late
        is_urgent=assignment.due_at - CANNOT_WAIT <= at < assignment.due_at,
    )


def _url(item: PreworkItem, page: str = "item") -> str:
    slug = item.assignment.kickoff.slug
    path = reverse(f"events:prework:{page}", kwargs={"slug": slug, "item_id": item.pk})
    return urljoin(f"{settings.SITE_URL}/", path.lstrip("/"))
