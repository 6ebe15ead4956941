"""The first page of a PDF as a picture, for pages that show one: a browser shows no PDF in ours."""

from __future__ import annotations

import shutil
import subprocess

PROGRAM = "pdftoppm"  # of Debian's poppler-utils
DOTS_AN_INCH = 96
SECONDS = 10


def first_page(pdf: bytes) -> bytes | None:
    """A PNG of the first page; None where this machine has no program that draws one."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    command = [program, "-png", "-r", str(DOTS_AN_INCH), "-f", "1", "-l", "1", "-"]
    try:
        drawn = subprocess.run(  # noqa: S603
            command, input=pdf, capture_output=True, timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return drawn.stdout or None
