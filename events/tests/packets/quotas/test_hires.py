"""The pages of rules for new hires."""

import pytest

from events.packets.quotas.models import NewHireRule
from events.tests.factories import AttendeeFactory
from events.tests.packets.quotas.factories import NewHireRuleFactory
from events.tests.packets.quotas.pages import at, text_of
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_rules_for_new_hires_are_added_changed_and_removed(desk, world):
    joined = PersonFactory(job_title="Mid-market AE", manager=world["manager"])
    AttendeeFactory(kickoff=world.kickoff, person=joined)
    world.things["plan"].cascaded_at = world.things["plan"].changed_at
    world.things["plan"].save()
    assert "no rule for the title" in text_of(desk.get(at(world, "hires")))

    said = {"job_title": "Mid-market AE", "ramp": "QUARTERS", "ramp_shares": "25, 50"}
    page = desk.post(
        at(world, "add_rule"), {**said, "standards": "EUR 900,000\nusd: 1000000"}, follow=True
    )
    assert "€900,000, $1,000,000" in text_of(page)
    assert "has a rule" in text_of(page)
    rule = NewHireRule.objects.get()
    edit = at(world, "edit_rule", rule_id=rule.pk)
    assert desk.get(edit).context["form"]["standards"].value() == "EUR 900,000\nUSD 1,000,000"

    page = desk.post(edit, {**said, "share_of_median": "80"}, follow=True)
    assert "80% of their peers' median" in text_of(page).replace("&#x27;", "'")
    desk.post(at(world, "remove_rule", rule_id=rule.pk))
    assert not NewHireRule.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "standards"),
        ({"standards": "EUR 1", "share_of_median": "80"}, "standards"),
        ({"standards": "much"}, "standards"),
        ({"standards": "EUR 1\nEUR 2"}, "standards"),
        ({"standards": "EUR -1"}, "standards"),
        ({"standards": "JPY 1.5"}, "standards"),
        ({"share_of_median": "80, 90"}, "share_of_median"),
        ({"share_of_median": "0"}, "share_of_median"),
        ({"standards": "EUR 1", "ramp": "DAYS"}, "ramp"),
    ],
)
def test_a_wrong_rule_is_told_beside_its_field(desk, world, said, field):
    base = {"job_title": "AE", "ramp": "QUARTERS"}

    page = desk.post(at(world, "add_rule"), {**base, **said})

    assert field in page.context["form"].errors
    assert not NewHireRule.objects.exists()


def test_a_rule_of_another_plan_is_not_found_here(desk, world):
    elsewhere = NewHireRuleFactory()

    for page in ("edit_rule", "remove_rule"):
        assert desk.post(at(world, page, rule_id=elsewhere.pk)).status_code == 404
