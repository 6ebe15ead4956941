from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

from core.ui.vendor import VENDORED

NOT_OURS = ["admin", "drf_spectacular_sidecar", "rest_framework", "django_htmx", "account"]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Everything of ours as production collects it: under hashed names, compressed."""
    folder = tmp_path_factory.mktemp("static")
    kept = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": kept}
    with override_settings(STATIC_ROOT=folder, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_OURS)
        yield folder


@pytest.mark.long
def test_vendored_files_are_collected_under_hashed_names(collected):
    hashed = {path: staticfiles_storage.stored_name(path) for path in VENDORED}

    assert all((collected / name).is_file() for name in hashed.values())
    assert all(path != name for path, name in hashed.items())


@pytest.mark.long
def test_hashed_styles_name_hashed_files(collected):
    css = (collected / staticfiles_storage.stored_name("core/ui/tokens.css")).read_text()
    font = staticfiles_storage.stored_name("vendor/archivo-latin-wdth-normal.woff2")

    assert f"vendor/{Path(font).name}" in css


@pytest.mark.parametrize("path", VENDORED)
def test_every_vendored_file_is_found(path):
    assert finders.find(path)


@pytest.mark.parametrize(
    "path", ["vendor/nothing.css", "@tabler/core/package.json", "vendor/../package.json"]
)
def test_no_other_file_of_node_modules_is_served(path):
    assert finders.find(path) is None
