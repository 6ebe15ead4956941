import errno

import pytest
from django.db import OperationalError
from django.http import HttpResponse

from core.full_disk import means_full_disk, say_full_disk, server_error

FULL = OSError(errno.ENOSPC, "No space left on device")


class DiskFull(Exception):
    """As the driver of PostgreSQL says it."""

    pgcode = "53100"


def caused_by(cause):
    error = OperationalError("could not extend file")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (FULL, True),
        (OSError(errno.EDQUOT, "Quota exceeded"), True),
        (OperationalError("database or disk is full"), True),
        (caused_by(DiskFull()), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (OperationalError("database is locked"), False),
        (caused_by(None), False),
        (ValueError("disk is full"), False),
        (None, False),
    ],
)
def test_what_means_a_full_disk(error, expected):
    assert means_full_disk(error) is expected


def test_a_view_that_meets_a_full_disk_is_answered_in_words(rf):
    middleware = say_full_disk(lambda request: HttpResponse("ok"))

    answer = middleware.process_exception(rf.post("/roster/"), FULL)

    assert answer.status_code == 507
    assert "no space left" in answer.content.decode()
    assert middleware.process_exception(rf.post("/roster/"), ValueError()) is None


def test_what_met_a_full_disk_before_any_view_began_is_answered_in_words(rf):
    try:
        raise FULL
    except OSError:
        answer = server_error(rf.post("/roster/"))

    assert answer.status_code == 507


def test_whatever_else_broke_is_answered_as_ever(rf):
    try:
        raise ValueError
    except ValueError:
        answer = server_error(rf.post("/roster/"))

    assert answer.status_code == 500
    assert "Something broke" in answer.content.decode()
