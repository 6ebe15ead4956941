"""What people are told, as plain values: its kinds, how it reaches them, and where it leads."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise
KEPT_DAYS = 90
LONGEST_PATH = 300
CANNOT_WAIT = timedelta(hours=24)  # what begins within it is told at once


class Delivery(StrEnum):
    """When a mail tells of what is new; the bell shows it at once in any case."""

    AT_ONCE = "once"
    DAILY = "daily"
    NEVER = "never"

    @property
    def label(self) -> str:
        """As a person chooses it."""
        return {
            Delivery.AT_ONCE: _("At once"),
            Delivery.DAILY: _("With the mail of the day"),
            Delivery.NEVER: _("Never"),
        }[self]


@dataclass(frozen=True, slots=True)
class Kind:
    """
    One kind of what people are told, and how it is mailed to whoever has not chosen.

    `name` is the capability and what it is of: `packets.released`. `button` is what the button of
    its mail says. `needed` is why it cannot be switched off, empty where it can. `ways` are those
    that make sense for it, `roles` who alone are told of it, where not everybody may be.
    """

    name: str
    label: Words
    button: Words
    default: Delivery = Delivery.DAILY
    needed: Words = ""
    ways: tuple[Delivery, ...] = tuple(Delivery)
    roles: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[Delivery, ...]:
        """What a person can choose."""
        return tuple(one for one in self.ways if one != Delivery.NEVER or not self.needed)


def delivery(kind: Kind, chosen: str | None, *, is_urgent: bool) -> Delivery:
    """How a person hears of something: as they chose; what is urgent does not wait for a day."""
    wanted = Delivery(chosen) if chosen in kind.offered else kind.default
    return Delivery.AT_ONCE if is_urgent and wanted == Delivery.DAILY else wanted


def path_in(body: str, site: str) -> str:
    """
    The first address of ours in a text, without its site; empty where there is none. One that a
    browser takes for another site is none of ours, nor one that is longer than is kept.
    """
    found = re.search(rf"{re.escape(site)}(?=/(?![/\\]))[^\s<>\"]*[^\s<>\".,;:!?)]", body)
    if found is None:
        return ""
    parts = urlsplit(found[0])
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if len(path) <= LONGEST_PATH else ""
