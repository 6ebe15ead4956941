"""A grouping released: its draft becomes what people see, and exactly those are told whom it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.groups.actions.drafting import GroupsChanged, GroupsRefused
from agenda.groups.models import Grouping, GroupingVersion, Place
from agenda.groups.queries import Seated, groups_of
from core.ui.figures import moment
from events.kickoff.models import Kickoff
from events.kickoff.queries import invented, place_of
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone
from people.notices.rules import CANNOT_WAIT, Kind

GROUPS = Kind(
    "groups.released",
    gettext_lazy("Your group is out, or has changed"),
    gettext_lazy("Open my groups"),
    needed=gettext_lazy("Without it you would sit at the wrong table."),
)


@transaction.atomic
def release_groups(*, grouping: Grouping, version: int, by: Person, at: datetime) -> int:
    """
    Let everybody see the group that the draft has for them, and tell those whose group is another
    than the one they knew; return how many are told.

    :raises GroupsRefused: the kickoff is a draft or archived, nobody has a group, somebody waits
        for one, or nothing has changed
    :raises GroupsChanged: the draft is another than the planner saw
    """
    kickoff = grouping.kickoff
    if kickoff.status in (Kickoff.Status.DRAFT, Kickoff.Status.ARCHIVED):
        raise GroupsRefused(_("Nobody sees this kickoff now, so nobody would see their group."))
    row = Grouping.objects.filter(pk=grouping.pk, version=version)
    places = list(Place.objects.filter(round__grouping=grouping).select_related("round", "group"))
    if not any(one.group_id for one in places):
        raise GroupsRefused(_("Nobody has a group yet. Solve the groups first."))
    waiting = sum(1 for one in places if one.group_id is None and not one.is_out)
    if waiting:
        raise GroupsRefused(
            _("%(count)d places are open: seat those who wait, or say that they take no part.")
            % {"count": waiting}
        )
    changed = [
        one
        for one in places
        if (one.group_id, one.leads) != (one.released_group_id, one.released_leads)
    ]
    if not changed:
        raise GroupsRefused(_("Nothing has changed since the last release."))
    if not row.update(
        version=F("version") + 1, number=F("number") + 1, released_at=at, before=None
    ):
        raise GroupsChanged(_("Somebody else changed these groups meanwhile. Look at them again."))
    grouping.refresh_from_db()
    Place.objects.filter(pk__in=[one.pk for one in changed]).update(
        released_group=None, released_leads=False
    )
    for one in changed:
        one.released_group_id, one.released_leads = one.group_id, one.leads
    Place.objects.bulk_update(changed, ["released_group", "released_leads"], batch_size=200)
    told = _tell(grouping, {one.person_id for one in changed}, at)
    GroupingVersion.objects.create(
        grouping=grouping,
        number=grouping.number,
        released_at=at,
        released_by=by,
        told=told,
        content=_content(places),
    )
    note = f"{grouping.title} {grouping.number}"
    record_entry(by=by, verb="groups.released", at=at, object=grouping, note=note)
    return told


def _content(places: list[Place]) -> list[list[list[int | None]]]:
    """A list a round and group: who leads it, then who sits in it."""
    rounds: dict[int, dict[int, list[int | None]]] = defaultdict(dict)
    for one in places:
        if one.group is None:
            continue
        group = rounds[one.round.number].setdefault(one.group.number, [None])
        if one.leads:
            group[0] = one.person_id
        else:
            group.append(one.person_id)
    return [
        [groups[number] for number in sorted(groups)] for _round, groups in sorted(rounds.items())
    ]


def _tell(grouping: Grouping, person_ids: set[int], at: datetime) -> int:
    mine: dict[int, list[Seated]] = defaultdict(list)
    for seated in groups_of(grouping.kickoff):
        if seated.grouping.pk == grouping.pk:
            for person in seated.people:
                mine[person.pk].append(seated)
    people = Person.objects.active().in_bulk(person_ids)
    return tell(
        drafts=[draft(grouping, person, mine[pk], at) for pk, person in people.items()], at=at
    )


def draft(grouping: Grouping, person: Person, groups: list[Seated], at: datetime) -> NoticeDraft:
    """To somebody whose group is new, or another; at once where it meets within 24 hours."""
    kickoff = grouping.kickoff
    subject = _("%(kickoff)s: your group for “%(title)s”") % {
        "kickoff": kickoff.name,
        "title": grouping.title,
    }
    lines = [_line(person, seated, kickoff) for seated in groups]
    if not lines:
        lines = [_("You are in none of its groups any more.")]
    path = reverse("agenda:groups:mine", args=[kickoff.slug])
    body = "\n\n".join(
        [
            _("Hello %(name)s,") % {"name": person.display_name},
            *lines,
            _("Your groups: %(url)s") % {"url": f"{settings.SITE_URL}{path}"},
        ]
    )
    starts = [one.starts_at for one in groups if one.starts_at is not None]
    return NoticeDraft(
        kind=GROUPS,
        place=place_of(kickoff),
        is_urgent=any(at <= one <= at + CANNOT_WAIT for one in starts),
        key=f"groups:{grouping.pk}:{grouping.number}:{person.pk}",
        person=person,
        subject=subject,
        body=body,
    )


def _line(person: Person, seated: Seated, kickoff: Kickoff) -> str:
    words = (
        _("Round %(round)d, group %(group)d: you lead it. %(when)s, %(where)s.")
        if seated.leader and seated.leader.pk == person.pk
        else _("Round %(round)d, group %(group)d. %(when)s, %(where)s.")
    )
    return words % {
        "round": seated.round_number,
        "group": seated.number,
        "when": moment(seated.starts_at, kickoff.zone) if seated.starts_at else _("no time yet"),
        "where": seated.where or _("no room yet"),
    }


def shown_mails() -> Iterator[NoticeDraft]:
    """The mail about a group, for the page that shows them."""
    kickoff = invented()
    grouping = Grouping(pk=0, kickoff=kickoff, title=_("Deal clinics"), number=1)
    yield draft(grouping, someone(), [], kickoff.doors_open_at)
