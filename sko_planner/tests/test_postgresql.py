import pytest
from django.db import connection

from sko_planner.postgresql import connection_options


def test_what_the_address_of_the_database_says_comes_last_and_wins():
    said = {"connect_timeout": 30, "sslmode": "require", "options": "-c jit=on -c work_mem=8MB"}

    assert connection_options(said) == {
        "connect_timeout": 30,
        "sslmode": "require",
        "options": "-c jit=off -c jit=on -c work_mem=8MB",
    }


def test_an_address_that_says_nothing_gets_a_time_to_connect_and_no_compiling():
    assert connection_options({}) == {"connect_timeout": 5, "options": "-c jit=off"}


@pytest.mark.postgres
@pytest.mark.django_db
def test_no_statement_is_compiled_just_in_time():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")

        assert cursor.fetchone() == ("off",)
