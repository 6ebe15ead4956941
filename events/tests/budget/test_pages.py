"""The pages of a budget: who sees them, what they say, what a form refuses."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.tests.access import slug
from events.budget import queries
from events.budget.models import Revision
from events.tests.budget.factories import TUESDAY, let_own, make_budget, make_line, revise
from events.tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build_world(currency="USD")


def at(world, name, **more):
    return reverse(f"events:budget:{name}", kwargs=slug(world) | more)


SAID = {
    "category": "AV",
    "name": "Stage",
    "basis": "EVENT",
    "price": "31,000",
    "currency": "usd",
}


def test_a_budget_owner_who_is_nothing_else_sees_the_money_and_finds_it(client, world):
    budget = make_budget(world.kickoff)
    make_line(budget)
    client.force_login(world["outsider"])
    assert client.get(at(world, "page")).status_code == 404

    let_own(budget, 5_000, world["outsider"])

    page = client.get(at(world, "page"))
    assert page.status_code == 200
    assert "$31,000" in page.content.decode()
    # Their own limit is not theirs to raise
    owner = {"person": world["outsider"].pk, "limit": ""}
    assert client.post(at(world, "name_owner"), owner).status_code == 404


def test_executives_see_and_do_not_write(client, world):
    line = make_line(make_budget(world.kickoff))
    client.force_login(world["executive"])

    assert client.get(at(world, "line", line_id=line.pk)).status_code == 200
    assert client.post(at(world, "line", line_id=line.pk), SAID).status_code == 404
    assert client.get(at(world, "settings")).status_code == 404


def test_a_line_is_added_and_its_variance_asks_why(client, world):
    budget = make_budget(world.kickoff)
    client.force_login(world["planner"])

    wrong = client.post(at(world, "add"), SAID | {"said": "39400"})
    client.post(at(world, "add"), SAID | {"said": "39400", "reason": "The wall grew"})

    assert "27% off the plan" in str(wrong.context["form"].errors["reason"])
    (line,) = budget.lines.all()
    assert line.current.amounts.forecast == 39_400


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"currency": "EUR"}, "currency", "no rate"),
        ({"currency": "JPY"}, "currency", "no rate"),
        ({"currency": "XYZ"}, "currency", "three letters"),
        ({"price": "-5"}, "price", "negative"),
        ({"price": "12.345,6.7"}, "price", "no number"),
        ({"price": "1.25555"}, "price", "decimals"),
        ({"paid": "10"}, "paid", "More is paid"),
        ({"own_count": "-1"}, "own_count", "0"),
    ],
)
def test_a_line_that_is_wrong_says_where(client, world, changes, field, words):
    budget = make_budget(world.kickoff)
    client.force_login(world["planner"])

    page = client.post(at(world, "add"), SAID | changes)

    assert words in str(page.context["form"].errors[field])
    assert not budget.lines.exists()


def test_the_page_says_what_is_over_and_who_may_approve_what_waits(client, world):
    budget = make_budget(world.kickoff)
    line = make_line(budget)
    revise(line, world["planner"], said=33_000)
    let_own(budget, 1_000, world["planner"])
    let_own(budget, None, world["executive"])
    revise(line, world["planner"], said=39_400)
    client.force_login(world["planner"])

    page = client.get(at(world, "page")).content.decode()

    assert "Forecast is $2,000 over plan; AV and production is the cause" in page
    assert f"{world['executive'].full_name} may approve it." in page
    waits = Revision.objects.waiting().get()
    client.post(at(world, "approve", revision_id=waits.pk))
    assert Revision.objects.waiting().exists()
    client.force_login(world["executive"])
    client.post(at(world, "approve", revision_id=waits.pk))
    assert queries.board_of(budget).total.forecast == 39_400


def test_a_budget_is_begun_from_the_roster(client, world):
    client.force_login(world["planner"])

    page = client.get(at(world, "settings"))
    said = {name: page.context["form"].initial[name] for name in ("heads", "reps", "nights")}
    client.post(
        at(world, "settings"), said | {"rooms": 4, "contingency": "12.5", "asks_above": "10"}
    )

    budget = queries.budget_of(world.kickoff)
    assert (budget.heads, budget.reps, str(budget.contingency)) == (4, 2, "0.1250")


def test_a_page_costs_the_same_for_one_line_and_for_sixty(
    client, world, django_assert_max_num_queries
):
    budget = make_budget(world.kickoff)
    for number in range(60):
        make_line(budget, name=f"Line {number}", category="AV" if number % 2 else "FOOD")
    client.force_login(world["planner"])
    client.get(at(world, "page"))

    with django_assert_max_num_queries(15):
        client.get(at(world, "page") + "?open=AV")
    with django_assert_max_num_queries(15):
        client.get(at(world, "lines"))


def upload(name, content=b"%PDF-1.7\n"):
    return {"kind": "INVOICE", "file": SimpleUploadedFile(name, content)}


def test_a_line_keeps_papers_that_only_those_who_see_money_read(client, world):
    line = make_line(make_budget(world.kickoff))
    page = reverse("events:budget:line", args=[world.kickoff.slug, line.pk])
    add = reverse("events:budget:add_file", args=[world.kickoff.slug, line.pk])
    client.force_login(world["planner"])

    for name, content, words in (
        ("virus.exe", b"MZ", "is not taken here"),
        ("page.pdf", b"<html><script>", "is not what its name says"),
        ("empty.pdf", b"", "empty"),
    ):
        answer = client.post(add, upload(name, content), follow=True)
        assert words in answer.content.decode()
    assert not line.files.exists()

    client.post(add, upload("stage <b>.pdf"))
    paper = line.files.get()
    read = reverse("events:budget:file", args=[world.kickoff.slug, paper.pk])
    assert "stage &lt;b&gt;.pdf" in client.get(page).content.decode()
    assert b"".join(client.get(read)) == b"%PDF-1.7\n"
    client.force_login(world["rep"])
    assert client.get(read).status_code == 404
    client.force_login(world["executive"])
    remove = reverse("events:budget:remove_file", args=[world.kickoff.slug, paper.pk])
    assert (client.get(read).status_code, client.post(remove).status_code) == (200, 404)
    client.force_login(world["planner"])
    client.post(remove)
    assert not line.files.exists()


def test_revops_say_day_rates_and_see_nothing_else_of_money(client, world):
    time, page = (
        reverse(f"events:budget:{name}", args=[world.kickoff.slug]) for name in ("time", "page")
    )
    client.force_login(world["revops"])
    assert "The budget has not begun" in client.get(time).content.decode()
    budget = make_budget(world.kickoff)
    make_line(budget, price=31_000)

    sent = {"days": "3", "roles-TOTAL_FORMS": "1", "roles-INITIAL_FORMS": "0"}
    sent |= {"roles-0-role": "Rep", "roles-0-heads": "96", "roles-0-rate": "640"}
    answer = client.post(time, sent, follow=True)

    assert answer.redirect_chain == [(time, 302)]
    assert list(budget.day_rates.values_list("role", "rate")) == [("Rep", 640)]
    html = answer.content.decode()
    assert page not in html.replace(time, "")
    assert "31,000" not in html
    assert client.get(page).status_code == 404


def test_homes_tell_of_money_to_planners_and_executives(client, world):
    line = make_line(make_budget(world.kickoff))
    revise(line, world["planner"], said=39_400)
    home = reverse("kickoff_home", args=[world.kickoff.slug])

    for role in ("planner", "executive"):
        with time_machine.travel(TUESDAY, tick=False):
            client.force_login(world[role])
            assert "over plan" in client.get(home).content.decode(), role
