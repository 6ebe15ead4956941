"""Figures are need-to-know: the attacks on comp."""

import logging
import sys

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.core.signals import got_request_exception
from django.urls import reverse
from django.views.debug import ExceptionReporter

from events.packets.comp.models import CompPlan, PersonComp, PlanRole, RolePay, TermsEdition
from events.packets.comp.urls import urlpatterns
from events.sealing.rules import Unreadable
from events.tests.packets.comp.factories import PersonCompFactory, RolePayFactory
from events.tests.packets.comp.pages import FIGURES, at, signed_in, typed
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import put_under

pytestmark = [pytest.mark.look, pytest.mark.django_db]
OTHERS = ["rep", "peer", "manager", "other_manager", "planner", "executive", "outsider"]


def addresses(world):
    kwargs = {
        "plan_id": world.things["plan"].pk,
        "person_id": world["rep"].pk,
        "edition_id": 1,
        "token": "x",
    }
    for pattern in urlpatterns:
        needed = pattern.pattern.converters
        yield at(world, pattern.name, **{name: kwargs[name] for name in needed})


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_revops_gets_at_any_page_by_its_address(client, world, role):
    signed_in(client, world, role)

    answers = {
        (url, ask.__name__): ask(url)
        for url in addresses(world)
        for ask in (client.get, client.post)
    }
    assert answers
    for where, answer in answers.items():
        assert answer.status_code in (404, 405), where
        assert not FIGURES.search(answer.content.decode())


@pytest.mark.parametrize("role", ["planner", "executive"])
def test_a_planner_or_executive_up_the_line_gets_no_figures_either(client, world, role):
    put_under(world["rep"], world[role])

    url = at(world, "person", person_id=world["rep"].pk)
    assert signed_in(client, world, role).get(url).status_code == 404


def test_a_plan_and_a_person_of_another_kickoff_are_not_found_under_this_one(client, world):
    elsewhere = type(world.kickoff).objects.create(
        slug="elsewhere", name="Elsewhere", fiscal_year="FY28", time_zone="UTC",
        starts_date="2027-02-02", ends_date="2027-02-03", owner=world["planner"],
    )  # fmt: skip
    signed_in(client, world)

    for name, kwargs in (
        ("edit", {"plan_id": world.things["plan"].pk}),
        ("person", {"person_id": world["rep"].pk}),
    ):
        url = reverse(f"events:packets:comp:{name}", kwargs={"slug": elsewhere.slug, **kwargs})
        assert client.get(url).status_code == 404


def test_every_page_that_may_show_figures_is_kept_by_no_cache(client, world):
    signed_in(client, world)

    for name in ("people", "cost", "export", "import"):
        assert "no-store" in client.get(at(world, name)).headers["Cache-Control"]
    for url in (
        at(world, "person", person_id=world["rep"].pk),
        at(world, "title") + "?title=Mid-market%20AE",
    ):
        assert "no-store" in client.get(url).headers["Cache-Control"]


def test_no_figure_is_in_log_mail_audit_note_or_table(client, world, caplog):
    caplog.set_level(logging.DEBUG)
    signed_in(client, world)
    form = {"currency": "EUR", "base": "83117", "target_variable": "57773", "reason": "83117 kept"}
    client.post(at(world, "person", person_id=world["peer"].pk), {**form, "version": ""})
    for name in ("people", "cost", "export"):
        client.get(at(world, name))

    assert PersonComp.objects.count() == 2
    stored = [
        *Message.objects.values_list("subject", "body"),
        *Entry.objects.values_list("verb", "note"),
        *PersonComp.objects.values_list(),
        *RolePay.objects.values_list(),
        *CompPlan.objects.values_list(),
    ]
    assert not FIGURES.search(repr(stored))
    assert not FIGURES.search(caplog.text)


@pytest.fixture
def report():
    """What a report of the last error says: with its request, and all variables of its frames."""
    reports = []

    def keep(sender, request, **kwargs):
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.append(reporter.get_traceback_html() + reporter.get_traceback_text())

    got_request_exception.connect(keep)
    yield reports
    got_request_exception.disconnect(keep)


def broken(*args, **kwargs):
    raise RuntimeError("broken")


@pytest.mark.parametrize("page", ["people", "export", "cost", "person", "title"])
def test_no_figure_is_in_the_report_of_an_error(client, world, monkeypatch, report, page):
    kwargs = {"person_id": world["rep"].pk} if page == "person" else {}
    for name in ("people", "cost"):
        monkeypatch.setattr(f"events.packets.comp.views.{name}.render", broken)
    monkeypatch.setattr("events.packets.comp.views.people.csv_response", broken)
    client.raise_request_exception = False

    signed_in(client, world).get(at(world, page, **kwargs), {"title": "Mid-market AE"})

    assert len(report) == 1
    assert not FIGURES.search(report[0])


def test_no_figure_of_a_form_is_in_the_report_of_an_error(client, world, monkeypatch, report):
    client.raise_request_exception = False
    monkeypatch.setattr("events.packets.comp.actions.paying.record_entry", broken)
    form = {"currency": "EUR", "base": "83117", "target_variable": "57773", "reason": "83117 it is"}

    signed_in(client, world).post(at(world, "person", person_id=world["peer"].pk), form)
    client.post(
        at(world, "title") + "?title=Mid-market%20AE",
        {
            "plan": "", "pay-TOTAL_FORMS": "1", "pay-INITIAL_FORMS": "0", "pay-0-currency": "EUR",
            "pay-0-base": "83117", "pay-0-target_variable": "57773",
        },
    )  # fmt: skip

    assert len(report) == 2
    assert not FIGURES.search("".join(report))


def test_search_finds_no_figure_and_no_reason(client, world):
    for role, words in (("revops", "831"), ("planner", "hiring")):
        page = signed_in(client, world, role).get(reverse("search"), {"q": words})
        assert not FIGURES.search(page.content.decode())
        assert "Agreed on" not in page.content.decode()


def test_no_comp_is_in_the_admin_site():
    models = {CompPlan, PersonComp, PlanRole, RolePay, TermsEdition}

    assert models <= set(apps.get_models())
    assert models.isdisjoint(admin.site._registry)


def test_turning_the_key_seals_pay_anew_and_changes_nothing(settings, world, capsys):
    old, new = settings.PACKET_KEYS, Fernet.generate_key().decode()
    before = PersonComp.objects.get()
    settings.PACKET_KEYS = [new, *old]

    call_command("rotate_packet_key")

    settings.PACKET_KEYS = [new]
    after = PersonComp.objects.get()
    assert after.sealed != before.sealed
    assert after.read().base == 83117
    assert RolePay.objects.get().read().base == 83117


def test_the_pay_of_one_person_copied_into_the_row_of_another_does_not_open():
    theirs, mine = PersonCompFactory(base=917342), PersonCompFactory(base=80000)
    dear, cheap = RolePayFactory(base=917342), RolePayFactory(base=80000)
    for from_row, to_row in ((theirs, mine), (dear, cheap)):
        type(to_row).objects.filter(pk=to_row.pk).update(sealed=from_row.sealed)
        to_row.refresh_from_db()

        with pytest.raises(Unreadable, match="another row"):
            to_row.read()
        assert from_row.read().base == 917342


def test_names_and_words_that_people_wrote_are_never_markup(client, world):
    evil = "<script>alert(1)</script>"
    signed_in(client, world).post(
        at(world, "create"),
        typed(**{"name": evil, "m-0-name": evil, "x-0-role": evil, "x-0-share": "100"}),
    )
    plan = CompPlan.objects.get(name=evil)

    for url in (at(world, "list"), at(world, "edit", plan_id=plan.pk), at(world, "people")):
        assert evil not in client.get(url).content.decode()
    preview = client.post(at(world, "preview"), typed(**{"m-0-name": evil, "currency": evil}))
    assert evil not in preview.content.decode()


def test_the_audit_trail_says_who_opened_what(client, world):
    signed_in(client, world).get(at(world, "person", person_id=world["rep"].pk))

    entry = Entry.objects.get(verb="comp.viewed")
    assert (entry.actor, entry.subject) == (world["revops"], world["rep"])
