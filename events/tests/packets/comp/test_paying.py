"""Who is on which plan at which pay: titles, exceptions, files, and what packets read of it."""

from datetime import date
from decimal import Decimal

import pytest

from core.imports.mapping import MappingRefused, guess_columns
from core.imports.problems import FileRefused
from core.imports.readers import read_table
from core.imports.rows import parse_rows
from events.attendance.queries import reps_by_name
from events.packets.comp import actions, queries
from events.packets.comp.actions import OwnComp, TitlePay
from events.packets.comp.models import PersonComp, RolePay
from events.packets.comp.rules.pay import Pay
from events.packets.comp.rules.rows import FIELDS, read_comp
from events.sealing.rules import Unreadable
from events.tests.factories import AttendeeFactory, KickoffFactory
from events.tests.packets.comp.factories import (
    AT,
    CompPlanFactory,
    PersonCompFactory,
    RolePayFactory,
)
from people.activity.models import Entry
from people.tests.factories import PersonFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
D = Decimal
HEADER = "rep,currency,base,target variable,plan,starts,ends\n"


@pytest.fixture
def kickoff():
    return KickoffFactory()


@pytest.fixture
def rep(kickoff):
    person = PersonFactory(
        full_name="Aïcha Benyahia", job_title="Mid-market AE", country="FR", email="a@example.com"
    )
    AttendeeFactory(kickoff=kickoff, person=person)
    return person


@pytest.fixture
def revops():
    return RevOpsFactory(full_name="Mateusz Wiśniewski")


def offer(kickoff, person):
    return queries.comps_of(kickoff, [person.pk]).get(person.pk)


def override(kickoff, rep, revops, expected=None, **parts):
    own = OwnComp(
        **{"currency": "EUR", "pay": Pay(D(90000), D(60000)), "reason": "Agreed", **parts}
    )
    return actions.override_comp(
        kickoff=kickoff, person=rep, own=own, by=revops, at=AT, expected=expected
    )


def test_somebody_has_the_plan_and_the_pay_of_their_job_title(kickoff, rep):
    plan = CompPlanFactory(kickoff=kickoff, titles=["MID-MARKET  ae"])
    RolePayFactory(kickoff=kickoff)

    found = offer(kickoff, rep)

    assert found.comp.plan_name == plan.name
    assert found.comp.on_target == 140000
    assert found.comp.terms == "2027.1"
    assert (found.currency, found.starts, found.ends) == (
        "EUR",
        date(2027, 3, 1),
        date(2028, 2, 29),
    )


def test_a_title_pays_by_country_and_everybody_else_by_default(kickoff, rep):
    CompPlanFactory(kickoff=kickoff, titles=["Mid-market AE"])
    RolePayFactory(kickoff=kickoff, currency="USD", base=99000)
    RolePayFactory(kickoff=kickoff, currency="EUR", countries="DE FR")
    american = PersonFactory(job_title="Mid-market AE", country="US")

    assert offer(kickoff, rep).currency == "EUR"
    assert offer(kickoff, american).currency == "USD"


def test_an_exception_goes_before_the_title_part_by_part(kickoff, rep, revops):
    CompPlanFactory(kickoff=kickoff, titles=["Mid-market AE"])
    own = CompPlanFactory(kickoff=kickoff)
    RolePayFactory(kickoff=kickoff)

    override(kickoff, rep, revops, plan=own, currency="", pay=None, starts_date=date(2027, 4, 1))

    found = offer(kickoff, rep)
    assert (found.comp.plan_name, found.comp.base) == (own.name, 84000)
    assert (found.starts, found.ends) == (date(2027, 4, 1), date(2028, 2, 29))


@pytest.mark.parametrize(
    ("make", "gap"),
    [
        (lambda kickoff: None, queries.NO_PLAN),
        (lambda k: CompPlanFactory(kickoff=k, titles=["Mid-market AE"]), queries.NO_PAY),
        (
            lambda k: CompPlanFactory(kickoff=k, titles=["Mid-market AE"], is_ready=False),
            queries.NOT_READY,
        ),
        (lambda k: RolePayFactory(kickoff=k), queries.NO_PLAN),
        (lambda k: CompPlanFactory(titles=["Mid-market AE"]), queries.NO_PLAN),
    ],
)
def test_whoever_lacks_something_is_offered_nothing_and_it_is_said_what(kickoff, rep, make, gap):
    make(kickoff)

    assert offer(kickoff, rep) is None
    assert queries.comp_assigned_to(kickoff, rep).gap == gap
    (row,) = queries.people_rows(kickoff, queries.Book(kickoff))
    assert row.gap == gap


def test_a_country_that_no_pay_is_for_has_none(kickoff, rep):
    CompPlanFactory(kickoff=kickoff, titles=["Mid-market AE"])
    RolePayFactory(kickoff=kickoff, countries="US")

    assert queries.comp_assigned_to(kickoff, rep).gap == queries.NO_PAY


@pytest.mark.parametrize("count", [1, 3, 30])
def test_packets_ask_the_same_number_of_queries_for_any_number_of_people(
    kickoff, count, django_assert_num_queries
):
    plan = CompPlanFactory(kickoff=kickoff, titles=["Mid-market AE"])
    RolePayFactory(kickoff=kickoff)
    people = [PersonFactory(job_title="Mid-market AE") for _ in range(count)]
    PersonCompFactory(kickoff=kickoff, person=people[0], plan=plan)

    with django_assert_num_queries(5):
        found = queries.comps_of(kickoff, [person.pk for person in people])

    assert len(found) == count


def test_an_exception_has_a_reason_and_is_in_the_trail_without_figures(kickoff, rep, revops):
    override(kickoff, rep, revops, reason="Counter-offer of 83117")

    row = PersonComp.objects.get()
    assert row.read() == Pay(D(90000), D(60000))
    assert row.read_reason() == "Counter-offer of 83117"
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject, entry.note) == ("comp.overridden", rep, "")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"reason": " "}, "Say why"),
        ({"currency": ""}, "together"),
        ({"pay": None}, "together"),
        ({"pay": None, "currency": ""}, "of their own"),
        ({"starts_date": date(2028, 1, 2), "ends_date": date(2028, 1, 1)}, "before the first"),
    ],
)
def test_an_exception_that_says_too_little_is_refused(kickoff, rep, revops, parts, said):
    with pytest.raises(actions.CompRefused, match=said):
        override(kickoff, rep, revops, **parts)

    assert not PersonComp.objects.exists()


def test_a_plan_of_another_kickoff_is_refused(kickoff, rep, revops):
    with pytest.raises(actions.CompRefused, match="another kickoff"):
        override(kickoff, rep, revops, plan=CompPlanFactory())


def test_of_two_who_make_an_exception_the_second_is_told(kickoff, rep, revops):
    first = override(kickoff, rep, revops)
    with pytest.raises(actions.ChangedMeanwhile, match="Mateusz"):
        override(kickoff, rep, revops)
    override(kickoff, rep, revops, expected=first.version)
    with pytest.raises(actions.ChangedMeanwhile, match="Mateusz"):
        override(kickoff, rep, revops, expected=first.version)

    actions.clear_override(kickoff=kickoff, person=rep, by=revops, at=AT)
    actions.clear_override(kickoff=kickoff, person=rep, by=revops, at=AT)
    with pytest.raises(actions.ChangedMeanwhile, match="taken back"):
        override(kickoff, rep, revops, expected=2)
    assert Entry.objects.filter(verb="comp.cleared").count() == 1


def test_a_title_is_given_plan_and_pay_and_loses_them_again(kickoff, rep, revops):
    plan = CompPlanFactory(kickoff=kickoff)
    pays = [TitlePay("EUR", Pay(D(1), D(2)), ("FR", "DE")), TitlePay("USD", Pay(D(3), D(4)))]

    def set_title(plan, pays):
        actions.set_title(
            kickoff=kickoff, job_title=" Mid-market AE ", plan=plan, pays=pays, by=revops, at=AT
        )

    set_title(plan, pays)
    assert offer(kickoff, rep).comp.base == 1
    set_title(None, [])
    assert queries.comp_assigned_to(kickoff, rep).gap == queries.NO_PLAN
    assert not RolePay.objects.exists()


@pytest.mark.parametrize(
    ("pays", "said"),
    [
        ([("EUR", ("FR",)), ("EUR", ())], "EUR is given twice"),
        ([("EUR", ("FR",)), ("USD", ("FR",))], "country FR is named twice"),
        ([("EUR", ()), ("USD", ())], "Two pays are for all other"),
    ],
)
def test_pays_that_overlap_are_refused(kickoff, revops, pays, said):
    given = [TitlePay(code, Pay(D(1), D(1)), countries) for code, countries in pays]

    with pytest.raises(actions.CompRefused, match=said):
        actions.set_title(kickoff=kickoff, job_title="AE", plan=None, pays=given, by=revops, at=AT)


def read(kickoff, text):
    table = read_table((HEADER + text).encode(), "comp.csv")
    parsed = parse_rows(table, FIELDS, guess_columns(table.headers, FIELDS))
    return read_comp(parsed, reps_by_name(kickoff), queries.plan_ids(kickoff))


def problems_of(kickoff, text):
    with pytest.raises(FileRefused) as refusal:
        read(kickoff, text)
    return list(refusal.value.problems)


def imported(kickoff, revops, text):
    rows = read(kickoff, text)
    planned = actions.plan_import(kickoff=kickoff, rows=rows)
    done = actions.import_comp(kickoff=kickoff, rows=rows, by=revops, at=AT)
    assert planned == done
    return done


def test_a_file_brings_people_to_what_it_says_and_twice_is_once(kickoff, rep, revops):
    plan = CompPlanFactory(kickoff=kickoff, name="Growth", titles=["Mid-market AE"])
    row = 'a@example.com,eur,"84,000.00",56000.50,growth,2027-04-01,\n'

    assert imported(kickoff, revops, row).created == 1
    assert imported(kickoff, revops, row).unchanged == 1
    assert imported(kickoff, revops, row.replace("56000.50", "57000")).changed == 1

    found = offer(kickoff, rep)
    assert (found.comp.plan_name, found.comp.target_variable) == (plan.name, 57000)
    assert found.starts == date(2027, 4, 1)
    assert PersonComp.objects.get().version == 2
    assert Entry.objects.filter(verb="comp.overridden", subject=rep).count() == 2


def test_what_a_file_has_no_column_for_stays(kickoff, rep, revops):
    plan = CompPlanFactory(kickoff=kickoff)
    override(kickoff, rep, revops, plan=plan, starts_date=date(2027, 4, 1), reason="Asked for it")
    table = read_table(b"rep,currency,base,variable\na@example.com,USD,1,2\n", "comp.csv")
    parsed = parse_rows(table, FIELDS, guess_columns(table.headers, FIELDS))

    rows = read_comp(parsed, reps_by_name(kickoff), {})
    actions.import_comp(kickoff=kickoff, rows=rows, by=revops, at=AT)

    row = PersonComp.objects.get()
    assert (row.plan, row.starts_date, row.currency) == (plan, date(2027, 4, 1), "USD")
    assert row.read_reason() == "Asked for it"


def test_every_error_of_a_file_is_told_by_row_and_column_and_nothing_is_read(kickoff, rep):
    PersonFactory(full_name="Not on the roster", email="b@example.com")
    problems = problems_of(
        kickoff,
        "a@example.com,EUR,84000,56000,,,\n"
        "b@example.com,EUR,84000,56000,,,\n"
        "a@example.com,JPY,84000.5,x,Nowhere,2027-13-01,\n"
        "Aïcha  benyahia,EUR,1,1,,2027-05-01,2027-04-01\n"
        "a@example.com,,1.0.0,-5,,,\n"
        "a@example.com,EUR,1,1,,,\n",
    )

    told = [(one.row, one.column) for one in problems]
    assert set(told) == {
        (3, "rep"),
        (4, "rep"),
        (5, "rep"),
        (6, "rep"),
        (4, "base"),
        (4, "target variable"),
        (4, "plan"),
        (4, "starts"),
        (5, "ends"),
        (6, "currency"),
        (6, "base"),
        (6, "target variable"),
        (7, "rep"),
    }


def test_two_of_one_name_are_told_apart_by_address(kickoff, rep):
    AttendeeFactory(kickoff=kickoff, person=PersonFactory(full_name="aïcha BENYAHIA"))

    (problem,) = problems_of(kickoff, "Aïcha Benyahia,EUR,1,1,,,\n")
    assert "“Aïcha Benyahia” is more than one person" in str(problem)
    assert read(kickoff, "a@example.com,EUR,1,1,,,\n")


def test_a_file_without_a_needed_column_is_refused(kickoff):
    table = read_table(b"rep,base\na,1\n", "comp.csv")

    with pytest.raises(MappingRefused, match="Currency"):
        parse_rows(table, FIELDS, guess_columns(table.headers, FIELDS))


@pytest.mark.parametrize("text", ["1.000", "-1", "1e5", "NaN", "9" * 20, "1.005", "1.0051"])
def test_an_amount_that_may_mean_two_or_nothing_is_refused(kickoff, rep, text):
    (problem,) = problems_of(kickoff, f"a@example.com,EUR,{text},1,,,\n")

    assert problem.column == "base"


def test_pay_that_no_key_opens_is_not_guessed(kickoff, rep):
    CompPlanFactory(kickoff=kickoff, titles=["Mid-market AE"])
    PersonCompFactory(kickoff=kickoff, person=rep)
    PersonComp.objects.update(sealed="gAAAA")

    with pytest.raises(Unreadable):
        offer(kickoff, rep)


def test_a_row_that_says_what_the_job_title_gives_makes_no_exception(kickoff, rep, revops):
    RolePayFactory(kickoff=kickoff)

    assert imported(kickoff, revops, "a@example.com,EUR,84000,56000,,,\n").unchanged == 1
    assert not PersonComp.objects.exists()


def test_a_title_with_a_place_behind_it_has_what_the_title_has_unless_it_has_its_own(kickoff, rep):
    CompPlanFactory(kickoff=kickoff, titles=["Mid-market AE"])
    own = CompPlanFactory(kickoff=kickoff, titles=["Mid-market AE, Tokyo"])
    RolePayFactory(kickoff=kickoff)
    people = [PersonFactory(job_title=f"Mid-market AE, {place}") for place in ("Lyon", "Tokyo")]
    for person in people:
        AttendeeFactory(kickoff=kickoff, person=person)

    assert offer(kickoff, people[0]).comp.plan_name == offer(kickoff, rep).comp.plan_name
    assert offer(kickoff, people[1]).comp.plan_name == own.name
    told = [(one.name, one.heads) for one in queries.titles(kickoff, queries.Book(kickoff))]
    assert told == [("Mid-market AE", 2), ("Mid-market AE, Tokyo", 1)]
