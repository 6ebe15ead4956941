"""Releases: the draft frozen as a version, and notices to those whom it touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.sessions.actions import notices
from agenda.sessions.models import Release, ReleasedPart, ReleasedSession, ReleaseReader
from agenda.sessions.queries.changes import Changes, changes_of, people_to_tell
from agenda.sessions.queries.draft import Said, draft_of
from agenda.sessions.rules import Printed
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import tell


class ReleaseRefused(Exception):
    """Nothing went out. The message is fit to show to the planner."""


class ReleaseBlocked(ReleaseRefused):
    """Conflicts stand in the way; a reason overrides them. `conflicts` are in words."""

    def __init__(self, conflicts: list[Said]) -> None:
        super().__init__(
            ngettext(
                "%(count)s conflict blocks the release. Mend it, or say why it may stand.",
                "%(count)s conflicts block the release. Mend them, or say why they may stand.",
                len(conflicts),
            )
            % {"count": len(conflicts)}
        )
        self.conflicts = conflicts


@transaction.atomic
def release_agenda(
    *,
    kickoff: Kickoff,
    by: Person,
    at: datetime,
    seen_number: int | None = None,
    override_reason: str = "",
) -> Release:
    """
    Freeze the draft as the next version, and tell exactly the people whom the changes touch:
    one message a person. Sessions in the tray stay out.

    `seen_number` is the version that the planner was shown; a reason to release with
    blocking conflicts goes into the audit trail.

    :raises ReleaseBlocked: a conflict blocks, and there is no reason to override it
    :raises ReleaseRefused: the kickoff is a draft or archived, nothing changed, nothing is
        scheduled, or somebody else released meanwhile
    """
    if kickoff.status == Kickoff.Status.DRAFT:
        raise ReleaseRefused(_("Nobody can see this kickoff yet. Open it to its people first."))
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise ReleaseRefused(_("This kickoff is archived, so its agenda no longer changes."))
    draft = draft_of(kickoff)
    changes = changes_of(draft, at)
    if seen_number is not None and seen_number != changes.next_number:
        raise _overtaken(changes)
    if not changes.after and changes.last is None:
        raise ReleaseRefused(_("No session has a room and a time yet."))
    if not changes.differences:
        raise ReleaseRefused(_("Nothing has changed since the last release."))
    override_reason = override_reason.strip()
    if draft.blocking and not override_reason:
        raise ReleaseBlocked([draft.say(conflict) for conflict in draft.blocking])
    reason = override_reason[:300] if draft.blocking else ""
    parts = {pk: one.people for pk, one in draft.sessions.items()}
    release, people = freeze(changes, parts, by=by, at=at, reason=reason)
    tell(drafts=[notices.changed(release, changes, person) for person in people], at=at)
    note = f"{release.number}: {release.override_reason}" if release.override_reason else ""
    verb = "agenda.released_with_conflicts" if release.override_reason else "agenda.released"
    record_entry(by=by, verb=verb, at=at, object=release, note=note or str(release.number))
    return release


def record_look(*, kickoff: Kickoff, by: Person, at: datetime) -> None:
    """
    Record that somebody has looked at their agenda as it is released now. One query, two where
    there was something new.
    """
    unseen = ReleaseReader.objects.filter(release__kickoff=kickoff, person=by, seen_at=None)
    if ids := list(unseen.values_list("pk", flat=True)):
        ReleaseReader.objects.filter(pk__in=ids).update(seen_at=at)


def _overtaken(changes: Changes) -> ReleaseRefused:
    return ReleaseRefused(
        _("Somebody else released version %(number)s meanwhile. Look at what is left to change.")
        % {"number": changes.last.number if changes.last else changes.next_number}
    )


def freeze(
    changes: Changes,
    parts: Mapping[int, Sequence[tuple[int, str, str]]],
    *,
    by: Person,
    at: datetime,
    reason: str = "",
) -> tuple[Release, list[Person]]:
    """
    Keep what stands after changes as the next version; return it, and whom it touches.

    `parts` are the people of each session: id, name and part.

    :raises ReleaseRefused: somebody else released meanwhile
    """
    people = people_to_tell(changes.touched, at)
    release = Release(
        kickoff=changes.kickoff,
        number=changes.next_number,
        released_at=at,
        released_by=by,
        override_reason=reason,
        told=len(people),
    )
    try:
        with transaction.atomic():
            release.save()
    except IntegrityError as error:
        raise _overtaken(changes) from error
    _keep_sessions(release, changes.after, parts)
    is_first = changes.last is None
    ReleaseReader.objects.bulk_create(
        [
            ReleaseReader(
                release=release,
                person=person,
                changes=0 if is_first else len(changes.touched[person.pk]),
            )
            for person in people
        ],
        batch_size=500,
    )
    return release, people


def _keep_sessions(
    release: Release,
    sessions: Mapping[int, Printed],
    people: Mapping[int, Sequence[tuple[int, str, str]]],
) -> None:
    rows = ReleasedSession.objects.bulk_create(
        [_row(release, session, printed) for session, printed in sessions.items()],
        batch_size=200,
    )
    ReleasedPart.objects.bulk_create(
        [
            ReleasedPart(session=row, person_id=person, part=part, name=name)
            for row in rows
            for person, name, part in people[row.session_id]
        ],
        batch_size=200,
    )


def _row(release: Release, session: int, printed: Printed) -> ReleasedSession:
    kind, function, region = printed.segment
    return ReleasedSession(
        release=release,
        session_id=session,
        title=printed.title,
        type=printed.type,
        pillar=printed.pillar,
        outcome=printed.outcome,
        description=printed.description,
        where=printed.where,
        starts_at=printed.starts_at,
        ends_at=printed.starts_at + timedelta(minutes=printed.minutes),
        capacity=printed.capacity,
        segment_kind=kind,
        segment_function=function,
        segment_region_id=region,
        bets=list(printed.bets),
        named=list(printed.named),
    )
