import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from events.deals import queries
from events.deals.models import Account, Opportunity, Product
from events.tests.attendance.test_bad_files import _bomb, _workbook
from events.tests.factories import OpportunityFactory
from people.activity.models import Entry
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

HEADERS = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value"
# The traps of a CRM export: a product run together, no account, no dates, nothing won or lost yet
PIPELINE = f"""{HEADERS}
1C1I7A6R,Moses Frase,GTX Plus Basic,Cancity,Won,2016-10-20,2017-03-01,1054
Z063OYW0,Darcel Schlecht,GTXPro,Isdom,Won,2016-10-25,2017-03-11,4514
EC4QE1BX,Darcel Schlecht,MG Special,Cancity,Lost,2016-10-25,2017-03-07,0
HAXMC4IX,Moses Frase,MG Advanced,,Engaging,2016-11-03,,
MV1LWRNH,Moses Frase,GTX Basic,,Prospecting,,,
PE84CX4O,Darcel Schlecht,GTX Plus Pro,Isdom,Engaging,2016-11-04,,
"""


@pytest.fixture
def reps():
    return [PersonFactory(full_name=name) for name in ("Moses Frase", "Darcel Schlecht")]


def _command(tmp_path, text, *options, name="pipeline.csv"):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = StringIO()
    call_command("import_opportunities", str(file), *options, stdout=out, stderr=out)
    return out.getvalue()


def test_a_pipeline_is_taken_over_with_the_spelling_that_is_proposed(reps, tmp_path):
    told = _command(tmp_path, PIPELINE)

    assert "“GTXPro” taken as “GTX Pro” (proposed; --no-aliases keeps it apart)." in told
    assert "6 rows: 6 created, 0 changed, 0 unchanged. 3 open for 2 reps." in told
    assert "In all: 3 open, 1 lost, 2 won worth USD 5,568." in told
    deal = Opportunity.objects.get(external_id="Z063OYW0")
    assert (deal.product.name, deal.account.name, deal.owner) == ("GTX Pro", "Isdom", reps[1])
    assert (deal.value, deal.close_date) == (Decimal(4514), date(2017, 3, 11))
    bare = Opportunity.objects.get(external_id="MV1LWRNH")
    assert (bare.account, bare.engage_date, bare.value) == (None, None, None)
    assert not Product.objects.filter(name="GTXPro").exists()


def test_amounts_with_points_for_thousands_are_asked_and_read_as_is_said(reps, tmp_path):
    text = (
        "Opportunity id;Owner;Stage;Value;Currency\n"
        "B1;Moses Frase;Won;84.000;EUR\nB2;Moses Frase;Won;1.250;EUR\n"
    )

    with pytest.raises(CommandError, match="one question"):
        _command(tmp_path, text)
    assert not Opportunity.objects.exists()

    _command(tmp_path, text, "--amounts", "Value=comma")
    assert sorted(Opportunity.objects.values_list("value", flat=True)) == [1250, 84000]


def test_a_value_has_the_decimals_of_its_currency(reps, tmp_path):
    header = "Opportunity id,Owner,Stage,Value,Currency\n"
    _command(tmp_path, header + "K1,Moses Frase,Won,1500.125,KWD\n")

    assert Opportunity.objects.get().value == Decimal("1500.125")
    for wrong in ("J1,Moses Frase,Won,0.5,JPY", "X1,Moses Frase,Won,5,XYZ"):
        with pytest.raises(CommandError, match="1 error"):
            _command(tmp_path, f"{header}{wrong}\n")
    with pytest.raises(CommandError, match="1 error"):
        _command(
            tmp_path, "Opportunity id,Owner,Stage,Value\nJ1,Moses Frase,Won,0.5\n",
            "--currency", "JPY",
        )  # fmt: skip
    assert Opportunity.objects.count() == 1


def test_what_has_no_column_stays(reps, tmp_path):
    _command(tmp_path, PIPELINE)

    _command(tmp_path, "opportunity_id,sales_agent,deal_stage\n1C1I7A6R,Moses Frase,Lost\n")

    deal = Opportunity.objects.get(external_id="1C1I7A6R")
    assert (deal.stage, deal.value, deal.account.name) == ("LOST", 1054, "Cancity")


def test_the_same_file_again_changes_nothing(reps, tmp_path):
    _command(tmp_path, PIPELINE)
    before = list(Opportunity.objects.order_by("pk").values())

    assert "0 created, 0 changed, 6 unchanged" in _command(tmp_path, PIPELINE)
    assert list(Opportunity.objects.order_by("pk").values()) == before


def test_a_deal_follows_the_crm(reps, tmp_path):
    _command(tmp_path, PIPELINE)
    later = PIPELINE.replace(
        "MG Advanced,,Engaging,2016-11-03,,", "MG Advanced,Acme,Won,2016-11-03,2017-04-01,3393"
    ).replace("PE84CX4O,Darcel Schlecht", "PE84CX4O,Moses Frase")

    assert "0 created, 2 changed, 4 unchanged" in _command(tmp_path, later)
    deal = Opportunity.objects.get(external_id="HAXMC4IX")
    assert (deal.stage, deal.account.name, deal.value) == ("WON", "Acme", Decimal(3393))
    assert Opportunity.objects.get(external_id="PE84CX4O").owner == reps[0]


def test_names_are_taken_as_written_when_nothing_is_to_be_proposed(reps, tmp_path):
    told = _command(tmp_path, PIPELINE, "--no-aliases", "--alias", "MG Special=MG Classic")

    assert set(Product.objects.values_list("name", flat=True)) >= {"GTXPro", "MG Classic"}
    assert "“MG Special” taken as “MG Classic”." in told


def test_a_dry_run_says_the_same_and_writes_nothing(reps, tmp_path):
    assert "6 created" in _command(tmp_path, PIPELINE, "--dry-run")

    assert not Opportunity.objects.exists()
    assert not Account.objects.exists()
    assert not Entry.objects.exists()


def test_every_trap_of_thousands_of_rows_takes_few_statements(
    reps, tmp_path, django_assert_max_num_queries
):
    rows = [
        f"O{n},Moses Frase,GTXPro,Acc {n % 85},Won,2016-10-20,2017-03-01,5" for n in range(3000)
    ]

    with django_assert_max_num_queries(80):
        _command(tmp_path, "\n".join([HEADERS, *rows]))

    assert queries.totals().won_worth == {"USD": Decimal(15_000)}


ROW = "X1,Moses Frase,GTX Pro,Acme,Won,2016-10-20,2017-03-01,5"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("product\nGTX Pro\n", "No column holds “Opportunity id”, “Owner”, “Stage”.*“product”"),
        (f"{HEADERS}\n{ROW}\n".encode("utf-16-le"), "Row 1, column “A”: .*UTF-16"),
        (f"{HEADERS}\n{ROW}\n".encode("utf-16")[:-1], "Row 2, column “close_value”: .*broken off"),
        (
            f"{HEADERS}\n{ROW.replace('Acme', 'Société')}\n".encode("latin-1"),
            "Row 2, column “account”: .*Latin-1",
        ),
        (f"{HEADERS}\n{ROW}\n{ROW}\n", "Row 3, column “opportunity_id”: Row 2 has this id"),
        (
            f"{HEADERS}\n{ROW.replace('Moses Frase', 'Nobody Known')}\n",
            "Row 2, column “sales_agent”: “Nobody Known” is nobody in the company",
        ),
        (
            f"{HEADERS}\n{ROW.replace('Moses Frase', 'Sam Low')}\n",
            "Row 2, column “sales_agent”: “Sam Low” is more than one person",
        ),
        (f"{HEADERS}\n{ROW.replace('Won', 'Maybe')}\n", "Row 2, column “deal_stage”: “Maybe”"),
        (
            f"{HEADERS}\n{ROW.replace('2017-03-01', '2015-01-01')}\n",
            "Row 2, column “close_date”: The deal closes before",
        ),
        (f"{HEADERS}\n{ROW[:-1]}-5\n", "Row 2, column “close_value”: A value is 0 or more"),
        (f"{HEADERS}\n{ROW[:-1]}1e5\n", "Row 2, column “close_value”: “1e5” has lost digits"),
        (HEADERS + f"\n{ROW}" * 100_000, "100,000 rows; the limit is 50,000"),
        (
            _workbook(HEADERS.split(","), [*ROW.split(",")[:-1], "=2+3"]),
            "Row 2, column “close_value”: The cell holds the formula =2",
        ),
        (_bomb(), "unpack to 60 MB; the limit is 50 MB"),
        (b"%PDF-1.7\n1 0 obj\n", "This is a PDF file"),
    ],
    ids=[
        "missing column",
        "UTF-16 without mark",
        "UTF-16 broken off",
        "Latin-1",
        "one id twice",
        "unknown owner",
        "two owners of one name",
        "unknown stage",
        "closes before engaged",
        "negative value",
        "value as an exponent",
        "100,000 rows",
        "formulas",
        "zip bomb",
        "PDF",
    ],
)
def test_a_bad_file_is_refused_by_row_and_column_and_nothing_is_written(
    reps, tmp_path, data, message
):
    PersonFactory.create_batch(2, full_name="Sam Low")

    told = _refused(tmp_path, data)

    assert re.search(message, told), told
    assert "Nothing was written." in told
    for model in (Opportunity, Account, Product, Entry):
        assert not model.objects.exists()


def _refused(tmp_path, data):
    """What the command told before it failed."""
    file = tmp_path / "pipeline.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_opportunities", str(file), stdout=out, stderr=out)
    return f"{out.getvalue()}{refusal.value}"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_with_a_byte_order_mark_is_imported(reps, tmp_path, encoding):
    assert "6 created" in _command(tmp_path, PIPELINE.encode(encoding))


def test_a_currency_that_is_none_is_refused(reps, tmp_path):
    with pytest.raises(CommandError, match="“dollars” is no currency"):
        _command(tmp_path, PIPELINE, "--currency", "dollars")


@pytest.mark.parametrize(
    "broken",
    [{"value": -1}, {"engage_date": date(2026, 2, 1), "close_date": date(2026, 1, 1)}],
    ids=["a negative value", "a close before it was engaged"],
)
def test_no_deal_can_hold(broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        OpportunityFactory(**broken)


def test_no_two_deals_products_or_accounts_are_the_same():
    OpportunityFactory(external_id="X1")
    for again in (
        lambda: OpportunityFactory(external_id="X1"),
        lambda: [Product.objects.create(name=name) for name in ("GTX Pro", "gtx pro")],
        lambda: [Account.objects.create(name=name) for name in ("Acme", "ACME")],
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            again()


def test_the_open_deals_of_a_person_come_newest_first():
    rep = PersonFactory()
    old = OpportunityFactory(owner=rep, engage_date=date(2026, 1, 1))
    new = OpportunityFactory(owner=rep, engage_date=date(2026, 2, 1))
    OpportunityFactory(owner=rep, stage="WON")
    OpportunityFactory()

    assert list(queries.open_deals_of(rep)) == [new, old]
    assert old.is_open


def test_what_was_imported_stands_in_the_trail(reps, tmp_path):
    _command(tmp_path, PIPELINE)

    entry = Entry.objects.get()
    assert (entry.verb, entry.note) == ("opportunities.imported", "6 created, 0 changed")
    assert entry.at <= datetime.now(UTC)
