"""The designer: rows that come and go, the preview, saving."""

import pytest
from django.http import QueryDict

from events.packets.comp.forms import raw as raws
from events.packets.comp.models import CompPlan
from events.packets.comp.rules.comp import DrawKind, Reconciled
from events.packets.comp.rules.design import design_from_json
from events.tests.factories import AttendeeFactory
from events.tests.packets.comp.factories import CompPlanFactory, PersonCompFactory
from events.tests.packets.comp.pages import at, signed_in, typed
from events.tests.packets.comp.test_costs import FULL
from people.tests.factories import PersonFactory, RegionFactory

pytestmark = pytest.mark.django_db


def read(**changes):
    data = QueryDict(mutable=True)
    data.update(typed(**changes))
    return raws.from_post(data)


def bands(raw, measure=0):
    return [(row["start"], row["rate"]) for row in raw["m"][measure]["b"]]


def test_a_design_written_out_and_typed_in_again_is_the_same(client, world):
    plan = CompPlanFactory(kickoff=world.kickoff)
    raw = raws.from_design(FULL)
    data = typed(**{"m-0-b-0-start": None})
    data = {name: value for name, value in data.items() if not name.startswith("m-")}
    for number, measure in enumerate(raw["m"]):
        data |= raws.flat(measure, f"m-{number}")
        for row, band in enumerate(measure["b"]):
            data |= raws.flat(band, f"m-{number}-b-{row}")
    for kind in "sx":
        for number, row in enumerate(raw[kind]):
            data |= raws.flat(row, f"{kind}-{number}")
    data |= {name: raw[name] for name in raws.HEAD if name.startswith(("draw", "claw"))}

    answer = signed_in(client, world).post(
        at(world, "edit", plan_id=plan.pk), {**data, "version": plan.version}
    )

    assert answer.status_code == 302
    assert design_from_json(CompPlan.objects.get(pk=plan.pk).design_json) == FULL


@pytest.mark.parametrize(
    ("do", "onward", "left"),
    [
        ("add-b-0", "m-0-b-3-start", [("0", "1"), ("100", "1.5"), ("125%", "2"), ("150", "2")]),
        ("drop-b-0-1", "m-0-b-1-start", [("0", "1"), ("125%", "2")]),
        ("up-b-0-1", "m-0-b-0-start", [("100", "1.5"), ("0", "1"), ("125%", "2")]),
        ("down-b-0-2", "", [("0", "1"), ("100", "1.5"), ("125%", "2")]),
        ("drop-b-9-0", "", [("0", "1"), ("100", "1.5"), ("125%", "2")]),
        ("drop-b-0-9", "", [("0", "1"), ("100", "1.5"), ("125%", "2")]),
        ("drop-m-0", "", [("0", "1"), ("100", "1.5"), ("125%", "2")]),
        ("reshape", "", [("0", "1"), ("100", "1.5"), ("125%", "2")]),
        ("<script>", "", [("0", "1"), ("100", "1.5"), ("125%", "2")]),
    ],
)
def test_rows_are_added_taken_out_and_moved(do, onward, left):
    raw = read()

    assert raws.change(raw, do) == onward
    assert bands(raw) == left


def test_a_new_measure_takes_the_weight_that_is_left():
    raw = read(**{"m-0-weight": "70"})

    raws.change(raw, "add-m")

    assert raw["m"][1]["weight"] == "30"
    assert raws.change(raw, "up-m-1") == "m-0-name"
    assert [measure["weight"] for measure in raw["m"]] == ["30", "70"]


@pytest.mark.parametrize("kind", ["m", "s", "x"])
def test_there_are_never_more_rows_than_a_plan_has_room_for(kind):
    raw = read()

    for _ in range(20):
        raws.change(raw, f"add-{kind}")

    assert len(raw[kind]) == raws.MOST[kind]


def test_a_curve_begins_with_points_and_keeps_the_bands_that_were_typed():
    raw = raws.complete(read(**{"m-0-basis": "PAYOUT_CURVE"}))

    assert [row["at"] for row in raw["m"][0]["p"]] == ["0", "100", "150"]
    assert bands(raw)[1] == ("100", "1.5")


def test_a_button_of_the_designer_answers_with_the_rows_and_the_preview(client, world):
    page = signed_in(client, world).post(
        at(world, "create"), typed(do="add-b-0"), headers={"hx-request": "true"}
    )

    text = page.content.decode()
    assert "<html" not in text
    assert 'id="id_m-0-b-3-start"' in text
    assert "autofocus" in text
    assert 'hx-swap-oob="innerHTML"' in text
    assert not CompPlan.objects.filter(name="Growth").exists()


def test_without_scripts_the_same_button_answers_with_the_whole_page(client, world):
    text = signed_in(client, world).post(at(world, "create"), typed(do="add-x")).content.decode()

    assert "<html" in text
    assert 'name="x-0-role"' in text
    assert "k-error" not in text


def preview(client, world, **changes):
    page = signed_in(client, world).post(at(world, "preview"), typed(**changes))
    assert page.status_code == 200
    return page.content.decode()


def test_the_preview_draws_the_curve_and_says_that_all_is_well(client, world):
    text = preview(client, world)

    assert "100% of target pays €56,000; 150% pays €105,000" in text
    assert "Ready: 100% pays the target" in text
    assert "k-chart" in text


def test_the_preview_names_what_blocks_in_words(client, world):
    text = preview(client, world, **{"m-0-b-0-rate": "0.5", "m-0-threshold_at": "40"})

    assert "1 thing blocks, 2 things to look at" in text
    assert "100% of target pays €28,000, not the target variable of €56,000: 50% of it." in text
    assert "At 40% the payout jumps by €11,200" in text


def test_the_preview_follows_quota_target_and_currency(client, world):
    text = preview(client, world, quota="1,000,000", target_variable="8000000", currency="jpy")

    assert "8,000,000\xa0JPY" in text


def test_weights_that_do_not_add_up_are_drawn_scaled(client, world):
    text = preview(client, world, **{"m-0-weight": "80"})

    assert "The weights add up to 80%" in text
    assert "Drawn as if the weights were scaled" in text


@pytest.mark.parametrize(
    "changes",
    [
        {"m-0-b-1-start": ""},
        {"m-0-b-1-start": "0"},
        {"m-0-b-1-rate": "abc"},
        {"m-0-b-1-rate": "1e9999999"},
        {"m-0-b-1-rate": "NaN"},
        {"m-0-b-1-rate": "-1"},
        {"m-0-weight": "9" * 400},
        {"m-0-basis": "EVIL"},
        {"m-0-cap": "Infinity"},
        {"quota": "0"},
        {"quota": ""},
        {"target_variable": "x"},
        {"currency": "XXX"},
        {"cliff": ""},
    ],
)
def test_what_cannot_be_read_is_named_and_never_an_error(client, world, changes):
    text = preview(client, world, **changes)

    assert "drawn once these can be read" in text
    assert "k-chart" not in text


@pytest.mark.parametrize(
    "changes",
    [
        {"target_variable": "0"},
        {"m-0-weight": "0"},
        {"m-0-b-0-rate": "0", "m-0-b-1-rate": "0", "m-0-b-2-rate": "0"},
        {"m-0-cap": "0"},
        {"m-0-basis": "REVENUE_RATE"},
        {"m-0-basis": "PAYOUT_CURVE"},
        {"m-0-b-2-start": "1000"},
        {"m-0-target": "12"},
        {"quota": "0.01", "target_variable": "1000000000000"},
    ],
)
def test_odd_plans_are_drawn_or_told_and_never_an_error(client, world, changes):
    preview(client, world, **changes)


def test_a_new_plan_is_tried_on_in_the_currency_of_the_kickoff(client, world):
    world.kickoff.currency = "USD"
    world.kickoff.save(update_fields=["currency"])

    text = signed_in(client, world).get(at(world, "create")).content.decode()

    assert "100% of target pays $56,000" in text


def test_a_new_plan_is_saved_with_its_titles(client, world):
    world.things["plan"].roles.all().delete()
    page = signed_in(client, world).post(
        at(world, "create"), typed(titles="Mid-market AE"), follow=True
    )

    plan = CompPlan.objects.get(name="Growth")
    assert plan.is_ready
    assert list(plan.roles.values_list("title_key", flat=True)) == ["mid-market ae"]
    assert "“Growth” is saved and ready." in page.content.decode()


def test_a_plan_that_blocks_is_saved_as_a_draft_and_that_is_said(client, world):
    page = signed_in(client, world).post(
        at(world, "create"), typed(**{"m-0-weight": "90"}), follow=True
    )

    assert not CompPlan.objects.get(name="Growth").is_ready
    assert "saved as a draft: nobody gets a packet from it" in page.content.decode()


def test_draw_clawback_and_splits_are_saved(client, world):
    extra = {
        "draw_kind": "RECOVERABLE", "draw_share": "50", "draw_months": "6",
        "draw_reconciled": "QUARTERLY", "clawback_months": "12", "x-0-role": "AE",
        "x-0-share": "60", "x-1-role": "Overlay", "x-1-share": "40",
        "s-0-name": "Launch", "s-0-text": "First orders", "s-0-amounts": "EUR 500; jpy 80,000",
        "s-0-starts": "2027-03-01", "s-0-ends": "2027-03-31",
    }  # fmt: skip
    signed_in(client, world).post(at(world, "create"), typed(**extra))

    design = CompPlan.objects.get(name="Growth").design
    assert (design.draw.kind, design.draw.reconciled) == (
        DrawKind.RECOVERABLE,
        Reconciled.QUARTERLY,
    )
    assert design.clawback_months == 12
    assert [one.role for one in design.splits] == ["AE", "Overlay"]
    assert design.spifs[0].amounts == {"EUR": 500, "JPY": 80000}


@pytest.mark.parametrize(("said", "is_ready"), [("on", True), ("", False)])
def test_a_plan_may_credit_overlays_beside_the_others(client, world, said, is_ready):
    shares = {"x-0-role": "AE", "x-0-share": "100", "x-1-role": "Overlay", "x-1-share": "40"}

    signed_in(client, world).post(
        at(world, "create"), typed(**shares, **({"credits_overlays": said} if said else {}))
    )

    plan = CompPlan.objects.get(name="Growth")
    assert (plan.is_ready, plan.design.credits_overlays) == (is_ready, is_ready)
    page = client.get(at(world, "edit", plan_id=plan.pk))
    assert page.context["form"].head["credits_overlays"].value() == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Name: This field is required."),
        ({"ends_date": "2026-01-01"}, "The last day lies before the first."),
        ({"m-0-b-1-start": "0"}, "This lies above the one before it."),
        ({"m-0-b-1-rate": ""}, "Rate: This field is required."),
        ({"terms": "1999"}, "Select a valid choice"),
        ({"titles": "Nobody’s"}, "Select a valid choice"),
        ({"draw_kind": "RECOVERABLE"}, "A draw needs this."),
        ({"s-0-name": "x", "s-0-amounts": "500"}, "no currency"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(client, world, changes, said):
    page = signed_in(client, world).post(at(world, "create"), typed(**changes))

    text = page.content.decode()
    assert page.status_code == 422
    assert said in text.replace("&#x27;", "'")
    assert "Nothing was saved" in text
    assert not CompPlan.objects.filter(name="Growth").exists()


def test_the_second_of_two_editors_is_told_and_may_save_over_it(client, world):
    plan = world.things["plan"]
    url = at(world, "edit", plan_id=plan.pk)
    signed_in(client, world).post(url, typed(name="First", version=plan.version))

    page = client.post(url, typed(name="Second", version=plan.version))

    text = page.content.decode()
    assert page.status_code == 422
    assert "changed this plan" in text
    assert "Save mine over it" in text
    assert 'value="Second"' in text
    assert CompPlan.objects.get(pk=plan.pk).name == "First"
    client.post(url, typed(name="Second", version=[plan.version, plan.version + 1]))
    assert CompPlan.objects.get(pk=plan.pk).name == "Second"


def test_a_version_that_is_no_number_is_refused(client, world):
    url = at(world, "edit", plan_id=world.things["plan"].pk)

    for version in ("", "x", "-1", "9" * 30):
        page = signed_in(client, world).post(url, typed(version=version))
        assert page.status_code == 422
    assert CompPlan.objects.get(pk=world.things["plan"].pk).name == "Mid-market plan"


def test_a_plan_is_copied_and_deleted(client, world):
    plan = world.things["plan"]
    page = signed_in(client, world).post(at(world, "copy", plan_id=plan.pk), follow=True)
    assert "Mid-market plan (2)" in page.content.decode()

    client.post(at(world, "delete", plan_id=plan.pk))

    assert list(CompPlan.objects.values_list("name", flat=True)) == ["Mid-market plan (2)"]


def test_the_list_says_who_has_which_plan(client, world):
    CompPlanFactory(kickoff=world.kickoff, name="Broken", is_ready=False)

    text = signed_in(client, world).get(at(world, "list")).content.decode()

    assert "Mid-market plan" in text
    assert 'k-late">Draft' in text


def test_an_empty_list_teaches(client, world):
    world.things["own"].delete()
    CompPlan.objects.all().delete()

    text = signed_in(client, world).get(at(world, "list")).content.decode()

    assert "No comp plan yet" in text


@pytest.mark.parametrize("page", ["list", "people", "cost"])
def test_pages_make_the_same_number_of_queries_for_any_number_of_rows(
    client, world, page, django_assert_max_num_queries
):
    signed_in(client, world).get(at(world, page))
    counts = []
    for more in (1, 2, 9):
        for _ in range(more):
            person = PersonFactory(job_title="Mid-market AE", region=RegionFactory())
            AttendeeFactory(kickoff=world.kickoff, person=person)
            PersonCompFactory(kickoff=world.kickoff, person=person)
            CompPlanFactory(kickoff=world.kickoff, titles=[f"Title {person.pk}"])
        with django_assert_max_num_queries(25) as captured:
            client.get(at(world, page))
        counts.append(len(captured))

    assert len(set(counts)) == 1, counts
