"""
A planner who reads through somebody else: a puppet whom they put above a rep, by any route.

The puppet opens nothing of the rep before RevOps has confirmed them, and all of it after.
"""

import pytest
from django.forms import model_to_dict
from django.urls import reverse
from django.utils import timezone

from core.imports.mapping import guess_columns
from core.imports.readers import read_table
from core.imports.rows import parse_rows
from events.attendance.actions import ROSTER_FIELDS, import_roster
from people.accounts.forms import PersonForm, written
from people.org.actions import confirm_managers
from people.org.queries import line_of
from sko_planner.tests.api.clients import client_of
from sko_planner.tests.roles.rows import ROWS, address

# What a manager up the line opens of a rep: figures, letters, questions, wishes
FIGURES = (
    "events:packets:delivery:detail",
    "events:packets:letters:letter",
    "events:packets:letters:signed_copy",
    "events:packets:inquiries:thread",
    "events:packets:inquiries:wish",
)
OPENED = [row for row in ROWS if row.url in FIGURES and "manager" in row.allowed]
READS = [row for row in OPENED if row.method == "get"]
DUTIES = (
    "events:packets:coverage:report",
    "events:prework:team",
    "events:packets:inquiries:team",
    "reinforcement:coaching:team",
)


def by_page(world, client, rep, puppet):
    client.force_login(world["planner"])
    fields = model_to_dict(rep, fields=PersonForm.Meta.fields)
    data = {name: "" if value is None else value for name, value in fields.items()}
    answer = client.post(
        reverse("people:accounts:edit", args=[rep.pk]), data | {"manager": written(puppet)}
    )
    assert answer.status_code == 302, answer.content.decode()


def by_api(world, client, rep, puppet):
    answer = client_of(world["planner"]).patch(f"/api/v1/people/{rep.pk}/", {"manager": puppet.pk})
    assert answer.status_code == 200, answer.data


def by_import(world, client, rep, puppet):
    text = f"name,email,manager\n{rep.full_name},{rep.email},{puppet.email}\n"
    table = read_table(text.encode())
    import_roster(
        kickoff=world.kickoff,
        parsed=parse_rows(table, ROSTER_FIELDS, guess_columns(table.headers, ROSTER_FIELDS)),
        by=world["planner"],
        at=timezone.now(),
    )


def test_every_page_with_figures_is_asked_for():
    assert {row.url for row in READS} == set(FIGURES)


@pytest.mark.parametrize("route", [by_page, by_api, by_import], ids=lambda one: one.__name__)
@pytest.mark.parametrize("whose", ["rep", "manager"])
def test_a_puppet_reads_nothing_before_revops_has_confirmed_and_all_after(
    route, whose, world, client
):
    # The peer's manager comes above the rep, straight or above the rep's own manager
    puppet, moved = world["other_manager"], world[whose]
    urls = {row.url: address(row, world) for row in READS}

    route(world, client, moved, puppet)

    moved.refresh_from_db()
    assert moved.manager == puppet
    assert world["rep"] in line_of(puppet)
    client.force_login(puppet)
    before = {name: client.get(url).status_code for name, url in urls.items()}
    assert before == dict.fromkeys(urls, 404)
    confirm_managers(changes={moved.pk: puppet.pk}, by=world["revops"], at=timezone.now())
    after = {name: client.get(url).status_code for name, url in urls.items()}
    assert after == dict.fromkeys(urls, 200)


@pytest.mark.parametrize("page", DUTIES)
def test_names_and_duties_are_seen_at_once(page, world, client):
    by_api(world, client, world["rep"], world["other_manager"])
    client.force_login(world["other_manager"])

    answer = client.get(reverse(page, args=[world.kickoff.slug]))

    assert answer.status_code == 200
    if page != "events:packets:inquiries:team":
        assert world["rep"].full_name in answer.content.decode()


def test_the_list_of_packets_opens_none_and_says_why(world, client):
    by_api(world, client, world["rep"], world["other_manager"])
    client.force_login(world["other_manager"])

    page = client.get(
        reverse("events:packets:coverage:report", args=[world.kickoff.slug])
    ).content.decode()

    packet = {"slug": world.kickoff.slug, "packet_id": world.things["packet"].pk}
    assert reverse("events:packets:delivery:detail", kwargs=packet) not in page
    assert "RevOps has still to confirm you" in page
    questions = reverse("events:packets:inquiries:team", args=[world.kickoff.slug])
    thread = {"slug": world.kickoff.slug, "inquiry_id": world.things["inquiry"].pk}
    asked = client.get(questions).content.decode()
    assert reverse("events:packets:inquiries:thread", kwargs=thread) not in asked
