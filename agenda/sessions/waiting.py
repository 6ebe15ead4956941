from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.sessions.models import ReleaseReader, SessionPerson
from agenda.sessions.rules import ready_date
from core.due.rules import end_of
from core.guards.watching import Watch
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import Waiting

ASKED_BEFORE = timedelta(weeks=3)  # the day on which every session has its outcome

# Whoever reads an agenda, at any kickoff, or leads a session
WATCHED = (
    Watch("agenda_sessionperson", "{row}.person_id"),
    Watch(
        "agenda_session",
        "SELECT person_id FROM agenda_sessionperson WHERE session_id = {row}.id",
        ("title", "outcome", "starts_at", "owner_id"),
    ),
    Watch(
        "events_kickoff",
        "SELECT person_id FROM agenda_sessionperson JOIN agenda_session"
        " ON agenda_session.id = session_id WHERE kickoff_id = {row}.id",
    ),
    Watch("agenda_releasereader", "{row}.person_id"),
    Watch(
        "agenda_release", "SELECT person_id FROM agenda_releasereader WHERE release_id = {row}.id"
    ),
    Watch(
        "events_kickoff",
        "SELECT person_id FROM agenda_releasereader JOIN agenda_release"
        " ON agenda_release.id = release_id WHERE kickoff_id = {row}.id",
    ),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    An agenda that was released, or changed for somebody, since they last looked at it, until the
    event is over: one item a person and kickoff, with all changes since. One query.
    """
    readers = (
        ReleaseReader.objects.filter(
            person__in=people,
            seen_at=None,
            release__kickoff__in=Kickoff.objects.shown_to_people().under_way(),
        )
        .select_related("release__kickoff")
        .order_by("release__number")
    )
    of_agenda: dict[tuple[int, int], list[ReleaseReader]] = {}
    for reader in readers:
        if at < reader.release.kickoff.closes_at:
            of_agenda.setdefault((reader.person_id, reader.release.kickoff_id), []).append(reader)
    return (_item(unseen) for unseen in of_agenda.values())


def find_to_prepare(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Sessions that somebody leads and of which nobody says yet what people can do afterwards, from
    six weeks before the event until they begin. One query.
    """
    parts = SessionPerson.objects.filter(
        person__in=people,
        session__outcome="",
        session__kickoff__in=Kickoff.objects.shown_to_people().under_way(),
    ).select_related("session__kickoff", "session__owner")
    for one in {(part.person_id, part.session_id): part for part in parts}.values():
        session, kickoff = one.session, one.session.kickoff
        day = ready_date(kickoff.starts_date)
        ready_at = end_of(day, kickoff.zone)
        owner = session.owner.full_name if session.owner else ""
        yield Waiting(
            person_id=one.person_id,
            kind="agenda.prepare",
            title=_("Say what people can do after “%(title)s”") % {"title": session.title},
            note=_("Send it to %(name)s") % {"name": owner} if owner else "",
            url=reverse("agenda:sessions:speaking", args=[kickoff.slug]),
            button=_("Look"),
            since=ready_at - ASKED_BEFORE,
            begins_at=ready_at - ASKED_BEFORE,
            due_at=ready_at,
            day=day,
            until=session.starts_at or kickoff.closes_at,
            place=place_of(kickoff),
        )


def _item(unseen: list[ReleaseReader]) -> Waiting:
    first, kickoff = unseen[0], unseen[0].release.kickoff
    changes = sum(reader.changes for reader in unseen)
    title = ngettext(
        "See %(count)d change in your agenda", "See %(count)d changes in your agenda", changes
    ) % {"count": changes}
    return Waiting(
        person_id=first.person_id,
        kind="agenda.changed",
        title=title if first.changes else _("See your agenda"),
        url=reverse("agenda:sessions:mine", args=[kickoff.slug]),
        button=_("Look"),
        since=first.release.released_at,
        until=kickoff.closes_at,
        place=place_of(kickoff),
        is_private=True,
    )
