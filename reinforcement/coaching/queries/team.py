from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

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
from people.waiting.queries import waiting_for
from people.waiting.rules import Waiting, tally
from reinforcement.campaigns.models import Activity
from reinforcement.campaigns.rules import last_date
from reinforcement.coaching.queries.about import last_talks, nudged_today, waiting_about
from reinforcement.coaching.queries.notes import RECENT
from reinforcement.learning.queries import Checks, checks
from reinforcement.touches.models import Touch

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
    One report on *My team*. `late` and `due` count what waits about them at any kickoff, theirs
    and their manager's; `nudged` says that the manager has reminded them today.

    `scores` are percent by checkpoint day of the finished checks, empty while RevOps has not
    confirmed the manager; `missed_check` says that a check is late. `packet` is None while
    none is released, `prework` while none is assigned.
    """

    person: Person
    group: Group
    late: int
    due: int
    due_date: date | None
    next: Next
    can_nudge: bool
    nudged: bool
    scores: dict[int, int]
    missed_check: bool
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
    own: list[Waiting]  # what waits for the manager and is in no report's row
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


def team_overview(manager: Person, kickoff: Kickoff, at: datetime) -> Team:
    """
    *My team*: a row a report on the roster, with all that waits about them, where their packet
    stands (no figures) and how far their pre-work is; 7 queries and those of the truth, for any
    number of reports. Scores only of reports whose manager RevOps has confirmed.
    """
    reports = list(
        reports_of(manager, at).filter(attendances__kickoff=kickoff).order_by("full_name", "pk")
    )
    ids = [person.pk for person in reports]
    truth = waiting_for([manager, *reports], at)
    about = waiting_about(truth, manager, reports)
    taken = checks([person for person in reports if not person.has_new_manager], kickoff)
    planned = _planned_talks(manager, kickoff, ids)
    packets, prework = packet_states(kickoff, ids), prework_counts(kickoff, ids, at)
    talks, nudged = last_talks(manager, ids), nudged_today(manager, ids, at)
    zone = ZoneInfo(manager.time_zone)
    rows = []
    for person in reports:
        late, due = about[person.pk].late(at), about[person.pk].due(at, zone)
        scores = taken.scores.get(person.pk, {})
        rows.append(
            Row(
                person=person,
                group=Group.OVERDUE if late else Group.THIS_WEEK if due else Group.NOTHING,
                late=tally(late, at).total,
                due=tally(due, at).total,
                due_date=due[0].due_date(zone) if due else None,
                next=_next(person, late, due, planned.get(person.pk), taken, kickoff, at),
                can_nudge=any(item.person_id == person.pk for item in late),
                nudged=person.pk in nudged,
                scores=scores,
                missed_check=any(item.kind == "touches.retention_check" for item in late),
                last_talk=talks.get(person.pk),
                packet=packets.get(person.pk),
                prework=prework.get(person.pk),
            )
        )
    order = list(Group)
    rows.sort(key=lambda row: (order.index(row.group), -row.late, row.due_date or date.max))
    return Team(
        rows=rows,
        own=[item for item in truth[manager.pk] if item.about_id not in about],
        checks=taken,
        today=kickoff.local_date(at),
    )


def _planned_talks(manager: Person, kickoff: Kickoff, ids: Collection[int]) -> dict[int, date]:
    """By when the next 1:1 is that is planned with each report and not due yet. One query."""
    touches = (
        Touch.objects.of_kickoff(kickoff)
        .open()
        .filter(person=manager, about__in=ids, activity__setting=Activity.Setting.ONE_TO_ONE)
        .order_by("-due_at")
    )
    zone = ZoneInfo(manager.time_zone)
    return {
        about_id: last_date(overdue_at, zone)
        for about_id, overdue_at in touches.values_list("about_id", "overdue_at")
    }


def _next(
    person: Person,
    late: list[Waiting],
    due: list[Waiting],
    planned: date | None,
    taken: Checks,
    kickoff: Kickoff,
    at: datetime,
) -> Next:
    talk = _talk_url(kickoff, person)
    # What the manager does themselves comes before what the rep still has to do
    for item in (*late[:1], *due[:1]):
        return _about(item, person, taken, talk, at)
    if planned is not None:
        text = _("Next 1:1 by %(date)s") % {"date": figures.day(planned)}
        return Next(text, _("Open"), talk)
    return Next(_("Nothing planned"), _("Open"), talk)


def _about(item: Waiting, person: Person, taken: Checks, talk: str, at: datetime) -> Next:
    late = _days_late(item, at)
    if item.kind == "team.certification":
        if person.has_new_manager:
            text = _("Mark them for the certification once RevOps has confirmed you")
            return Next(f"{text}{late}", _("Open"), talk)
        return Next(_("Mark what you saw for the certification") + late, _("Mark it"), item.url)
    if item.kind == "team.one_to_one":
        weakest = taken.weakest(person.pk)
        text = (
            _("Talk about “%(topic)s” in the 1:1") % {"topic": taken.names[weakest]}
            if weakest is not None
            else item.title
        )
        return Next(f"{text}{late}", _("Start the 1:1"), talk)
    if item.about_id == person.pk:
        return Next(f"{item.title}{late}", item.button or _("Open"), item.url)
    if late and item.act_of_manager:
        text = _("Has not done “%(title)s”%(late)s; give three more days")
        said = text % {"title": item.title, "late": late}
        return Next(said, item.act_of_manager.label, item.act_of_manager.url, post=True)
    if late:
        text = _("Has not done “%(title)s”%(late)s") % {"title": item.title, "late": late}
        return Next(text, _("Open"), talk)
    day = item.due_date(ZoneInfo(person.time_zone))
    text = _("“%(title)s” is theirs to do by %(date)s")
    return Next(text % {"title": item.title, "date": figures.day(day)}, _("Open"), talk)


def _days_late(item: Waiting, at: datetime) -> str:
    if not item.is_late(at) or item.turns_late_at is None:
        return ""
    days = (at - item.turns_late_at).days + 1
    return ngettext(", %(days)s day late", ", %(days)s days late", days) % {"days": days}


def _talk_url(kickoff: Kickoff, person: Person) -> str:
    return reverse(
        "reinforcement:coaching:one_to_one", kwargs={"slug": kickoff.slug, "person_id": person.pk}
    )
