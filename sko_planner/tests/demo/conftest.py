from datetime import UTC, datetime

import pytest
from django.db import transaction

from sko_planner.demo.load import load

DEMO_NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="package")
def _loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(160, 27, DEMO_NOW)
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded, db):
    """
    The demo company and its three kickoffs, at noon of 21 November 2026.

    Loaded once for all of these tests, since it takes seconds; what a test changes is taken back.
    """
    return _loaded
