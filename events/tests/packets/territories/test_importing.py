import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.imports.mapping import guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from core.imports.rows import parse_rows
from core.keys import name_key
from core.tests.imports.texts import in_the_database, stored_texts
from events.deals.actions import ACCOUNT_FIELDS, import_accounts
from events.deals.models import Account
from events.packets.territories import actions, queries
from events.packets.territories.models import OwnershipChange, SalesTerritory
from events.packets.territories.rules.files import FIELDS, HEADERS
from events.packets.territories.rules.places import names_once, place_name
from events.tests.factories import AttendeeFactory, SalesTerritoryFactory
from events.tests.packets.territories.conftest import NOON
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
HEAD = "Territory,Owner,Geography,Segment,Named accounts,Left out\n"


@pytest.fixture
def ada(kickoff):
    return AttendeeFactory(kickoff=kickoff, person__full_name="Ada North").person


def take(kickoff, revops, text, **more):
    table = read_table(text.encode(), "territories.csv")
    return actions.import_territories(
        kickoff=kickoff,
        parsed=parse_rows(table, FIELDS, guess_columns(table.headers, FIELDS)),
        by=revops,
        at=NOON,
        **more,
    )


FILE = (
    HEAD + "France,Ada North,FR; Belgium,Mid-market,Aurelia; Halle aux Vins,Brabant\nSpain,,ES,,,\n"
)


def test_a_file_makes_territories_and_the_accounts_that_it_names(kickoff, revops, ada, accounts):
    dry = take(kickoff, revops, FILE, dry_run=True)
    assert (dry.created, dry.new_accounts) == (2, ["Halle aux Vins"])
    assert not SalesTerritory.objects.exists()

    done = take(kickoff, revops, FILE)

    assert (done.created, done.moved) == (2, 2)
    france = SalesTerritory.objects.get(name="France")
    assert (france.owner, france.places, france.segments) == (
        ada,
        ["France", "Belgium"],
        ["Mid-market"],
    )
    told = queries.territories_of(kickoff, [ada.pk])[ada.pk]
    assert (told.accounts, told.exclusions) == (("Aurelia", "Halle aux Vins"), ("Brabant",))
    assert SalesTerritory.objects.get(name="Spain").owner is None
    assert set(OwnershipChange.objects.values_list("cause", flat=True)) == {"IMPORTED"}


def test_the_same_file_again_changes_nothing(kickoff, revops, ada, accounts):
    take(kickoff, revops, FILE)
    before = list(SalesTerritory.objects.values())

    again = take(kickoff, revops, FILE)

    assert (again.created, again.changed, again.unchanged, again.moved) == (0, 0, 2, 0)
    assert list(SalesTerritory.objects.values()) == before


def test_what_is_exported_can_be_imported_and_changes_nothing(client, kickoff, revops, ada, north):
    row = f"France,{ada.email},FR,Mid-market,Cascade,Deccan"
    take(kickoff, revops, f"{HEAD}{row}\n")
    SalesTerritoryFactory(kickoff=kickoff, role="Renewals", name="North", owner=ada)
    client.force_login(revops)

    file = client.get(reverse("events:packets:territories:export", args=[kickoff.slug]))

    text = file.content.decode("utf-8-sig")
    assert text.splitlines()[0] == ",".join(HEADERS)
    again = take(kickoff, revops, text)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 3)


@in_the_database(12)
@given(
    name=stored_texts(), role=stored_texts(), places=st.lists(stored_texts(), max_size=3),
    segments=st.lists(stored_texts(), max_size=3), named=st.lists(stored_texts(), max_size=3),
)  # fmt: skip
def test_whatever_accounts_are_called_an_export_imported_again_changes_nothing(
    client, kickoff, revops, name, role, places, segments, named
):
    SalesTerritory.objects.all().delete()
    territory = SalesTerritoryFactory(
        kickoff=kickoff, role=role, name=name, owner=None,
        places=names_once(map(place_name, places)), segments=names_once(segments),
    )  # fmt: skip
    known = {name_key(each.name): each for each in Account.objects.all()}
    for each in names_once(named):
        account = known.get(name_key(each)) or Account.objects.create(name=each)
        territory.listed.create(account=account)
    client.force_login(revops)

    again = take(kickoff, revops, text_of(client, kickoff))

    assert (again.created, again.changed, again.unchanged) == (0, 0, 1)
    assert again.new_accounts == []


def text_of(client, kickoff):
    file = client.get(reverse("events:packets:territories:export", args=[kickoff.slug]))
    return file.content.decode("utf-8-sig")


def test_a_column_replaces_and_what_has_no_column_stays(kickoff, revops, ada, accounts):
    take(kickoff, revops, FILE)

    done = take(kickoff, revops, "Territory,Segment\nFrance,Enterprise\n")

    france = SalesTerritory.objects.get(name="France")
    assert (done.changed, done.unchanged) == (1, 0)
    assert (france.owner, france.segments, france.listed.count()) == (ada, ["Enterprise"], 3)


def test_two_reps_swap_territories_in_one_file(kickoff, revops, north, south):
    swapped = f"Territory,Owner\nNorth,{south.owner.email}\nSouth,{north.owner.email}\n"

    done = take(kickoff, revops, swapped)

    assert (done.changed, done.moved) == (2, 3)
    assert SalesTerritory.objects.get(name="North").owner == south.owner
    assert set(OwnershipChange.objects.values_list("from_name", "to_name")) == {
        ("North", "North"),
        ("South", "South"),
    }


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("France,Ada North,,,,\nfrance,,,,,", "Row 3, column “Territory”: Row 2 has this"),
        (",Ada North,,,,", "Row 2, column “Territory”: This cell is empty"),
        ("France,Nobody,,,,", "Row 2, column “Owner”: “Nobody” is nobody in the company"),
        ("France,Cy Away,,,,", "Row 2, column “Owner”: “Cy Away” is no rep on the roster"),
        ("A,Ada North,,,,\nB,Ada North,,,,", "Row 3, column “Owner”: Ada North has “A” already"),
        ("France,Bo South,,,,", "Row 2, column “Owner”: Bo South has “South” already"),
        ("France,,,,,Unheard of", "column “Left out”: There is no account “Unheard of”"),
        ("France,,,,Aurelia,aurelia", "column “Left out”: “aurelia” is both named and left out"),
        (f"France,,,,{'x' * 161},", "column “Named accounts”: “x+…” has 161 characters"),
    ],
)
def test_a_bad_row_is_refused_by_row_and_column_and_nothing_is_written(
    kickoff, revops, ada, south, row, message
):
    PersonFactory(full_name="Cy Away")
    before = (SalesTerritory.objects.count(), Account.objects.count())

    with pytest.raises(FileRefused) as refusal:
        take(kickoff, revops, f"{HEAD}{row}\n")

    assert re.search(message, " ".join(str(each) for each in refusal.value.problems))
    assert (SalesTerritory.objects.count(), Account.objects.count()) == before
    assert not OwnershipChange.objects.exists()


def test_a_file_is_seen_before_it_is_imported(client, kickoff, revops, ada, accounts):
    client.force_login(revops)
    file = SimpleUploadedFile("territories.csv", FILE.encode())
    url = reverse("events:packets:territories:import", args=[kickoff.slug])

    page = client.post(url, {"file": file}, follow=True)
    assert "1 account is new: Halle aux Vins." in page.content.decode()
    done = client.post(page.request["PATH_INFO"], dict(page.context["shown"].said), follow=True)

    said = "2 territories created, 0 changed, 0 unchanged; 2 accounts changed hands."
    assert said in done.content.decode()


def test_an_archived_kickoff_takes_no_file(kickoff, revops):
    kickoff.status = "ARCHIVED"
    kickoff.save()

    with pytest.raises(actions.TerritoryRefused, match="archived"):
        take(kickoff, revops, FILE)


def test_an_import_of_accounts_that_changes_hands_is_in_the_history(kickoff, revops, accounts):
    SalesTerritoryFactory(kickoff=kickoff, name="France", places=["France"])
    archived = SalesTerritoryFactory(kickoff__status="ARCHIVED", places=["France"])
    table = read_table(b"account,country\nAurelia,FR\n", "accounts.csv")

    import_accounts(
        parsed=parse_rows(table, ACCOUNT_FIELDS, guess_columns(table.headers, ACCOUNT_FIELDS)),
        spellings={},
        by=revops,
        at=NOON,
    )

    change = OwnershipChange.objects.get()
    assert (change.account.name, change.from_name, change.to_name) == ("Aurelia", "", "France")
    assert (change.by, change.cause, change.kickoff) == (revops, "IMPORTED", kickoff)
    assert archived.kickoff.ownership_changes.count() == 0


def test_hundreds_of_territories_take_few_statements(
    kickoff, revops, django_assert_max_num_queries
):
    rows = "".join(f"T{n},,FR,,A{n}; B{n},\n" for n in range(300))

    with django_assert_max_num_queries(60):
        take(kickoff, revops, HEAD + rows)

    assert len(queries.read_plan(kickoff, "AE").territories) == 300
