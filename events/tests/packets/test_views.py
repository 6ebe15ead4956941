"""The pages of packets, and the attacks on them."""

import contextlib
import csv
import io
import logging
import re
import zlib

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from events.packets import actions
from events.packets.models import Packet, PacketVersion, Receipt
from events.packets.rules.content import Territory
from events.packets.rules.sealing import seal
from events.tests.factories import (
    AttendeeFactory,
    PacketFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.world import build_world
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import PersonFactory, RegionFactory

pytestmark = pytest.mark.django_db

# Figures that stand nowhere else, as they are and as they are written
QUOTA, BASE, TARGET = 917342, 83117, 57773
FIGURES = re.compile(r"917.?342|83.?117|57.?773|140.?890|917\.3k|57\.8k")
HEADER = "rep,currency,quota,base,target_variable,effective_from,geography,accounts\n"


@pytest.fixture
def world():
    world = build_world()
    content = packet_content(quota=QUOTA, base=BASE, target_variable=TARGET)
    for role in ("rep", "peer"):
        packet = PacketFactory(kickoff=world.kickoff, rep=world[role])
        world.things[role] = PacketVersionFactory(
            packet=packet, content=content, released_by=world["revops"]
        )
    return world


def at(world, page, role=None, **kwargs):
    """The address of a page; of a role's packet if one is named."""
    kwargs["slug"] = world.kickoff.slug
    if role:
        kwargs["packet_id"] = world.things[role].packet_id
    return reverse(f"events:packets:{page}", kwargs=kwargs)


def signed_in(client, world, role):
    client.force_login(world[role])
    return client


def upload(client, world, text, name="packets.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile(name, data)
    return client.post(at(world, "import"), {"file": file}, follow=True)


def good_row(person, quota=QUOTA, accounts="Acme; Umbra"):
    return f"{person.email},EUR,{quota},{BASE},{TARGET},2027-03-01,France,{accounts}\n"


def unpacked(pdf):
    """All streams of a PDF, inflated."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(stream))
    return b"".join(found)


# What each role sees


def test_a_rep_reads_their_packet_and_it_counts_as_viewed(client, world):
    page = signed_in(client, world, "rep").get(at(world, "mine"))

    world.things["rep"].refresh_from_db()
    text = page.content.decode()
    assert "€917,342" in text
    assert "Sign the receipt" in text
    assert world.things["rep"].state == "VIEWED"
    assert page.headers["Cache-Control"] == "no-store, private"


def test_a_rep_without_a_packet_is_told_what_will_come(client, world):
    newcomer = PersonFactory()
    AttendeeFactory(kickoff=world.kickoff, person=newcomer)
    client.force_login(newcomer)

    page = client.get(at(world, "mine"))

    assert page.status_code == 200
    assert "No packet for you yet" in page.content.decode()


def test_a_rep_signs_the_receipt(client, world):
    address = at(world, "sign", "rep", number=1)

    page = signed_in(client, world, "rep").post(
        address, {"has_read": "on", "typed_name": "Aicha Benyahia"}, follow=True
    )

    assert Receipt.objects.get().version == world.things["rep"]
    assert "You signed the receipt for version 1" in page.content.decode()
    assert 'id="receipt"' not in page.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"has_read": "on", "typed_name": "Somebody Else"},
        {"has_read": "on", "typed_name": ""},
        {"typed_name": "Aïcha Benyahia"},
    ],
)
def test_a_receipt_that_is_not_complete_is_explained_beside_the_field(client, world, data):
    page = signed_in(client, world, "rep").post(at(world, "sign", "rep", number=1), data)

    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode()
    assert not Receipt.objects.exists()


def test_the_page_says_what_changed_and_offers_the_version_before(client, world):
    old = world.things["rep"]
    PacketVersion.objects.filter(pk=old.pk).update(state="SUPERSEDED")
    PacketVersionFactory(
        packet=old.packet, number=2, content=packet_content(), released_by=world["revops"]
    )

    text = signed_in(client, world, "rep").get(at(world, "mine")).content.decode()

    assert "The quota went from €917,342 to €900,000." in text
    assert at(world, "letter", "rep", number=1) in text


def test_a_manager_opens_a_report_and_the_rep_sees_that(client, world):
    signed_in(client, world, "manager").get(at(world, "detail", "rep"))

    text = signed_in(client, world, "rep").get(at(world, "mine")).content.decode()
    assert "Søren Lindqvist opened this" in text
    entry = Entry.objects.get(verb="packet.viewed", actor=world["manager"])
    assert entry.subject == world["rep"]


def test_a_manager_sees_the_reports_of_the_whole_line_and_no_figures_in_the_list(client, world):
    boss = world["manager"].manager
    AttendeeFactory(kickoff=world.kickoff, person=boss, kind="MANAGER")
    client.force_login(boss)
    text = client.get(at(world, "report")).content.decode()
    assert "Aïcha Benyahia" in text
    assert "Thabo Nkosi" in text

    text = signed_in(client, world, "manager").get(at(world, "report")).content.decode()
    assert "Aïcha Benyahia" in text
    assert "Thabo Nkosi" not in text
    assert not FIGURES.search(text)


def test_the_desk_shows_quotas_states_and_what_to_do(client, world):
    PacketVersion.objects.filter(pk=world.things["peer"].pk).update(state="EXPIRED")
    draft = PacketFactory(kickoff=world.kickoff)
    AttendeeFactory(kickoff=world.kickoff, person=draft.rep)
    PacketVersionFactory(packet=draft, state="DRAFT", content=packet_content(territory=Territory()))

    text = signed_in(client, world, "revops").get(at(world, "desk")).content.decode()

    for part in ("€917,342", "No territory yet", "Approve 1 draft", "Sat 30 January 2027"):
        assert part in text
    assert Entry.objects.filter(verb="packets.listed", actor=world["revops"]).exists()


def test_the_panel_beside_the_list_is_a_fragment(client, world):
    page = signed_in(client, world, "revops").get(
        at(world, "detail", "rep"), headers={"hx-request": "true"}
    )

    text = page.content.decode()
    assert "<html" not in text
    assert "Payout at 100% equals the target variable." in text
    assert "can see that you opened this" in text


def test_the_panel_says_when_100_percent_does_not_pay_the_target(client, world):
    draft = PacketFactory(kickoff=world.kickoff)
    plan = packet_content().comp.plan
    halved = type(plan)(plan.basis, bands=(type(plan.bands[0])(plan.bands[0].start, BASE),))
    PacketVersionFactory(packet=draft, state="DRAFT", content=packet_content(plan=halved))
    url = reverse(
        "events:packets:detail", kwargs={"slug": world.kickoff.slug, "packet_id": draft.pk}
    )

    text = signed_in(client, world, "revops").get(url).content.decode()

    assert "Check the bands before you release it." in text


def test_revops_approves_and_releases_from_the_desk(client, world):
    draft = PacketFactory(kickoff=world.kickoff)
    PacketVersionFactory(packet=draft, state="DRAFT")
    signed_in(client, world, "revops").post(at(world, "approve"))

    page = client.post(at(world, "release"), follow=True)

    assert "1 packet is released" in page.content.decode()
    assert draft.versions.get().state == "RELEASED"


@pytest.mark.parametrize("page", ["desk", "coverage", "report"])
def test_a_list_makes_the_same_number_of_queries_for_any_number_of_rows(
    client, world, page, django_assert_max_num_queries
):
    role = {"desk": "revops", "coverage": "planner", "report": "manager"}[page]
    signed_in(client, world, role)
    client.get(at(world, page))
    counts = []
    for more in (1, 2, 9):
        for _ in range(more):
            rep = PersonFactory(manager=world["manager"], region=RegionFactory())
            AttendeeFactory(kickoff=world.kickoff, person=rep)
            packet = PacketFactory(kickoff=world.kickoff, rep=rep)
            PacketVersionFactory(packet=packet, state="VIEWED")
        with django_assert_max_num_queries(20) as captured:
            client.get(at(world, page))
        counts.append(len(captured))

    assert len(set(counts)) == 1, counts


# Figures are need-to-know


@pytest.mark.parametrize("role", ["planner", "executive"])
def test_planners_and_executives_meet_no_figure_anywhere(client, world, role, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(world["rep"])
    client.get(at(world, "mine"))
    client.post(
        at(world, "sign", "rep", number=1), {"has_read": "on", "typed_name": "Aïcha Benyahia"}
    )
    signed_in(client, world, role)

    answers = [
        client.get(at(world, "coverage")),
        client.get(at(world, "coverage") + "?by=manager&state=VIEWED"),
        client.get(at(world, "export")),
        client.get(reverse("home"), follow=True),
    ]

    for answer in answers:
        assert answer.status_code == 200
        assert not FIGURES.search(answer.content.decode())
    assert not FIGURES.search(caplog.text)


def test_no_figure_is_in_mails_audit_notes_or_tables(client, world):
    csv_file = HEADER + good_row(world["rep"], quota=QUOTA + 1000000)
    page = upload(signed_in(client, world, "revops"), world, csv_file)
    client.post(page.redirect_chain[-1][0])
    actions.approve_packets(
        kickoff=world.kickoff, by=world["revops"], at=world.things["rep"].released_at
    )
    actions.release_packets(
        kickoff=world.kickoff, by=world["revops"], at=world.things["rep"].released_at
    )

    assert PacketVersion.objects.filter(packet__rep=world["rep"]).count() == 2
    stored = [
        *Message.objects.values_list("subject", "body", "key"),
        *Entry.objects.values_list("verb", "note"),
        *PacketVersion.objects.values_list(),
        *Packet.objects.values_list(),
    ]
    assert len(stored) > 4
    assert not FIGURES.search(repr(stored).replace("1917342", "917342"))


def test_no_packet_is_in_the_admin_site():
    models = set(apps.get_app_config("events").get_models())

    shown = {model for model in admin.site._registry if model in models}
    assert shown.isdisjoint({Packet, PacketVersion, Receipt})


@pytest.mark.parametrize("role", ["planner", "executive", "other_manager", "peer", "outsider"])
@pytest.mark.parametrize(
    ("page", "kwargs"),
    [("detail", {}), ("letter", {"number": 1}), ("sign", {"number": 1})],
)
def test_nobody_else_gets_at_a_packet_by_its_address(client, world, role, page, kwargs):
    address = at(world, page, "rep", **kwargs)
    signed_in(client, world, role)

    answer = client.post(address) if page == "sign" else client.get(address)

    assert answer.status_code == 404
    assert not FIGURES.search(answer.content.decode())


@pytest.mark.parametrize("role", ["planner", "executive"])
def test_a_planner_or_executive_up_the_line_gets_no_figures_either(client, world, role):
    world["rep"].manager = world[role]
    world["rep"].save(update_fields=["manager"])
    signed_in(client, world, role)

    for page, kwargs in (("detail", {}), ("letter", {"number": 1})):
        assert client.get(at(world, page, "rep", **kwargs)).status_code == 404
    report = client.get(at(world, "report"))
    assert "Aïcha Benyahia" in report.content.decode()
    assert at(world, "detail", "rep") not in report.content.decode()
    assert not FIGURES.search(report.content.decode())


def test_a_packet_of_another_kickoff_is_not_found_under_this_one(client, world):
    elsewhere = PacketVersionFactory()
    url = reverse(
        "events:packets:detail",
        kwargs={"slug": world.kickoff.slug, "packet_id": elsewhere.packet_id},
    )

    assert signed_in(client, world, "revops").get(url).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 99999999999])
def test_a_version_that_is_not_there_is_not_found(client, world, number):
    signed_in(client, world, "rep")

    for page, ask in (("letter", client.get), ("sign", client.post)):
        assert ask(at(world, page, "rep", number=number)).status_code == 404


def test_a_draft_is_out_of_sight_of_rep_and_manager(client, world):
    PacketVersionFactory(
        packet=world.things["rep"].packet,
        number=2,
        state="DRAFT",
        content=packet_content(quota="5555555"),
    )

    for role in ("rep", "manager"):
        signed_in(client, world, role)
        assert client.get(at(world, "letter", "rep", number=2)).status_code == 404
        page = client.get(at(world, "detail", "rep"), follow=True)
        assert "5,555,555" not in page.content.decode()


def test_a_manager_and_revops_cannot_sign_for_a_rep(client, world):
    data = {"has_read": "on", "typed_name": "Aïcha Benyahia"}
    for role in ("manager", "revops"):
        signed_in(client, world, role)
        assert client.post(at(world, "sign", "rep", number=1), data).status_code == 404

    assert not Receipt.objects.exists()


def test_a_receipt_on_a_superseded_version_is_refused_with_a_reason(client, world):
    old = world.things["rep"]
    PacketVersion.objects.filter(pk=old.pk).update(state="SUPERSEDED")
    PacketVersionFactory(
        packet=old.packet, number=2, content=packet_content(), released_by=world["revops"]
    )

    page = signed_in(client, world, "rep").post(
        at(world, "sign", "rep", number=1),
        {"has_read": "on", "typed_name": "Aïcha Benyahia"},
        follow=True,
    )

    assert "Version 1 was replaced" in page.content.decode()
    assert not Receipt.objects.exists()


def test_a_packet_that_cannot_be_opened_shows_nothing_of_itself(client, world, settings):
    other_key = ["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="]
    PacketVersion.objects.filter(pk=world.things["rep"].pk).update(sealed=seal("{}", other_key))
    for role, page in (("rep", "mine"), ("manager", "detail")):
        client.force_login(world[role])
        answer = client.get(at(world, page, "rep" if page == "detail" else None))
        assert answer.status_code == 500
        assert "cannot be opened" in answer.content.decode()

    desk = signed_in(client, world, "revops").get(at(world, "desk"))
    assert desk.status_code == 200
    assert "No key opens this packet" in desk.content.decode()


def test_somebody_elses_names_and_accounts_are_escaped(client, world):
    nasty = "<script>alert(1)</script>"
    packet = PacketFactory(kickoff=world.kickoff)
    PacketVersionFactory(
        packet=packet,
        state="DRAFT",
        content=packet_content(territory=Territory(nasty, nasty, (nasty,))),
    )
    url = reverse(
        "events:packets:detail", kwargs={"slug": world.kickoff.slug, "packet_id": packet.pk}
    )

    assert nasty not in signed_in(client, world, "revops").get(url).content.decode()


# Letters


def test_a_letter_is_a_tagged_pdf_that_no_cache_keeps(client, world):
    answer = signed_in(client, world, "rep").get(at(world, "letter", "rep", number=1) + "?download")

    assert answer.content.startswith(b"%PDF-")
    assert b"/MarkInfo" in unpacked(answer.content)
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="packet-fy28-v1.pdf"'
    world.things["rep"].refresh_from_db()
    assert world.things["rep"].state == "VIEWED"


def test_a_download_of_somebody_elses_letter_is_in_the_audit_trail(client, world):
    signed_in(client, world, "manager").get(at(world, "letter", "rep", number=1))

    entry = Entry.objects.get(verb="packet.downloaded")
    assert (entry.actor, entry.subject) == (world["manager"], world["rep"])


def test_a_preview_of_a_draft_is_marked_as_one(client, world):
    draft = PacketVersionFactory(packet__kickoff=world.kickoff, state="DRAFT")
    url = reverse(
        "events:packets:letter",
        kwargs={"slug": world.kickoff.slug, "packet_id": draft.packet_id, "number": 1},
    )

    answer = signed_in(client, world, "revops").get(url)

    assert answer.content.startswith(b"%PDF-")
    assert Entry.objects.filter(verb="packet.previewed").count() == 1


# Export


def test_the_export_of_coverage_escapes_formulas_and_has_no_figures(client, world):
    world["rep"].full_name = "=HYPERLINK(1)"
    world["rep"].save(update_fields=["full_name"])

    text = signed_in(client, world, "planner").get(at(world, "export")).content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:2] == ["Rep", "E-mail"]
    assert [row[0] for row in rows[1:]] == ["'=HYPERLINK(1)", "Thabo Nkosi"]
    assert not FIGURES.search(text)


# Import


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
        "Would be: 1 rows: 1 new, 0 drafts changed, 0 new versions, 0 drafts taken back, "
        "0 the same.",
        "1 rows: 1 new, 0 drafts changed, 0 new versions, 0 drafts taken back, 0 the same.",
        "1 rows: 0 new, 0 drafts changed, 0 new versions, 0 drafts taken back, 1 the same.",
    ]


def test_the_command_names_row_and_column_and_writes_nothing(world, tmp_path, capsys):
    path = tmp_path / "packets.csv"
    path.write_text(HEADER + good_row(world["rep"], quota=0))

    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_packets", str(path), "--event", world.kickoff.slug)

    assert "Row 2, column “quota”: A quota is above zero." in capsys.readouterr().err
