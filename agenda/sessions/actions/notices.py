"""What people are told of the agenda: that it is out, and what changes for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.sessions.models import Release
from agenda.sessions.queries.changes import Changes, Line
from agenda.sessions.rules import Change, Difference
from events.kickoff.models import Kickoff
from events.kickoff.queries import invented, place_of
from people.accounts.models import Person
from people.notices.actions import NoticeDraft
from people.notices.hooks import someone
from people.notices.rules import CANNOT_WAIT, Kind

AGENDA = Kind(
    "agenda.released",
    gettext_lazy("Your agenda is out, or has changed"),
    gettext_lazy("Open my agenda"),
    needed=gettext_lazy("Without it you would stand in the wrong room."),
)


def changed(release: Release, changes: Changes, person: Person) -> NoticeDraft:
    """To somebody whom a release touches; at once where a session of the next 24 hours differs."""
    kickoff, mine = changes.kickoff, changes.touched[person.pk]
    key = f"agenda-release:{release.pk}:{person.pk}"
    if changes.last is None:
        speaking = [one for one in mine if one.after and person.pk in dict(one.after.people)]
        return _first(kickoff, person, key, changes.lines(speaking))
    is_urgent = any(_is_soon(one, release) for one in mine)
    return _later(kickoff, person, key, changes.lines(mine), release.number, is_urgent)


def shown_mails() -> Iterator[NoticeDraft]:
    """The mails about an agenda, for the page that shows them."""
    kickoff, person = invented(), someone()
    moved = Line(0, Change.MOVED, _("Moved"), _("Deal clinic, round 3"), _("In Delfshaven."))
    yield _first(kickoff, person, "shown", [])
    yield _later(kickoff, person, "shown", [moved], 2, is_urgent=False)


def _first(kickoff: Kickoff, person: Person, key: str, lines: Sequence[Line]) -> NoticeDraft:
    subject = _("The agenda of %(kickoff)s is out") % {"kickoff": kickoff.name}
    intro = _("You can see where you will be, and when.")
    if lines:
        intro = _("You speak or facilitate in these sessions:")
    return _draft(kickoff, person, key, subject, intro, lines)


def _later(
    kickoff: Kickoff,
    person: Person,
    key: str,
    lines: Sequence[Line],
    number: int,
    is_urgent: bool,
) -> NoticeDraft:
    subject = ngettext(
        "%(kickoff)s: %(count)s change in your agenda",
        "%(kickoff)s: %(count)s changes in your agenda",
        len(lines),
    ) % {"kickoff": kickoff.name, "count": len(lines)}
    intro = _("Version %(number)s of the agenda changes this for you:") % {"number": number}
    return _draft(kickoff, person, key, subject, intro, lines, is_urgent=is_urgent)


def _draft(
    kickoff: Kickoff,
    person: Person,
    key: str,
    subject: str,
    intro: str,
    lines: Sequence[Line],
    *,
    is_urgent: bool = False,
) -> NoticeDraft:
    mine = reverse("agenda:sessions:mine", args=[kickoff.slug])
    if person.is_guest:
        mine = reverse("events:guests:home")
    url = f"{settings.SITE_URL}{mine}"
    said = [f"{line.heading}: {line.title}\n  {line.text}" for line in lines]
    hello = _("Hello %(name)s,") % {"name": person.display_name}
    body = "\n\n".join([hello, intro, *said, _("Your agenda: %(url)s") % {"url": url}])
    return NoticeDraft(
        kind=AGENDA,
        place=place_of(kickoff),
        is_urgent=is_urgent,
        key=key,
        person=person,
        subject=subject,
        body=body,
    )


def _is_soon(one: Difference, release: Release) -> bool:
    """Whether a session that differs was, or is now, within the next 24 hours."""
    at = release.released_at
    sides = [side for side in (one.before, one.after) if side is not None]
    return any(
        at <= side.starts_at + side.length and side.starts_at <= at + CANNOT_WAIT for side in sides
    )
