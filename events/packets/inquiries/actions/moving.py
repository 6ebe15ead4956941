"""Times for reviews move with the event on whose days they are."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import moment
from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from events.packets.inquiries.actions import notices
from events.packets.inquiries.models import ReviewSlot
from people.accounts.models import Person


def move_reviews(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """
    Keep each time that is to come on its day and at its local time. One whose day the event no
    longer has, or whose manager has another review then, is cancelled; rep and manager are told.
    """
    mine = ReviewSlot.objects.not_cancelled().filter(starts_at__gt=at)
    slots = list(mine.filter(kickoff=kickoff).select_related("manager", "rep").order_by("pk"))
    others = mine.exclude(kickoff=kickoff).filter(manager__in={slot.manager_id for slot in slots})
    taken = set(others.values_list("manager_id", "starts_at"))
    moved, gone = [], []
    for slot in slots:
        starts_at = before.moved(kickoff, slot.starts_at)
        if starts_at == slot.starts_at:
            continue
        is_on = kickoff.local_date(starts_at) in kickoff.days and starts_at > at
        if not is_on or (slot.manager_id, starts_at) in taken:
            gone.append(slot)
        else:
            slot.ends_at += starts_at - slot.starts_at
            slot.starts_at = starts_at
            moved.append(slot)
    if not moved and not gone:
        return None
    # Out of the way first: a time moves to where another of the same manager still stands
    rows = ReviewSlot.objects.filter(pk__in=[slot.pk for slot in [*moved, *gone]])
    rows.update(cancelled_at=at)
    for slot in moved:
        slot.cancelled_at = None
    ReviewSlot.objects.bulk_update(moved, ["starts_at", "ends_at"], batch_size=200)
    ReviewSlot.objects.filter(pk__in=[slot.pk for slot in moved]).update(cancelled_at=None)
    told = _told(moved, gone, kickoff)
    says = []
    if moved:
        said = ngettext(
            "%(count)d time for a review moves; %(taken)d is taken.",
            "%(count)d times for reviews move; %(taken)d of them are taken.",
            len(moved),
        )
        says.append(said % {"count": len(moved), "taken": _taken(moved)})
    if gone:
        said = ngettext(
            "%(count)d time for a review cannot move and is cancelled; %(taken)d was taken.",
            "%(count)d times for reviews cannot move and are cancelled; %(taken)d of them were"
            " taken.",
            len(gone),
        )
        says.append(said % {"count": len(gone), "taken": _taken(gone)})
    return Follows(_("Reviews with managers"), says, told)


def _taken(slots: list[ReviewSlot]) -> int:
    return sum(slot.rep is not None for slot in slots)


def _told(
    moved: list[ReviewSlot], gone: list[ReviewSlot], kickoff: Kickoff
) -> dict[int, list[str]]:
    told: dict[int, list[str]] = defaultdict(list)
    for slots, text in (
        (moved, _("Your review with %(who)s is now %(when)s, %(place)s. %(url)s")),
        (gone, _("Your review with %(who)s is cancelled. Choose another time: %(url)s")),
    ):
        for slot in slots:
            if slot.rep is None:
                continue
            for person, other, page in (
                (slot.rep, slot.manager, "review"),
                (slot.manager, slot.rep, "slots"),
            ):
                told[person.pk].append(
                    text
                    % {
                        "who": other.full_name,
                        "when": moment(slot.starts_at, kickoff.zone),
                        "place": slot.place,
                        "url": notices.url_of(page, kickoff),
                    }
                )
    return told
