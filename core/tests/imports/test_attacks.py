"""Attacks by file: a few megabytes that would take a web process for half a minute."""

import pytest

from core.imports.problems import FileRefused
from core.imports.readers import read_table


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a" + b"," * 3_000_000, "Row 1: The line is longer than"),
        (b"a,b\n1" + b"," * 3_000_000, "Row 2: The line is longer than"),
        (b"a,b\n" + b"\n" * 1_100_000, "more than 1,048,576 lines"),
    ],
    ids=["headers without end", "a row without end", "empty lines without end"],
)
def test_a_file_that_only_takes_time_is_refused(data, message):
    with pytest.raises(FileRefused, match=message):
        read_table(data)
