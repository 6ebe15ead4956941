import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.tests.factories import KickoffFactory
from people.tests.factories import PlannerFactory


@pytest.mark.django_db
def test_a_roster_that_the_disk_has_no_space_for_is_refused_in_words_and_not_kept_by_half(
    client, settings, tmp_path
):
    full = {"default": {"BACKEND": "core.tests.full_disk.FullDisk"}}
    settings.STORAGES = django_settings.STORAGES | full
    client.force_login(PlannerFactory())
    KickoffFactory(slug="sko")
    file = SimpleUploadedFile("roster.csv", b"full_name,email\nBo Ek,bo@x.example\n")

    answer = client.post(reverse("events:attendance:import", args=["sko"]), {"file": file})

    assert answer.status_code == 507
    assert "no space left" in answer.content.decode()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
