from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agenda.clinics.models import Turn
from agenda.groups.models import Grouping, Place
from agenda.sessions.models import Session
from core.guards.watching import Watch
from events.kickoff.models import Kickoff
from events.kickoff.queries import place_of
from people.accounts.models import Person
from people.waiting.rules import Waiting

EVENING = timedelta(hours=20)  # before a clinic: to read the deals once more, and to try the phone

WATCHED = (
    Watch("agenda_place", "{row}.person_id"),
    Watch("agenda_group", "SELECT person_id FROM agenda_place WHERE released_group_id = {row}.id"),
    Watch("agenda_round", "SELECT person_id FROM agenda_place WHERE round_id = {row}.id"),
    Watch(
        "agenda_roundsession",
        "SELECT person_id FROM agenda_place WHERE round_id = {row}.round_id",
    ),
    Watch(
        "agenda_session",
        "SELECT person_id FROM agenda_place WHERE round_id IN"
        " (SELECT round_id FROM agenda_roundsession WHERE session_id = {row}.id)",
        ("starts_at", "duration_minutes"),
    ),
    Watch(
        "agenda_grouping",
        "SELECT person_id FROM agenda_place WHERE round_id IN"
        " (SELECT id FROM agenda_round WHERE grouping_id = {row}.id)",
        ("number", "kind"),
    ),
    Watch("agenda_turn", "SELECT manager_id FROM people_person WHERE id = {row}.person_id"),
)


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    A clinic that one leads or brings a deal to, from the evening before until its end. Two queries.
    """
    kickoffs = Kickoff.objects.filter(status=Kickoff.Status.OPEN)
    ahead = Session.objects.filter(
        rounds__isnull=False, starts_at__gt=at - timedelta(days=1), starts_at__lt=at + 2 * EVENING
    )
    places = Place.objects.filter(
        person__in=people,
        released_group__isnull=False,
        round__grouping__kind=Grouping.Kind.CLINIC,
        round__grouping__kickoff__in=kickoffs,
        round__sessions__in=ahead,
    ).select_related("round__grouping__kickoff", "released_group__session")
    in_time = Session.objects.order_by("starts_at", "pk")
    found = places.prefetch_related(Prefetch("round__sessions", in_time))
    for place in {one.pk: one for one in found}.values():
        group, kickoff = place.released_group, place.round.grouping.kickoff
        if group is None:
            continue
        session = group.session or next(iter(place.round.sessions.all()), None)
        if session is None or session.starts_at is None:
            continue
        said = {"number": group.number, "round": place.round.number}
        leads = place.released_leads
        yield Waiting(
            person_id=place.person_id,
            kind="clinics.lead" if leads else "clinics.prepare",
            title=(
                _("You lead group %(number)d in round %(round)d")
                if leads
                else _("Prepare your deal for group %(number)d, round %(round)d")
            )
            % said,
            url=reverse("agenda:clinics:room", args=[kickoff.slug, group.pk])
            if leads
            else reverse("agenda:clinics:mine", args=[kickoff.slug]),
            button=_("Open the room") if leads else _("Open my group"),
            note=_("Open it once with a network: from then on it works without one.")
            if leads
            else "",
            since=session.starts_at - EVENING,
            due_at=session.starts_at,
            late_at=session.ends_at,
            begins_at=session.starts_at - EVENING,
            until=session.ends_at,
            place=place_of(kickoff),
        )


def find_sheets(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """Sheets of their reports' deals that managers have not opened. One query."""
    turns = (
        Turn.objects.held()
        .filter(Q(person__manager__in=people), read_at=None)
        .filter(group__round__grouping__kickoff__in=Kickoff.objects.shown_to_people().under_way())
        .select_related("person", "group__round__grouping__kickoff")
    )
    for turn in turns:
        kickoff = turn.group.round.grouping.kickoff
        if turn.person.manager_id is None:
            continue
        yield Waiting(
            person_id=turn.person.manager_id,
            kind="team.clinic",
            title=_("Read what the clinic made of %(deal)s") % {"deal": turn.name or _("a deal")},
            url=reverse("agenda:clinics:sheet", args=[kickoff.slug, turn.pk]),
            button=_("Read the sheet"),
            since=turn.ended_at or turn.decided_at or turn.began_at or kickoff.closes_at,
            about_id=turn.person_id,
            place=place_of(kickoff),
        )
