"""Files in and out: the export of coverage, the import by page and by command."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from events.packets.delivery.models import Packet, PacketVersion
from events.tests.factories import (
    AttendeeFactory,
)
from events.tests.packets.delivery.pages import (
    BASE,
    FIGURES,
    HEADER,
    QUOTA,
    at,
    good_row,
    signed_in,
    upload,
)
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_the_export_of_coverage_escapes_formulas_and_has_no_figures(client, world):
    world["rep"].full_name = "=HYPERLINK(1)"
    world["rep"].save(update_fields=["full_name"])

    text = signed_in(client, world, "planner").get(at(world, "export")).content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:2] == ["Rep", "E-mail"]
    assert [row[0] for row in rows[1:]] == ["'=HYPERLINK(1)", "Thabo Nkosi"]
    assert not FIGURES.search(text)


def test_revops_imports_a_file_in_two_steps(client, world):
    PacketVersion.objects.filter(packet__rep=world["peer"]).update(state="EXPIRED")
    newcomer = PersonFactory()
    AttendeeFactory(kickoff=world.kickoff, person=newcomer)
    text = HEADER + good_row(newcomer) + good_row(world["rep"], quota=1000000)

    page = upload(signed_in(client, world, "revops"), world, text)
    assert "Import 2 packets" in page.content.decode()
    assert not PacketVersion.objects.filter(state="DRAFT").exists()
    done = client.post(page.redirect_chain[-1][0], follow=True)

    assert "2 packets imported" in done.content.decode()
    assert PacketVersion.objects.filter(state="DRAFT").count() == 2


def test_a_file_that_waits_for_its_import_does_not_lie_open(client, world, settings):
    upload(signed_in(client, world, "revops"), world, HEADER + good_row(world["rep"]))

    kept = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert not any(str(figure).encode() in kept[0].read_bytes() for figure in (QUOTA, BASE))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (lambda rep: good_row(rep) * 2, "is already in row 2"),
        (lambda rep: good_row(rep, quota=-5), "never negative"),
        (lambda rep: good_row(rep).replace("EUR", "XYZ"), "no currency of ISO 4217"),
        (lambda rep: "nobody@example.com,EUR,1,1,1,2027-03-01,,\n", "no rep on this roster"),
        (lambda rep: good_row(rep).replace("2027-03-01", "soon"), "no date"),
    ],
)
def test_a_file_with_one_bad_row_writes_nothing_and_names_row_and_column(client, world, rows, says):
    newcomer = PersonFactory()
    AttendeeFactory(kickoff=world.kickoff, person=newcomer)

    page = upload(
        signed_in(client, world, "revops"), world, HEADER + rows(newcomer) + good_row(world["rep"])
    )
    client.post(page.redirect_chain[-1][0])

    assert says in page.content.decode()
    assert Packet.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", b"rep,currency\nx,EUR\n", "No column holds"),
        ("a.csv", b"%PDF-1.7", "PDF"),
        ("a.xlsx", b"PK\x03\x04nonsense", "damaged"),
        ("a.csv", b"", "empty"),
    ],
)
def test_a_hostile_file_is_refused_in_words(client, world, name, data, says):
    page = upload(signed_in(client, world, "revops"), world, data, name)

    assert page.status_code == 200
    assert says.lower() in page.content.decode().lower()
    assert Packet.objects.count() == 2


def test_the_command_imports_and_a_second_run_changes_nothing(world, tmp_path, capsys):
    newcomer = PersonFactory()
    AttendeeFactory(kickoff=world.kickoff, person=newcomer)
    path = tmp_path / "packets.csv"
    path.write_text((HEADER + good_row(newcomer)).replace("quota", "Annual target"))
    command = [
        "import_packets",
        path,
        "--event",
        world.kickoff.slug,
        "--map",
        "quota=Annual target",
    ]

    call_command(*map(str, [*command, "--dry-run"]))
    assert not Packet.objects.filter(rep=newcomer).exists()
    call_command(*map(str, command))
    call_command(*map(str, command))

    out = capsys.readouterr().out.splitlines()
    assert out == [
        "1 rows: 1 new, 0 drafts changed, 0 new versions, 0 drafts taken back, 0 the same.",
        "Nothing was written: this was a dry run.",
        "1 rows: 1 new, 0 drafts changed, 0 new versions, 0 drafts taken back, 0 the same.",
        "1 rows: 0 new, 0 drafts changed, 0 new versions, 0 drafts taken back, 1 the same.",
    ]


def test_the_command_names_row_and_column_and_writes_nothing(world, tmp_path, capsys):
    path = tmp_path / "packets.csv"
    path.write_text(HEADER + good_row(world["rep"], quota=0))

    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_packets", str(path), "--event", world.kickoff.slug)

    assert "Row 2, column “quota”: A quota is above zero." in capsys.readouterr().err
