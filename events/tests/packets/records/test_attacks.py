"""
Where a figure could leak, attacked for each role: logs, mails, search, exports of others, error
pages, caches, the admin site, the API, audit notes, tasks, addresses and titles.

The marker figures stand nowhere else: a quota of 917,342, a base of 83,117, a variable of 57,773.
"""

import json
import logging
import re

import pytest
from celery import current_app
from django.contrib import admin
from django.core.cache import cache
from django.db.models import CharField, JSONField, TextField
from django.test import override_settings
from django.urls import reverse

from events.packets.coverage import actions as reminders
from events.packets.coverage.models import Reminder, ReminderPlan
from events.packets.coverage.views import board
from events.packets.delivery import queries
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.views import mine
from events.packets.records import actions
from events.packets.records.models import Handout, HandoutPart, LeaverLink, LegalHold
from events.packets.records.views import retention
from events.sealing.models import SealedField, sealed_columns
from events.tests.packets.delivery.pages import FIGURES
from people.accounts.models import Person
from people.activity.models import Entry
from people.mail.models import Message

pytestmark = pytest.mark.django_db
EVERYBODY_ELSE = ("planner", "executive", "other_manager", "peer", "outsider")
READERS = ("rep", "manager", "revops")
ROLES = (*READERS, *EVERYBODY_ELSE)


def url(world, name, **kwargs):
    return reverse(name, kwargs={"slug": world.kickoff.slug, **kwargs})


def pages_for_all(world):
    """Pages that hold no figures, for whoever gets them."""
    slug = {"slug": world.kickoff.slug}
    return [
        reverse("home"),
        reverse("kickoff_home", kwargs=slug),
        reverse("search") + "?q=Benyahia",
        *(
            url(world, f"events:packets:coverage:{page}")
            for page in ("board", "now", "wall", "export", "report", "reminders")
        ),
        *(
            url(world, f"events:packets:records:{page}")
            for page in ("retention", "exports", "leavers")
        ),
        url(world, "events:packets:records:hold", packet_id=world.things["packet"].pk),
        url(world, "events:packets:records:mine"),
        url(world, "events:attendance:roster"),
        reverse("people:activity:mine"),
    ]


def body(answer):
    if answer.streaming:
        return b"".join(answer.streaming_content).decode(errors="replace")
    # An address in memory, on the technical page, may hold any five digits
    return re.sub("0x[0-9a-f]+", "", answer.content.decode(errors="replace"))


@pytest.mark.parametrize("role", ROLES)
def test_no_page_that_is_not_a_packet_shows_a_figure_to_anybody(client, world, role, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(world[role])

    seen = [(path, client.get(path, follow=True)) for path in pages_for_all(world)]

    # RevOps comes home to the desk, where quotas are listed: that is theirs to read
    own = url(world, "events:packets:delivery:desk") if role == "revops" else None
    for path, answer in seen:
        if answer.request["PATH_INFO"] != own:
            assert not FIGURES.search(body(answer)), path
    assert not FIGURES.search(caplog.text)


@pytest.mark.parametrize("role", EVERYBODY_ELSE)
def test_whoever_may_not_read_a_packet_is_told_that_it_is_not_there(client, world, role):
    client.force_login(world[role])
    packet = world.things["packet"]

    for name, kwargs in (
        ("events:packets:delivery:detail", {"packet_id": packet.pk}),
        ("events:packets:letters:letter", {"packet_id": packet.pk, "number": 1}),
        ("events:packets:letters:letter", {"packet_id": packet.pk, "number": 2}),
        ("events:packets:records:hold", {"packet_id": packet.pk}),
    ):
        answer = client.get(url(world, name, **kwargs))
        assert answer.status_code == 404
        assert not FIGURES.search(body(answer))


@pytest.mark.parametrize("role", EVERYBODY_ELSE)
def test_a_handout_of_others_is_not_there_by_any_guess(client, world, role):
    export = actions.export_for_counsel(
        kickoff=world.kickoff, purpose="x", by=world["revops"], at=world.things["first"].released_at
    )
    own = actions.ask_for_own(by=world["rep"], at=world.things["first"].released_at)
    client.force_login(world[role])

    for handout in (export, own):
        for page in ("export_download", "export_end", "mine_download"):
            path = url(world, f"events:packets:records:{page}", handout_id=handout.pk)
            assert client.post(path).status_code == 404
            assert client.get(path).status_code in (404, 405)


def test_revops_does_not_fetch_what_a_rep_asked_for(client, world):
    own = actions.ask_for_own(by=world["rep"], at=world.things["first"].released_at)
    client.force_login(world["revops"])

    for page in ("export_download", "mine_download"):
        path = url(world, f"events:packets:records:{page}", handout_id=own.pk)
        assert client.post(path).status_code == 404


@pytest.mark.parametrize("role", READERS)
def test_pages_with_figures_are_kept_in_no_cache(client, world, role):
    client.force_login(world[role])
    packet = world.things["packet"]
    pages = [url(world, "events:packets:letters:letter", packet_id=packet.pk, number=2)]
    if role == "rep":
        pages.append(url(world, "events:packets:delivery:mine"))
    else:
        pages.append(url(world, "events:packets:delivery:detail", packet_id=packet.pk))

    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert "ETag" not in answer.headers
    assert not FIGURES.search(repr(list(cache._cache.items())))  # of the cache in memory


def test_titles_and_addresses_hold_no_figure(client, world):
    client.force_login(world["rep"])
    page = client.get(url(world, "events:packets:delivery:mine")).content.decode()

    assert FIGURES.search(page)  # it is theirs
    title = re.search(r"<title>(.*?)</title>", page, re.S).group(1)
    links = re.findall(r'(?:href|action|hx-get|src)="([^"]*)"', page)
    assert not FIGURES.search(title)
    assert not any(FIGURES.search(link) for link in links)
    assert re.search(r'name="referrer"', page) is None
    answer = client.get(url(world, "events:packets:delivery:mine"))
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize(
    ("module", "name", "role", "page"),
    [
        (mine, "render", "rep", "events:packets:delivery:mine"),
        (board, "render", "planner", "events:packets:coverage:board"),
        (retention, "render", "revops", "events:packets:records:retention"),
    ],
)
def test_an_error_page_shows_no_figure_and_neither_does_the_log(
    client, world, monkeypatch, caplog, debug, module, name, role, page
):
    """What a view had in hand when it failed: in the technical page, and in the log."""
    caplog.set_level(logging.DEBUG)

    def fail(request, template, context=None, **kwargs):
        figures_in_hand = context  # noqa: F841  (a local that the technical page would show)
        raise RuntimeError("something broke")

    monkeypatch.setattr(module, name, fail)
    client.raise_request_exception = False
    client.force_login(world[role])

    with override_settings(DEBUG=debug, DEBUG_PROPAGATE_EXCEPTIONS=False):
        answer = client.get(url(world, page))

    assert answer.status_code == 500
    text = body(answer)
    assert ("RuntimeError" in text) is debug
    assert not FIGURES.search(text)
    assert not FIGURES.search(caplog.text)


def test_the_technical_page_hides_what_views_with_figures_had_in_hand(client, world, monkeypatch):
    def fail(version, by, **kwargs):
        raise RuntimeError("something broke")

    monkeypatch.setattr(mine.actions, "record_reading", fail)
    client.raise_request_exception = False
    client.force_login(world["rep"])

    with override_settings(DEBUG=True, DEBUG_PROPAGATE_EXCEPTIONS=False):
        text = body(client.get(url(world, "events:packets:delivery:mine")))

    assert "RuntimeError" in text
    assert not FIGURES.search(text)


@pytest.mark.parametrize("role", ["planner", "executive", "revops", "manager", "rep"])
@pytest.mark.parametrize("words", ["917342", "917,342", "83117", "57773", "Claim"])
def test_search_finds_no_figure_and_no_matter(client, world, role, words):
    actions.place_hold(
        packet_id=world.things["packet"].pk,
        reason="Claim over 917342",
        by=world["revops"],
        at=world.things["first"].released_at,
    )
    client.force_login(world[role])

    text = body(client.get(reverse("search"), {"q": words}))

    assert not FIGURES.search(re.sub(r"917(,|%2C)?342|83117|57773", "", text))
    found = text.split("<main", 1)[1]
    assert "Benyahia" not in found


def test_neither_mails_nor_trail_nor_tables_hold_a_figure_after_all_that_is_done(world):
    at = world.things["first"].released_at
    by = world["revops"]
    reminders.remind_reps(kickoff=world.kickoff, only_unopened=False, region_id=None, by=by, at=at)
    hold = actions.place_hold(
        packet_id=world.things["packet"].pk, reason="Claim over 917342", by=by, at=at
    )
    handout = actions.export_for_counsel(
        kickoff=world.kickoff, purpose="Claim over 917,342", by=by, at=at
    )
    actions.build_handout(handout_id=handout.pk, at=at)
    actions.record_fetch(handout=Handout.objects.get(), by=by, at=Handout.objects.get().ready_at)
    actions.lift_hold(hold_id=hold.pk, by=by, at=at)
    Person.objects.filter(pk=world["peer"].pk).update(is_active=False)
    actions.make_link(kickoff=world.kickoff, rep_id=world["peer"].pk, by=by, at=at)

    assert Message.objects.exists()
    assert Entry.objects.count() >= 8
    for model in (
        Message, Entry, Handout, HandoutPart, LeaverLink, LegalHold, PacketVersion, Reminder,
        ReminderPlan,
    ):  # fmt: skip
        # Keys, times and sealed tokens are no words: a token may hold any run of digits
        plain = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField | JSONField)
            and not isinstance(field, SealedField)
            and not field.name.endswith("_hash")
        ]
        assert not FIGURES.search(repr(list(model.objects.values_list(*plain)))), model


def test_what_may_quote_a_figure_is_a_sealed_column():
    columns = {f"{model.__name__}.{name}" for model, name in sealed_columns()}

    assert {
        "Handout.sealed_purpose",
        "HandoutPart.sealed",
        "LegalHold.sealed_reason",
        "PacketVersion.sealed",
    } <= columns


def test_nothing_of_records_or_packets_is_in_the_admin_site():
    shown = {model._meta.label for model in admin.site._registry}

    kept = {
        model._meta.label
        for model in (PacketVersion, Handout, HandoutPart, LeaverLink, LegalHold, Reminder)
    }
    assert shown.isdisjoint(kept)


def test_the_api_knows_no_packet(client, world):
    client.force_login(world["planner"])

    schema = body(client.get("/api/v1/schema/", headers={"accept": "application/json"})).lower()

    assert schema
    for word in ("packet", "quota", "handout", "comp_plan"):
        assert f"/{word}" not in schema


def test_tasks_carry_numbers_alone(world, monkeypatch):
    sent = []

    def keep(self, name, args=None, kwargs=None, **options):
        sent.append((name, args, kwargs))

    monkeypatch.setattr(type(current_app._get_current_object()), "send_task", keep)
    handout = actions.export_for_counsel(
        kickoff=world.kickoff,
        purpose="917342",
        by=world["revops"],
        at=world.things["first"].released_at,
    )
    task = current_app.tasks["events.packets.records.build_handout"]
    result = task.apply(kwargs={"handout_id": handout.pk}).result

    assert result is False
    assert json.dumps([{"handout_id": handout.pk}, result])
    assert not FIGURES.search(repr(sent))
    assert all(
        not FIGURES.search(str(value))
        for value in (result, handout.pk, task.name, str(handout), repr(handout))
    )


def test_the_coverage_file_holds_states_and_no_figure(client, world):
    for role in ("planner", "executive", "revops"):
        client.force_login(world[role])
        text = body(client.get(url(world, "events:packets:coverage:export")))
        assert "Aïcha Benyahia" in text
        assert not FIGURES.search(text)


def test_each_export_of_a_packet_is_in_the_trail_that_the_rep_sees(client, world):
    at = world.things["first"].released_at
    handout = actions.export_for_counsel(
        kickoff=world.kickoff, purpose="Claim", by=world["revops"], at=at
    )
    actions.build_handout(handout_id=handout.pk, at=at)
    handout.refresh_from_db()
    actions.record_fetch(handout=handout, by=world["revops"], at=handout.ready_at)
    client.force_login(world["rep"])

    page = body(client.get(url(world, "events:packets:delivery:mine")))
    trail = body(client.get(reverse("people:activity:mine")))

    assert "Mateusz Wiśniewski exported this" in page
    assert "Your packet was exported for counsel" in trail
    assert "Claim" not in page + trail
    assert len(queries.openings(world.things["packet"])) == 1
