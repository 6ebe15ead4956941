"""The drill: backed up, lost, brought back, verified; and all that may be wrong is said."""

import json
import shutil
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from core.guards import installed
from events.packets.delivery.actions import accept_packet, sign_receipt
from events.packets.delivery.models import PacketVersion, Receipt
from events.packets.letters.actions import letter_now
from events.packets.letters.models import LetterFile
from events.tests.factories import PacketFactory, PacketVersionFactory, packet_content
from events.tests.world import build_world
from events.trail.actions import MARGIN, seal_trail
from people.accounts.models import Person
from people.activity.models import Entry
from people.tests.passages import behind_our_back

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
AT = datetime(2027, 1, 8, 9, tzinfo=UTC)
NAME = "Aïcha Benyahia"


@pytest.fixture
def version(settings):
    """A packet that was signed and accepted, its letter, a file, and a trail that is sealed."""
    world = build_world()
    version = PacketVersionFactory(
        packet=PacketFactory(kickoff=world.kickoff, rep=world["rep"]),
        state="VIEWED",
        released_by=world["revops"],
    )
    sign_receipt(version_id=version.pk, by=world["rep"], typed_name=NAME, at=AT)
    accept_packet(version_id=version.pk, by=world["rep"], typed_name=NAME, at=AT)
    letter_now(version=version, kind="LETTER", at=AT)
    media = Path(settings.MEDIA_ROOT)
    (media / "imports").mkdir(parents=True)
    (media / "imports/roster").write_bytes(b"sealed")
    seal_trail(AT)
    seal_trail(AT + MARGIN)
    return version


@pytest.fixture
def backup(version, tmp_path):
    call_command("backup", str(tmp_path / "backup"), stdout=StringIO())
    return tmp_path / "backup"


def lose_everything(settings):
    with installed.lifted(connection):
        call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(settings.MEDIA_ROOT)


def restore(backup, **options):
    out = StringIO()
    call_command("restore", str(backup), stdout=out, **options)
    return out.getvalue()


def verify(*arguments):
    """What the command says, and whether it holds."""
    out = StringIO()
    try:
        call_command("verify_restore", *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}\n{error}", False
    return out.getvalue(), True


def test_what_was_lost_is_brought_back_and_opens(backup, version, settings):
    before = (Entry.objects.count(), bytes(LetterFile.objects.get(kind="LETTER").pdf))
    lose_everything(settings)
    assert not Person.objects.exists()

    restore(backup)

    assert (Entry.objects.count(), bytes(LetterFile.objects.get(kind="LETTER").pdf)) == before
    assert PacketVersion.objects.get().read() == version.read()
    assert Receipt.objects.get().typed_name == NAME
    assert (Path(settings.MEDIA_ROOT) / "imports/roster").read_bytes() == b"sealed"
    assert installed.gaps(connection) == []
    said, holds = verify("--backup", str(backup), "--sample", "0")
    assert holds, said
    for line in (
        "figures              1 of        1  ok",
        "receipts             1 of        1  ok",
    ):
        assert line in said
    with connection.cursor() as cursor, pytest.raises(Exception, match="receipt is kept"):
        cursor.execute("DELETE FROM events_receipt")


def test_no_key_is_in_a_backup(backup, settings):
    secrets = [*settings.PACKET_KEYS, settings.SECRET_KEY, "PRIVATE KEY"]

    files = {path.name: path.read_bytes() for path in backup.iterdir()}
    assert files
    assert [
        (name, secret)
        for name, data in files.items()
        for secret in secrets
        if secret.encode() in data
    ] == []


def test_a_backup_is_for_whoever_made_it_alone_in_a_folder_for_all_too(version, tmp_path):
    folder = tmp_path / "backup"
    folder.mkdir(mode=0o755)

    call_command("backup", str(folder), stdout=StringIO())

    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_missing_key_is_named_before_anything_is_written(backup, settings):
    lose_everything(settings)
    settings.PACKET_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(CommandError, match="key 1 of the backup"):
        restore(backup)
    assert not Person.objects.exists()

    assert "key 1 of the backup" in restore(backup, despite_missing_keys=True)
    said, holds = verify("--backup", str(backup))
    assert not holds
    assert "does not hold: figures, letters, sealed texts, trail, keys" in said


def test_another_secret_key_and_certificate_are_said_and_stop_nothing(backup, settings, tmp_path):
    lose_everything(settings)
    settings.SECRET_KEY = "another one, of fifty characters and more, drawn by nobody"
    settings.LETTER_CERTIFICATE_DRAWN_IN = tmp_path

    said = restore(backup)

    assert "everybody signs in anew" in said
    assert "letters that it sealed are not known as ours" in said
    assert "a certificate that is missing" in verify()[0]


@pytest.mark.parametrize("name", ["media.tar", "database"])
def test_a_backup_that_was_changed_or_is_not_whole_is_refused(backup, settings, name):
    lose_everything(settings)
    (path,) = backup.glob(f"{name}*")
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(CommandError, match=f"{path.name} is not as it was written"):
        restore(backup)

    path.unlink()
    with pytest.raises(CommandError, match=f"{path.name} is missing"):
        restore(backup)
    assert not Person.objects.exists()


def test_nothing_is_brought_back_over_what_is_there(backup):
    with pytest.raises(CommandError, match="people or files here already"):
        restore(backup)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"database": "another"}, "It is of another"),
        ({"migrations": ["events.9999_of_next_year"]}, "made by a newer version"),
        ({"files": {}}, "does not name the database and media.tar"),
    ],
)
def test_a_backup_of_something_else_is_refused(backup, settings, changes, match):
    lose_everything(settings)
    said = json.loads((backup / "manifest.json").read_text())
    (backup / "manifest.json").write_text(json.dumps(said | changes))

    with pytest.raises(CommandError, match=match):
        restore(backup)


def test_a_folder_that_is_no_backup_or_not_empty_is_refused(tmp_path):
    (tmp_path / "something").touch()

    with pytest.raises(CommandError, match="holds no backup"):
        restore(tmp_path)
    with pytest.raises(CommandError, match="is not empty"):
        call_command("backup", str(tmp_path))


def test_a_missing_file_is_named(backup, settings):
    (Path(settings.MEDIA_ROOT) / "imports/roster").unlink()

    said, holds = verify("--backup", str(backup))

    assert not holds
    assert "imports/roster is missing" in said


@pytest.mark.parametrize(
    ("table", "column", "value", "kind", "problem"),
    [
        ("events_receipt", "content_hash", "f", "receipts", "of other content than its version"),
        ("events_packetversion", "sealed", "x", "figures", "No key opens this"),
        ("events_letterfile", "pdf", b"x", "letters", "No key opens this"),
        ("people_entry", "verb", "x", "trail", "its verb, thing or time was changed"),
    ],
)
def test_what_was_exchanged_is_found(version, table, column, value, kind, problem):
    ready = " WHERE state = 'READY'" if table == "events_letterfile" else ""
    with installed.lifted(connection), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s{ready}", [value])  # noqa: S608

    said, holds = verify()

    assert not holds
    assert kind in said.splitlines()[-1]
    assert problem in said


def test_figures_that_were_exchanged_are_found(version):
    forged = PacketVersion(packet=version.packet, number=9)
    forged.write(packet_content(quota="5000000"))
    with behind_our_back():
        PacketVersion.objects.update(sealed=forged.sealed)

    said, holds = verify()

    assert not holds
    assert "This packet is not what was sealed under its hash." in said


def test_a_letter_that_another_one_was_put_in_place_of_is_found(version):
    with behind_our_back():
        LetterFile.objects.filter(kind="LETTER").update(
            **LetterFile.objects.get(kind="LETTER").sealed_file(b"%PDF-1.7 of somebody")
        )

    said, holds = verify()

    assert not holds
    assert "This is no PDF that can be read." in said


def test_a_guard_that_is_gone_is_named(version):
    on = " ON events_receipt" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER events_receipt_guard_delete{on}")

    said, holds = verify()
    installed.install(connection)

    assert not holds
    assert "events_receipt_guard_delete is missing or another" in said
