"""The commands: what a file's seal says, and a certificate to begin with."""

from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone

from events.packets.letters.actions import letter_now
from events.packets.letters.rendering import certificates, certification

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world, at, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(letter_now(version=world.things["rep"], kind="LETTER", at=at))
    return path


def test_a_whole_letter_says_by_whom_when_and_what(file, world, capsys):
    call_command("verify_letter", file)

    said = capsys.readouterr().out
    assert "Sealed by Meridane" in said
    assert world.things["rep"].content_hash in said
    assert "Intact" in said


def test_a_letter_that_was_changed_is_said_to(file):
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 1
    file.write_bytes(data)

    with pytest.raises(CommandError, match=r"TAMPERED|no PDF"):
        call_command("verify_letter", file)


def test_a_letter_of_another_company_is_said_to_be(file, settings, tmp_path):
    call_command("draw_letter_certificate", tmp_path / "other.pem", verbosity=0)
    settings.LETTER_CERTIFICATE = str(tmp_path / "other.pem")

    with pytest.raises(CommandError, match="NOT OURS"):
        call_command("verify_letter", file)


def test_a_certificate_of_before_still_counts(file, settings, tmp_path, capsys):
    old, _key = certificates.in_use()
    call_command("draw_letter_certificate", tmp_path / "new.pem")
    settings.LETTER_CERTIFICATE = str(tmp_path / "new.pem")
    settings.LETTER_CERTIFICATES_BEFORE = [old]

    call_command("verify_letter", file)
    assert "Intact" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"hello", None])
def test_what_is_no_letter_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "x.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("verify_letter", path)


def test_a_certificate_is_never_overwritten(tmp_path):
    path = tmp_path / "c.pem"
    call_command("draw_letter_certificate", path, verbosity=0)
    before = path.read_text()

    with pytest.raises(CommandError, match="is there already"):
        call_command("draw_letter_certificate", path)
    assert path.read_text() == before
    assert path.stat().st_mode & 0o077 == 0


def problems():
    return [problem.msg for problem in run_checks() if problem.id == "letters.E001"]


def test_production_without_a_certificate_does_not_pass_its_check(settings):
    settings.LETTER_CERTIFICATE_DRAWN_IN = None
    assert "LETTER_CERTIFICATE is empty" in problems()[0]

    settings.LETTER_CERTIFICATE = "/nowhere/letters.pem"
    assert "not there" in problems()[0]

    settings.LETTER_CERTIFICATE = "-----BEGIN nonsense"
    assert "no certificate in PEM" in problems()[0]


@pytest.mark.parametrize(
    ("drawn_days_ago", "says"),
    [
        (0, []),
        (3650 - 30, ["LETTER_CERTIFICATE runs out in 29 days."]),
        (3650 + 2, ["LETTER_CERTIFICATE has run out: no letter is sealed."]),
    ],
)
def test_a_certificate_that_runs_out_is_said_in_time(settings, tmp_path, drawn_days_ago, says):
    settings.LETTER_CERTIFICATE_DRAWN_IN = None
    drawn_at = timezone.now() - timedelta(days=drawn_days_ago)
    certification.draw_certificate(tmp_path / "c.pem", "Meridane", drawn_at)
    settings.LETTER_CERTIFICATE = str(tmp_path / "c.pem")

    assert [found.msg for found in run_checks() if found.id == "letters.W001"] == says
    assert problems() == []


def test_a_certificate_may_be_a_path_or_the_text_itself(settings, tmp_path):
    settings.LETTER_CERTIFICATE_DRAWN_IN = None
    call_command("draw_letter_certificate", tmp_path / "c.pem", verbosity=0)
    for setting in (
        str(tmp_path / "c.pem"),
        (tmp_path / "c.pem").read_text(),
        (tmp_path / "c.pem").read_text().replace("\n", "\\n"),
    ):
        settings.LETTER_CERTIFICATE = setting
        assert problems() == []


def test_somebodys_own_machine_draws_one_by_itself(settings, tmp_path):
    settings.LETTER_CERTIFICATE_DRAWN_IN = tmp_path

    assert problems() == []
    assert certificates.in_use()[0].startswith("-----BEGIN CERTIFICATE")
    assert (tmp_path / "letters.pem").exists()
