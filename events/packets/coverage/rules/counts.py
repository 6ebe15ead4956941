"""How far packets have come: counts and states, never figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Cover:
    """
    How many reps of one part of the roster have signed, opened, not opened, not been given.

    `accepted` and `declined` are what those who signed have answered since: parts of `signed`.
    `under_way` is with its approvers or comes out at a planned moment: a part of `not_released`.
    `without_quota` and `without_territory` count beside them, in any state.
    """

    name: str
    signed: int = 0
    opened: int = 0
    not_opened: int = 0
    not_released: int = 0
    accepted: int = 0
    declined: int = 0
    under_way: int = 0
    without_quota: int = 0
    without_territory: int = 0

    @property
    def total(self) -> int:
        return self.signed + self.opened + self.not_opened + self.not_released

    @property
    def released(self) -> int:
        return self.total - self.not_released

    @property
    def lacking(self) -> int:
        """Those for whom nobody has done anything yet: the others wait as planned."""
        return self.not_released - self.under_way

    @property
    def unsigned(self) -> int:
        return self.total - self.signed

    @property
    def percent(self) -> int:
        """The share that has signed, 0 to 100, rounded down: 100 is everybody."""
        return self.signed * 100 // self.total if self.total else 0

    @property
    def label(self) -> str:
        """The bar in words."""
        said = _(
            "%(signed)d signed, %(opened)d opened, %(not_opened)d not opened,"
            " %(not_released)d not released"
        ) % {
            "signed": self.signed,
            "opened": self.opened,
            "not_opened": self.not_opened,
            "not_released": self.not_released,
        }
        if not self.lacking:
            return said
        return said + _(", %(count)d with nothing under way") % {"count": self.lacking}


@dataclass(frozen=True, slots=True)
class Coverage:
    """The parts of a roster, by name, and all of it."""

    parts: tuple[Cover, ...]
    all: Cover

    @property
    def finding(self) -> str:
        """What the picture shows, in a sentence or two."""
        return finding(self)


def totalled(parts: Iterable[Cover]) -> Coverage:
    """The parts with their sum."""
    parts = tuple(parts)
    return Coverage(
        parts,
        Cover(
            _("All"),
            signed=sum(part.signed for part in parts),
            opened=sum(part.opened for part in parts),
            not_opened=sum(part.not_opened for part in parts),
            not_released=sum(part.not_released for part in parts),
            accepted=sum(part.accepted for part in parts),
            declined=sum(part.declined for part in parts),
            under_way=sum(part.under_way for part in parts),
            without_quota=sum(part.without_quota for part in parts),
            without_territory=sum(part.without_territory for part in parts),
        ),
    )


def finding(coverage: Coverage) -> str:
    """Who is furthest behind, so that somebody knows whom to ask."""
    total = coverage.all
    if not total.total:
        return _("There is no rep on the roster yet.")
    said = ngettext(
        "%(signed)d of %(total)d has signed the receipt.",
        "%(signed)d of %(total)d have signed the receipt.",
        total.signed,
    ) % {"signed": total.signed, "total": total.total}
    if total.signed == total.total:
        return _("Everybody has signed the receipt: %(total)d of %(total)d.") % {
            "total": total.total
        }
    if len(coverage.parts) < 2:
        return said
    if total.lacking:
        last = max(coverage.parts, key=lambda part: (part.lacking, part.total))
        behind = ngettext(
            "%(name)s is furthest behind: %(count)d of its %(total)d is not released.",
            "%(name)s is furthest behind: %(count)d of its %(total)d are not released.",
            last.not_released,
        ) % {"name": last.name, "count": last.not_released, "total": last.total}
    elif total.not_released:
        behind = ngettext(
            "%(count)d packet is with its approvers or comes out as planned.",
            "%(count)d packets are with their approvers or come out as planned.",
            total.not_released,
        ) % {"count": total.not_released}
    else:
        last = max(coverage.parts, key=lambda part: (part.total - part.signed, part.total))
        behind = ngettext(
            "%(name)s is furthest behind: %(count)d of its %(total)d has not signed.",
            "%(name)s is furthest behind: %(count)d of its %(total)d have not signed.",
            last.total - last.signed,
        ) % {"name": last.name, "count": last.total - last.signed, "total": last.total}
    return f"{said} {behind}"
