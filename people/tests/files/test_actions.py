from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import RequestFactory

from people.files import actions
from people.files.actions import FileUnwanted, keep_file
from people.files.forms import UploadField
from people.files.models import StoredFile
from people.files.rules import DOCUMENTS, PICTURES, VIDEOS, Kind
from people.files.views import send_file
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj" + b"x" * 200


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def keep(name="Contract.pdf", content=PDF, kinds=DOCUMENTS, at=NOON):
    return keep_file(upload=ContentFile(content, name), kinds=kinds, by=PersonFactory(), at=at)


def sent(file, **headers):
    response = send_file(RequestFactory().get("/", **headers), file)
    return response, b"".join(response.streaming_content) if response.streaming else b""


def test_a_file_is_kept_and_sent_to_be_saved():
    response, content = sent(keep())

    assert content == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="Contract.pdf"'
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_part_of_a_video_is_sent_as_a_player_asks():
    film = keep("Film.mp4", b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 99, VIDEOS)

    response, content = sent(film, headers={"range": "bytes=4-7"})

    assert (response.status_code, content) == (206, b"ftyp")
    assert response.headers["Content-Disposition"].startswith("inline")


def test_a_file_whose_content_is_gone_answers_404(folder):
    file = keep()
    default_storage.delete(file.content.name)

    assert sent(file)[0].status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "kinds", "said"),
    [
        ("Contract.exe", PDF, DOCUMENTS, "“Contract.exe” is not taken here"),
        ("Contract", PDF, DOCUMENTS, "“Contract” is not taken here"),
        ("Contract.pdf", b"", DOCUMENTS, "is empty"),
        ("Contract.pdf", b"<html></html>", DOCUMENTS, "is not what its name says"),
        ("Plan.png", PDF, PICTURES, "is not what its name says"),
        ("C.pdf", PDF, [Kind("pdf", "application/pdf", 100)], "100\xa0bytes is the most"),
    ],
)
def test_what_is_not_wanted_is_refused_in_words_and_not_kept(name, content, kinds, said, folder):
    with pytest.raises(FileUnwanted, match=said):
        keep(name, content, kinds)

    field = UploadField(kinds, required=False)
    assert field.help_text
    assert not list(folder.rglob("*"))


def test_what_nothing_holds_goes_after_a_day_with_its_content(folder):
    now = datetime.now(UTC)  # contents have the age of the disk
    old, new = keep(at=now), keep(at=now + timedelta(days=9))
    stray = default_storage.save(f"{actions.FOLDER}/stray", ContentFile(b"x"))

    assert actions.drop_unheld(now.replace(minute=0) + timedelta(hours=20)) == {"dropped": 0}
    assert actions.drop_unheld(now.replace(minute=1) + timedelta(days=3)) == {}
    assert actions.drop_unheld(now.replace(minute=0) + timedelta(days=3)) == {"dropped": 2}

    assert list(StoredFile.objects.all()) == [new]
    assert not default_storage.exists(stray)
    assert not default_storage.exists(old.content.name)
