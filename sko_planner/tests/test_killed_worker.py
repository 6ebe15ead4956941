"""A worker killed with -9 while it mails: nothing is lost, and nothing is mailed twice."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from core.due.claiming import LEASE
from people.mail.models import Message
from people.mail.queries import count_needing_a_person
from people.tests.factories import PlannerFactory
from reinforcement.tests.factories import DAY_4, ActivityFactory, CampaignFactory, TouchFactory
from reinforcement.touches.models import Touch

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
TOUCHES = 60
ENOUGH = 8  # mails that are out when the worker is killed
PATIENCE_SECONDS = 60
LONG_AFTER = DAY_4 + LEASE + timedelta(minutes=5)


@pytest.fixture
def mails(settings, tmp_path):
    """Where both the killed process and this one put their mail."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "var/mail"
    settings.EMAIL_FILE_PATH.mkdir(parents=True)
    return settings.EMAIL_FILE_PATH


def _database_url():
    """The test database of this process, for another one."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    login = quote(known["USER"], safe="")
    if known["PASSWORD"]:
        login += f":{quote(known['PASSWORD'], safe='')}"
    host = quote(known["HOST"] or "localhost", safe="")
    return f"postgres://{login}@{host}:{known['PORT'] or 5432}/{known['NAME']}"


def _tick_in_another_process(folder):
    env = os.environ | {
        "DATABASE_URL": _database_url(),
        "VAR_DIR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "sko_planner.tests.slow_mail",
        "REDIS_URL": "",
    }
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", "tick", "--at", DAY_4.isoformat()],
        cwd=django_settings.BASE_DIR,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def _addresses(folder: Path):
    """How often each address was mailed."""
    text = "".join(file.read_text() for file in folder.glob("*.log"))
    return Counter(re.findall(r"^To: (\S+)$", text, re.M))


def _kill_amid(process, mails):
    """Kill the process group as soon as some mails are out, never politely."""
    until = time.monotonic() + PATIENCE_SECONDS
    while _addresses(mails).total() < ENOUGH:
        assert process.poll() is None, process.stdout.read()
        assert time.monotonic() < until, "It has mailed too little."
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def _tick(at):
    call_command("tick", at=at.isoformat(), stdout=StringIO())


def test_what_a_killed_worker_left_goes_out_once_or_is_shown_to_a_person(mails, tmp_path, client):
    campaign = CampaignFactory()
    activity = ActivityFactory(campaign=campaign)
    people = [TouchFactory(activity=activity).person.email for _ in range(TOUCHES)]

    _kill_amid(_tick_in_another_process(tmp_path), mails)
    before = _addresses(mails)
    left = Message.objects.due(DAY_4).count()
    _tick(DAY_4)
    _tick(LONG_AFTER)
    after = _addresses(mails)

    stuck = list(Message.objects.stuck(LONG_AFTER).values_list("to_email", flat=True))
    sent = set(Message.objects.filter(state="SENT").values_list("to_email", flat=True))
    assert left > 0, "It was killed too late to prove anything."
    assert set(after.values()) == {1}, "Nobody is mailed twice."
    assert sent <= set(after), "What is recorded as sent has been mailed."
    assert sent | set(stuck) == set(people), "Nobody is forgotten."
    assert not sent & set(stuck)
    assert len(stuck) <= 1, "A worker has one message in hand at most."
    assert after.total() - before.total() == left
    assert Touch.objects.filter(state="SENT", message__isnull=False).count() == TOUCHES
    assert count_needing_a_person(LONG_AFTER) == len(stuck)

    with time_machine.travel(LONG_AFTER, tick=False):
        client.force_login(PlannerFactory())
        outbox = client.get(reverse("people:mail:outbox"), {"state": "needs-you"}).content.decode()
    for address in stuck:
        assert address in outbox
