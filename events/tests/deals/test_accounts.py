"""Accounts from the CRM: where they are and their segment."""

import re
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.deals.models import Account
from events.deals.rules import propose_countries, size_segment
from events.tests.factories import AccountFactory, OpportunityFactory
from people.activity.models import Entry
from people.tests.factories import RevOpsFactory

pytestmark = pytest.mark.django_db
FILE = """account,sector,year_established,revenue,employees,office_location,subsidiary_of
Acme Corporation,technolgy,1996,1100.04,2822,United States,
Betatech,medical,1986,647.18,1185,Kenya,Acme Corporation
Zotware,software,1979,4478.47,199,Philipines,
Cancity,retail,2001,718.62,,,
"""


def run(tmp_path, text, *options):
    file = tmp_path / "accounts.csv"
    file.write_text(text)
    out = StringIO()
    call_command("import_accounts", str(file), *options, stdout=out, stderr=out)
    return out.getvalue()


def facts():
    return list(Account.objects.values_list("name", "country", "segment"))


def test_accounts_are_taken_over_with_country_and_segment(tmp_path):
    AccountFactory(name="betatech")

    told = run(tmp_path, FILE)

    assert "Country “Philipines” taken as “Philippines”" in told
    assert "4 rows: 3 created, 1 changed, 0 unchanged." in told
    assert sorted(facts()) == [
        ("Acme Corporation", "US", "Over 2,000 staff"),
        ("Cancity", "", ""),
        ("Zotware", "PH", "Under 200 staff"),
        ("betatech", "KE", "200 to 2,000 staff"),
    ]
    assert Entry.objects.get().verb == "accounts.imported"


def test_the_same_file_again_changes_nothing_and_an_empty_cell_means_what_is_said(tmp_path):
    run(tmp_path, FILE)

    assert "0 created, 0 changed, 4 unchanged" in run(tmp_path, FILE)
    emptied = "account,country\nZotware,\n"
    with pytest.raises(CommandError, match="one question"):
        run(tmp_path, emptied)
    assert "0 changed, 1 unchanged" in run(tmp_path, emptied, "--empty", "country=leave")
    assert ("Zotware", "PH", "Under 200 staff") in facts()
    assert "1 changed, 0 unchanged" in run(tmp_path, emptied, "--empty", "country=clear")
    assert ("Zotware", "", "Under 200 staff") in facts()


def test_a_dry_run_writes_nothing(tmp_path):
    assert "4 rows: 4 created" in run(tmp_path, FILE, "--dry-run")
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("account,country\nAcme,Nowhereland\n", "Row 2, column “country”: “Nowhereland” is no"),
        ("account\nAcme\nacme\n", "Row 3, column “account”: Row 2 has this account"),
        ("account,employees\nAcme,1.5\n", "Row 2, column “employees”: Staff is a whole number"),
        ("account,employees\nAcme,-3\n", "Row 2, column “employees”: Staff is a whole number"),
        ("country\nFR\n", "No column holds “Account”"),
    ],
)
def test_a_bad_file_is_refused_by_row_and_column(tmp_path, text, message):
    file = tmp_path / "accounts.csv"
    file.write_text(text)
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_accounts", str(file), stdout=out, stderr=out)

    assert re.search(message, f"{out.getvalue()}{refusal.value}")
    assert not Account.objects.exists()


def test_a_misspelt_country_can_be_kept_from_being_guessed(client):
    client.force_login(RevOpsFactory())
    file = SimpleUploadedFile("accounts.csv", FILE.encode())

    page = client.post("/deals/accounts/import/", {"file": file}, follow=True)
    assert "“Philipines” is “Philippines”" in page.content.decode()
    url = page.request["PATH_INFO"]
    said = [pair for pair in page.context["shown"].said if pair[0] != "spellings"]
    apart = client.get(url, dict(said))
    assert "“Philipines” is no country" in apart.content.decode()

    done = client.post(url, dict(page.context["shown"].said), follow=True)
    assert "4 accounts created, 0 changed, 0 unchanged." in done.content.decode()


def test_the_list_makes_the_same_number_of_queries_at_1_3_and_60_rows(client):
    client.force_login(RevOpsFactory())
    counts = []
    for more in (1, 2, 57):
        for account in AccountFactory.create_batch(more):
            OpportunityFactory(account=account)
        with CaptureQueriesContext(connection) as queries:
            client.get("/deals/accounts/")
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_what_is_a_country_or_like_none_is_left_alone():
    cells = ["Korea", "HK", "UK", "Atlantis", "Philipines", "Philipines", ""]

    assert propose_countries(cells) == {"Philipines": "Philippines"}


@pytest.mark.parametrize(
    ("staff", "segment"),
    [(0, "Under 200 staff"), (200, "200 to 2,000 staff"), (2000, "200 to 2,000 staff"), (2001, "Over 2,000 staff")],
)  # fmt: skip
def test_staff_says_the_segment(staff, segment):
    assert size_segment(staff) == segment
