"""The kickoffs that somebody may see, what they have at each, and which matters most today."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from agenda.insights.models import Insight
from agenda.sessions.models import SessionPerson
from core.prepared import prepared
from events.attendance.models import Attendee
from events.budget.models import BudgetOwner
from events.kickoff.models import Kickoff
from events.needs.models import NeedManager
from events.packets.delivery.models import PacketApprover
from people.accounts.models import Person
from people.org.access import sees_everybody
from reinforcement.coaching.models import CoachingNote

# What somebody may have at a kickoff: a seat, direct reports on its roster, anybody below them
# on it, and reports or notes from when they had some. The same as the gates of the pages ask for
SEAT, REPORTS, LINE, NOTES = "has_seat", "has_reports", "has_line", "has_notes"


class HasLineOnRoster(Func):
    """
    Whether anybody below a manager is on the roster of a kickoff: `people.org.queries.line_of`,
    walked from the top until somebody is. A whole line would be read on every page.
    """

    # One row and no EXISTS, which PostgreSQL turns round: it would read every roster first. A
    # roster that is empty yet comes first too, as the whole line would be walked in vain
    template = """CASE
        WHEN (SELECT MIN(person_id) FROM events_attendee WHERE kickoff_id = %(expressions)s) IS NULL
        THEN FALSE
        ELSE (
            WITH RECURSIVE line(id) AS (
                SELECT id FROM people_person WHERE manager_id = %%s
                UNION
                SELECT person.id
                FROM people_person AS person JOIN line ON person.manager_id = line.id
            )
            SELECT 1 FROM line CROSS JOIN events_attendee AS seat
            WHERE seat.person_id = line.id AND seat.kickoff_id = %(expressions)s
            AND line.id <> %%s LIMIT 1
        ) IS NOT NULL
        END"""
    output_field = BooleanField()

    def as_sql(self, *args: Any, **context: Any) -> tuple[str, Any]:
        sql, params = super().as_sql(*args, **context)
        return sql, [*params, *[self.extra["manager_id"]] * 2]


def visible_kickoffs(person: Person) -> list[Kickoff]:
    """
    The kickoffs that a person may see, newest first; the rule of `kickoff_or_404`, and those whose
    packets they approve, whose money they own, a form of whose needs they manage, of whose insights
    they answer some, or whose sessions they lead.

    Each says what the person has there, by the names above; in `is_approved_by_them` whether they
    approve its packets, in `is_paid_by_them` whether they own of its budget, and in
    `is_answered_by_them` whether they own an insight. One query.
    """
    sees_all = sees_everybody(person)
    return _visible_kickoffs(person.pk, sees_all=sees_all, is_guest=person.is_guest)


@prepared
def _visible_kickoffs(person_id: int, *, sees_all: bool, is_guest: bool) -> QuerySet[Kickoff]:
    on_roster = Attendee.objects.filter(kickoff=OuterRef("pk"))
    reports = on_roster.filter(person__manager=person_id)
    notes = CoachingNote.objects.written_by(Person(pk=person_id)).filter(kickoff=OuterRef("pk"))
    approvers = PacketApprover.objects.filter(kickoff=OuterRef("pk"), person=person_id)
    owners = BudgetOwner.objects.filter(budget__kickoff=OuterRef("pk"), person=person_id)
    managing = NeedManager.objects.filter(form__kickoff=OuterRef("pk"), person=person_id)
    answering = Insight.objects.heads().filter(kickoff=OuterRef("pk"), owner=person_id)
    kickoffs = Kickoff.objects.order_by("-starts_date", "-pk").annotate(
        is_answered_by_them=Exists(answering),
        is_cared_for_by_them=Exists(managing),
        is_approved_by_them=Exists(approvers),
        is_paid_by_them=Exists(owners),
        **{
            SEAT: Exists(on_roster.filter(person=person_id)),
            REPORTS: Exists(reports),
            LINE: HasLineOnRoster(F("pk"), manager_id=person_id),
            NOTES: Q(Exists(reports) | Exists(notes)),
        },
    )
    if sees_all:
        return kickoffs
    shown = Kickoff.objects.shown_to_people()
    leading = SessionPerson.objects.filter(session__kickoff=OuterRef("pk"), person=person_id)
    led = Q(Exists(leading), pk__in=shown.values("pk"))
    beside = Q(is_answered_by_them=True, pk__in=shown.values("pk"))
    if not is_guest:  # a guest who speaks has a home of their own
        beside |= led
    return kickoffs.filter(
        Q(pk__in=shown.filter(attendees__person=person_id).values("pk"))
        | Q(is_approved_by_them=True)
        | Q(is_paid_by_them=True)
        | Q(is_cared_for_by_them=True)
        | beside
    )


def most_relevant(kickoffs: Sequence[Kickoff], today: date) -> Kickoff | None:
    """What matters today: running, else within its 90 days after, else next to come, else last."""

    def rank(kickoff: Kickoff) -> tuple[int, int]:
        if kickoff.status == Kickoff.Status.ARCHIVED:
            return (4, -kickoff.starts_date.toordinal())
        if kickoff.starts_date <= today <= kickoff.ends_date:
            return (0, kickoff.starts_date.toordinal())
        if kickoff.starts_date > today:
            return (2, kickoff.starts_date.toordinal())
        recent = kickoff.ends_date + timedelta(days=90) >= today
        return (1 if recent else 3, -kickoff.starts_date.toordinal())

    return min(kickoffs, key=rank, default=None)
