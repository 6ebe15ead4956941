"""Groups for tests."""

from django.utils import timezone

from agenda.groups.models import Group, Grouping, Place, Round, RoundSession
from agenda.tests.factories import SessionFactory


def seat(group, *people, leader=None, released=True):
    """Put people into a group, as planned and, unless told otherwise, as released."""
    for person in [*([leader] if leader else []), *people]:
        known = {"released_group": group, "released_leads": person is leader} if released else {}
        Place.objects.create(
            round=group.round, person=person, group=group, leads=person is leader, **known
        )
    return group


def make_group(kickoff, *, kind="CLINIC", round_number=1, number=1, session=None, **fields):
    """A group of a kickoff's deal clinics, in a session of its own unless one is given."""
    grouping, _new = Grouping.objects.get_or_create(
        kickoff=kickoff,
        title=kind.lower(),
        defaults={"kind": kind, "number": 1, "released_at": timezone.now()},
    )
    round_, is_new = Round.objects.get_or_create(grouping=grouping, number=round_number)
    if is_new:
        session = session or SessionFactory(kickoff=kickoff, type="DEAL_CLINIC")
        RoundSession.objects.create(round=round_, session=session)
    session = session or round_.sessions.first()
    return Group.objects.create(round=round_, number=number, session=session, **fields)
