from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from core.once import once
from events.attendance.models import (
    ASKED,
    COMING,
    DECLINED,
    HAS_SEAT,
    OUT,
    PENDING,
    REP,
    WAITING,
    Attendee,
    AttendeeQuerySet,
    SeatRequest,
)
from events.attendance.rules.planned import Known
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.models import Entry
from people.notices.models import Notice
from people.org.finding import Finder
from people.org.models import Region, Team
from people.org.queries import here

_LAST = 10
NO_REP = gettext_lazy("“%(name)s” is no rep on this roster, by e-mail, employee id or name.")


def company() -> list[Known]:
    """Everybody in the company, as far as a roster file may touch them: one query."""
    people = Person.objects.order_by("pk").values(
        "pk",
        "email",
        "full_name",
        "preferred_name",
        "employee_id",
        "job_title",
        "function",
        "manager_id",
        "time_zone",
        "country",
        "subdivision",
        "language",
        "hire_date",
        "leave_date",
        "is_active",
        "is_staff",
        "is_superuser",
        "is_guest",
        "role",
        "region__name",
        "team__name",
    )
    return [
        Known(
            pk=person["pk"],
            email=person["email"],
            full_name=person["full_name"],
            preferred_name=person["preferred_name"],
            employee_id=person["employee_id"],
            manager_id=person["manager_id"],
            function=person["function"],
            is_active=person["is_active"],
            is_privileged=bool(person["role"] or person["is_staff"] or person["is_superuser"]),
            is_guest=person["is_guest"],
            stored=person | {"region": person["region__name"], "team": person["team__name"]},
        )
        for person in people
    ]


def reps_by_name(kickoff: Kickoff) -> Finder[int]:
    """The numbers of the reps on a roster, to be found by what a file calls them. One query."""
    finder: Finder[int] = Finder(NO_REP)
    reps = Attendee.objects.filter(kickoff=kickoff).carrying_quota()
    for pk, name, email, employee_id in reps.values_list(
        "person_id", "person__full_name", "person__email", "person__employee_id"
    ):
        finder.add(pk, name, email=email, employee_id=employee_id)
    return finder


def to_invite(kickoff: Kickoff, at: datetime) -> AttendeeQuerySet:
    """Those on the roster who have had no invitation and given no answer, and are still here."""
    roster = Attendee.objects.filter(kickoff=kickoff).still_here(at)
    return roster.filter(~ASKED).select_related("person", "kickoff")


def roster(kickoff: Kickoff) -> QuerySet[Attendee]:
    """Everybody on a roster with what its list shows."""
    return Attendee.objects.filter(kickoff=kickoff).select_related(
        "person__region", "person__team", "person__manager"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcounts:
    """
    How many people of a roster are what, at a moment. Who has left the company is in `left` alone.

    What a word means is the method of its name in `AttendeeQuerySet`; `coming`, `declined`,
    `pending` and `waiting` make up `total`, and `taking_part` is `coming` and `pending`.
    """

    total: int = 0
    invited: int = 0
    coming: int = 0
    declined: int = 0
    pending: int = 0
    waiting: int = 0
    taking_part: int = 0
    receiving_packets: int = 0
    to_invite: int = 0
    checked_in: int = 0  # of those who take part
    left: int = 0


@once
def headcounts(kickoff: Kickoff, at: datetime) -> Headcounts:
    """The people of a roster, counted as every page counts them. One query."""
    counts = {
        "total": Q(),
        "invited": ASKED,
        "coming": COMING,
        "declined": DECLINED,
        "pending": PENDING,
        "waiting": WAITING,
        "taking_part": ~OUT,
        "receiving_packets": REP,
        "to_invite": ~ASKED,
        "checked_in": ~OUT & ~Q(checked_in_at=None),
    }
    is_here: Any = Case(When(here(at, "person"), then=True), default=False)
    parts: Any = Attendee.objects.filter(kickoff=kickoff).order_by().values(is_here=is_here)
    counted = parts.annotate(**{name: Count("pk", filter=which) for name, which in counts.items()})
    found = {row.pop("is_here"): row for row in counted}
    return Headcounts(**found.get(True, {}), left=found.get(False, {}).get("total", 0))


def of_chosen(kickoff: Kickoff, chosen: Iterable[int]) -> QuerySet[Attendee]:
    """Those of a roster who were chosen on a page. One query."""
    return Attendee.objects.filter(kickoff=kickoff, pk__in=chosen).select_related("person")


def absent(kickoff: Kickoff, present: Iterable[int], at: datetime) -> list[Attendee]:
    """
    Whom a file of the whole company leaves out: those of a roster who are still here, but guests,
    who stand in no such file, and who has a role or the admin site, whom no import touches.
    """
    there = set(present)
    people = Attendee.objects.filter(kickoff=kickoff).still_here(at).select_related("person")
    staff = people.exclude(kind=Attendee.Kind.GUEST).filter(
        person__role="",
        person__is_staff=False,
        person__is_superuser=False,
        person__is_guest=False,
    )
    return [one for one in staff if one.person_id not in there]


def seats_that_follow(
    kickoff: Kickoff, people: Collection[int], is_leaving: bool, at: datetime
) -> list[str]:
    """What becomes of the places of people who go. One query."""
    there = Attendee.objects.filter(kickoff=kickoff, person__in=people).filter(HAS_SEAT)
    count = there.count()
    said = ngettext(
        "%(count)d place is free again, and offered to who waits for one.",
        "%(count)d places are free again, and offered to who waits for one.",
        count,
    )
    return [said % {"count": count}] if count else []


def regions(kickoff: Kickoff) -> list[tuple[int, str]]:
    """The regions of the people on a roster, for a filter."""
    there = Region.objects.filter(_on_roster(kickoff, "person__region"))
    return list(there.values_list("pk", "name"))


def teams(kickoff: Kickoff) -> list[tuple[int, str]]:
    """The teams of the people on a roster, for a filter."""
    there = Team.objects.filter(_on_roster(kickoff, "person__team"))
    return list(there.values_list("pk", "name"))


def answer_token(attendee: Attendee) -> str:
    """
    The signed part of the link by which one person answers without signing in. Inviting anew makes
    the links before it worthless, since it changes `invited_at`.
    """
    invited_at = attendee.invited_at.isoformat() if attendee.invited_at else ""
    token: str = _signer().sign_object([attendee.pk, invited_at])
    return token


def answer_url(attendee: Attendee) -> str:
    """That link, whole."""
    path = reverse("events:answer_by_link", args=[answer_token(attendee)])
    return f"{settings.SITE_URL}{path}"


def attendee_of(token: str, at: datetime) -> Attendee | None:
    """
    Whose link it is; None where they are on no roster any more, have left, or were invited anew.

    :raises BadSignature: it was not signed here
    """
    pk, invited_at = _signer().unsign_object(token)
    shown = Kickoff.objects.shown_to_people()
    people = Attendee.objects.still_here(at).filter(kickoff__in=shown)
    found = people.select_related("person", "kickoff").filter(pk=pk).first()
    current = found.invited_at.isoformat() if found and found.invited_at else ""
    return found if found and current == invited_at else None


def seat_requests(kickoff: Kickoff) -> QuerySet[SeatRequest]:
    """Who asks for a place by somebody else's link, and waits for a planner."""
    asked = SeatRequest.objects.filter(attendee__kickoff=kickoff, decided_at=None)
    return asked.select_related("person", "attendee__person")


def told(attendee: Attendee) -> QuerySet[Notice]:
    """The last things that somebody was told of a kickoff."""
    there = Notice.objects.filter(person=attendee.person_id, place_key=attendee.kickoff.slug)
    return there.order_by("-at", "-pk")[:_LAST]


def history(attendee: Attendee, verbs: Iterable[str]) -> QuerySet[Entry]:
    """What the trail has of somebody's place on a roster, the newest first; not what they read."""
    of_kickoff = Q(object_label=Kickoff._meta.label_lower, object_id=attendee.kickoff_id)
    mine = Entry.objects.filter(of_kickoff, verb__in=list(verbs), subject=attendee.person_id)
    return mine.select_related("actor").order_by("-at", "-pk")[:_LAST]


def _signer() -> signing.Signer:
    return signing.Signer(salt="events.attendance.answer")


def _on_roster(kickoff: Kickoff, place: str) -> Exists:
    return Exists(Attendee.objects.filter(kickoff=kickoff, **{place: OuterRef("pk")}))
