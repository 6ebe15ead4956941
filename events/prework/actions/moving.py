"""Pre-work moves with the event that it prepares for."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.due.rules import end_of
from core.ui.figures import day
from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from events.prework import rules
from events.prework.models import Assignment, PreworkItem
from people.accounts.models import Person


def move_prework(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """
    Move every due date with the event, drafts and what people have, and tell each in its zone.

    What people have never falls due in the past by it: see `rules.moved_date`. Whoever has yet to
    do some of it is told; what was withdrawn stays.
    """
    shift, today = before.shift(kickoff), kickoff.local_date(at)
    standing = list(Assignment.objects.filter(kickoff=kickoff, withdrawn_at=None))
    moved, caught, stayed = [], 0, 0
    for one in standing:
        was = one.due_date, one.due_at, one.opens_date
        if one.opens_date:
            one.opens_date += shift
        one.due_date = (
            one.due_date + shift if one.is_draft else rules.moved_date(one.due_date, shift, today)
        )
        one.due_at = end_of(one.due_date, kickoff.zone)
        if one.opens_date:
            one.opens_date = min(one.opens_date, one.due_date)
        if (one.due_date, one.due_at, one.opens_date) != was:
            moved.append(one)
        caught += one.due_date != was[0] + shift and one.due_date == today
        stayed += one.due_date == was[0] < today and bool(shift)
    Assignment.objects.bulk_update(moved, ["due_date", "due_at", "opens_date"], batch_size=200)
    if not moved and not stayed:
        return None
    given = [one for one in moved if one.is_assigned]
    told = _told(given, kickoff, at)
    says = []
    if moved:
        said = ngettext(
            "%(count)d assignment is due on another day.",
            "%(count)d assignments are due on other days.",
            len(moved),
        )
        if not shift:
            said = ngettext(
                "%(count)d assignment keeps its day, and is due at midnight in %(zone)s.",
                "%(count)d assignments keep their day, and are due at midnight in %(zone)s.",
                len(moved),
            )
        says.append(said % {"count": len(moved), "zone": kickoff.time_zone})
    if given:
        said = ngettext(
            "%(count)d of them is with people already.",
            "%(count)d of them are with people already.",
            len(given),
        )
        tell = ngettext(
            "%(count)d person who has yet to do some of it is told.",
            "%(count)d people who have yet to do some of it are told.",
            len(told),
        )
        says.append(f"{said % {'count': len(given)}} {tell % {'count': len(told)}}")
    if caught:
        said = ngettext(
            "%(count)d of them would be due in the past, and is due today instead.",
            "%(count)d of them would be due in the past, and are due today instead.",
            caught,
        )
        says.append(said % {"count": caught})
    if stayed:
        said = ngettext(
            "%(count)d assignment is overdue already and keeps its day.",
            "%(count)d assignments are overdue already and keep their day.",
            stayed,
        )
        says.append(said % {"count": stayed})
    return Follows(_("Pre-work"), says, told)


def _told(given: list[Assignment], kickoff: Kickoff, at: datetime) -> dict[int, list[str]]:
    """What is due when now, for each who has yet to do it and is still here. One query."""
    by_id = {one.pk: one for one in given}
    items = PreworkItem.objects.to_do().taking_part(at).filter(assignment__in=by_id)
    told: dict[int, list[str]] = defaultdict(list)
    for person, assignment in items.order_by("assignment__due_at", "pk").values_list(
        "person_id", "assignment_id"
    ):
        told[person].append(
            _("“%(title)s” is due on %(day)s now, until midnight in %(place)s.")
            % {
                "title": by_id[assignment].title,
                "day": day(by_id[assignment].due_date, "long"),
                "place": kickoff.city or kickoff.time_zone,
            }
        )
    path = reverse("events:prework:mine", kwargs={"slug": kickoff.slug})
    url = _("Your pre-work: %(url)s") % {"url": urljoin(f"{settings.SITE_URL}/", path.lstrip("/"))}
    return {person: ["\n".join([*lines, url])] for person, lines in told.items()}
