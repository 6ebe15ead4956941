from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.rooms.models import Room
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry


class RoomRefused(Exception):
    """The rooms stay as they were. The message is fit to show to the planner."""


@transaction.atomic
def add_room(
    *,
    kickoff: Kickoff,
    name: str,
    capacity: int,
    by: Person,
    at: datetime,
    place: str = "",
    notes: str = "",
    position: int | None = None,
    is_outdoors: bool = False,
) -> Room:
    """
    Add a room that seats `capacity`; with no position it stands last.

    :raises RoomRefused: another room of this kickoff has the name
    """
    if position is None:
        last = Room.objects.filter(kickoff=kickoff).order_by("-position").first()
        position = last.position + 1 if last else 1
    room = Room(
        kickoff=kickoff,
        name=name,
        place=place,
        capacity=capacity,
        is_outdoors=is_outdoors,
        position=position,
        notes=notes,
    )
    _save(room)
    record_entry(by=by, verb="room.added", at=at, object=room, note=name)
    return room


@transaction.atomic
def edit_room(
    *,
    room: Room,
    name: str,
    place: str,
    capacity: int,
    position: int,
    notes: str,
    is_outdoors: bool,
    by: Person,
    at: datetime,
) -> Room:
    """
    Change a room. Sessions that no longer fit show up as conflicts.

    :raises RoomRefused: another room of this kickoff has the name
    """
    room.name, room.place, room.capacity = name, place, capacity
    room.position, room.notes, room.is_outdoors = position, notes, is_outdoors
    _save(room, update_fields=["name", "place", "capacity", "is_outdoors", "position", "notes"])
    record_entry(by=by, verb="room.edited", at=at, object=room, note=name)
    return room


@transaction.atomic
def delete_room(*, room: Room, by: Person, at: datetime) -> None:
    """
    Delete a room that nothing is held in.

    :raises RoomRefused: sessions are in it
    """
    record_entry(by=by, verb="room.deleted", at=at, object=room, note=room.name)
    try:
        room.delete()
    except ProtectedError as error:
        held = len(error.protected_objects)
        raise RoomRefused(
            ngettext(
                "%(count)s session is in %(room)s. Move it to another room first.",
                "%(count)s sessions are in %(room)s. Move them to another room first.",
                held,
            )
            % {"count": held, "room": room.name}
        ) from error


def _save(room: Room, update_fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            room.save(update_fields=update_fields)
    except IntegrityError as error:
        raise RoomRefused(
            _("Another room is called “%(name)s”. Give this one a name of its own.")
            % {"name": room.name}
        ) from error
