from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import override_settings

from sko_planner.demo.load import load

DEMO_NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), quick, transaction.atomic():
        yield load(160, 27, DEMO_NOW)
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded, db):
    """
    The demo company and its three kickoffs, at noon of 21 November 2026.

    Loaded once for the tests of a file, since it takes seconds; what a test changes is taken back.
    """
    return _loaded
