"""Quotas out to a file and in from one: all or nothing, and the same again changes nothing."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.tests.imports.texts import in_the_database, stored_texts
from events.packets.quotas.models import QuotaNode
from events.packets.quotas.rules.figures import Figures
from events.tests.packets.quotas.factories import (
    PlanRateFactory,
    QuotaNodeFactory,
    QuotaPlanFactory,
)
from events.tests.packets.quotas.pages import at, upload
from events.tests.world import build_world
from people.accounts.models import Person
from people.activity.models import Entry
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def world():
    world = build_world()
    plan = QuotaPlanFactory(kickoff=world.kickoff, season_shares=["0.2", "0.25", "0.25", "0.3"])
    usd = PlanRateFactory(plan=plan)
    QuotaNodeFactory(plan=plan, person=world["manager"], figures=Figures(D(950_000), reason="Öpen"))
    own = (D(1), D(2), D(3), D("94.5"))
    QuotaNodeFactory(plan=plan, person=world["rep"], figures=Figures(D("100.5"), D(2), own))
    QuotaNodeFactory(plan=plan, person=world["peer"], rate=usd, is_pinned=True, is_ramped=False)
    world.things["plan"] = plan
    return world


@pytest.fixture
def desk(client, world):
    client.force_login(world["revops"])
    return client


def stored():
    return {
        node.person_id: (
            node.read(),
            node.rate_id,
            node.is_pinned,
            node.is_ramped,
            node.version,
        )
        for node in QuotaNode.objects.all()
    }


def commit(desk, page):
    return desk.post(page.request["PATH_INFO"], follow=True)


def test_the_export_has_the_tree(desk, world):
    response = desk.get(at(world, "export", kind="csv"))

    assert "no-store" in response["Cache-Control"]
    rows = {
        row["rep"]: row for row in csv.DictReader(StringIO(response.content.decode("utf-8-sig")))
    }
    assert len(rows) == 4
    rep, manager = rows[world["rep"].email], rows[world["manager"].email]
    assert (rep["manager"], rep["level"], manager["level"]) == (world["manager"].email, "2", "1")
    assert [rep[f"p{n}"] for n in range(1, 5)] == ["1", "2", "3", "94.5"]
    assert (manager["p1"], manager["handed_out"], manager["reason"]) == ("190000", "100.5", "Öpen")
    assert (rows[world["peer"].email]["currency"], rep["by_hand"]) == ("USD", "no")
    assert Entry.objects.get(verb="quotas.exported").note == "csv"
    assert desk.get(at(world, "export", kind="exe")).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_imported_again_changes_nothing(desk, world, kind):
    before = stored()
    data = desk.get(at(world, "export", kind=kind)).content

    page = upload(desk, world, data, f"quotas.{kind}")

    assert page.context["preview"].changes_nothing
    commit(desk, page)
    assert stored() == before


@pytest.mark.long
@in_the_database(8)
@given(
    reason=stored_texts(), title=stored_texts(), quota=st.decimals(0, 10**9, places=2),
    weight=st.decimals("0.001", 999, places=3), kind=st.sampled_from(["csv", "xlsx"]),
)  # fmt: skip
def test_whatever_quotas_are_an_export_imported_again_changes_nothing(
    desk, world, reason, title, quota, weight, kind
):
    Person.objects.filter(pk=world["rep"].pk).update(job_title=title)
    for who, one in (("manager", Figures(quota, weight, reason=reason)),
                     ("rep", Figures(quota, weight))):  # fmt: skip
        node = QuotaNode.objects.get(person=world[who])
        node.write(one)
        node.save()
    before = stored()

    page = upload(desk, world, desk.get(at(world, "export", kind=kind)).content, f"quotas.{kind}")

    assert not list(page.context["problems"])
    assert page.context["preview"].changes_nothing
    commit(desk, page)
    assert stored() == before


def test_a_workbook_holds_numbers_and_runs_nothing(desk, world):
    world["rep"].job_title = "=HYPERLINK(1)\x0b"
    world["rep"].save(update_fields=["job_title"])

    sheet = load_workbook(BytesIO(desk.get(at(world, "export", kind="xlsx")).content)).active

    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    titles = [row[rows[0].index("job_title")] for row in rows]
    assert "'=HYPERLINK(1)" in titles
    assert 950_000 in [row[rows[0].index("quota")] for row in rows]


def test_a_file_is_seen_then_imported_then_the_same(desk, world):
    rep, peer = world["rep"], world["peer"]
    text = (
        "Sales rep,Quota,Currency,Ramped,Q1,Q2,Q3,Q4\n"
        f"{rep.full_name},1000,USD,no,200,250,250,300\n"
        f"{peer.email.upper()},,,,,,,\n"
    )

    page = upload(desk, world, text)
    assert [count for _label, count in page.context["preview"].counts] == [0, 1, 1]
    assert world.things["plan"].nodes.get(person=rep).version == 1

    done = commit(desk, page)
    assert "1 quotas imported, 1 were the same." in done.content.decode()
    node = world.things["plan"].nodes.get(person=rep)
    # The periods are those of the plan's own season, so they are none of one's own
    assert node.read() == Figures(D(1000), D(2))
    assert (node.rate.currency, node.is_ramped, node.is_pinned) == ("USD", False, True)
    assert Entry.objects.get(verb="quotas.imported").note == "1 changed, 1 unchanged"

    assert upload(desk, world, text).context["preview"].changes_nothing


def test_somebody_without_a_quota_gets_one_from_a_file(desk, world):
    boss = world["other_manager"]

    commit(desk, upload(desk, world, f"rep,quota,by_hand\n{boss.email},5000,no\n"))

    node = world.things["plan"].nodes.get(person=boss)
    assert (node.read().amount, node.is_pinned, node.version) == (5000, False, 1)


def test_a_reason_goes_when_its_cell_is_empty_and_stays_without_its_column(desk, world):
    email = world["manager"].email

    commit(desk, upload(desk, world, f"rep,quota\n{email},7\n"))
    assert world.things["plan"].nodes.get(person=world["manager"]).read().reason == "Öpen"
    commit(desk, upload(desk, world, f"rep,quota,reason\n{email},7,\n"))
    assert world.things["plan"].nodes.get(person=world["manager"]).read().reason == ""


def test_every_error_is_told_by_row_and_column_and_nothing_is_written(desk, world):
    PersonFactory(full_name=world["rep"].full_name)
    twin = PersonFactory(full_name=world["peer"].full_name, manager=world["manager"])
    world.kickoff.attendees.create(person=twin, added_at=world.things["plan"].changed_at)
    before = stored()
    rep, peer, boss = world["rep"].email, world["peer"].email, world["manager"].email
    text = (
        "rep,quota,currency,by_hand,weight,p1,p2,p3,p4,p5\n"
        f"{rep},-1,,,,,,,,\n"
        f"{rep},5,,,,,,,,\n"
        f"{world['peer'].full_name},5,,,,,,,,\n"
        "nobody@example.com,5,,,,,,,,\n"
        ",5,,,,,,,,\n"
        f"{peer},1.0051,CHF,maybe,-2,,,,,\n"
        f"{boss},10,,,,1,2,3,3,\n"
        f"{world['other_manager'].email},10,,,,1,2,3,,\n"
        f"{twin.email},15,,,,1,2,3,4,5\n"
    )

    page = upload(desk, world, text)

    told = [(error.row, error.column) for error in page.context["problems"]]
    assert told == [
        (2, "quota"), (3, "rep"), (4, "rep"), (5, "rep"), (6, "rep"), (7, "by_hand"),
        (7, "weight"), (7, "currency"), (7, "quota"), (8, "quota"), (9, "p4"), (10, "p5"),
    ]  # fmt: skip
    assert "Nothing was imported" in page.content.decode()
    commit(desk, page)
    assert stored() == before


def test_a_file_without_quotas_or_people_is_refused(desk, world):
    page = upload(desk, world, "when,where\n1,2\n")

    assert "No column holds" in page.content.decode()


def test_a_locked_plan_takes_no_file(desk, world):
    page = upload(desk, world, f"rep,quota\n{world['rep'].email},7\n")
    world.things["plan"].status = "LOCKED"
    world.things["plan"].save()

    done = commit(desk, page)

    assert "The plan is locked" in done.content.decode()
    assert world.things["plan"].nodes.get(person=world["rep"]).version == 1


def test_a_workbook_comes_in_too(desk, world):
    book = Workbook()
    book.active.append(["rep", "quota", "by hand"])
    book.active.append([world["rep"].email, 1234.5, "yes"])
    out = BytesIO()
    book.save(out)

    commit(desk, upload(desk, world, out.getvalue(), "quotas.xlsx"))

    assert world.things["plan"].nodes.get(person=world["rep"]).read().amount == D("1234.5")


def test_an_upload_of_one_person_or_plan_opens_for_no_other(desk, world, client):
    page = upload(desk, world, f"rep,quota\n{world['rep'].email},7\n")
    other = QuotaPlanFactory()

    token = page.request["PATH_INFO"].rstrip("/").rpartition("/")[2]
    answer = desk.get(
        at(world, "import_preview", token=token).replace(world.kickoff.slug, other.kickoff.slug)
    )

    assert answer.status_code == 302
