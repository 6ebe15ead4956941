import pytest
from django.core.files.base import ContentFile

from core.files import WholeFiles
from core.tests.full_disk import HalfThenFull


@pytest.fixture
def storage(tmp_path):
    return WholeFiles(location=tmp_path)


def test_a_file_is_kept_whole_and_nothing_beside_it(storage, tmp_path):
    name = storage.save("imports/roster", ContentFile(b"name;email"))

    assert name == "imports/roster"
    assert [path.name for path in (tmp_path / "imports").iterdir()] == ["roster"]
    assert (tmp_path / "imports/roster").read_bytes() == b"name;email"


def test_a_disk_that_fills_up_leaves_no_half_of_a_file(storage, tmp_path):
    with pytest.raises(OSError, match="No space left"):
        storage.save("imports/roster", HalfThenFull(b"name;email;role"))

    assert list((tmp_path / "imports").iterdir()) == []


def test_a_name_that_is_taken_stays_with_the_file_that_has_it(storage):
    first = storage.save("roster", ContentFile(b"one"))
    second = storage.save("roster", ContentFile(b"two"))

    assert first != second
    assert storage.open(first).read() == b"one"
