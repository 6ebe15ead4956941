"""Loader: Django finds here what the capabilities define."""

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.models import Packet, PacketVersion, Receipt

__all__ = ["Attendee", "Kickoff", "Packet", "PacketVersion", "Receipt"]
