"""What the draft would change in the released agenda, and whom that touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.sessions.models import (
    Pillar,
    Release,
    ReleasedPart,
    ReleasedSession,
    SessionType,
)
from agenda.sessions.queries import words
from agenda.sessions.queries.draft import Draft
from agenda.sessions.queries.serving import sessions_with_bets
from agenda.sessions.rules import Change, Difference, Printed, differences
from core.folding import alphabetical
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.queries import here

Membership = tuple[str, str, int | None]  # kind on the roster, function, region


@dataclass(frozen=True, slots=True)
class Line:
    """One difference in words."""

    session_id: int
    change: Change
    heading: str
    title: str
    text: str


@dataclass
class Changes:
    """
    The draft beside the last release; `last` is None before the first.

    `names` are the people who speak in either; `touched` the people to be told `at` the moment,
    with what changes for each.
    """

    kickoff: Kickoff
    at: datetime
    last: Release | None
    before: Mapping[int, Printed]
    after: Mapping[int, Printed]
    names: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def differences(self) -> list[Difference]:
        return differences(self.before, self.after)

    @cached_property
    def by_session(self) -> dict[int, Change]:
        return {one.session: one.change for one in self.differences}

    @property
    def next_number(self) -> int:
        return self.last.number + 1 if self.last else 1

    def count(self, change: Change) -> int:
        return sum(one.change == change for one in self.differences)

    @cached_property
    def touched(self) -> dict[int, list[Difference]]:
        """
        The people whom a release touches, each with the differences that touch them: who speaks
        or facilitates before or after, and the audience before or after. A first release
        touches everybody who takes part. Nobody who has left.
        """
        told: dict[int, list[Difference]] = defaultdict(list)
        members = members_of(self.kickoff, self.at) if self.differences else {}
        by_group: dict[Membership, list[int]] = defaultdict(list)
        for person, membership in members.items():
            by_group[membership].append(person)
        for one in self.differences:
            people = {
                person
                for printed in (one.before, one.after)
                if printed is not None
                for person in _meant(printed, by_group)
            }
            for person in people:
                told[person].append(one)
        if self.last is None and self.differences:
            for person in members:
                told.setdefault(person, [])
        if others := told.keys() - members.keys():  # who speak and do not take part
            others -= set(
                Person.objects.filter(here(self.at), pk__in=others).values_list("pk", flat=True)
            )
        return {person: changed for person, changed in told.items() if person not in others}

    @cached_property
    def _lines(self) -> dict[int, Line]:
        zone = self.kickoff.zone
        return {one.session: _line(one, zone, self.names) for one in self.differences}

    def lines(self, found: Iterable[Difference] | None = None) -> list[Line]:
        """Differences in words, in the event's zone."""
        chosen = self.differences if found is None else found
        return [self._lines[one.session] for one in chosen]


def members_of(kickoff: Kickoff, at: datetime) -> dict[int, Membership]:
    """Everybody who takes part and is still here, with what segments ask for: one SQL query."""
    rows = (
        Attendee.objects.filter(kickoff=kickoff)
        .taking_part(at)
        .order_by()
        .values_list("person_id", "kind", "person__function", "person__region_id")
    )
    return {person: (kind, function, region) for person, kind, function, region in rows}


def _meant(printed: Printed, by_group: Mapping[Membership, Sequence[int]]) -> Iterable[int]:
    for person, _part in printed.people:
        yield person
    for group, people in by_group.items():
        if all(not want or want == have for want, have in zip(printed.segment, group, strict=True)):
            yield from people


def last_release(kickoff: Kickoff) -> Release | None:
    """The version of the agenda that people see, or None."""
    return (
        Release.objects.filter(kickoff=kickoff)
        .select_related("released_by")
        .order_by("-number")
        .first()
    )


def changes_of(draft: Draft, at: datetime) -> Changes:
    """The draft beside the last release: three SQL queries, whatever their size."""
    newest = Release.objects.filter(kickoff=draft.kickoff).order_by("-number").values("pk")[:1]
    rows = list(
        ReleasedSession.objects.filter(release=newest).select_related("release__released_by")
    )
    last = rows[0].release if rows else last_release(draft.kickoff)
    before, names = printed_released(last, rows) if last else ({}, {})
    return Changes(
        kickoff=draft.kickoff,
        at=at,
        last=last,
        before=before,
        after=_printed_draft(draft),
        names=names | draft.person_names,
    )


def _printed_draft(draft: Draft) -> dict[int, Printed]:
    bets: dict[int, list[str]] = defaultdict(list)
    for one in sessions_with_bets(draft.kickoff):
        bets[one.session_id].append(one.bet_title)
    printed = {}
    for pk, drafted in draft.sessions.items():
        if drafted.starts_at is None:
            continue
        printed[pk] = Printed(
            title=drafted.title,
            type=drafted.type,
            pillar=drafted.pillar,
            outcome=drafted.outcome,
            description=drafted.description,
            where=drafted.where,
            starts_at=drafted.starts_at,
            minutes=drafted.minutes,
            capacity=drafted.capacity,
            segment=drafted.segment,
            people=frozenset((person, part) for person, _name, part in drafted.people),
            bets=tuple(bets[pk]),
        )
    return printed


def printed_released(
    last: Release, rows: Iterable[ReleasedSession] | None = None
) -> tuple[dict[int, Printed], dict[int, str]]:
    """
    A version as it was printed, by session, and the names in it by person: two SQL queries, one
    where its sessions are at hand.
    """
    people: dict[int, set[tuple[int, str]]] = defaultdict(set)
    names: dict[int, str] = {}
    parts = ReleasedPart.objects.filter(session__release=last).order_by()
    for session, person, part, name in parts.values_list("session_id", "person_id", "part", "name"):
        people[session].add((person, part))
        names[person] = name
    printed = {
        one.session_id: Printed(
            title=one.title,
            type=one.type,
            pillar=one.pillar,
            outcome=one.outcome,
            description=one.description,
            where=one.where,
            starts_at=one.starts_at,
            minutes=one.minutes,
            capacity=one.capacity,
            segment=(one.segment_kind, one.segment_function, one.segment_region_id),
            people=frozenset(people[one.pk]),
            bets=tuple(one.bets),
        )
        for one in rows or ReleasedSession.objects.filter(release=last).order_by()
    }
    return printed, names


def _line(one: Difference, zone: ZoneInfo, names: Mapping[int, str]) -> Line:
    shown = one.after or one.before
    if shown is None:
        raise ValueError("A difference has a session before or after.")
    heading = {
        Change.ADDED: _("New"),
        Change.MOVED: _("Moved"),
        Change.CHANGED: _("Changed"),
        Change.REMOVED: _("Taken off"),
    }[one.change]
    if one.change in (Change.ADDED, Change.REMOVED) or one.before is None or one.after is None:
        return Line(one.session, one.change, heading, shown.title, _place(shown, zone))
    text = ". ".join(_field_words(name, one.before, one.after, zone, names) for name in _named(one))
    return Line(one.session, one.change, heading, shown.title, text)


def _place(printed: Printed, zone: ZoneInfo) -> str:
    ends_at = printed.starts_at + printed.length
    return _("%(when)s, %(where)s") % {
        "when": words.when(printed.starts_at, ends_at, zone),
        "where": printed.where,
    }


def _named(one: Difference) -> list[str]:
    """The fields to speak of: time and length are said together."""
    return list(dict.fromkeys("time" if n in ("starts_at", "minutes") else n for n in one.fields))


def _field_words(
    name: str, before: Printed, after: Printed, zone: ZoneInfo, names: Mapping[int, str]
) -> str:
    if name == "time":
        return _("%(after)s instead of %(before)s") % {
            "before": words.when(before.starts_at, before.starts_at + before.length, zone),
            "after": words.when(after.starts_at, after.starts_at + after.length, zone),
        }
    if name == "where":
        return _("In %(after)s instead of %(before)s") % {
            "before": before.where,
            "after": after.where,
        }
    if name == "title":
        return _("Was called “%(before)s”") % {"before": before.title}
    if name == "people":
        return _people_words(before, after, names)
    if name == "capacity":
        if after.capacity is None:
            return _("A place for everybody")
        return ngettext("%(count)s place now", "%(count)s places now", after.capacity) % {
            "count": after.capacity
        }
    if name == "type":
        return _("Now: %(type)s") % {"type": SessionType(after.type).label}
    if name == "pillar":
        return _("Pillar: %(pillar)s") % {
            "pillar": Pillar(after.pillar).label if after.pillar else _("none")
        }
    return {
        "outcome": _("Another outcome"),
        "description": _("Another description"),
        "segment": _("For other people"),
        "bets": _("Other big bets"),
    }[name]


def _people_words(before: Printed, after: Printed, names: Mapping[int, str]) -> str:
    come = _name_list(after.people - before.people, names)
    gone = _name_list(before.people - after.people, names)
    if come and gone:
        return _("With %(come)s instead of %(gone)s") % {"come": come, "gone": gone}
    if come:
        return _("Now with %(come)s") % {"come": come}
    return _("Without %(gone)s") % {"gone": gone}


def _name_list(people: Iterable[tuple[int, str]], names: Mapping[int, str]) -> str:
    return ", ".join(sorted({names.get(person, "") for person, _part in people}, key=alphabetical))


def people_to_tell(touched: Iterable[int], at: datetime) -> list[Person]:
    """Those touched who are still here."""
    wanted = list(touched)
    found: list[Person] = []
    for start in range(0, len(wanted), 500):
        found.extend(Person.objects.filter(here(at), pk__in=wanted[start : start + 500]))
    return found
