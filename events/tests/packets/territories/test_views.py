import pytest
from django.urls import reverse

from events.packets.territories import queries
from events.packets.territories.models import OwnershipChange, SalesTerritory, TerritoryAccount
from events.tests.factories import (
    AccountFactory,
    AttendeeFactory,
    OpportunityFactory,
    SalesTerritoryFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, kickoff, revops):
    client.force_login(revops)

    def ask(name, data=None, *, post=False, **kwargs):
        url = reverse(f"events:packets:territories:{name}", kwargs={"slug": kickoff.slug, **kwargs})
        answer = client.post(url, data or {}, follow=True) if post else client.get(url, data or {})
        answer.text_shown = " ".join(answer.content.decode().split())
        return answer

    return ask


def holders(kickoff, account):
    return [each.name for each in queries.read_plan(kickoff, "AE").holders(account.pk)]


@pytest.mark.parametrize(
    "name", ["plan", "mend", "board", "balance", "proposals", "history", "accounts"]
)
def test_with_nothing_each_page_says_what_to_do_next(desk, name):
    page = desk(name)

    assert 'class="k-empty"' in page.content.decode()
    assert "The plan is whole" not in page.text_shown


def test_the_first_step_without_a_territory_is_what_the_crm_knows(desk):
    assert f'btn-primary" href="{reverse("events:deals:import")}"' in desk("plan").text_shown

    AccountFactory()
    create = reverse(
        "events:packets:territories:create", kwargs={"slug": desk("plan").context["kickoff"].slug}
    )
    assert f'btn-primary" href="{create}"' in desk("plan").text_shown


def test_the_plan_says_what_keeps_it_from_being_whole(desk, kickoff, accounts, north, south):
    TerritoryAccount.objects.create(territory=south, account=accounts[0])
    AttendeeFactory(kickoff=kickoff)

    page = desk("plan")

    assert "3 things keep this plan from being whole" in page.text_shown
    assert [row["accounts"] for row in page.context["rows"]] == [2, 2]


def test_the_effect_is_shown_before_anything_moves(desk, kickoff, accounts, north, south):
    OpportunityFactory(account=accounts[0], stage="WON", value=100, currency="EUR")
    said = {"account": f"{accounts[0].pk}:{north.pk}", "to": south.pk}

    page = desk("preview", said, post=True)

    rows = {each["territory"].name: each["row"] for each in page.context["touched"]}
    assert (rows["North"].accounts.before, rows["North"].accounts.after) == ("2", "1")
    assert (rows["South"].won.before, rows["South"].won.after) == ("–", "€100")
    assert rows["North"].accounts.flag_before == "33% above the mean"
    assert rows["South"].accounts.flag_after == "33% above the mean"
    assert "Nothing has moved yet" in page.text_shown
    assert holders(kickoff, accounts[0]) == ["North"]

    done = desk("move", said | {"reason": "Language"}, post=True)

    assert "1 account moved to “South”." in done.text_shown
    assert holders(kickoff, accounts[0]) == ["South"]
    assert OwnershipChange.objects.get().reason == "Language"
    assert "Your last move: 1 account" in desk("board").text_shown


def test_without_scripts_the_effect_has_a_page_of_its_own(desk, kickoff, accounts, north, south):
    chosen = f"{accounts[0].pk}:{north.pk}"
    preview, move = (
        reverse(f"events:packets:territories:{name}", args=[kickoff.slug])
        for name in ("preview", "move")
    )
    board = desk("board").text_shown
    assert f'method="post" action="{preview}"' in board
    assert f'value="{chosen}"' in board

    page = desk("preview", {"account": chosen, "to": south.pk}, post=True).text_shown
    assert "Move accounts</h1>" in page
    assert f'action="{move}"' in page
    assert "Move 1 account" in page
    desk("move", {"account": chosen, "to": south.pk}, post=True)

    assert holders(kickoff, accounts[0]) == ["South"]


def test_a_move_from_a_page_that_is_old_is_refused_in_words(desk, kickoff, accounts, north, south):
    said = {"account": f"{accounts[0].pk}:{south.pk}", "to": south.pk}

    shown = desk("preview", said, post=True)
    done = desk("move", said, post=True)

    for page in (shown, done):
        assert "Somebody else has moved “Aurelia” in the meantime" in page.text_shown
    assert holders(kickoff, accounts[0]) == ["North"]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"account": "x:1", "to": "1"},
        {"account": "1", "to": "none"},
        {"account": "1:" + "9" * 40, "to": "none"},
        {"account": "1:2.", "to": "none"},
        {"account": "1:²", "to": "²"},
        {"account": "999999:", "to": "none"},
        {"account": "1:", "to": "99999999999999999999"},
        {"account": "1:", "to": "1", "back": "https://evil.example/"},
        {"account": "1:", "to": "1", "role": "\x00"},
    ],
)
def test_a_malformed_move_is_refused_and_leads_nowhere_else(desk, accounts, north, said):
    shown = desk("preview", said, post=True)
    assert shown.status_code == 422

    done = desk("move", said, post=True)
    assert done.status_code == 200
    assert all("evil" not in url for url, _status in done.redirect_chain)
    assert not OwnershipChange.objects.exists()


def test_accounts_of_several_reps_moved_at_once_are_moved_back_at_once(
    desk, kickoff, accounts, north, south
):
    east = SalesTerritoryFactory(kickoff=kickoff, name="East")
    mine = [f"{accounts[0].pk}:{north.pk}", f"{accounts[2].pk}:{south.pk}"]
    desk("move", {"account": mine, "to": east.pk}, post=True)
    board = desk("board")
    assert "Your last move: 2 accounts, 2 places →" in board.text_shown

    said = {"account": board.context["last_back"]}
    shown = desk("preview", said, post=True)
    done = desk("move", said, post=True)

    assert "Move 2 accounts to 2 territories" in shown.text_shown
    assert {each["territory"].name for each in shown.context["touched"]} == {
        "East", "North", "South"
    }  # fmt: skip
    assert "2 accounts moved to 2 territories." in done.text_shown
    assert (holders(kickoff, accounts[0]), holders(kickoff, accounts[2])) == (["North"], ["South"])


def test_a_territory_is_drawn_up_changed_and_deleted(desk, kickoff, accounts):
    rep = AttendeeFactory(kickoff=kickoff).person
    said = {"name": "France", "role": "AE", "owner": rep.pk, "places": "fr; FR; Belgium"}

    wrong = desk("create", said | {"named": "Aurelia\nAurelio"}, post=True)
    assert "There is no account “Aurelio”" in wrong.text_shown
    desk("create", said | {"named": "aurelia\nBrabant", "excluded": "Deccan"}, post=True)
    territory = SalesTerritory.objects.get()
    assert territory.listed.count() == 3
    assert territory.owner == rep

    form = desk("edit", territory_id=territory.pk).context["form"]
    kept = {name: form[name].value() or "" for name in form.fields}
    assert kept["named"] == "Aurelia\nBrabant"
    done = desk("edit", kept | {"name": "France and Belgium"}, post=True, territory_id=territory.pk)
    assert "The territory is changed." in done.text_shown
    again = desk("edit", kept | {"name": "Mine"}, post=True, territory_id=territory.pk)
    assert "Somebody else has changed this territory" in again.text_shown

    gone = desk("delete", post=True, territory_id=territory.pk)
    assert "“France and Belgium” is deleted. 2 accounts left it." in gone.text_shown


def test_codes_of_countries_become_names_in_the_geography(desk, kickoff):
    desk("create", {"name": "France", "role": "AE", "places": "FR; Nordics; FR"}, post=True)

    assert SalesTerritory.objects.get().places == ["France", "Nordics"]


def test_a_territory_of_another_kickoff_is_not_there(desk):
    other = SalesTerritoryFactory()

    for name in ("detail", "edit"):
        assert desk(name, territory_id=other.pk).status_code == 404
    assert desk("delete", post=True, territory_id=other.pk).status_code == 404
    assert desk("account", account_id=999_999).status_code == 404


def test_proposals_show_who_works_an_account_and_are_accepted_one_by_one(desk, kickoff):
    ada, bo = (
        AttendeeFactory(kickoff=kickoff, person__full_name=name).person for name in ("Ada", "Bo")
    )
    first, second = AccountFactory(name="Aurelia"), AccountFactory(name="Brabant")
    for owner, account, value in ((ada, first, 5), (bo, first, 9), (ada, second, 5)):
        OpportunityFactory(owner=owner, account=account, stage="WON", value=value, currency="EUR")

    page = desk("proposals")
    assert [row["owner"].name for row in page.context["rows"]] == ["Bo", "Ada"]
    assert [row["figures"]["won"] for row in page.context["rows"]] == ["€9", "€5"]
    assert [[each["worker"].name for each in row["others"]] for row in page.context["rows"]] == [
        ["Ada"],
        [],
    ]

    desk("accept", {"proposal": f"{first.pk}:{bo.pk}"}, post=True)
    assert holders(kickoff, first) == ["Bo"]
    assert holders(kickoff, second) == []
    stale = desk("accept", {"proposal": f"{second.pk}:{bo.pk}"}, post=True)
    assert "have changed since you looked" in stale.text_shown
    for forged in ("x:1", "1", ":", f"{second.pk}:²"):
        assert "at least one" in desk("accept", {"proposal": forged}, post=True).text_shown

    desk("accept", {"all": "1"}, post=True)
    assert holders(kickoff, second) == ["Ada"]


def test_the_balance_flags_what_is_off_and_never_adds_two_currencies(desk, kickoff):
    sizes = {"Even 1": 10, "Even 2": 10, "Even 3": 10, "Large": 18}
    for name, size in sizes.items():
        accounts = AccountFactory.create_batch(size)
        SalesTerritoryFactory(kickoff=kickoff, name=name, named=accounts)
        code = "USD" if name == "Large" else "EUR"
        OpportunityFactory(account=accounts[0], stage="WON", value=100, currency=code)

    page = desk("balance")
    assert "“Large” is furthest, with 18, 50% above the mean" in page.text_shown
    assert page.context["rows"][0]["flag"] == "outlier, 50% above the mean"

    won = desk("balance", {"by": "won", "currency": "EUR"})
    assert [row["territory"].name for row in won.context["rows"]] == ["Even 1", "Even 2", "Even 3"]
    assert "1 territory sells in no EUR and is left out" in won.text_shown


@pytest.mark.parametrize(
    "said",
    [{"by": "pay"}, {"year": "²"}, {"year": "9" * 30}, {"region": "²"}, {"currency": "<b>"}],
)
def test_an_address_that_means_nothing_shows_the_whole_balance(desk, north, said):
    assert desk("balance", said).context["asked"].measure == "accounts"


def test_a_pipeline_without_a_value_is_neither_drawn_nor_called_even(desk, accounts, north, south):
    OpportunityFactory(account=accounts[0], stage="ENGAGING", value=None, currency="EUR")

    page = desk("balance", {"by": "pipeline"})

    assert "states no value of open deals" in page.text_shown
    assert "<svg" not in page.content.decode().split("k-balance")[1].split("</figure>")[0]
    assert "even" not in page.content.decode().split("<tbody>")[1]


def test_the_history_is_found_by_territory_and_leads_back(desk, kickoff, accounts, north, south):
    said = {"account": f"{accounts[0].pk}:{north.pk}", "to": south.pk}
    desk("move", said, post=True)
    SalesTerritoryFactory(kickoff=kickoff, name="East")

    def rows(**params):
        return desk("history", params).context["rows"]

    assert [row["back"] for row in rows()] == [f"{accounts[0].pk}:{south.pk}>{north.pk}"]
    assert len(rows(territory=north.pk)) == 1
    assert rows(territory=SalesTerritory.objects.get(name="East").pk) == []
    assert len(rows(cause="MOVED", q="aurel")) == 1
    assert rows(cause="IMPORTED") == []


def test_names_of_people_and_accounts_are_text_on_every_page(desk, kickoff):
    evil = "<script>alert(1)</script>"
    account = AccountFactory(name=evil, region=evil, segment=evil)
    territory = SalesTerritoryFactory(
        kickoff=kickoff, name=evil, owner__full_name=evil, places=[evil], named=[account]
    )
    SalesTerritoryFactory(kickoff=kickoff, name=f"{evil} 2", named=[account])
    OpportunityFactory(owner=territory.owner, account=account)

    pages = [desk(name) for name in ("plan", "mend", "board", "balance", "proposals", "accounts")]
    pages.append(desk("detail", territory_id=territory.pk))
    pages.append(desk("account", account_id=account.pk))
    for page in pages:
        assert evil not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()
