from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.clinics import queries
from agenda.clinics.models import Act, Turn, TurnQuerySet
from agenda.clinics.rules import Kind
from agenda.groups.models import Group, Grouping, Place
from agenda.groups.queries import Seated
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.org.queries import confirmed_line_of, is_in_confirmed_line
from people.search.hooks import Found, Search


def room_to_lead_or_404(person: Person, slug: str, group_id: int) -> Seated:
    """
    A released group for whoever leads its clinic: its facilitator, planners, and a member who took
    it over; what they have yet to send is taken after somebody else did, too.

    :raises Http404: there is none, or the person is none of them
    """
    took = Act.objects.filter(group=OuterRef("pk"), kind=Kind.LEAD, by=person)
    leads = Place.objects.filter(released_group=OuterRef("pk"), person=person, released_leads=True)
    return _group_or_404(person, slug, group_id, Q(Exists(took)) | Q(Exists(leads)))


def room_to_take_or_404(person: Person, slug: str, group_id: int) -> Seated:
    """
    A released group for whoever may take over the page of its facilitator: its people, and planners.

    :raises Http404: there is none, or the person is none of them
    """
    within = Place.objects.filter(released_group=OuterRef("pk"), person=person)
    return _group_or_404(person, slug, group_id, Q(Exists(within)))


def own_room_or_404(person: Person, slug: str, group_id: int) -> Seated:
    """
    A released group for those who sit in it, or lead it.

    :raises Http404: there is none, or the person is not in it any more
    """
    seated = room_to_take_or_404(person, slug, group_id)
    if all(one.pk != person.pk for one in seated.people):
        raise Http404
    return seated


def sheet_or_404(person: Person, slug: str, turn_id: int) -> Turn:
    """
    What a clinic made of a deal: for whose it is, their group, the managers up their line, planners
    and RevOps.

    :raises Http404: there is none yet, or the person is none of them
    """
    turns = Turn.objects.held().with_deals().filter(**_shown(slug, "group__round__grouping__"))
    turn = get_object_or_404(turns, pk=turn_id)
    if person.is_planner or person.is_revops or turn.person_id == person.pk:
        return turn
    group = Place.objects.filter(released_group=turn.group_id, person=person)
    if not group.exists() and not is_in_confirmed_line(person, turn.person_id):
        raise Http404
    return turn


def sheets_or_404(person: Person, slug: str) -> tuple[Kickoff, TurnQuerySet]:
    """
    Every deal that clinics of a kickoff were held for: all for planners and RevOps, those of their
    line for managers.

    :raises Http404: there is no such kickoff, or the person is none of them
    """
    sees_all = person.is_planner or person.is_revops
    kickoffs = Kickoff.objects.all() if sees_all else Kickoff.objects.shown_to_people()
    kickoff = get_object_or_404(kickoffs, slug=slug)
    turns = Turn.objects.held().with_deals().filter(group__round__grouping__kickoff=kickoff)
    if sees_all:
        return kickoff, turns
    line = confirmed_line_of(person)
    if not Attendee.objects.filter(kickoff=kickoff, person__in=line).exists():
        raise Http404
    return kickoff, turns.filter(person__in=line)


def find_sheets(search: Search) -> Iterator[Found]:
    """Deals after their clinics, by deal and rep: for those who read their sheets. One query."""
    person = search.person
    turns = Turn.objects.held().with_deals().order_by("-began_at", "pk")
    turns = turns.filter(group__round__grouping__kickoff__in=Kickoff.objects.shown_to_people())
    if not (person.is_planner or person.is_revops):
        group = Place.objects.filter(released_group=OuterRef("group"), person=person)
        line = confirmed_line_of(person).values("pk")
        turns = turns.filter(Q(person=person) | Q(Exists(group)) | Q(person__in=line))
    for turn in search.among(turns, "name", "person__full_name", "person__preferred_name"):
        kickoff = turn.group.round.grouping.kickoff
        yield Found(
            kind=_("Deals after their clinics"),
            label=turn.name or turn.person.full_name,
            detail=f"{turn.person.full_name} · {kickoff.name}",
            url=reverse("agenda:clinics:sheet", args=[kickoff.slug, turn.pk]),
            icon="clipboard-text",
        )


def _group_or_404(person: Person, slug: str, group_id: int, those: Q) -> Seated:
    groups = Group.objects.filter(**_shown(slug, "round__grouping__"))
    if not person.is_planner:
        groups = groups.filter(those)
    group = get_object_or_404(groups.select_related("round__grouping__kickoff"), pk=group_id)
    return queries.seated_in(group)


def _shown(slug: str, path: str) -> dict[str, object]:
    """That a group is of a clinic that people know of, at a kickoff that is shown to them."""
    return {
        f"{path}kickoff__in": Kickoff.objects.shown_to_people().filter(slug=slug),
        f"{path}kind": Grouping.Kind.CLINIC,
        f"{path}number__gt": 0,
    }
