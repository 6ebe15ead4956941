"""Blocks of hotel rooms: what is contracted, what is reserved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.imports import parsers
from core.imports.mapping import Field
from core.imports.rows import Parsed
from core.keys import name_key
from events.budget.actions.lines import refuse_archived
from events.budget.actions.refusals import BudgetRefused
from events.budget.models import BlockNight, Budget, RoomBlock
from events.needs.queries import rooms
from people.accounts.models import Person
from people.activity.actions import record_entry

MOST_ROOMS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDetails:
    """What a hotel's contract says, and by night: how many are contracted and reserved."""

    hotel: str
    price: Decimal
    share: Decimal
    cutoff_at: datetime
    nights: Mapping[date, tuple[int, int]]


@transaction.atomic
def save_block(
    *, budget: Budget, details: BlockDetails, by: Person, at: datetime, block_id: int | None = None
) -> RoomBlock:
    """
    Add a block, or say anew what one is.

    :raises BudgetRefused: another block is of that hotel, this one is gone, or the kickoff is
        archived
    """
    refuse_archived(budget.kickoff)
    block = RoomBlock(budget=budget)
    if block_id is not None:
        there = budget.blocks.select_for_update(of=("self",)).filter(pk=block_id).first()
        if there is None:
            raise BudgetRefused(_("Somebody else took this block out."))
        block = there
    block.hotel, block.price, block.share = details.hotel, details.price, details.share
    block.cutoff_at = details.cutoff_at
    try:
        with transaction.atomic():
            block.save()
    except IntegrityError as error:
        raise BudgetRefused(
            _("There is a block at %(hotel)s already.") % {"hotel": details.hotel}
        ) from error
    block.nights.exclude(date__in=details.nights).delete()
    for day, (contracted, reserved) in details.nights.items():
        block.nights.update_or_create(
            date=day, defaults={"contracted": contracted, "reserved": reserved}
        )
    record_entry(by=by, verb="budget.block_saved", at=at, object=block, note=block.hotel)
    return block


@transaction.atomic
def delete_block(*, budget: Budget, block_id: int, by: Person, at: datetime) -> None:
    """
    Take a block out.

    :raises BudgetRefused: it is gone, or the kickoff is archived
    """
    refuse_archived(budget.kickoff)
    block = budget.blocks.filter(pk=block_id).first()
    if block is None:
        raise BudgetRefused(_("Somebody else took this block out."))
    record_entry(by=by, verb="budget.block_deleted", at=at, object=block, note=block.hotel)
    block.delete()


def _rooms(found: Decimal) -> int:
    if not 0 <= found <= MOST_ROOMS or found != int(found):
        raise ValueError(_("Write a whole number, from 0 to 100,000."))
    return int(found)


def pickup_fields() -> list[Field]:
    """The columns of a hotel's list of what is reserved."""
    return [
        Field("hotel", gettext_lazy("Hotel"), required=True, parse=parsers.text_up_to(120)),
        Field(
            "night",
            gettext_lazy("Night"),
            required=True,
            aliases=("date", "arrival"),
            parse=parsers.iso_date,
        ),
        Field(
            "reserved",
            gettext_lazy("Reserved"),
            required=True,
            aliases=("pickup", "picked up", "booked"),
            parse=_rooms,
            is_amount=True,
        ),
    ]


@transaction.atomic
def import_pickup(
    *, budget: Budget, parsed: Parsed, by: Person, at: datetime, dry_run: bool
) -> tuple[int, int]:
    """
    Take over what hotels say is reserved; give how many nights change, and how many are the same.

    :raises FileRefused: with each error by row and column; nothing is written then
    :raises BudgetRefused: the kickoff is archived
    """
    refuse_archived(budget.kickoff)
    blocks = {
        name_key(block.hotel): {night.date: night for night in block.nights.all()}
        for block in budget.blocks.prefetch_related("nights")
    }
    changed: list[BlockNight] = []
    same = 0
    for row in parsed.rows:
        hotel, day = row.get("hotel"), row.get("night")
        if not hotel or not day:
            continue
        nights = blocks.get(name_key(hotel))
        if nights is None:
            parsed.add_problem(row, "hotel", _("There is no block at this hotel."))
        elif day not in nights:
            parsed.add_problem(row, "night", _("The block has no such night."))
        elif "reserved" in row.values and not parsed.is_repeated(
            row, "night", (name_key(hotel), day), _("Row %(row)d has this night.")
        ):
            night = nights[day]
            if night.reserved == row.values["reserved"]:
                same += 1
            else:
                night.reserved = row.values["reserved"]
                changed.append(night)
    parsed.refuse_problems()
    if changed and not dry_run:
        BlockNight.objects.bulk_update(changed, ["reserved"], batch_size=500)
        record_entry(
            by=by, verb="budget.pickup_imported", at=at, object=budget, note=f"{len(changed)}"
        )
    return len(changed), same


@transaction.atomic
def take_over_rooms(*, budget: Budget, by: Person, at: datetime) -> tuple[int, int]:
    """
    Take what those who come have said of their rooms as what is reserved; give how many nights
    change, and how many rooms have no place: at a hotel without a block, on a night that it does not
    hold, or at none where there are several hotels.

    :raises BudgetRefused: the kickoff is archived, or nobody has said a night yet
    """
    refuse_archived(budget.kickoff)
    said = rooms(budget.kickoff, at)
    if not said:
        raise BudgetRefused(_("Nobody has said yet from which night to which they stay."))
    blocks = list(budget.blocks.prefetch_related("nights"))
    nights = {
        (name_key(one.hotel), night.date): night for one in blocks for night in one.nights.all()
    }
    only = name_key(blocks[0].hotel) if len(blocks) == 1 else ""
    wanted = dict.fromkeys(nights, 0)
    outside = 0
    for (hotel, day), count in said.items():
        where = (name_key(hotel) or only, day)
        if where in wanted:
            wanted[where] += count
        else:
            outside += count
    changed = [night for where, night in nights.items() if night.reserved != wanted[where]]
    for where, night in nights.items():
        night.reserved = wanted[where]
    BlockNight.objects.bulk_update(changed, ["reserved"], batch_size=500)
    if changed:
        record_entry(
            by=by, verb="budget.rooms_taken_over", at=at, object=budget, note=f"{len(changed)}"
        )
    return len(changed), outside
