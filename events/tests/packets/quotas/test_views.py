"""The pages of quota planning: what they show, what they refuse, what the trail says."""

from datetime import date
from decimal import Decimal

import pytest

from core.tests.html import tight
from events.packets.quotas import queries
from events.packets.quotas.models import QuotaPlan
from events.packets.quotas.rules.figures import Figures
from events.packets.quotas.views.showing import notices_of
from events.tests.factories import AttendeeFactory, OpportunityFactory
from events.tests.packets.quotas.factories import (
    PlanRateFactory,
    QuotaNodeFactory,
    team_of,
)
from events.tests.packets.quotas.pages import QUOTA, at, of, settings_data, text_of
from people.accounts.models import Person
from people.activity.models import Entry
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def post(desk, world, role="rep", headers=None, **data):
    node = world.things["plan"].nodes.filter(person=world[role]).first()
    said = {"seen": node.version if node else 0, **data}
    return desk.post(of(world, "edit", role), said, headers=headers, follow=headers is None)


def test_a_kickoff_without_a_plan_teaches_the_first_step(desk, world):
    QuotaPlan.objects.all().delete()

    page = desk.get(at(world, "plan"))

    assert "Start the quota plan" in text_of(page)
    assert desk.get(at(world, "cascade")).status_code == 404
    assert desk.get(of(world, "person")).status_code == 404


def test_the_tree_shows_amounts_shares_and_flags(desk, world):
    page = text_of(desk.get(at(world, "plan")))

    assert "Ines Carvalhal carries the company target" in page
    assert "€7,134,982" in page
    # The peer's manager hands out 35% more, the rep's a quarter of what the manager carries
    assert "+35%" in page
    assert "Above 25%" in page
    assert "Given too little" in page
    entry = Entry.objects.get(verb="quotas.listed")
    assert (entry.actor, entry.note) == (world["revops"], "")


def test_only_what_needs_somebody_or_only_one_managers_people(desk, world):
    _manager, reps = team_of(
        world.kickoff, 1, manager=PersonFactory(manager=world["manager"].manager)
    )
    QuotaNodeFactory(plan=world.things["plan"], person=reps[0])
    QuotaNodeFactory(plan=world.things["plan"], person=_manager)

    attention = desk.get(at(world, "plan"), {"show": "attention"})
    within = desk.get(at(world, "plan"), {"under": world["manager"].pk})
    nonsense = desk.get(at(world, "plan"), {"under": "9" * 30})

    assert [one.row.member.person_id for one in attention.context["rows"]] == [
        world["manager"].pk,
        world["other_manager"].pk,
    ]
    assert [one.row.member.person_id for one in within.context["rows"]] == [
        world["manager"].pk,
        world["rep"].pk,
    ]
    assert len(nonsense.context["rows"]) == 6


def test_with_very_many_people_reps_are_shown_by_their_managers(desk, world, monkeypatch):
    monkeypatch.setattr("events.packets.quotas.views.showing.MOST_ROWS", 3)

    page = desk.get(at(world, "plan"))

    assert all(one.row.is_manager for one in page.context["rows"])
    assert "shown by their managers" in text_of(page)


def test_an_odd_tree_is_told_in_words(desk, world):
    alone = PersonFactory(full_name="Ada Alone")
    AttendeeFactory(kickoff=world.kickoff, person=alone)
    gone = PersonFactory(full_name="Bo Gone", leave_date=date(2026, 1, 1))
    AttendeeFactory(kickoff=world.kickoff, person=gone)
    world.kickoff.attendees.filter(person=world["manager"]).delete()
    left = PersonFactory(full_name="Cy Left")
    QuotaNodeFactory(plan=world.things["plan"], person=left)

    page = text_of(desk.get(at(world, "plan")))

    assert "Ada Alone has no manager" in page
    assert "Left out, since they leave before the plan year starts: Bo Gone." in page
    assert "Søren Lindqvist leads reps and is not on this roster" in page
    assert "no longer among these reps and their managers: Cy Left." in page


def test_an_amount_is_set_beside_the_others(desk, world):
    answer = post(desk, world, amount="1,000,000.50", headers={"HX-Request": "true"})

    plan = world.things["plan"]
    assert plan.nodes.get(person=world["rep"]).read().amount == Decimal("1000000.50")
    page = tight(answer.content.decode())
    assert f'id="row-{world["rep"].pk}" hx-swap-oob="true"' in page
    assert f'id="row-{world["manager"].pk}" hx-swap-oob="true"' in page
    assert f'id="row-{world["peer"].pk}"' not in page
    assert 'id="totals" hx-swap-oob="true"' in page
    assert "by hand" in page
    entry = Entry.objects.get(verb="quota.changed")
    assert (entry.subject, entry.note) == (world["rep"], "")


def test_whatever_follows_from_an_amount_is_shown_anew_with_it(desk, world):
    plan = world.things["plan"]
    mate = PersonFactory(manager=world["manager"])
    AttendeeFactory(kickoff=world.kickoff, person=mate)
    QuotaNodeFactory(plan=plan, person=mate, amount=1_000_000)

    headers = {
        "HX-Request": "true", "HX-Current-URL": f"http://testserver{at(world, 'plan')}?by=manager"
    }  # fmt: skip
    page = tight(post(desk, world, amount="9,000,000", headers=headers).content.decode())

    assert f'id="share-{mate.pk}" hx-swap-oob="innerHTML">10.0%<' in page
    assert 'id="carries" hx-swap-oob="true"' in page
    assert 'href="?by=manager" aria-current="true"' in page
    attention = desk.get(at(world, "plan")).context["attention_count"]
    assert f'<span id="needs-you" hx-swap-oob="true">{attention}</span>' in page


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("", "required"),
        ("-5", "Never negative"),
        ("a lot", "is no number"),
        ("9" * 20, "too large"),
    ],
)
def test_a_wrong_amount_is_told_beside_its_field(desk, world, amount, words):
    answer = post(desk, world, amount=amount, headers={"HX-Request": "true"})

    assert words in answer.content.decode()
    assert world.things["plan"].nodes.get(person=world["rep"]).read().amount == QUOTA


def test_without_scripts_an_amount_goes_the_long_way(desk, world):
    page = post(desk, world, amount="1000000", back=world["rep"].pk)
    assert page.redirect_chain[-1][0] == of(world, "person")

    page = post(desk, world, amount="x")
    assert page.redirect_chain[-1][0] == at(world, "plan")
    assert "is no number" in text_of(page)


def test_an_amount_that_changed_meanwhile_is_shown_as_it_is(desk, world):
    post(desk, world, amount="1000000")

    answer = post(desk, world, amount="2000000", seen=1, headers={"HX-Request": "true"})

    assert "changed meanwhile" in answer.content.decode()
    assert 'name="seen" value="2"' in answer.content.decode()


def test_a_cascade_is_seen_before_it_is_done(desk, world):
    page = desk.get(at(world, "cascade"))
    assert page.context["count"] == 4
    assert "4 amounts would change" in text_of(page)
    assert world.things["plan"].nodes.get(person=world["rep"]).read().amount == QUOTA

    done = desk.post(at(world, "cascade"), {"seen": world.things["plan"].version}, follow=True)
    assert "4 quotas changed." in text_of(done)
    assert "would change nothing" in text_of(desk.get(at(world, "cascade")))

    again = desk.post(at(world, "cascade"), {"seen": world.things["plan"].version}, follow=True)
    assert "changed meanwhile" in text_of(again)
    for nonsense in ("", "x", "9" * 30):
        assert "changed meanwhile" in text_of(
            desk.post(at(world, "cascade"), {"seen": nonsense}, follow=True)
        )


def test_a_cascade_by_past_revenue_without_any_says_that_everybody_counts_the_same(desk, world):
    plan = world.things["plan"]
    QuotaPlan.objects.update(basis="WON")
    words = "every rep counts the same"
    assert words in text_of(desk.get(at(world, "cascade")))

    OpportunityFactory(
        owner=world["rep"], stage="WON", value=10, currency="EUR", engage_date=None,
        close_date=plan.won_to_date,
    )  # fmt: skip
    assert words not in text_of(desk.get(at(world, "cascade")))


def test_a_new_plan_begins_with_a_past_year_in_which_something_was_won(desk, world):
    QuotaPlan.objects.all().delete()

    def past():
        form = desk.get(at(world, "settings")).context["form"]
        return form["won_from_date"].value(), form["won_to_date"].value()

    assert past() == (date(2026, 1, 1), date(2026, 12, 31))
    OpportunityFactory(stage="WON", value=10, engage_date=None, close_date=date(2017, 5, 4))
    assert past() == (date(2017, 1, 1), date(2017, 12, 31))
    OpportunityFactory(stage="WON", value=10, engage_date=None, close_date=date(2026, 5, 4))
    assert past() == (date(2026, 1, 1), date(2026, 12, 31))


def test_locking_and_unlocking(desk, world):
    page = desk.post(at(world, "lock"), follow=True)
    assert "The plan is locked" in text_of(page)
    assert "data-amount" not in page.content.decode()
    assert "locked" in text_of(post(desk, world, amount="1"))

    page = desk.post(at(world, "lock"), {"unlock": "1"}, follow=True)
    assert "can change again" in text_of(page)


def test_one_persons_quota_is_explained_line_by_line(desk, world):
    plan = world.things["plan"]
    usd = PlanRateFactory(plan=plan)
    rep = world["rep"]
    rep.hire_date = date(2027, 4, 1)
    rep.save(update_fields=["hire_date"])
    plan.nodes.filter(person=rep).update(rate=usd)

    page = text_of(desk.get(of(world, "person")))

    # 917,342 × 1.1 in whole thousands, 275 of 365 days of it
    assert "$1,009,000" in page
    assert "$760,205.48" in page
    assert "you are there from Thu 1 Apr 2027 to Fri 31 Dec 2027: 275 of 365 days." in page
    assert "The company carries €7,134,982" in page
    assert "0 of 90" in page
    entry = Entry.objects.get(verb="quota.viewed")
    assert (entry.actor, entry.subject, entry.note) == (world["revops"], rep, "")


def test_what_shapes_a_quota_is_changed_on_its_page(desk, world):
    plan = world.things["plan"]
    plan.basis = QuotaPlan.Basis.HAND
    plan.save()
    usd = PlanRateFactory(plan=plan)

    desk.post(of(world, "person"), {"rate": usd.pk, "weight": "2.5", "seen": "1"})
    desk.post(of(world, "person", "manager"), {"weight": "1", "reason": "Open seat", "seen": "1"})

    node = plan.nodes.get(person=world["rep"])
    assert (node.rate, node.is_ramped, node.read().weight) == (usd, False, Decimal("2.5"))
    assert plan.nodes.get(person=world["manager"]).read().reason == "Open seat"
    page = desk.post(of(world, "person"), {"rate": "999", "weight": "NaN", "seen": "2"})
    assert set(page.context["form"].errors) == {"rate", "weight"}
    page = desk.post(of(world, "person"), {"rate": "", "weight": "1", "seen": "1"})
    assert "changed meanwhile" in text_of(page)


def test_whoever_is_not_in_the_tree_has_no_page(desk, world):
    for page in ("person", "edit", "unpin"):
        ask = desk.get if page == "person" else desk.post
        assert ask(of(world, page, "outsider")).status_code == 404
        assert ask(at(world, page, person_id=10**15)).status_code == 404


def test_a_plan_is_begun_by_its_form_and_changed_by_it(desk, world):
    QuotaPlan.objects.all().delete()
    first = desk.get(at(world, "settings"))
    assert first.context["form"]["starts_date"].value() == date(2027, 3, 1)

    page = desk.post(at(world, "settings"), settings_data(), follow=True)
    assert page.redirect_chain[-1][0] == at(world, "cascade")
    plan = QuotaPlan.objects.get()
    assert (plan.read_target(), plan.currency, plan.ends_date) == (
        5_000_000,
        "EUR",
        date(2028, 2, 29),
    )
    assert plan.over == (Decimal("0.05"), Decimal("0.05"), Decimal("0.1"))
    assert plan.floor == Decimal("0.5")
    assert plan.rates.get().step == 1000

    again = desk.get(at(world, "settings"))
    assert again.context["form"]["target"].value() == "5,000,000"
    assert again.context["form"]["over"].value() == "5, 5, 10"
    desk.post(at(world, "settings"), settings_data(target="6000000"))
    plan.refresh_from_db()
    assert (plan.read_target(), plan.version) == (6_000_000, 2)
    stale = desk.post(at(world, "settings"), settings_data(target="7000000"))
    assert "changed meanwhile" in text_of(stale)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("target", "0", "above zero"),
        ("target", "NaN", "no number"),
        ("target", "5.0051", "decimals"),
        ("currency", "EURO", "at most 3"),
        ("currency", "XXQ", "three letters"),
        ("step", "0", "above zero"),
        ("over", "five", "no percentage"),
        ("over", "150", "between -50 and 100"),
        ("over", ",".join("5" * 13), "more levels"),
        ("ends_date", "2026-01-01", "ends before"),
        ("ends_date", "2040-01-01", "two years"),
        ("starts_date", "1999-01-01", "between 2000"),
        ("won_to_date", "2025-01-01", "before the first day"),
        ("floor", "50, 60", "one percentage"),
        ("season_shares", "50, 50", "4 periods, and here are 2"),
        ("season_shares", "20, 25, 25, 20", "add up to 90"),
        ("ramp_shares", "120", "between 0 and 100"),
    ],
)
def test_wrong_settings_are_told_beside_their_field(desk, world, field, value, words):
    page = desk.post(at(world, "settings"), settings_data(**{field: value}))

    assert words in str(page.context["form"].errors[field])


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        ({"rates-0-rate": ""}, "This is missing"),
        ({"rates-0-currency": ""}, "This is missing"),
        ({"rates-0-currency": "EUR"}, "own currency needs no rate"),
        ({"rates-0-rate": "0"}, "above zero"),
        (
            {"rates-1-currency": "USD", "rates-1-rate": "1", "rates-1-step": "1"},
            "has a rate already",
        ),
        ({"rates-TOTAL_FORMS": "x"}, ""),
    ],
)
def test_a_wrong_rate_is_told_beside_its_field(desk, world, rate, words):
    page = desk.post(at(world, "settings"), settings_data(**rate))

    assert page.status_code == 200
    assert words in text_of(page)
    assert world.things["plan"].rates.count() == 0


def test_names_and_reasons_are_escaped(desk, world):
    nasty = "<script>alert(1)</script>"
    world["rep"].full_name = world["rep"].job_title = nasty
    world["rep"].save()
    node = world.things["plan"].nodes.get(person=world["manager"])
    node.write(Figures(Decimal(1), reason=nasty))
    node.save()

    for url in (at(world, "plan"), of(world, "person"), at(world, "cascade")):
        assert nasty not in desk.get(url).content.decode()


def test_a_manager_who_is_gone_by_then_is_named_on_the_page(plan):
    manager = Person.objects.filter(reports__in=queries.board_of(plan).reps).first()
    Person.objects.filter(pk=manager.pk).update(leave_date=date(2026, 12, 31))

    said = notices_of(queries.board_of(plan))

    assert any("Gone by the start" in one and manager.full_name in one for one in said)
