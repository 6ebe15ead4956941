"""How long something is kept, and what an archive holds."""

import csv
import hashlib
import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.packets.records.checks import check_years
from events.packets.records.rules import codes, files
from events.packets.records.rules.retention import (
    Fate,
    Life,
    fate_of,
    kept_until,
    years_after,
)

PLAN = Life(released=date(2027, 1, 5), effective_to=date(2028, 2, 29))


@pytest.mark.parametrize(
    ("life", "until"),
    [
        (PLAN, date(2031, 3, 1)),  # no 29 February in 2031
        (Life(date(2027, 1, 5), date(2028, 1, 31)), date(2031, 1, 31)),
        (Life(date(2027, 1, 5), date(2028, 1, 31), superseded=date(2027, 2, 1)), date(2030, 2, 1)),
        # Replaced after its plan had ended: it was presumed in force until then
        (Life(date(2027, 1, 5), date(2028, 1, 31), superseded=date(2028, 5, 1)), date(2031, 5, 1)),
        (Life(date(2027, 1, 5), date(2028, 1, 31), signed=date(2028, 3, 1)), date(2031, 3, 1)),
        (Life(date(2028, 3, 1), date(2028, 1, 31)), date(2031, 3, 1)),
    ],
)
def test_a_version_is_kept_three_years_from_its_end(life, until):
    assert kept_until(life, 3) == until


@pytest.mark.parametrize(
    ("today", "held", "shredded", "fate"),
    [
        (date(2031, 3, 1), False, False, Fate.KEPT),
        (date(2031, 3, 2), False, False, Fate.DUE),
        (date(2031, 3, 2), True, False, Fate.HELD),
        (date(2027, 3, 2), True, False, Fate.HELD),
        (date(2031, 3, 2), False, True, Fate.SHREDDED),
    ],
)
def test_what_becomes_of_a_version(today, held, shredded, fate):
    assert fate_of(PLAN, years=3, today=today, is_held=held, shredded=shredded) == fate


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(3, 10))
def test_years_are_never_short(day, years):
    after = years_after(day, years)

    assert after.year == day.year + years
    assert (after - day).days >= years * 365


@pytest.mark.parametrize(
    ("years", "ok"), [(2, False), (0, False), (-1, False), (3, True), (7, True)]
)
def test_less_than_three_years_is_refused_before_anything_starts(settings, years, ok):
    settings.PACKET_RETENTION_YEARS = years

    problems = check_years(None)

    assert [problem.id for problem in problems] == ([] if ok else ["records.E001"])


def test_a_code_can_be_told_by_phone_and_typed_in_any_way():
    code = codes.draw_code()

    assert re.fullmatch(r"([A-HJKMNP-TV-Z2-9]{4}-){2}[A-HJKMNP-TV-Z2-9]{4}", code)
    assert codes.plain_code(f" {code.lower().replace('-', ' ')} ") == code.replace("-", "")
    assert len({codes.draw_code() for _ in range(200)}) == 200
    assert len(codes.plain_code("A" * 10_000)) == codes.LONGEST


def test_a_token_is_long_and_only_its_hash_is_stored():
    token = codes.draw_token()

    assert len(token) >= 43
    assert token not in codes.hash_token(token)


def test_a_folder_goes_through_its_text_unchanged():
    folder = files.Folder({"a/b.pdf": b"\x00\xff%PDF"}, {"receipts": [["Aïcha", "1"]]})

    again = files.folder_from_text(files.folder_to_text(folder))

    assert (again.files, again.tables) == (folder.files, folder.tables)
    assert "Aïcha" not in repr(folder)


def test_an_archive_lists_the_hash_of_every_file():
    folders = [
        files.Folder({f"r{n}/letter.pdf": bytes([n]) * 1000}, {"receipts": [[f"Rep {n}"]]})
        for n in range(3)
    ]

    archive = zipfile.ZipFile(io.BytesIO(b"".join(files.zipped(folders, "Read me"))))

    assert archive.testzip() is None
    listed = list(csv.reader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
    assert {row[0] for row in listed[1:]} == set(archive.namelist()) - {"manifest.csv"}
    for name, digest, size in listed[1:]:
        data = archive.read(name)
        assert (hashlib.sha256(data).hexdigest(), str(len(data))) == (digest, size)
    receipts = archive.read("receipts.csv").decode("utf-8-sig").splitlines()
    assert receipts[1:] == ["Rep 0", "Rep 1", "Rep 2"]


def test_names_of_files_are_plain_in_any_script():
    assert files.folder_name("Aïcha Benyahia", 7) == "aicha-benyahia-7"
    assert files.folder_name("佐藤 美咲", 8) == "rep-8"
    assert files.folder_name("../../etc", 9) == "etc-9"
    assert files.letter_name("FY28", 2) == "packet-fy28-v2.pdf"
