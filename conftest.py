import pytest
from django.core.cache import cache
from django.db import connection


@pytest.fixture(autouse=True)
def _quick_and_alone(settings, tmp_path):
    """Cheap password hashes, mail in memory, files of its own, tasks run in place."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.CELERY_TASK_ALWAYS_EAGER = True
    cache.clear()


def pytest_collection_modifyitems(items):
    """Race tests need a database that two workers may write at once."""
    if connection.vendor == "postgresql":
        return
    skip = pytest.mark.skip(reason="runs only on PostgreSQL")
    for item in items:
        if "postgres" in item.keywords:
            item.add_marker(skip)
