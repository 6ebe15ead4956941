"""What went out under addresses and names of before still works: links in mails, tasks in a queue."""

import pytest
from django.urls import resolve, reverse

from events import former_addresses
from sko_planner.celery import app

K = "/k/one-motion/"
FORMER = [
    ("bets/mine/", "events:commitments:mine", []),
    ("packet-questions/", "events:packets:inquiries:inbox", []),
    ("packet-questions/17/", "events:packets:inquiries:thread", [17]),
    ("packet-questions/wishes/4/", "events:packets:inquiries:wish", [4]),
    ("packet-reminders/", "events:packets:coverage:reminders", []),
    ("packet-reminders/now/", "events:packets:coverage:remind", []),
    ("packet-records/mine/", "events:packets:records:mine", []),
    ("packets/report/", "events:packets:coverage:report", []),
    ("plans/people/3/", "events:packets:comp:person", [3]),
    ("letters/12/2/signed/", "events:packets:letters:signed_copy", [12, 2]),
    ("quotas/hires/", "events:packets:quotas:hires", []),
    ("territories/board/", "events:packets:territories:board", []),
]


@pytest.mark.parametrize(("former", "name", "args"), FORMER)
def test_a_former_address_leads_to_its_page(client, former, name, args):
    answer = client.get(f"{K}{former}?from=mail&x=1")

    assert answer.status_code == 308
    now = reverse(name, args=["one-motion", *args])
    assert answer.url == f"{now}?from=mail&x=1"
    assert resolve(now).view_name == name


def test_every_former_address_is_tried():
    tried = {former for former, _name, _args in FORMER}

    assert {
        before
        for before in former_addresses.MOVED
        if not any(former.startswith(before) for former in tried)
    } == set()


def test_a_form_sent_to_a_former_address_is_sent_on_with_its_method(client):
    answer = client.post(f"{K}packet-questions/ask/", {"text": "x"})

    assert answer.status_code == 308
    assert answer.url == reverse("events:packets:inquiries:ask", args=["one-motion"])


def test_a_former_address_leads_nowhere_else(client):
    answer = client.get("/k/one-motion/plans//evil.example/")

    assert answer.url == "/k/one-motion/packets/comp//evil.example/"


def test_what_is_escaped_in_a_former_address_stays_escaped(client):
    answer = client.get("/k/one-motion/plans/a%3Fb%23c/?x=%26")

    assert answer.url == "/k/one-motion/packets/comp/a%3Fb%23c/?x=%26"


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("events.letters.render", "events.packets.letters.render"),
        ("events.records.build_handout", "events.packets.records.build_handout"),
    ],
)
def test_a_task_of_a_former_name_runs_the_same(former, now):
    app.loader.import_default_modules()

    assert app.tasks[former].run == app.tasks[now].run
    assert app.tasks[former].acks_late
