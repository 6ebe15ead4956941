"""A kickoff changed; moving its days or its zone is said beforehand, and done with all that follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui.figures import day
from events.kickoff import hooks
from events.kickoff.actions.refusals import KickoffRefused, refuse_days
from events.kickoff.models import Kickoff
from events.kickoff.queries import invented, place_of
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone
from people.notices.rules import Delivery, Kind
from people.org.queries import here

MOVED = Kind(
    "kickoff.moved",
    gettext_lazy("A kickoff of yours has moved to other days"),
    gettext_lazy("Open the kickoff"),
    Delivery.AT_ONCE,
    needed=gettext_lazy("Rooms and flights are booked by these days."),
)
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a planner says of a kickoff. Dates are the venue's; `time_zone` is an IANA name."""

    name: str
    theme: str
    fiscal_year: str
    starts_date: date
    ends_date: date
    venue: str
    city: str
    time_zone: str
    format: str
    currency: str


@dataclass(frozen=True)
class Move:
    """A kickoff on its new days, what it said before, what follows, and how many people are told."""

    kickoff: Kickoff
    before: hooks.Before
    follows: Sequence[hooks.Follows]
    told: int

    @property
    def was(self) -> str:
        """The days and the zone until now, in words."""
        return _days(self.before)

    @property
    def now(self) -> str:
        """The new days and zone, in words."""
        return _days(self.kickoff)

    @cached_property
    def seal(self) -> str:
        """Says whether somebody has seen just this: other days, or other things that follow, differ."""
        said = [(one.name, *one.says, *one.details) for one in self.follows]
        return sha256(repr((self.was, self.now, self.told, said)).encode()).hexdigest()


class MoveUnseen(KickoffRefused):
    """The days or the zone would change, and what follows then was not seen. It is in `move`."""

    def __init__(self, move: Move) -> None:
        super().__init__(_("Look at what follows from the move first."))
        self.move = move


@transaction.atomic
def update_kickoff(
    *, kickoff_id: int, details: Details, by: Person, at: datetime, seen: str | None = None
) -> Kickoff:
    """
    Change what is said of a kickoff. What counts from its days or its zone moves along, and whom
    that touches gets one mail.

    `seen` is the seal of the move that somebody was shown, empty if they were shown none; without
    it nobody is asked. The slug stays: links that people have keep working.

    :raises MoveUnseen: the move is made and taken back, since other things follow than were seen
    :raises KickoffRefused: it is archived; or it has ended and its dates or zone would change;
        or the last day is before the first; or the days are out of all measure
    """
    kickoff = Kickoff.objects.select_for_update().get(pk=kickoff_id)
    refuse_days(details.starts_date, details.ends_date)
    before = hooks.Before(kickoff.starts_date, kickoff.ends_date, kickoff.time_zone)
    after = hooks.Before(details.starts_date, details.ends_date, details.time_zone)
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise KickoffRefused(_("This kickoff is archived, so it no longer changes."))
    if kickoff.status == Kickoff.Status.ENDED and before != after:
        raise KickoffRefused(
            _("This kickoff has ended: its dates and its time zone are what happened.")
        )
    fields = asdict(details)
    for field, value in fields.items():
        setattr(kickoff, field, value)
    kickoff.save(update_fields=list(fields))
    record_entry(by=by, verb="kickoff.changed", at=at, object=kickoff, note=details.name)
    if before != after:
        _move(kickoff, before, by, at, seen)
    return kickoff


def _move(
    kickoff: Kickoff, before: hooks.Before, by: Person, at: datetime, seen: str | None
) -> None:
    follows = [one for one in hooks.follow_dates(kickoff, before, by, at) if one is not None]
    lines = _lines(follows) if kickoff.is_shown_to_people else {}
    people = _still_here(lines, at)
    move = Move(kickoff, before, follows, len(people))
    if seen is not None and follows and seen != move.seal:
        raise MoveUnseen(move)
    record_entry(
        by=by, verb="kickoff.moved", at=at, object=kickoff, note=f"{move.was} → {move.now}"
    )
    mails = [_mail(move, person, lines[person.pk], at) for person in people]
    tell(drafts=mails, at=at)


def shown_mails() -> Iterator[NoticeDraft]:
    """The mail about new days, for the page that shows it."""
    kickoff = invented()
    week = timedelta(days=7)
    before = hooks.Before(kickoff.starts_date - week, kickoff.ends_date - week, kickoff.time_zone)
    yield _mail(Move(kickoff, before, [], 0), someone(), [], timezone.now())


def _lines(follows: Sequence[hooks.Follows]) -> dict[int, list[str]]:
    lines: dict[int, list[str]] = defaultdict(list)
    for one in follows:
        for person, said in one.told.items():
            lines[person].extend(said)
    return lines


def _still_here(lines: Mapping[int, object], at: datetime) -> list[Person]:
    wanted = sorted(lines)
    people: list[Person] = []
    for start in range(0, len(wanted), BATCH):
        people += Person.objects.filter(here(at), pk__in=wanted[start : start + BATCH])
    return people


def _mail(move: Move, person: Person, lines: Sequence[str], at: datetime) -> NoticeDraft:
    facts = {
        "name": person.display_name,
        "kickoff": move.kickoff.name,
        "was": move.was,
        "now": move.now,
    }
    parts = [
        _("Hello %(name)s,") % facts,
        _("%(kickoff)s has moved.\n\nNow: %(now)s\nBefore: %(was)s") % facts,
        *lines,
    ]
    return NoticeDraft(
        kind=MOVED,
        place=place_of(move.kickoff),
        key=f"kickoff-moved:{move.kickoff.pk}:{person.pk}:{at.isoformat()}",
        person=person,
        subject=_("%(kickoff)s has moved: %(now)s") % facts,
        body="\n\n".join(parts),
    )


def _days(said: Kickoff | hooks.Before) -> str:
    return _("%(first)s to %(last)s, %(zone)s") % {
        "first": day(said.starts_date, "long"),
        "last": day(said.ends_date, "long"),
        "zone": said.time_zone,
    }
