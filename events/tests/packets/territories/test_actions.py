from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from events.kickoff.models import Kickoff
from events.packets.territories import actions, queries
from events.packets.territories.models import OwnershipChange, SalesTerritory, TerritoryAccount
from events.tests.factories import (
    AccountFactory,
    AttendeeFactory,
    OpportunityFactory,
    SalesTerritoryFactory,
)
from events.tests.packets.territories.conftest import NOON
from people.activity.models import Entry
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def holders(kickoff, account, role="AE"):
    return [each.name for each in queries.read_plan(kickoff, role).holders(account.pk)]


def move(kickoff, revops, to, *pairs, at=NOON, **more):
    expected = {account.pk: {each.pk for each in seen} for account, *seen in pairs}
    return actions.move_accounts(
        kickoff=kickoff,
        role="AE",
        expected=expected,
        to=dict.fromkeys(expected, to.pk if to else None),
        by=revops,
        at=at,
        **more,
    )


def told(kickoff):
    rows = OwnershipChange.objects.filter(kickoff=kickoff).order_by("pk")
    return [(each.account.name, each.from_name, each.to_name, each.cause) for each in rows]


def test_a_move_names_the_account_in_the_target_alone_and_keeps_who_did_it_and_why(
    kickoff, revops, accounts, north, south
):
    done = move(kickoff, revops, south, (accounts[0], north), reason=" Speaks  Italian ")

    assert (done.count, done.targets) == (1, (south,))
    assert holders(kickoff, accounts[0]) == ["South"]
    change = OwnershipChange.objects.get()
    assert (change.from_owner, change.to_owner) == (north.owner, south.owner)
    assert (change.by, change.at, change.reason) == (revops, NOON, "Speaks Italian")
    assert Entry.objects.filter(verb="territory.moved", actor=revops).count() == 1


def test_moving_back_undoes_a_move(kickoff, revops, accounts, north, south):
    before = queries.read_plan(kickoff, "AE").holdings
    move(kickoff, revops, south, (accounts[0], north), (accounts[1], north))
    last = queries.last_move(kickoff, "AE", revops)
    assert last.sources == {accounts[0].pk: north, accounts[1].pk: north}
    assert last.is_still_there(queries.read_plan(kickoff, "AE"))

    move(kickoff, revops, north, (accounts[0], south), (accounts[1], south), at=NOON)

    assert queries.read_plan(kickoff, "AE").holdings == before


def test_a_move_from_several_territories_is_moved_back_to_each(
    kickoff, revops, accounts, north, south
):
    east = SalesTerritoryFactory(kickoff=kickoff, name="East")
    before = queries.read_plan(kickoff, "AE").holdings
    move(kickoff, revops, east, (accounts[0], north), (accounts[2], south), (accounts[3],))
    last = queries.last_move(kickoff, "AE", revops)
    assert last.came_from == ["", "North", "South"]

    done = actions.move_accounts(
        kickoff=kickoff, role="AE", expected={pk: {east.pk} for pk in last.sources},
        to={pk: source.pk if source else None for pk, source in last.sources.items()},
        by=revops, at=NOON + timedelta(hours=1),
    )  # fmt: skip

    assert (done.count, len(done.targets)) == (3, 3)
    assert queries.read_plan(kickoff, "AE").holdings == before


def test_a_move_overrides_geography_and_an_exclusion(kickoff, revops, south):
    france = SalesTerritoryFactory(kickoff=kickoff, name="France", places=["France"])
    account = AccountFactory(country="FR")
    TerritoryAccount.objects.create(territory=south, account=account, is_excluded=True)
    assert holders(kickoff, account) == ["France"]

    move(kickoff, revops, south, (account, france))

    assert holders(kickoff, account) == ["South"]


def test_taken_out_of_every_territory_no_criteria_bring_it_back(kickoff, revops, accounts, north):
    SalesTerritoryFactory(kickoff=kickoff, name="France", places=["France"])
    spain = SalesTerritoryFactory(kickoff=kickoff, name="Spain", places=["Spain"])
    accounts[0].country = "FR"
    accounts[0].save()

    done = move(kickoff, revops, None, (accounts[0], north))

    assert (done.count, done.targets) == (1, (None,))
    assert holders(kickoff, accounts[0]) == []
    assert told(kickoff) == [("Aurelia", "North", "", "MOVED")]
    assert not spain.listed.exists()


def test_a_doubly_owned_account_is_settled_and_the_history_says_who_kept_it(
    kickoff, revops, accounts, north, south
):
    TerritoryAccount.objects.create(territory=south, account=accounts[0])
    assert holders(kickoff, accounts[0]) == ["North", "South"]

    move(kickoff, revops, south, (accounts[0], north, south))

    assert holders(kickoff, accounts[0]) == ["South"]
    assert told(kickoff) == [("Aurelia", "North", "South", "MOVED")]


def test_a_stale_move_moves_nothing_and_says_where_the_account_is(
    kickoff, revops, accounts, north, south
):
    east = SalesTerritoryFactory(kickoff=kickoff, name="East")
    move(kickoff, revops, south, (accounts[0], north))

    with pytest.raises(actions.StaleMove, match="“Aurelia” in the meantime: it is in South"):
        move(kickoff, revops, east, (accounts[0], north), (accounts[1], north))

    assert holders(kickoff, accounts[1]) == ["North"]
    assert OwnershipChange.objects.count() == 1


def test_moves_refuse_nothing_chosen_an_unknown_account_and_a_territory_of_elsewhere(
    kickoff, revops, accounts, north
):
    foreign = SalesTerritoryFactory(name="Of another kickoff")
    other_role = SalesTerritoryFactory(kickoff=kickoff, name="Renewals", role="Renewals")

    with pytest.raises(actions.TerritoryRefused, match="at least one"):
        move(kickoff, revops, north)
    with pytest.raises(actions.TerritoryRefused, match="not known"):
        actions.move_accounts(
            kickoff=kickoff, role="AE", expected={999_999: ()}, to={999_999: None},
            by=revops, at=NOON,
        )  # fmt: skip
    for target in (foreign, other_role):
        with pytest.raises(actions.StaleMove, match="deleted"):
            move(kickoff, revops, target, (accounts[0], north))
    assert holders(kickoff, accounts[0]) == ["North"]


def test_roles_have_owners_of_their_own(kickoff, revops, accounts, north, south):
    renewals = SalesTerritoryFactory(
        kickoff=kickoff, role="Renewals", name="North", owner=north.owner, named=accounts[:1]
    )

    move(kickoff, revops, south, (accounts[0], north))

    assert holders(kickoff, accounts[0]) == ["South"]
    assert holders(kickoff, accounts[0], "Renewals") == [renewals.name]


def test_an_archived_kickoff_changes_no_more(kickoff, revops, accounts, north, south):
    Kickoff.objects.filter(pk=kickoff.pk).update(status=Kickoff.Status.ARCHIVED)

    with pytest.raises(actions.TerritoryRefused, match="archived"):
        move(kickoff, revops, south, (accounts[0], north))


def details(name="West", **more):
    return actions.Details(name=name, **more)


def test_a_territory_takes_what_its_criteria_say_and_loses_what_it_leaves_out(kickoff, revops):
    account = AccountFactory(name="Marsanne", country="FR", segment="Mid-market")
    rep = AttendeeFactory(kickoff=kickoff).person

    territory = actions.create_territory(
        kickoff=kickoff, details=details("France", owner=rep, places=("France",)),
        by=revops, at=NOON,
    )  # fmt: skip
    assert holders(kickoff, account) == ["France"]
    actions.update_territory(
        territory_id=territory.pk,
        details=details("France", owner=rep, places=("FR",), excluded=frozenset({account.pk})),
        seen_at=NOON,
        by=revops,
        at=NOON + timedelta(hours=1),
        reason="Key account team has it",
    )

    assert holders(kickoff, account) == []
    assert told(kickoff) == [
        ("Marsanne", "", "France", "EDITED"),
        ("Marsanne", "France", "", "EDITED"),
    ]
    assert OwnershipChange.objects.first().reason == "Key account team has it"


def test_a_territory_given_to_another_rep_takes_its_accounts_along(kickoff, revops, north):
    other = AttendeeFactory(kickoff=kickoff).person
    named = frozenset(north.listed.values_list("account_id", flat=True))

    actions.update_territory(
        territory_id=north.pk, details=details("North", owner=other, named=named),
        seen_at=north.changed_at, by=revops, at=NOON,
    )  # fmt: skip

    rows = OwnershipChange.objects.all()
    assert {(each.from_owner, each.to_owner, each.cause) for each in rows} == {
        (north.owner, other, "ASSIGNED")
    }
    assert rows.count() == 2


def test_a_territory_that_somebody_else_changed_is_not_overwritten(
    kickoff, revops, accounts, north, south
):
    seen_at = north.changed_at
    move(kickoff, revops, north, (accounts[2], south))

    with pytest.raises(actions.StaleMove, match="since you opened it"):
        actions.update_territory(
            territory_id=north.pk, details=details("North"), seen_at=seen_at, by=revops, at=NOON
        )
    assert holders(kickoff, accounts[2]) == ["North"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (lambda north, south: details("NORTH "), "“NORTH” already"),
        (lambda north, south: details(" "), "a name"),
        (lambda north, south: details(owner=north.owner), "has “North” already"),
        (lambda north, south: details(owner=PersonFactory(full_name="Cy")), "Cy is no rep on"),
        (
            lambda north, south: details(named=frozenset({1}), excluded=frozenset({1})),
            "named or left out",
        ),
    ],
    ids=["name taken", "no name", "a second territory", "not on the roster", "named and left out"],
)
def test_no_territory_is_drawn_up_with(kickoff, revops, north, south, said, message):
    with pytest.raises(actions.TerritoryRefused, match=message):
        actions.create_territory(kickoff=kickoff, details=said(north, south), by=revops, at=NOON)
    assert SalesTerritory.objects.count() == 2


def test_a_deleted_territory_leaves_its_name_in_the_history(kickoff, revops, accounts, north):
    assert actions.delete_territory(territory_id=north.pk, by=revops, at=NOON) == 2

    assert [row[:3] for row in told(kickoff)] == [
        ("Aurelia", "North", ""),
        ("Brabant", "North", ""),
    ]
    assert OwnershipChange.objects.first().from_territory is None
    with pytest.raises(actions.TerritoryRefused, match="deleted"):
        actions.delete_territory(territory_id=north.pk, by=revops, at=NOON)


def test_proposals_make_territories_for_reps_and_settle_what_two_claim(
    kickoff, revops, accounts, north, south
):
    rep = AttendeeFactory(kickoff=kickoff, person__full_name="Ada North").person
    rep.full_name = "North"
    rep.save()
    TerritoryAccount.objects.create(territory=south, account=accounts[0])
    # Settled between those who claim it, whatever a third has won there
    OpportunityFactory(owner=south.owner, account=accounts[0], stage="WON", value=5)
    OpportunityFactory(owner=rep, account=accounts[0], stage="WON", value=50)
    OpportunityFactory(owner=rep, account=accounts[3], stage="WON", value=70)
    OpportunityFactory(owner=PersonFactory(), account=accounts[3], stage="WON", value=90)

    count = actions.accept_proposals(kickoff=kickoff, role="AE", chosen=None, by=revops, at=NOON)

    assert count == 2
    assert holders(kickoff, accounts[0]) == ["South"]
    assert holders(kickoff, accounts[3]) == ["North 2"]
    assert SalesTerritory.objects.get(owner=rep).name == "North 2"
    assert {row[3] for row in told(kickoff)} == {"PROPOSED"}
    with pytest.raises(actions.TerritoryRefused, match="at least one"):
        actions.accept_proposals(kickoff=kickoff, role="AE", chosen=None, by=revops, at=NOON)


def test_a_proposal_that_is_another_by_now_is_not_accepted(kickoff, revops, accounts):
    first, second = (AttendeeFactory(kickoff=kickoff).person for _n in range(2))
    OpportunityFactory(owner=first, account=accounts[0], stage="WON", value=5)
    shown = {accounts[0].pk: first.pk}
    OpportunityFactory(owner=second, account=accounts[0], stage="WON", value=6)

    with pytest.raises(actions.StaleMove, match="changed since"):
        actions.accept_proposals(kickoff=kickoff, role="AE", chosen=shown, by=revops, at=NOON)
    assert not SalesTerritory.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        lambda north: SalesTerritoryFactory(kickoff=north.kickoff, name="north"),
        lambda north: SalesTerritoryFactory(kickoff=north.kickoff, owner=north.owner),
        lambda north: SalesTerritoryFactory(kickoff=north.kickoff, name=""),
        lambda north: SalesTerritoryFactory(kickoff=north.kickoff, role=""),
        lambda north: TerritoryAccount.objects.create(
            territory=north, account=north.listed.first().account, is_excluded=True
        ),
        lambda north: OwnershipChange.objects.create(
            kickoff=north.kickoff, role="AE", account=north.listed.first().account, cause="MOVED",
            at=NOON,
        ),
        lambda north: AccountFactory(country="F"),
    ],
    ids=[
        "two of one name",
        "two of one owner",
        "no name",
        "no role",
        "named and left out",
        "a change from nobody to nobody",
        "a country of one letter",
    ],
)  # fmt: skip
def test_the_database_never_holds(north, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        broken(north)
