import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.statistics import fresh_statistics
from core.tests.planned import rows_planned_for

pytestmark = pytest.mark.django_db


def analysed(work):
    with CaptureQueriesContext(connection) as queries, fresh_statistics():
        work()
    return [query["sql"] for query in queries if query["sql"].startswith("ANALYZE")]


def test_each_table_that_was_written_is_analysed_once():
    def work():
        for number in range(2):
            ContentType.objects.create(app_label="core", model=f"thing{number}")

    assert analysed(work) == ['ANALYZE "django_content_type"']


def test_a_table_that_was_changed_is_analysed_and_one_that_was_read_is_not():
    thing = ContentType.objects.create(app_label="core", model="thing")

    assert analysed(lambda: ContentType.objects.filter(pk=thing.pk).update(model="other")) == [
        'ANALYZE "django_content_type"'
    ]
    assert analysed(lambda: list(ContentType.objects.all())) == []


def test_work_that_fails_is_told_and_nothing_is_analysed():
    def work():
        ContentType.objects.create(app_label="core", model="thing")
        raise ZeroDivisionError

    with CaptureQueriesContext(connection) as queries, pytest.raises(ZeroDivisionError):
        analysed(work)

    assert not any("ANALYZE" in query["sql"] for query in queries)


def test_the_database_knows_how_many_rows_there_are():
    with fresh_statistics():
        ContentType.objects.bulk_create(
            ContentType(app_label="core", model=f"thing{number}") for number in range(500)
        )

    assert rows_planned_for("django_content_type") == ContentType.objects.count()
