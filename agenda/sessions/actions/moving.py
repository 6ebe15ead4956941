"""The agenda moves with its event, and so does the version of it that people have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.sessions.actions.releasing import ReleaseRefused, freeze
from agenda.sessions.models import Session
from agenda.sessions.queries import words
from agenda.sessions.queries.changes import Changes, last_printed
from agenda.sessions.rules import Printed, agenda_day
from events.kickoff.actions import KickoffRefused
from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry


def move_agenda(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """
    Keep each session on its day and at its local time when the event's dates or zone change.

    What people see moves too, as the next version: the last one on the new days, so that what is
    drafted and not released stays so. Sessions whose day the event no longer has leave it.

    :raises KickoffRefused: somebody releases the agenda at the same time
    """
    sessions = list(Session.objects.filter(kickoff=kickoff).scheduled())
    if not sessions:
        return None
    moved = [one for one in sessions if _move(one, kickoff, before)]
    Session.objects.bulk_update(moved, ["starts_at", "version"], batch_size=200)
    stay = len(sessions) - len(moved)
    outside = [one for one in sessions if one.starts_at and not _is_inside(kickoff, one.starts_at)]
    says = []
    if moved:
        says.append(
            ngettext(
                "%(count)d session moves: it keeps its day of the event and its local time.",
                "%(count)d sessions move: each keeps its day of the event and its local time.",
                len(moved),
            )
            % {"count": len(moved)}
        )
    if stay:
        says.append(
            ngettext(
                "%(count)d session stays where it is.",
                "%(count)d sessions stay where they are.",
                stay,
            )
            % {"count": stay}
        )
    if outside:
        says.append(
            ngettext(
                "%(count)d session is on no day of the event then. It stays in the draft until"
                " you move it: %(titles)s.",
                "%(count)d sessions are on no day of the event then. They stay in the draft until"
                " you move them: %(titles)s.",
                len(outside),
            )
            % {"count": len(outside), "titles": _titles(outside)}
        )
    changes = _release(kickoff, before, by, at)
    if changes is None or changes.last is None:
        return Follows(_("Agenda"), says)
    told = {person: [_told(changes, person)] for person in changes.touched}
    says.append(
        _("Version %(last)d is out. It is kept, and version %(next)d takes its place.")
        % {"last": changes.last.number, "next": changes.next_number}
    )
    return Follows(_("Agenda"), says, told)


def _move(session: Session, kickoff: Kickoff, before: Before) -> bool:
    """Put a session where it is now; whether that is another moment."""
    if session.starts_at is None:
        return False
    starts_at = before.moved(kickoff, session.starts_at)
    if starts_at == session.starts_at:
        return False
    session.starts_at = starts_at
    session.version += 1
    return True


def _release(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Changes | None:
    """The next version, released; None where none was out, or none of it is elsewhere now."""
    last, printed, names = last_printed(kickoff)
    if last is None:
        return None
    moved = {
        session: replace(one, starts_at=before.moved(kickoff, one.starts_at))
        for session, one in printed.items()
    }
    after = {pk: one for pk, one in moved.items() if _is_inside(kickoff, one.starts_at)}
    changes = Changes(kickoff=kickoff, at=at, last=last, before=printed, after=after, names=names)
    if not changes.differences:
        return None
    parts = {
        session: sorted((person, names[person], part) for person, part in one.people)
        for session, one in after.items()
    }
    try:
        release, _people = freeze(changes, parts, by=by, at=at)
    except ReleaseRefused as refusal:
        raise KickoffRefused(str(refusal)) from refusal
    record_entry(
        by=by, verb="agenda.released", at=at, object=release, note=f"{release.number}: moved"
    )
    return changes


def _told(changes: Changes, person: int) -> str:
    """What changes for one person: where they lead, and where the whole agenda is."""
    zone = changes.kickoff.zone
    led: list[Printed] = [
        one.after
        for one in changes.touched[person]
        if one.after is not None and person in dict(one.after.people)
    ]
    lines = [
        _("You speak or facilitate in “%(title)s”: %(when)s, %(where)s.")
        % {
            "title": one.title,
            "when": words.when(one.starts_at, one.starts_at + one.length, zone),
            "where": one.where,
        }
        for one in sorted(led, key=lambda one: one.starts_at)
    ]
    path = reverse("agenda:sessions:mine", kwargs={"slug": changes.kickoff.slug})
    agenda = _("Your agenda has moved along, as version %(number)d: %(url)s") % {
        "number": changes.next_number,
        "url": f"{settings.SITE_URL}{path}",
    }
    return "\n".join([agenda, *lines])


def _is_inside(kickoff: Kickoff, starts_at: datetime) -> bool:
    return agenda_day(starts_at, kickoff.zone) in kickoff.days


def _titles(sessions: Sequence[Session]) -> str:
    named = ", ".join(f"“{one.title}”" for one in sessions[:3])
    return named if len(sessions) <= 3 else _("%(titles)s and others") % {"titles": named}
