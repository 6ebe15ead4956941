from datetime import UTC, datetime, timedelta

import pytest

from core.tests.races import at_once
from people.limits import actions
from people.limits.models import Try
from people.limits.rules import Limit, digest

NOON = datetime(2027, 2, 3, 12, tzinfo=UTC)
THREE_A_MINUTE = [Limit(3, timedelta(minutes=1))]
KNOCK = digest("knock", "rep@meridane.example")


def allowed(at=NOON, limits=THREE_A_MINUTE, of=KNOCK):
    return actions.is_allowed(digest=of, limits=limits, at=at)


@pytest.mark.django_db
def test_a_fourth_try_within_the_minute_may_not_go_on_and_is_not_counted():
    assert [allowed() for _ in range(5)] == [True, True, True, False, False]
    assert Try.objects.count() == 3


@pytest.mark.django_db
def test_the_span_slides_with_the_clock():
    for seconds in (0, 20, 40):
        allowed(NOON + timedelta(seconds=seconds))

    assert not allowed(NOON + timedelta(seconds=59))
    assert allowed(NOON + timedelta(seconds=60))
    assert not allowed(NOON + timedelta(seconds=61))


@pytest.mark.django_db
def test_every_limit_holds():
    limits = [*THREE_A_MINUTE, Limit(4, timedelta(hours=1))]

    minutes = [allowed(NOON + timedelta(minutes=2 * number), limits) for number in range(6)]

    assert minutes == [True, True, True, True, False, False]


@pytest.mark.django_db
def test_tries_at_something_else_do_not_count():
    for _ in range(3):
        allowed(of=digest("knock", "other@meridane.example"))

    assert allowed()


@pytest.mark.django_db
def test_a_try_that_was_right_counts_no_more():
    for _ in range(3):
        actions.take_back(actions.count_try(digest=KNOCK, limits=THREE_A_MINUTE, at=NOON))

    assert not Try.objects.exists()


@pytest.mark.django_db
def test_tries_are_forgotten_after_a_day():
    allowed(NOON)
    allowed(NOON + timedelta(seconds=1))

    assert actions.forget_old(NOON + timedelta(days=1)) == {"forgotten": 1}
    assert Try.objects.get().at == NOON + timedelta(seconds=1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_no_more_than_the_limit_are_within_it():
    tries = at_once(
        lambda: actions.count_try(digest=KNOCK, limits=THREE_A_MINUTE, at=NOON), times=15
    )

    assert sum(counted.is_within for counted in tries) <= 3
    assert Try.objects.count() == 15
