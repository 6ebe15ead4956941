import re
import zipfile
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from events.attendance.models import Attendee
from events.tests.attendance.test_importing import GOOD, kickoff
from people.accounts.models import Person
from people.activity.models import Entry

pytestmark = pytest.mark.django_db
__all__ = ["kickoff"]


def _workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _bomb():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60 * 1024 * 1024)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"email,manager\nb@x.example,\n", "No column holds “Full name”.*“email”, “manager”"),
        (GOOD.encode("utf-16-le"), "Row 1, column “A”: .*UTF-16 without its mark"),
        (GOOD.encode("utf-16")[:-1], "Row 3, column “manager”: .*broken off"),
        (GOOD.encode("latin-1"), "Row 2, column “full_name”: .*Latin-1"),
        (
            b"full_name,email\nBo,b@x.example\nAda,b@x.example\n",
            "Row 3, column “email”: Row 2 has the e-mail address b@x.example already",
        ),
        (
            b"full_name,email,manager\nBo,b@x.example,x@x.example\n",
            "Row 2, column “manager”: “x@x.example” is nobody",
        ),
        (
            b"full_name,email,manager\nBo,b@x.example,Ada\nAda,a@x.example,Bo\n",
            "Row 2, column “manager”: .*circle: Bo → Ada → Bo",
        ),
        (b"full_name\n" + b"Bo Ek\n" * 100_000, "100,000 rows; the limit is 20,000"),
        (
            _workbook(["full_name", "email"], ["Bo", '=LOWER("B@X.EXAMPLE")']),
            "Row 2, column “email”: The cell holds the formula",
        ),
        (_bomb(), "unpack to 60 MB; the limit is 50 MB"),
        (b"%PDF-1.7\n1 0 obj\n", "This is a PDF file"),
    ],
    ids=[
        "missing column",
        "UTF-16 without mark",
        "UTF-16 broken off",
        "Latin-1",
        "one e-mail twice",
        "unknown manager",
        "manager cycle",
        "100,000 rows",
        "formulas",
        "zip bomb",
        "PDF",
    ],
)
def test_a_bad_file_is_refused_by_row_and_column_and_nothing_is_written(
    kickoff, tmp_path, data, message
):
    file = tmp_path / "roster.csv"
    file.write_bytes(data)
    people = Person.objects.count()
    out = StringIO()

    with pytest.raises(CommandError, match=r"Nothing was written\.") as refused:
        call_command("import_roster", str(file), "--event", "sko", stdout=out, stderr=out)

    told = out.getvalue() + str(refused.value)
    assert re.search(message, told), told
    assert Person.objects.count() == people
    assert not Attendee.objects.exists()
    assert not Entry.objects.exists()
