import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _quick_and_alone(settings, tmp_path):
    """Cheap password hashes, mail in memory, files of its own, tasks run in place."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.CELERY_TASK_ALWAYS_EAGER = True
    cache.clear()
