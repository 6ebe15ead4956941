from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui import figures
from events.kickoff.models import Kickoff
from events.packets.delivery.queries import PacketState, packet_states
from events.prework.queries import prework_counts
from events.prework.rules import Progress
from people.accounts.models import Person
from people.org.queries import reports_of
from reinforcement.campaigns.models import Activity
from reinforcement.coaching.models import CoachingNote
from reinforcement.learning.queries import Checks, checks
from reinforcement.touches.models import Touch

WEEK = timedelta(days=7)
RECENT = timedelta(days=14)
FELL_POINTS = 15


class Group(StrEnum):
    """How soon a rep needs their manager."""

    OVERDUE = "overdue"
    THIS_WEEK = "week"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Next:
    """The next thing for a manager to do about one rep. `post` is a button, not a link."""

    text: str
    label: str
    url: str
    post: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """
    One report on *My team*.

    `scores` are percent by checkpoint day of the finished checks, empty while RevOps has not
    confirmed the manager; `missed_day` is the day of a check that is late. `packet` is None while
    none is released, `prework` while none is assigned.
    """

    person: Person
    group: Group
    late: int
    due: int
    due_date: date | None
    next: Next
    scores: dict[int, int]
    missed_day: int | None
    last_talk: date | None
    packet: PacketState | None = None
    prework: Progress | None = None

    @property
    def days(self) -> tuple[int | None, int | None]:
        """The first and the last check that count: day 0 and the newest after it."""
        later = [day for day in self.scores if day > 0]
        return (0 if 0 in self.scores else None), max(later, default=None)

    @property
    def first_score(self) -> int | None:
        return self.scores.get(0)

    @property
    def last_score(self) -> int | None:
        last = self.days[1]
        return None if last is None else self.scores[last]

    @property
    def fell(self) -> bool:
        """Whether the last score is fifteen points or more under the first."""
        first, last = self.first_score, self.last_score
        return first is not None and last is not None and first - last >= FELL_POINTS


@dataclass(frozen=True, slots=True)
class Team:
    """A manager's reports at a kickoff, whoever needs them first on top."""

    rows: list[Row]
    meetings: list[Touch]  # team meetings that are due, or within a week
    checks: Checks
    today: date

    @property
    def groups(self) -> list[tuple[Group, list[Row]]]:
        """Overdue, due this week, nothing due; empty ones left out."""
        found = [(group, [row for row in self.rows if row.group == group]) for group in Group]
        return [(group, rows) for group, rows in found if rows]

    @property
    def unconfirmed(self) -> list[Person]:
        """Reports whose packets, notes and scores open once RevOps has confirmed."""
        return [row.person for row in self.rows if row.person.has_new_manager]

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    @property
    def due(self) -> int:
        return sum(row.due for row in self.rows)

    @property
    def talked_recently(self) -> int:
        """How many had a 1:1 in the last fourteen days."""
        since = self.today - RECENT
        return sum(row.last_talk is not None and row.last_talk >= since for row in self.rows)

    @property
    def last_day(self) -> int:
        """The newest checkpoint that anybody took."""
        return max((day for row in self.rows for day in row.scores), default=0)

    @property
    def weakest(self) -> list[tuple[str, int, int | None]]:
        """The two weakest topics of the newest check: name, percent, percent on day 0."""
        now, start = self.checks.of_team(self.last_day), self.checks.of_team(0)
        order = sorted(now, key=lambda topic: (now[topic], self.checks.names[topic]))
        return [
            (self.checks.names[t], now[t], start.get(t) if self.last_day else None)
            for t in order[:2]
        ]


def team_overview(
    manager: Person,
    kickoff: Kickoff,
    at: datetime,
) -> Team:
    """
    *My team*: a row a report on the roster, with what is late or due about them, where their
    packet stands (no figures) and how far their pre-work is; 6 queries. Scores only of reports
    whose manager RevOps has confirmed.
    """
    reports = list(
        reports_of(manager, at).filter(attendances__kickoff=kickoff).order_by("full_name", "pk")
    )
    touches = list(_open_touches(manager, kickoff, reports))
    taken = checks([person for person in reports if not person.has_new_manager], kickoff)
    ids = [person.pk for person in reports]
    packets, prework = packet_states(kickoff, ids), prework_counts(kickoff, ids, at)
    talks = dict(
        CoachingNote.objects.written_by(manager)
        .filter(kickoff=kickoff)
        .order_by()
        .values_list("rep_id")
        .annotate(last=Max("happened_on"))
    )
    rows = [
        _row(
            person,
            [touch for touch in touches if person.pk in (touch.person_id, touch.about_id)],
            taken,
            talks.get(person.pk),
            kickoff,
            at,
            packets.get(person.pk),
            prework.get(person.pk),
        )
        for person in reports
    ]
    order = list(Group)
    rows.sort(key=lambda row: (order.index(row.group), -row.late, row.due_date or date.max))
    meetings = [
        touch
        for touch in touches
        if touch.activity.setting == Activity.Setting.TEAM_MEETING and touch.due_at <= at + WEEK
    ]
    return Team(rows=rows, meetings=meetings, checks=taken, today=kickoff.local_date(at))


def _open_touches(manager: Person, kickoff: Kickoff, reports: Sequence[Person]) -> QuerySet[Touch]:
    meeting = Q(activity__setting=Activity.Setting.TEAM_MEETING)
    own = Q(person=manager) & (Q(about__in=reports) | meeting)
    return (
        Touch.objects.of_kickoff(kickoff)
        .open()
        .filter(own | Q(person__in=reports, about=None))
        .select_related("activity", "person")
        .order_by("overdue_at", "pk")
    )


def _row(
    person: Person,
    touches: list[Touch],
    taken: Checks,
    last_talk: date | None,
    kickoff: Kickoff,
    at: datetime,
    packet: PacketState | None,
    prework: Progress | None,
) -> Row:
    late = [touch for touch in touches if touch.is_late(at)]
    due = [touch for touch in touches if touch not in late and touch.due_at <= at + WEEK]
    group = Group.OVERDUE if late else Group.THIS_WEEK if due else Group.NOTHING
    missed = [
        touch.activity.day_offset
        for touch in late
        if touch.activity.kind == Activity.Kind.RETENTION_CHECK
    ]
    return Row(
        person=person,
        group=group,
        late=len(late),
        due=len(due),
        due_date=due[0].last_date if due else None,
        next=_next(person, late, due, touches, taken, kickoff, at),
        scores=taken.scores.get(person.pk, {}),
        missed_day=max(missed, default=None),
        last_talk=last_talk,
        packet=packet,
        prework=prework,
    )


def _next(
    person: Person,
    late: list[Touch],
    due: list[Touch],
    touches: list[Touch],
    taken: Checks,
    kickoff: Kickoff,
    at: datetime,
) -> Next:
    # What the manager does themselves comes before what the rep still has to do
    for some in (late, due):
        first = sorted(some, key=lambda touch: (touch.about_id is None, touch.overdue_at))
        if first:
            return _about(first[0], person, taken, kickoff, at)
    talk = _talk_url(kickoff, person)
    ahead = [t for t in touches if t.activity.setting == Activity.Setting.ONE_TO_ONE]
    if ahead:
        when = min(ahead, key=lambda touch: touch.due_at).last_date
        return Next(_("Next 1:1 by %(date)s") % {"date": figures.day(when)}, _("Open"), talk)
    return Next(_("Nothing planned"), _("Open"), talk)


def _about(touch: Touch, person: Person, taken: Checks, kickoff: Kickoff, at: datetime) -> Next:
    activity = touch.activity
    late = _days_late(touch, at)
    if touch.about_id and activity.kind == Activity.Kind.CERTIFICATION:
        if person.has_new_manager:
            text = _("Mark them for the certification once RevOps has confirmed you")
            return Next(f"{text}{late}", _("Open"), _talk_url(kickoff, person))
        score = reverse(
            "reinforcement:assessments:score", kwargs={"slug": kickoff.slug, "touch_id": touch.pk}
        )
        text = _("Mark what you saw for the certification")
        return Next(f"{text}{late}", _("Mark it"), score)
    if touch.about_id:
        weakest = taken.weakest(person.pk)
        text = (
            _("Talk about “%(topic)s” in the 1:1") % {"topic": taken.names[weakest]}
            if weakest is not None
            else activity.title
        )
        label = _("Start the 1:1") if touch.due_at <= at else _("Prepare")
        return Next(f"{text}{late}", label, _talk_url(kickoff, person))
    if touch.is_late(at):
        extend = reverse(
            "reinforcement:touches:extend", kwargs={"slug": kickoff.slug, "touch_id": touch.pk}
        )
        text = _("Has not done “%(title)s”%(late)s; give three more days") % {
            "title": activity.title,
            "late": late,
        }
        return Next(text, _("Extend"), extend, post=True)
    text = _("“%(title)s” is theirs to do by %(date)s") % {
        "title": activity.title,
        "date": figures.day(touch.last_date),
    }
    return Next(text, _("Open"), _talk_url(kickoff, person))


def _days_late(touch: Touch, at: datetime) -> str:
    if not touch.is_late(at):
        return ""
    days = (at - touch.overdue_at).days + 1
    return ngettext(", %(days)s day late", ", %(days)s days late", days) % {"days": days}


def _talk_url(kickoff: Kickoff, person: Person) -> str:
    return reverse(
        "reinforcement:coaching:one_to_one", kwargs={"slug": kickoff.slug, "person_id": person.pk}
    )
