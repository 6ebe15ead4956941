"""Programmes in files: what other tools write, and what we write for them."""

from agenda.schedules.rules.columns import BETWEEN, HEADERS, OURS, Unreadable
from agenda.schedules.rules.dialects import as_rows
from agenda.schedules.rules.frab import Entry, write_frab
from agenda.schedules.rules.moments import read_length, read_moment

__all__ = [
    "BETWEEN",
    "HEADERS",
    "OURS",
    "Entry",
    "Unreadable",
    "as_rows",
    "read_length",
    "read_moment",
    "write_frab",
]
