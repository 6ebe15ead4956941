"""Badges as a PDF: labels of any size, one by one or on sheets, with the agenda on the back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from core.typesetting.pages import pdf_of
from core.typesetting.typefaces import draws

STYLE = "agenda/door/badge.css"
SHEETS = {"A4": (210, 297), "LETTER": (215.9, 279.4)}  # millimetres
LINE = 4.1  # millimetres that a line of the agenda takes


class NoRoom(ValueError):
    """A label of this size is on no sheet."""


@dataclass(frozen=True, slots=True)
class Label:
    """How large a label is, in millimetres, and on which sheet it comes; without one, on a roll."""

    width: float
    height: float
    sheet: str = ""
    gap: float = 0

    @property
    def page(self) -> tuple[float, float]:
        return SHEETS.get(self.sheet, (self.width, self.height))

    @property
    def grid(self) -> tuple[int, int]:
        """
        Columns and rows of a sheet.

        :raises NoRoom: not one fits
        """
        across, down = self.page
        columns = int((across + self.gap) // (self.width + self.gap))
        rows = int((down + self.gap) // (self.height + self.gap))
        if not columns or not rows:
            raise NoRoom
        return columns, rows

    @property
    def per_sheet(self) -> int:
        """
        How many a sheet holds.

        :raises NoRoom: not one fits
        """
        columns, rows = self.grid
        return columns * rows

    @property
    def rules(self) -> str:
        """Where each label stands, as CSS: in the middle of its sheet, whose back is turned over."""
        columns, rows = self.grid
        across, down = self.page
        left = (across - columns * self.width - (columns - 1) * self.gap) / 2
        top = (down - rows * self.height - (rows - 1) * self.gap) / 2
        said = [
            f"@page {{ size: {across}mm {down}mm; margin: 0; }}",
            f".sheet {{ height: {down}mm; }}",
            f".badge {{ width: {self.width}mm; height: {self.height}mm; }}",
            f".code svg {{ width: {min(self.width, self.height) * 0.4:.1f}mm; height: auto; }}",
        ]
        step = self.width + self.gap
        said += [f".c{n} {{ left: {left + n * step:.2f}mm; }}" for n in range(columns)]
        said += [
            f".r{n} {{ top: {top + n * (self.height + self.gap):.2f}mm; }}" for n in range(rows)
        ]
        return "\n".join(said)


def drawn(text: str) -> SafeString:
    """A QR as SVG, with its white edge: no file, no picture."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=2, omitsize=True, light="#ffffff"
    )
    return mark_safe(out.getvalue().decode())  # our own drawing, which holds none of the text


@dataclass(frozen=True, slots=True)
class Face:
    """What one badge says. `kind` is a role as a word, `tone` the name of its colour."""

    name: str
    detail: str
    kind: str
    tone: str
    text: str
    agenda: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> str:
        """How large the name can be set."""
        longest = max((len(word) for word in self.name.split()), default=0)
        return "small" if longest > 13 or len(self.name) > 26 else "large"

    @property
    def hand(self) -> str:
        """Which typeface writes the name: one alone, as two would stand beside one another in it."""
        return "own" if draws(self.name) else "other"

    @property
    def code(self) -> SafeString:
        """The QR, as a drawing."""
        return drawn(self.text)


@dataclass(frozen=True, slots=True)
class Placed:
    face: Face
    column: int
    row: int
    back_column: int


def badges_pdf(faces: Sequence[Face], label: Label, *, title: str, with_back: bool) -> bytes:
    """
    The badges as a file for a printer, each back behind its front.

    :raises NoRoom: the label does not fit on its sheet
    """
    columns, rows = label.grid
    sheets = [
        [
            Placed(face, n % columns, n // columns, columns - 1 - n % columns)
            for n, face in enumerate(part)
        ]
        for part in _batched(faces, columns * rows)
    ]
    lines = max(0, int((label.height - 16) / LINE))
    context = {"sheets": sheets, "title": title, "with_back": with_back, "most": f":{lines}"}
    return pdf_of(render_to_string("agenda/door/badges_print.html", context), [STYLE], label.rules)


def _batched(faces: Sequence[Face], size: int) -> list[Sequence[Face]]:
    return [faces[n : n + size] for n in range(0, len(faces), size)]
