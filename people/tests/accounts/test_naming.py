from datetime import UTC, datetime

import pytest
from django import forms
from django.db import IntegrityError

from people.accounts import actions
from people.accounts.forms import PeopleField, PersonField, written
from people.accounts.models import Person
from people.accounts.queries import NoSuchPerson, people_named
from people.tests.factories import GONE, PersonFactory, PlannerFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 12, 10, tzinfo=UTC)


class NamingForm(forms.Form):
    owner = PersonField(required=False)
    speakers = PeopleField(required=False)


def test_people_are_known_by_name_in_any_case_by_mail_or_by_both(django_assert_num_queries):
    ana = PersonFactory(
        full_name="Ana Beatriz de Albuquerque Cavalcanti",
        preferred_name="Ana Beatriz Cavalcanti",
        email="ana@meridane.example",
    )

    with django_assert_num_queries(1):
        found = people_named(
            ["ana beatriz  cavalcanti", ana.full_name, "ANA@meridane.example", written(ana)], NOW
        )

    assert found == [ana] * 4


def test_signs_that_nobody_sees_are_no_part_of_a_name_or_an_address():
    ana = PersonFactory(full_name="Ana Silva", email="ana@meridane.example")
    texts = [
        "Ana\u200b Silva",
        "\ufeffana silva",
        "ana@meridane.example\u2060",
        f"{written(ana)}\u202c",
    ]

    assert people_named(texts, NOW) == [ana] * 4


def test_a_person_is_stored_and_found_without_signs_that_nobody_sees():
    ana = PersonFactory(
        full_name="Ana\u200b Silva", email="ana@meridane.example\u200b", employee_id="E\u00ad-17"
    )
    Person.objects.bulk_create([Person(full_name="Bo\u2060", email="bo@x.example\ufeff")])

    ana.refresh_from_db()
    assert (ana.full_name, ana.email, ana.employee_id) == (
        "Ana Silva", "ana@meridane.example", "E-17"
    )  # fmt: skip
    assert Person.objects.get(full_name__iexact="b\u200bo").email == "bo@x.example"
    with pytest.raises(IntegrityError):
        PersonFactory(email="ana@\u200bmeridane.example")


def test_an_invitation_to_an_address_with_a_sign_that_nobody_sees_makes_no_second_account():
    ana = PersonFactory(full_name="Ana Silva", email="ana@meridane.example")
    by = PlannerFactory()

    with pytest.raises(actions.PersonRefused, match="has this e-mail address already"):
        actions.invite_person(
            email="Ana@meridane.example\u200b", full_name="Ana Silva", by=by, at=NOW
        )
    assert Person.objects.filter(full_name=ana.full_name).count() == 1


def test_a_name_keeps_what_shapes_it():
    person = PersonFactory(full_name="می\u200cنا 👩\u200d💻")

    person.refresh_from_db()
    assert person.full_name == "می\u200cنا 👩\u200d💻"


def test_a_name_that_two_people_have_needs_their_address():
    one, _other = (PersonFactory(full_name="Jing Li") for _ in range(2))

    texts = ["Jing Li", one.email]
    assert people_named(texts, NOW) == [NoSuchPerson("Jing Li", several=True), one]


@pytest.mark.parametrize("gone", GONE)
def test_people_who_have_left_are_not_named(gone):
    PersonFactory(full_name="Jing Li", **gone)

    assert people_named(["Jing Li"], NOW) == [NoSuchPerson("Jing Li", several=False)]


def test_a_form_says_of_every_line_that_it_names_nobody():
    ana = PersonFactory(full_name="Ana Silva")
    form = NamingForm({"owner": "", "speakers": f"Nobody Known\n{ana.full_name}\nNor They"})

    assert form.errors == {
        "speakers": [
            f"Nobody here is called “{name}”. Write a full name or an e-mail."
            for name in ("Nobody Known", "Nor They")
        ]
    }


def test_a_name_for_each_of_a_whole_company_is_found_by_a_query_a_hundred(
    django_assert_num_queries,
):
    people = PersonFactory.create_batch(3)
    texts = [one.email for one in people] * 100 + [f"Nobody {n}" for n in range(900)]

    with django_assert_num_queries(10):
        found = people_named(texts, NOW)

    assert [found[0], found[299], found[-1]] == [
        people[0],
        people[2],
        NoSuchPerson("Nobody 899", several=False),
    ]


def test_a_person_on_two_lines_is_named_once():
    person = PersonFactory(full_name="Νίκος Παπαδόπουλος")
    form = NamingForm({"owner": person.email, "speakers": f"{person.full_name}\n\n{person.email}"})

    assert form.is_valid()
    assert form.cleaned_data == {"owner": person, "speakers": [person]}
