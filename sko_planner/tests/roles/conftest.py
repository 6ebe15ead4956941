import pickle
from copy import deepcopy
from shutil import copytree

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import trans_real

from conftest import PASSWORD
from core.tests.access import ROLES
from core.ui import parts
from people.accounts.models import Person
from people.waiting.actions import renew
from people.waiting.models import Standing
from sko_planner.tests.roles.rows import address, whole_world
from sko_planner.tests.roles.words import Bracketed


@pytest.fixture(scope="package")
def _kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """A world and what signs each of its people in, made once: what a test changes is taken back."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media):
            world = whole_world()
        cookies = {}
        for role in ROLES:
            client = Client()
            if role != "anonymous":
                client.force_login(world[role])
                client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
            cookies[role] = client.cookies
        # As after a tick: tests see what is kept of people, and that it is exact
        renew(people=list(Person.objects.all()), at=timezone.now())
        yield pickle.dumps(world), cookies, media
        transaction.set_rollback(True)


@pytest.fixture
def world(_kept, db, settings):
    """The world of the matrix as it was made."""
    pickled, _cookies, media = _kept
    copytree(media, settings.MEDIA_ROOT)
    return pickle.loads(pickled)  # noqa: S301 - ours; many times as quick as a deep copy


@pytest.fixture
def ask(_kept, world, client):
    """
    `ask(row, "rep", item_id=7)`: what a row answers to a role, in a browser of its own.

    Everybody has typed their password a moment ago.
    """
    _pickled, cookies, _media = _kept

    def answer(row, role, **changes):
        client.cookies = deepcopy(cookies[role])
        url = address(row, world, **changes)
        return getattr(client, row.method)(url, dict(row.data(world)))

    return answer


@pytest.fixture
def in_brackets(db, monkeypatch):
    """Each translated string stands in ⟦ ⟧; what is kept was put into words before."""
    Standing.objects.all().delete()
    monkeypatch.setattr(trans_real, "translation", lambda language: Bracketed())
    parts.forget()
    translation.activate("en")
    yield
    monkeypatch.undo()
    parts.forget()
    translation.activate("en")
