from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from people.activity.models import Entry
from people.org import actions
from people.org.models import Region, Team
from people.tests.factories import PersonFactory, PlannerFactory, RegionFactory, TeamFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)


@pytest.fixture
def planner():
    return PlannerFactory()


def test_a_person_is_put_under_a_manager_and_the_trail_says_so(planner):
    soren, aicha = PersonFactory(full_name="Søren"), PersonFactory(full_name="Aïcha")

    actions.set_manager(person=aicha, manager=soren, by=planner, at=NOON)

    aicha.refresh_from_db()
    assert aicha.manager == soren
    entry = Entry.objects.get()
    assert (entry.actor, entry.verb, entry.subject, entry.note, entry.at) == (
        planner,
        "person.manager_changed",
        aicha,
        "Søren",
        NOON,
    )


def test_a_manager_that_stays_the_same_leaves_no_trace(planner):
    aicha = PersonFactory(manager=PersonFactory())

    actions.set_manager(person=aicha, manager=aicha.manager, by=planner, at=NOON)

    assert not Entry.objects.exists()


def test_a_manager_is_taken_away(planner):
    aicha = PersonFactory(manager=PersonFactory())

    actions.set_manager(person=aicha, manager=None, by=planner, at=NOON)

    aicha.refresh_from_db()
    assert aicha.manager is None


def test_nobody_puts_people_under_themselves(planner):
    aicha = PersonFactory()

    with pytest.raises(actions.OrgRefused, match="under yourself"):
        actions.set_manager(person=aicha, manager=planner, by=planner, at=NOON)

    aicha.refresh_from_db()
    assert aicha.manager is None
    assert not Entry.objects.exists()


def test_nobody_puts_people_under_those_who_report_to_them(planner):
    assistant = PersonFactory(manager=planner)
    soren = PersonFactory()
    aicha = PersonFactory(manager=soren)

    for person in (soren, aicha):
        with pytest.raises(actions.OrgRefused, match="under yourself"):
            actions.set_manager(person=person, manager=assistant, by=planner, at=NOON)


def test_people_move_within_the_line_of_whoever_moves_them(planner):
    assistant, helper = PersonFactory(manager=planner), PersonFactory(manager=planner)

    actions.set_manager(person=helper, manager=assistant, by=planner, at=NOON)

    assert helper.manager == assistant


def test_nobody_is_their_own_manager(planner):
    aicha = PersonFactory(preferred_name="Aïcha")

    with pytest.raises(actions.OrgRefused, match="Aïcha cannot be their own manager"):
        actions.set_manager(person=aicha, manager=aicha, by=planner, at=NOON)


def test_a_cycle_is_refused_and_named(planner):
    ngozi = PersonFactory(full_name="Ngozi")
    soren = PersonFactory(full_name="Søren", manager=ngozi)
    aicha = PersonFactory(full_name="Aïcha", manager=soren)

    with pytest.raises(actions.OrgRefused, match="Ngozi → Aïcha → Søren → Ngozi"):
        actions.set_manager(person=ngozi, manager=aicha, by=planner, at=NOON)

    ngozi.refresh_from_db()
    assert ngozi.manager is None


def test_a_cycle_is_found_when_the_caller_holds_an_old_copy_of_the_manager(planner):
    soren, aicha = PersonFactory(full_name="Søren"), PersonFactory(full_name="Aïcha")
    stale_aicha = type(aicha).objects.get(pk=aicha.pk)
    actions.set_manager(person=aicha, manager=soren, by=planner, at=NOON)

    with pytest.raises(actions.OrgRefused, match="circle"):
        actions.set_manager(person=soren, manager=stale_aicha, by=planner, at=NOON)


def test_the_database_refuses_a_person_as_their_own_manager():
    aicha = PersonFactory()

    with pytest.raises(IntegrityError, match="people_person_not_own_manager"), transaction.atomic():
        type(aicha).objects.filter(pk=aicha.pk).update(manager=aicha)


def test_a_person_who_moves_to_a_team_moves_to_its_region(planner):
    team = TeamFactory(name="EMEA Growth", region=RegionFactory(name="EMEA"))
    aicha = PersonFactory(region=RegionFactory(name="Americas"))

    actions.move_to_team(person=aicha, team=team, by=planner, at=NOON)

    aicha.refresh_from_db()
    assert (aicha.team, aicha.region.name) == (team, "EMEA")
    assert Entry.objects.get().verb == "person.team_changed"


def test_two_regions_of_one_name_are_refused_whatever_the_case(planner):
    actions.add_region(name="EMEA", by=planner, at=NOON)

    with pytest.raises(actions.OrgRefused, match="already"):
        actions.add_region(name="emea", by=planner, at=NOON)


def test_two_teams_of_one_name_are_refused_in_one_region_only(planner):
    emea, americas = RegionFactory(), RegionFactory()
    actions.add_team(name="Growth", region=emea, by=planner, at=NOON)
    actions.add_team(name="Growth", region=americas, by=planner, at=NOON)

    with pytest.raises(actions.OrgRefused, match="already"):
        actions.add_team(name="growth", region=emea, by=planner, at=NOON)


def test_renaming_keeps_names_apart(planner):
    emea, americas = RegionFactory(name="EMEA"), RegionFactory(name="Americas")
    growth, north = TeamFactory(name="Growth", region=emea), TeamFactory(name="North", region=emea)

    actions.rename_region(region=emea, name="Europe", by=planner, at=NOON)
    actions.change_team(team=north, name="Nordics", region=americas, by=planner, at=NOON)

    assert Region.objects.get(pk=emea.pk).name == "Europe"
    assert Team.objects.get(pk=north.pk).region == americas
    with pytest.raises(actions.OrgRefused, match="already"):
        actions.rename_region(region=emea, name="americas", by=planner, at=NOON)
    with pytest.raises(actions.OrgRefused, match="already"):
        actions.change_team(team=growth, name="Nordics", region=americas, by=planner, at=NOON)


def test_what_still_has_people_is_not_removed(planner):
    team = TeamFactory(name="Growth")
    somebody = PersonFactory(team=team, region=team.region)

    with pytest.raises(actions.OrgRefused, match="1 person"):
        actions.remove_team(team=team, by=planner, at=NOON)
    with pytest.raises(actions.OrgRefused, match="1 person"):
        actions.remove_region(region=team.region, by=planner, at=NOON)
    somebody.delete()
    with pytest.raises(actions.OrgRefused, match="1 team"):
        actions.remove_region(region=team.region, by=planner, at=NOON)


def test_what_is_empty_is_removed(planner):
    team = TeamFactory()
    region = team.region

    actions.remove_team(team=team, by=planner, at=NOON)
    actions.remove_region(region=region, by=planner, at=NOON)

    assert not Team.objects.exists()
    assert not Region.objects.exists()
