from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.due.rules import end_of
from core.guards.watching import Watch
from events.attendance.models import Attendee
from events.bets.models import BigBet
from events.commitments import rules
from events.commitments.models import ActionPlan, Commitment, Occurrence, WeeklyReview
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.org.queries import here
from people.waiting.rules import Act, Waiting

ADOPT_WITHIN, ADOPT_UNTIL = timedelta(days=7), timedelta(days=30)  # after the last day
AGREE_WITHIN = timedelta(days=14)
CHOOSING = ("REP", "MANAGER")  # whom a plan is asked of

_OF_KICKOFF = "SELECT person_id FROM {table} WHERE kickoff_id = {{row}}.id"
_MANAGER = "SELECT manager_id FROM people_person WHERE id = {row}.person_id"

WATCHED = (
    Watch("events_commitment", "{row}.person_id"),
    Watch(
        "events_occurrence",
        "SELECT person_id FROM events_commitment WHERE id = {row}.commitment_id",
    ),
    Watch("events_weeklyreview", "{row}.person_id"),
    Watch("events_actionplan", "{row}.person_id"),
    Watch("events_actionplan", _MANAGER),
    Watch("events_attendee", "{row}.person_id"),
    Watch("events_kickoff", _OF_KICKOFF.format(table="events_attendee")),
    Watch("events_kickoff", _OF_KICKOFF.format(table="events_commitment")),
    Watch(
        "events_kickoff",
        "SELECT person.manager_id FROM events_actionplan AS plan"
        " JOIN people_person AS person ON person.id = plan.person_id"
        " WHERE plan.kickoff_id = {row}.id",
    ),
    # Whether a kickoff has bets at all, not what they say
    Watch(
        "events_bigbet",
        "SELECT person_id FROM events_attendee WHERE kickoff_id = {row}.kickoff_id",
        ("kickoff_id",),
    ),
    Watch("people_person", "{row}.id", ("time_zone", "leave_date", "is_active")),
    Watch(
        "people_person",
        "{row}.manager_id",
        ("manager_id", "full_name", "preferred_name", "leave_date", "is_active"),
    ),
    Watch(
        "people_person",
        "SELECT person_id FROM events_commitment WHERE promised_to_id = {row}.id",
        ("full_name", "preferred_name"),
    ),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    What people promised: once, until it is answered; again and again, from the Monday of its week
    until Friday morning, when the weekly review asks for all of it together. Two queries.
    """
    times = (
        Occurrence.objects.open()
        .standing()
        .filter(
            Q(commitment__cadence="ONCE")
            | Q(
                due_date__gte=(at - timedelta(days=2)).date(),
                due_date__lte=(at + timedelta(days=8)).date(),
            ),
            commitment__person__in=people,
        )
        .select_related("commitment__kickoff", "commitment__person", "commitment__promised_to")
    )
    for one in times:
        yield _item(one)
    reviews = WeeklyReview.objects.filter(
        person__in=people,
        done_at=None,
        week_date__gt=(at - timedelta(days=9)).date(),
        kickoff__in=Kickoff.objects.shown_to_people().under_way(),
    )
    for review in reviews.select_related("kickoff", "person"):
        yield _review(review)


def find_plans(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Plans to adopt, for reps and managers from the last day of a kickoff with bets; plans to agree,
    for the manager. Two queries.
    """
    today = at.date()
    choosing = (
        Attendee.objects.taking_part(at)
        .filter(
            Exists(BigBet.objects.filter(kickoff=OuterRef("kickoff"))),
            ~Exists(
                ActionPlan.objects.filter(kickoff=OuterRef("kickoff"), person=OuterRef("person"))
            ),
            person__in=people,
            kind__in=CHOOSING,
            kickoff__in=Kickoff.objects.shown_to_people().under_way(),
            kickoff__ends_date__gte=today - ADOPT_UNTIL - timedelta(days=1),
            kickoff__ends_date__lte=today + timedelta(days=2),
        )
        .select_related("kickoff", "person")
    )
    for attendee in choosing:
        yield _to_adopt(attendee)
    plans = ActionPlan.objects.filter(
        here(at, "person"),
        agreed_at=None,
        person__manager__in=people,
        kickoff__in=Kickoff.objects.shown_to_people().under_way(),
    )
    for plan in plans.select_related("kickoff", "person"):
        yield _to_agree(plan)


def _item(one: Occurrence) -> Waiting:
    made = one.commitment
    slug, zone = made.kickoff.slug, ZoneInfo(made.person.time_zone)
    due_at = end_of(one.due_date, zone) if one.due_date else None
    begins_at = until = None
    if made.recurs and one.due_date:
        begins_at = rules.start_of_week(one.due_date, zone)
        until = max(rules.review_opens(one.due_date, zone), begins_at)
    return Waiting(
        person_id=made.person_id,
        kind="commitments.due",
        title=made.words,
        url=f"{reverse('events:commitments:mine', args=[slug])}#promise-{made.pk}",
        note=_whence(made),
        since=max(made.made_at, begins_at) if begins_at else made.made_at,
        due_at=due_at,
        begins_at=begins_at,
        until=until,
        place=place_of(made.kickoff),
        act=Act(_("Done"), reverse("events:commitments:done", args=[slug, one.pk])),
        is_private=made.is_private,
    )


def _whence(made: Commitment) -> str:
    if made.promised_to is not None:
        return _("agreed with %(name)s") % {"name": made.promised_to.display_name}
    return str(made.get_cadence_display()) if made.recurs else str(made.get_source_display())


def _review(review: WeeklyReview) -> Waiting:
    zone = ZoneInfo(review.person.time_zone)
    return Waiting(
        person_id=review.person_id,
        kind="commitments.review",
        title=_("Look back at your week"),
        url=reverse("events:commitments:review", args=[review.kickoff.slug]),
        button=_("Open"),
        note=_("done or not, and what next"),
        since=review.opened_at,
        due_at=end_of(review.week_date + timedelta(days=2), zone),
        # Then that of the week after asks for what is still open
        until=rules.review_opens(review.week_date + timedelta(days=7), zone),
        place=place_of(review.kickoff),
    )


def _to_adopt(attendee: Attendee) -> Waiting:
    kickoff = attendee.kickoff
    zone = ZoneInfo(attendee.person.time_zone)
    begins_at = datetime.combine(kickoff.ends_date, time(0), tzinfo=kickoff.zone).astimezone(UTC)
    return Waiting(
        person_id=attendee.person_id,
        kind="commitments.adopt",
        title=_("Choose two to five actions as your own"),
        url=reverse("events:commitments:mine", args=[kickoff.slug]),
        button=_("Choose"),
        since=begins_at,
        due_at=end_of(kickoff.ends_date + ADOPT_WITHIN, zone),
        begins_at=begins_at,
        until=begins_at + ADOPT_UNTIL,
        place=place_of(kickoff),
    )


def _to_agree(plan: ActionPlan) -> Waiting:
    return Waiting(
        person_id=plan.person.manager_id or 0,
        kind="team.plan",
        title=_("Agree the plan of %(name)s") % {"name": plan.person.display_name},
        url=reverse("events:commitments:report", args=[plan.kickoff.slug, plan.person_id]),
        button=_("Look at it"),
        since=plan.adopted_at,
        due_at=plan.adopted_at + AGREE_WITHIN,
        about_id=plan.person_id,
        place=place_of(plan.kickoff),
    )
