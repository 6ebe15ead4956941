"""What a person's own calendar shows: their sessions of each kickoff, and those taken from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from agenda.feeds.models import Feed
from agenda.feeds.rendering import Entry
from agenda.sessions.hooks import seats_of
from agenda.sessions.models import Release, ReleasedPart, ReleasedSession
from agenda.sessions.queries.changes import last_release
from agenda.sessions.queries.released import Shown, all_for
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person

KEPT_DAYS = 90  # after its last day a kickoff leaves the calendar


def token_of(feed: Feed) -> str:
    """The signed part of the address. One that was made later makes it worthless."""
    token: str = _signer().sign_object([feed.pk, feed.made_at.isoformat()])
    return token


def address_of(feed: Feed) -> str:
    """The address, whole."""
    return f"{settings.SITE_URL}{reverse('agenda:calendar_by_link', args=[token_of(feed)])}"


def feed_for(person: Person) -> Feed | None:
    """The feed of a person, if they made one. One query."""
    return Feed.objects.filter(person=person).first()


def feed_of(token: str) -> Feed | None:
    """
    Whose address it is; None where a newer one has its place, or it was taken down. One query.

    :raises BadSignature: it was not signed here
    """
    pk, made_at = _signer().unsign_object(token)
    found = Feed.objects.select_related("person").filter(pk=pk).first()
    return found if found and found.made_at.isoformat() == made_at else None


def entries_for(person: Person, at: datetime) -> Iterator[Entry]:
    """
    The sessions of a person in each kickoff that they attend or lead a session of, and those of an
    earlier release that are theirs no more. One query, and six a kickoff.
    """
    for kickoff in _kickoffs(person, at):
        release = last_release(kickoff)
        if release is None:
            continue
        seats = seats_of(kickoff, person)
        mine = all_for(person, kickoff)
        if not kickoff.attends:
            mine = [one for one in mine if one.part_of(person)]
        for one in mine:
            yield entry_of(one, kickoff, release, seats.get(one.id, ""))
        yield from _taken_away(person, kickoff, release, [one.id for one in mine])


def _kickoffs(person: Person, at: datetime) -> QuerySet[Any]:
    seats = Attendee.objects.filter(kickoff=OuterRef("pk"), person=person)
    parts = ReleasedPart.objects.filter(session__release__kickoff=OuterRef("pk"), person=person)
    since = at.date() - timedelta(days=KEPT_DAYS)
    shown = Kickoff.objects.shown_to_people().filter(ends_date__gte=since)
    return shown.annotate(attends=Exists(seats)).filter(Q(attends=True) | Exists(parts))


def entry_of(one: Shown, kickoff: Kickoff, release: Release, seat: str = "") -> Entry:
    """A released session as an entry; `seat` is where its person sits."""
    page = reverse("agenda:sessions:released", args=[kickoff.slug, one.id])
    about = "\n".join(filter(None, (seat, ", ".join(one.names), one.outcome)))
    return _entry(one, one.id, kickoff, release, about=about, url=f"{settings.SITE_URL}{page}")


def _entry(
    one: Shown | ReleasedSession,
    session_id: int,
    kickoff: Kickoff,
    release: Release,
    **more: Any,
) -> Entry:
    return Entry(
        uid=f"session-{session_id}@sko-planner",
        title=one.title,
        where=one.where,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        zone=kickoff.zone,
        number=release.number,
        said_at=release.released_at,
        **more,
    )


def _taken_away(
    person: Person, kickoff: Kickoff, release: Release, mine: Sequence[int]
) -> Iterator[Entry]:
    """What was once theirs and no more is, as it was last said to them. One query."""
    seat = Attendee.objects.filter(kickoff=kickoff, person=person)
    meant = (
        (Q(Exists(seat)) & Q(segment_kind="") | Q(segment_kind__in=seat.values("kind")))
        & Q(segment_function__in=["", person.function])
        & (Q(segment_region=None) | Q(segment_region=person.region_id))
    )
    led = Exists(ReleasedPart.objects.filter(session=OuterRef("pk"), person=person))
    earlier = (
        ReleasedSession.objects.filter(meant | led, release__kickoff=kickoff)
        .exclude(release=release)
        .exclude(session_id__in=mine)
        .order_by("session_id", "-release__number")
    )
    last: dict[int, ReleasedSession] = {}
    for one in earlier:
        last.setdefault(one.session_id, one)
    for one in last.values():
        yield _entry(one, one.session_id, kickoff, release, is_cancelled=True)


def own_data(person: Person) -> Iterable[tuple[str, Sequence[Mapping[str, object]]]]:
    """Since when a person's calendar has an address, for the file that they take with them."""
    yield "calendar_address", list(Feed.objects.filter(person=person).values("made_at"))


def _signer() -> signing.Signer:
    return signing.Signer(salt="agenda.feeds.address")
