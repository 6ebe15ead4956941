"""Editions of the terms: drafted, published, frozen, read in a language."""

import pytest
from django.db import IntegrityError, connection, transaction

from events.packets.comp import actions, queries
from events.packets.comp.models import TermsEdition, TermsFrozen
from events.packets.comp.rules.terms import CURRENT
from events.tests.packets.comp.factories import AT, TermsEditionFactory
from people.tests.factories import RevOpsFactory

pytestmark = pytest.mark.django_db
CLAUSES = {"en": [["When it is paid", "At the end of the month."]]}


@pytest.fixture
def revops():
    return RevOpsFactory()


@pytest.fixture
def published(revops):
    edition = TermsEditionFactory(code="2030.1")
    return actions.publish_terms(edition_id=edition.pk, by=revops, at=AT)


def test_a_draft_is_changed_and_published_and_then_plans_may_name_it(revops):
    edition = actions.draft_terms(code="2030.1", clauses={}, by=revops, at=AT)
    actions.change_terms(edition_id=edition.pk, clauses=CLAUSES, expected=1, by=revops, at=AT)
    assert queries.published_editions() == [CURRENT]

    for _ in range(2):
        actions.publish_terms(edition_id=edition.pk, by=revops, at=AT)

    assert queries.published_editions() == ["2030.1", CURRENT]
    assert queries.latest_edition() == "2030.1"


def test_published_terms_never_change(published, revops):
    with pytest.raises(actions.CompRefused, match="never change"):
        actions.change_terms(edition_id=published.pk, clauses=CLAUSES, expected=1, by=revops, at=AT)
    with pytest.raises(actions.CompRefused, match="are kept"):
        actions.delete_terms(edition_id=published.pk, by=revops, at=AT)
    published.clauses = CLAUSES
    for act in (
        published.save,
        published.delete,
        TermsEdition.objects.all().delete,
        lambda: TermsEdition.objects.update(code="x"),
    ):
        with pytest.raises(TermsFrozen):
            act()


@pytest.mark.parametrize(
    "change", ["code = 'x'", "clauses = '{}'", "state = 'DRAFT'", "published_at = NULL"]
)
def test_the_database_itself_refuses_to_change_published_terms(published, change):
    with (
        pytest.raises(IntegrityError, match="never change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE events_termsedition SET {change}")  # noqa: S608


def test_of_two_editors_the_second_is_told(revops):
    edition = TermsEditionFactory()
    actions.change_terms(edition_id=edition.pk, clauses=CLAUSES, expected=1, by=revops, at=AT)

    with pytest.raises(actions.ChangedMeanwhile):
        actions.change_terms(edition_id=edition.pk, clauses={}, expected=1, by=revops, at=AT)

    assert TermsEdition.objects.get().clauses == CLAUSES


@pytest.mark.parametrize("code", ["", CURRENT, "2030.1", "a b", "x" * 21, "../etc"])
def test_an_edition_has_a_code_of_its_own(revops, code):
    TermsEditionFactory(code="2030.1")

    with pytest.raises(actions.CompRefused):
        actions.draft_terms(code=code, clauses={}, by=revops, at=AT)


def test_terms_without_a_clause_are_not_published(revops):
    edition = TermsEditionFactory(clauses={"en": []})

    with pytest.raises(actions.CompRefused, match="no clause"):
        actions.publish_terms(edition_id=edition.pk, by=revops, at=AT)


def test_a_draft_can_be_deleted(revops):
    edition = TermsEditionFactory()

    for _ in range(2):
        actions.delete_terms(edition_id=edition.pk, by=revops, at=AT)

    assert not TermsEdition.objects.exists()


def test_clauses_come_in_a_language_or_in_the_companys():
    TermsEditionFactory(code="2030.1")

    assert queries.clauses_of("2030.1", "fr")[0].title == "Quand"
    assert queries.clauses_of("2030.1", "fr-ca")[0].title == "Quand"
    assert queries.clauses_of("2030.1", "ja")[0].title == "When it is paid"
    assert queries.clauses_of("2030.1")[0].text == "At the end of the month."
    assert len(queries.clauses_of(CURRENT, "fr")) >= 6
    with pytest.raises(KeyError):
        queries.clauses_of("1999")
