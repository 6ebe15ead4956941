import io

import openpyxl
import pytest
from PIL import Image

from people.files import rules


def workbook():
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


def picture(kind):
    target = io.BytesIO()
    Image.new("RGB", (9, 9)).save(target, kind)
    return target.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"
HTML = b"<!doctype html><html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PDF, "pdf"),
        (workbook(), "xlsx"),
        (picture("PNG"), "png"),
        (picture("JPEG"), "jpg"),
        (picture("JPEG"), "jpeg"),
        (picture("WEBP"), "webp"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 99, "mp4"),
        ("Grüße\n".encode("cp1252"), "txt"),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n", "vtt"),
    ],
)
def test_a_file_is_what_its_name_says(content, ending):
    assert rules.is_what_it_says(content, ending)


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (HTML, "pdf"),
        (HTML, "txt"),
        (b"MZ\x90\0\3" + b"\0" * 99, "pdf"),
        (picture("PNG"), "pdf"),
        (PDF, "xlsx"),
        (b"a\0b", "csv"),
        (b"", "pdf"),
    ],
)
def test_a_file_is_something_else(content, ending):
    assert not rules.is_what_it_says(content, ending)


def test_a_shown_name_has_no_folder_no_control_and_keeps_its_ending():
    assert rules.shown_name("..\\..\\a/b/Größe\u202e\n.pdf") == "Größe.pdf"
    assert len(rules.shown_name("x" * 400 + ".pdf")) == rules.NAME_LENGTH
    assert rules.shown_name("x" * 400 + ".pdf").endswith("….pdf")
