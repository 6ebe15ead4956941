"""What the draft would change in the released agenda, and whom that touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.sessions.models import (
    Pillar,
    Release,
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


class Version(NamedTuple):
    """A release by its number, and when it went out."""

    number: int
    released_at: datetime


@dataclass
class Changes:
    """
    The draft beside the last release; `last` is None before the first.

    `names` are the people who speak in either; `touched` the people to be told `at` the moment,
    with what changes for each.
    """

    kickoff: Kickoff
    at: datetime
    last: Version | None
    before: Mapping[int, Printed]
    after: Mapping[int, Printed]
    names: Mapping[int | str, str] = field(default_factory=dict)

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
    return Release.objects.filter(kickoff=kickoff).order_by("-number").first()


def changes_of(draft: Draft, at: datetime) -> Changes:
    """The draft beside the last release: two SQL queries, whatever their size."""
    last, before, names = last_printed(draft.kickoff)
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
            named=tuple(drafted.named),
        )
    return printed


_OF_RELEASE = ("number", "released_at")
_OF_SESSION = (
    "session_id", "title", "type", "pillar", "outcome", "description", "where", "capacity",
    "starts_at", "ends_at", "segment_kind", "segment_function", "segment_region", "bets",
    "named",
)  # fmt: skip
_OF_PART = ("person_id", "part", "name")


def last_printed(
    kickoff: Kickoff,
) -> tuple[Version | None, dict[int, Printed], dict[int | str, str]]:
    """
    The last version, if one is out, as it was printed, by session; and the names in it, by person.
    One SQL query.
    """
    newest = Release.objects.filter(kickoff=kickoff).order_by("-number").values("pk")[:1]
    rows = Release.objects.filter(pk=newest).values_list(
        *_OF_RELEASE,
        *(f"sessions__{name}" for name in _OF_SESSION),
        *(f"sessions__people__{name}" for name in _OF_PART),
    )
    last: Version | None = None
    sessions: dict[int, tuple[Any, ...]] = {}
    people: dict[int, set[tuple[int, str]]] = defaultdict(set)
    names: dict[int | str, str] = {}
    for number, released_at, session, *printed, person, part, name in rows:
        last = Version(number, released_at)
        if session is not None:
            sessions[session] = tuple(printed)
        if person is not None:
            people[session].add((person, part))
            names[person] = name
    found = {pk: _printed(one, frozenset(people[pk])) for pk, one in sessions.items()}
    return last, found, names


def _printed(released: tuple[Any, ...], people: frozenset[tuple[int, str]]) -> Printed:
    title, kind, pillar, outcome, description, where, capacity, starts_at, ends_at = released[:9]
    return Printed(
        title=title,
        type=kind,
        pillar=pillar,
        outcome=outcome,
        description=description,
        where=where,
        starts_at=starts_at,
        minutes=int((ends_at - starts_at).total_seconds() // 60),
        capacity=capacity,
        segment=released[9:12],
        people=people,
        bets=tuple(released[12]),
        named=tuple(released[13]),
    )


def _line(one: Difference, zone: ZoneInfo, names: Mapping[int | str, str]) -> Line:
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
    name: str, before: Printed, after: Printed, zone: ZoneInfo, names: Mapping[int | str, str]
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
        come, gone = after.people - before.people, before.people - after.people
        return _people_words(_name_list(come, names), _name_list(gone, names))
    if name == "named":
        come_in = [one for one in after.named if one not in before.named]
        gone_out = [one for one in before.named if one not in after.named]
        return _people_words(", ".join(come_in), ", ".join(gone_out))
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


def _people_words(come: str, gone: str) -> str:
    if come and gone:
        return _("With %(come)s instead of %(gone)s") % {"come": come, "gone": gone}
    if come:
        return _("Now with %(come)s") % {"come": come}
    if gone:
        return _("Without %(gone)s") % {"gone": gone}
    return _("Its speakers in another order")


def _name_list(people: Iterable[tuple[int, str]], names: Mapping[int | str, str]) -> str:
    return ", ".join(sorted({names.get(person, "") for person, _part in people}, key=alphabetical))


def people_to_tell(touched: Iterable[int], at: datetime) -> list[Person]:
    """Those touched who are still here."""
    wanted = list(touched)
    found: list[Person] = []
    for start in range(0, len(wanted), 500):
        found.extend(Person.objects.filter(here(at), pk__in=wanted[start : start + 500]))
    return found
