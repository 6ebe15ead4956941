"""Whoever is put above others by a planner reads nothing until RevOps has confirmed it."""

from datetime import UTC, datetime

import pytest

from people.accounts import returns
from people.accounts.actions import deactivate_person, invite_person, reactivate_person
from people.accounts.models import ManagerChange
from people.activity.models import Entry
from people.mail.models import Message
from people.org import actions
from people.org.actions import Move
from people.org.queries import confirmed_line_of, is_in_confirmed_line, line_of
from people.tests.factories import PersonFactory, PlannerFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
LATER = datetime(2027, 1, 13, 9, tzinfo=UTC)


@pytest.fixture
def planner():
    return PlannerFactory(full_name="Priya Raghunathan")


@pytest.fixture
def revops():
    return RevOpsFactory()


def put(person, manager, by, at=NOON):
    person.refresh_from_db()
    actions.set_manager(person=person, manager=manager, by=by, at=at)
    person.refresh_from_db()


def confirm(person, by, at=LATER):
    return actions.confirm_managers(changes={person.pk: person.manager_id}, by=by, at=at)


def reads(manager):
    return set(confirmed_line_of(manager))


def test_a_planner_opens_nothing_to_a_new_manager_until_revops_confirms(planner, revops):
    old, puppet = PersonFactory(), PersonFactory()
    rep = PersonFactory(manager=old)

    put(rep, puppet, planner)

    assert (rep.manager, rep.confirmed_manager) == (puppet, old)
    assert set(line_of(puppet)) == {rep}
    assert (reads(puppet), reads(old)) == (set(), set())
    assert confirm(rep, revops) == [rep]
    assert (reads(puppet), reads(old)) == ({rep}, set())


def test_a_common_manager_above_both_keeps_on_reading(planner):
    boss = PersonFactory()
    old, new = PersonFactory(manager=boss), PersonFactory(manager=boss)
    rep = PersonFactory(manager=old)

    put(rep, new, planner)

    assert reads(boss) == {old, new, rep}
    assert reads(new) == set()


def test_a_manager_put_under_a_puppet_brings_the_puppet_nobody(planner, revops):
    puppet, manager = PersonFactory(), PersonFactory()
    rep = PersonFactory(manager=manager)

    put(manager, puppet, planner)

    assert set(line_of(puppet)) == {manager, rep}
    assert not is_in_confirmed_line(puppet, rep.pk)
    assert is_in_confirmed_line(manager, rep.pk)
    confirm(manager, revops)
    assert reads(puppet) == {manager, rep}


def test_confirming_below_opens_nothing_to_who_is_not_confirmed_above(planner, revops):
    puppet, manager, rep = PersonFactory(), PersonFactory(), PersonFactory()
    put(rep, manager, planner)
    put(manager, puppet, planner)

    confirm(rep, revops)

    assert reads(manager) == {rep}
    assert reads(puppet) == set()


def test_a_move_to_somebody_confirmed_above_or_to_nobody_waits_for_nobody(planner):
    boss = PersonFactory()
    rep = PersonFactory(manager=PersonFactory(manager=boss))

    put(rep, boss, planner)

    assert reads(boss) >= {rep}
    assert not ManagerChange.objects.exists()
    put(rep, None, planner)
    assert (rep.manager, rep.confirmed_manager) == (None, None)
    put(rep, boss, planner)
    assert rep not in reads(boss)


def test_whoever_was_taken_away_and_comes_back_in_two_steps_waits_again(planner):
    old = PersonFactory()
    rep = PersonFactory(manager=old)
    put(rep, PersonFactory(), planner)
    put(rep, None, planner)

    put(rep, old, planner)

    assert reads(old) == set()


@pytest.mark.parametrize("by", ["revops", "the command line"])
def test_revops_and_the_command_line_confirm_as_they_move(by, revops):
    manager, rep = PersonFactory(), PersonFactory()

    put(rep, manager, revops if by == "revops" else None)

    assert reads(manager) == {rep}
    assert not ManagerChange.objects.exists()


def test_the_command_line_confirms_who_waits_by_naming_them_again(planner):
    manager, rep = PersonFactory(), PersonFactory()
    put(rep, manager, planner)

    put(rep, manager, None, at=LATER)

    assert reads(manager) == {rep}
    assert not ManagerChange.objects.exists()
    assert Entry.objects.filter(verb="person.manager_confirmed", actor=None).exists()


def test_whoever_is_invited_with_a_manager_waits_too(planner, revops):
    puppet = PersonFactory()

    invitation = invite_person(
        email="new@example.com", full_name="Emre Çağlayan", manager=puppet, by=planner, at=NOON
    )

    rep = invitation.person
    assert (rep.manager, rep.confirmed_manager) == (puppet, None)
    assert reads(puppet) == set()
    told = set(Message.objects.exclude(key__startswith="invitation").values_list("person", "key"))
    assert {person for person, _key in told} == {revops.pk}
    confirm(rep, revops)
    assert reads(puppet) == {rep}


def test_the_person_the_old_manager_and_revops_are_told(planner, revops):
    old, puppet = PersonFactory(), PersonFactory(full_name="Pupa Marionette")
    rep = PersonFactory(full_name="Aïcha Benyahia", manager=old)

    put(rep, puppet, planner)

    mails = {mail.person: mail for mail in Message.objects.all()}
    assert set(mails) == {rep, old, revops}
    assert "Aïcha Benyahia → Pupa Marionette" in mails[revops].body
    assert all("Priya Raghunathan" in mail.body for mail in mails.values())
    confirm(rep, revops)
    confirmed = Message.objects.filter(queued_at=LATER)
    assert {mail.person for mail in confirmed} == {rep, puppet}


def test_a_whole_import_is_one_mail_to_revops_and_one_to_each_old_manager(planner, revops):
    old, new = PersonFactory(), PersonFactory()
    reps = [PersonFactory(manager=old) for _ in range(25)]

    waiting = actions.move_people(
        moves=[Move(rep, new) for rep in reps], by=planner, at=NOON, source="Kickoff 2027"
    )

    assert set(waiting) == set(reps)
    to = [mail.person for mail in Message.objects.all()]
    assert (to.count(revops), to.count(old), len(to)) == (1, 1, 27)
    assert "… and 5 more" in Message.objects.get(person=revops).body
    assert set(ManagerChange.objects.values_list("source", "asked_by", "asked_at")) == {
        ("Kickoff 2027", planner.pk, NOON)
    }


@pytest.mark.parametrize("count", [1, 3, 30])
def test_many_move_with_a_few_statements(planner, django_assert_num_queries, count):
    new = PersonFactory()
    moves = [Move(PersonFactory(manager=PersonFactory()), new) for _ in range(count)]

    with django_assert_num_queries(20):
        actions.move_people(moves=moves, by=planner, at=NOON)


def test_what_was_shown_is_what_is_confirmed(planner, revops):
    shown, swapped, rep = PersonFactory(), PersonFactory(), PersonFactory()
    put(rep, shown, planner)
    changes = {rep.pk: shown.pk}
    put(rep, swapped, planner, at=LATER)

    assert actions.confirm_managers(changes=changes, by=revops, at=LATER) == []

    assert (reads(shown), reads(swapped)) == (set(), set())


def test_only_revops_confirms_and_puts_back(planner):
    rep = PersonFactory()
    put(rep, PersonFactory(), planner)

    for act in (actions.confirm_managers, actions.refuse_managers):
        with pytest.raises(actions.OrgRefused, match="Only RevOps"):
            act(changes={rep.pk: rep.manager_id}, by=planner, at=LATER)

    rep.refresh_from_db()
    assert rep.has_new_manager


def test_putting_back_gives_the_old_manager_everything_again(planner, revops):
    old, puppet = PersonFactory(), PersonFactory()
    rep = PersonFactory(manager=old)
    put(rep, puppet, planner)

    actions.refuse_managers(changes={rep.pk: puppet.pk}, by=revops, at=LATER)

    rep.refresh_from_db()
    assert (rep.manager, reads(old), reads(puppet)) == (old, {rep}, set())
    assert not ManagerChange.objects.exists()
    told = Message.objects.filter(queued_at=LATER).values_list("person", flat=True)
    assert set(told) == {rep.pk, old.pk, planner.pk}
    assert Entry.objects.filter(verb="person.manager_refused", actor=revops, subject=rep).exists()


def test_nobody_is_put_back_into_a_circle(planner, revops):
    old = PersonFactory(full_name="Søren Lindqvist")
    rep = PersonFactory(full_name="Aïcha Benyahia", manager=old)
    put(rep, PersonFactory(), planner)
    put(old, rep, planner)

    with pytest.raises(actions.OrgRefused, match="Aïcha Benyahia cannot go back under Søren"):
        actions.refuse_managers(changes={rep.pk: rep.manager_id}, by=revops, at=LATER)

    rep.refresh_from_db()
    assert rep.manager != old


def test_a_manager_who_comes_back_reads_once_revops_has_confirmed_it_again(planner, revops):
    manager = PersonFactory()
    rep = PersonFactory(manager=manager)
    deactivate_person(person=manager, by=planner, at=NOON)

    reactivate_person(person=manager, by=planner, at=NOON)
    returns.agree_to_all(by=revops, at=NOON)

    assert (set(line_of(manager)), reads(manager)) == ({rep}, set())
    rep.refresh_from_db()
    assert confirm(rep, revops) == [rep]
    assert reads(manager) == {rep}
