"""The NPS of a panel beside that of all customers, as a sentence and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agenda.panels.models import CustomerBase
from agenda.panels.queries import Panel
from agenda.panels.rules import on_scale

_LEFT, _WIDTH = 20, 200  # of the picture
_TICKS = (-100, -50, 0, 50, 100)


@dataclass(frozen=True, slots=True)
class Scale:
    """What the picture shows: its finding, and where each of the two stands, None if unknown."""

    words: str
    panel: int | None
    panel_x: int | None
    base_x: int | None
    ticks: Sequence[tuple[int, str]]


def scale_of(panel: Panel, base: CustomerBase | None) -> Scale:
    """Both on one line from −100 to 100."""
    nps = panel.mix.nps
    said = {"panel": _signed(nps), "base": _signed(base.score if base else None)}
    words = _("NPS of the panel %(panel)s, of all customers %(base)s")
    if nps is None:
        words = _("No panelist yet, so no NPS of the panel")
    elif base is None:
        words = _("NPS of the panel %(panel)s; that of all customers is not known")
    return Scale(
        words=words % said,
        panel=nps,
        panel_x=None if nps is None else _x(nps),
        base_x=None if base is None else _x(base.score),
        ticks=[(_x(one), _signed(one)) for one in _TICKS],
    )


def _x(nps: int) -> int:
    return _LEFT + on_scale(nps, _WIDTH)


def _signed(nps: int | None) -> str:
    return "–" if nps is None else str(nps).replace("-", "−")
