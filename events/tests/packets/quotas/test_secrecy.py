"""Figures are need-to-know: the attacks on quota planning."""

import logging

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from events.packets.quotas.models import NewHireRule, PlanRate, QuotaNode, QuotaPlan
from events.sealing.models import sealed_columns
from events.sealing.rules import Unreadable, seal
from events.tests.packets.quotas.factories import (
    NewHireRuleFactory,
    QuotaNodeFactory,
    QuotaPlanFactory,
)
from events.tests.packets.quotas.pages import FIGURES, QUOTA, TARGET, at, of, upload
from events.tests.world import build_world
from people.activity.models import Entry
from people.mail.models import Message

pytestmark = [pytest.mark.look, pytest.mark.django_db]
PAGES = ("plan", "settings", "cascade", "hires", "add_rule", "import")


@pytest.fixture
def world():
    world = build_world()
    plan = QuotaPlanFactory(kickoff=world.kickoff, target=TARGET)
    world.things["plan"] = plan
    for role in ("manager", "other_manager", "rep", "peer"):
        QuotaNodeFactory(plan=plan, person=world[role], amount=QUOTA)
    NewHireRuleFactory(plan=plan, standards={"EUR": QUOTA})
    return world


def addresses(world):
    yield from (at(world, page) for page in PAGES)
    yield of(world, "person")
    yield at(world, "export", kind="csv")
    yield at(world, "export", kind="xlsx")


@pytest.mark.parametrize(
    "role", ["planner", "executive", "manager", "rep", "peer", "outsider", "other_manager"]
)
def test_nobody_but_revops_gets_at_a_quota(client, world, role):
    client.force_login(world[role])

    for url in addresses(world):
        answer = client.get(url)
        assert answer.status_code == 404
        assert not FIGURES.search(answer.content.decode())
    for page in ("edit", "unpin", "person"):
        said = {"amount": "1", "seen": "1"}
        assert client.post(of(world, page), said).status_code == 404
    for page in ("cascade", "lock", "settings"):
        assert client.post(at(world, page), {"seen": "1"}).status_code == 404
    world.things["plan"].refresh_from_db()
    assert world.things["plan"].version == 1


def test_pages_with_figures_are_kept_in_no_cache(client, world):
    client.force_login(world["revops"])

    kept = {url: client.get(url)["Cache-Control"] for url in addresses(world)}
    assert kept
    assert {url: how for url, how in kept.items() if "no-store" not in how} == {}


def test_no_figure_is_in_logs_tables_mails_or_the_trail(client, world, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(world["revops"])
    for url in addresses(world):
        client.get(url)
    client.post(of(world, "edit"), {"amount": QUOTA, "seen": "1"})
    client.post(at(world, "cascade"), {"seen": "2"})
    page = upload(client, world, f"rep,quota\n{world['peer'].email},{TARGET}\n")
    client.post(page.request["PATH_INFO"])

    stored = [
        *Message.objects.values_list("subject", "body", "key"),
        *Entry.objects.values_list("verb", "note"),
        *QuotaPlan.objects.values_list(),
        *QuotaNode.objects.values_list(),
        *NewHireRule.objects.values_list(),
        *PlanRate.objects.values_list(),
    ]
    assert len(stored) > 12
    assert not FIGURES.search(repr(stored))
    assert not FIGURES.search(caplog.text)


def test_every_look_is_in_the_trail(client, world):
    client.force_login(world["revops"])

    for url in addresses(world):
        client.get(url)

    verbs = list(Entry.objects.values_list("verb", flat=True))
    assert {verb: verbs.count(verb) for verb in set(verbs)} == {
        "quotas.listed": 3,
        "quotas.exported": 2,
        "quota.viewed": 1,
    }
    viewed = Entry.objects.get(verb="quota.viewed")
    assert (viewed.actor, viewed.subject) == (world["revops"], world["rep"])
    client.force_login(world["rep"])
    trail = client.get(reverse("people:activity:mine")).content.decode()
    assert "Your quota was opened" in trail


def test_turning_the_key_reaches_each_quota():
    columns = {(model, name) for model, name in sealed_columns()}

    assert {(QuotaPlan, "sealed"), (QuotaNode, "sealed"), (NewHireRule, "sealed")} <= columns


def test_the_quota_of_one_person_copied_into_the_row_of_another_does_not_open():
    theirs, mine = QuotaNodeFactory(amount=917342), QuotaNodeFactory(amount=800000)
    QuotaNode.objects.filter(pk=mine.pk).update(sealed=theirs.sealed)
    mine.refresh_from_db()

    with pytest.raises(Unreadable, match="another row"):
        mine.read()
    assert theirs.read().amount == 917342


def test_no_quota_is_in_the_admin_site():
    shown = set(admin.site._registry) & set(apps.get_app_config("events").get_models())

    assert shown.isdisjoint({QuotaPlan, QuotaNode, NewHireRule, PlanRate})


def test_what_no_key_opens_is_explained_and_nothing_shown(client, world):
    other_key = ["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="]
    node = world.things["plan"].nodes.get(person=world["rep"])
    QuotaNode.objects.filter(pk=node.pk).update(sealed=seal("{}", other_key))
    client.force_login(world["revops"])

    for url in (at(world, "plan"), of(world, "person"), at(world, "cascade")):
        answer = client.get(url)
        assert answer.status_code == 500
        assert "cannot be opened" in answer.content.decode()
        assert not FIGURES.search(answer.content.decode())


def test_another_kickoff_shows_none_of_this_ones_people(client, world):
    elsewhere = QuotaPlanFactory()
    client.force_login(world["revops"])

    url = reverse(
        "events:packets:quotas:person",
        kwargs={"slug": elsewhere.kickoff.slug, "person_id": world["rep"].pk},
    )

    assert client.get(url).status_code == 404
