"""People, job titles, one person, files, cost and terms: what RevOps sees and does."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from core.tests.imports.texts import in_the_database, stored_texts
from events.packets.comp.hooks import find_quotas
from events.packets.comp.models import CompPlan, PersonComp, RolePay, TermsEdition
from events.packets.comp.rules.design import design_to_json
from events.packets.comp.rules.payout import Band, Basis, Plan
from events.tests.factories import AttendeeFactory
from events.tests.packets.comp.factories import (
    CompPlanFactory,
    D,
    PersonCompFactory,
    TermsEditionFactory,
    design,
)
from events.tests.packets.comp.pages import BASE, FIGURES, TARGET, at, signed_in
from events.tests.packets.quotas.factories import PlanRateFactory, QuotaPlanFactory
from people.activity.models import Entry
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def text_of(page):
    return page.content.decode().replace("&#x27;", "'")


def test_the_list_of_people_says_what_each_has_and_the_look_is_recorded(client, world):
    lacking = PersonFactory(full_name="Zoë New", job_title="SDR")
    AttendeeFactory(kickoff=world.kickoff, person=lacking)

    page = signed_in(client, world).get(at(world, "people"))

    text = text_of(page)
    assert "1 rep lacks a plan or pay" in text
    assert "€140,890" in text
    assert text.index("Zoë New") < text.index("Aïcha Benyahia")
    assert Entry.objects.filter(verb="comp.listed", actor=world["revops"]).count() == 1
    assert page.headers["Cache-Control"] == "no-store, private"
    assert "Zoë New" in text_of(client.get(at(world, "people") + "?gap=NO_PLAN"))
    own = text_of(client.get(at(world, "people") + "?source=OWN"))
    assert "Aïcha Benyahia" in own
    assert "Thabo Nkosi" not in own


def test_reps_without_a_job_title_count_as_lacking_and_the_page_says_why(client, world):
    for _one in range(2):
        AttendeeFactory(kickoff=world.kickoff, person=PersonFactory(job_title=""))

    text = text_of(signed_in(client, world).get(at(world, "people")))

    assert "2 reps lack a plan or pay" in text
    assert "2 reps have no job title" in text
    assert "Every rep has a plan and pay" not in text


def test_a_job_title_gets_plan_and_pay(client, world):
    other = CompPlanFactory(kickoff=world.kickoff, name="Other plan")
    url = at(world, "title") + "?title=mid-market%20ae"
    form = {
        "plan": other.pk, "pay-TOTAL_FORMS": "3", "pay-INITIAL_FORMS": "1",
        "pay-0-currency": "eur", "pay-0-base": "90,000", "pay-0-target_variable": "60000",
        "pay-0-countries": "fr, DE", "pay-1-currency": "USD", "pay-1-base": "1",
        "pay-1-target_variable": "2",
    }  # fmt: skip
    assert "83117" in text_of(signed_in(client, world).get(url))

    assert client.post(url, form).status_code == 302

    pays = {pay.currency: pay for pay in RolePay.objects.all()}
    assert pays["EUR"].country_codes == ["FR", "DE"]
    assert pays["USD"].read().on_target == 3
    assert other.roles.get().job_title == "Mid-market AE"
    assert Entry.objects.filter(verb="comp.title_changed").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pay-0-base": ""}, "Give all three, or none."),
        ({"pay-0-base": "1.000"}, "may mean two numbers"),
        ({"pay-0-base": "-5"}, "never negative"),
        ({"pay-0-base": "1.005"}, "may mean two numbers"),
        ({"pay-0-base": "1.0055"}, "EUR has 2 decimals"),
        ({"pay-0-countries": "ZZ"}, "ZZ"),
        ({"pay-0-currency": "XXX"}, "ISO 4217"),
        ({"pay-1-currency": "EUR", "pay-1-base": "1", "pay-1-target_variable": "1"}, "twice"),
        ({"plan": "999999"}, "Select a valid choice"),
    ],
)
def test_pay_of_a_title_that_is_wrong_is_told_and_nothing_changes(client, world, changes, said):
    form = {
        "plan": "", "pay-TOTAL_FORMS": "2", "pay-INITIAL_FORMS": "0", "pay-0-currency": "EUR",
        "pay-0-base": "1", "pay-0-target_variable": "1", **changes,
    }  # fmt: skip

    page = signed_in(client, world).post(at(world, "title") + "?title=Mid-market%20AE", form)

    assert page.status_code == 422
    assert said in text_of(page)
    assert RolePay.objects.get().read().base == BASE


def test_a_title_that_nobody_has_is_not_found(client, world):
    signed_in(client, world)

    for title in ("Nobody", "", "%00", "x" * 500):
        assert client.get(at(world, "title") + f"?title={title}").status_code == 404


def own_form(**changes):
    return {
        "plan": "", "currency": "USD", "base": "99000", "target_variable": "66000",
        "reason": "Moved to Boston.", **changes,
    }  # fmt: skip


def test_one_person_is_given_their_own_and_taken_back(client, world):
    url = at(world, "person", person_id=world["peer"].pk)

    assert signed_in(client, world).post(url, own_form(version="")).status_code == 302
    text = text_of(client.get(url))
    assert "$165,000" in text
    assert "Moved to Boston." in text
    client.post(at(world, "clear", person_id=world["peer"].pk))

    assert "€140,890" in text_of(client.get(url))
    verbs = Entry.objects.filter(subject=world["peer"]).values_list("verb", flat=True)
    assert set(verbs) == {"comp.overridden", "comp.cleared", "comp.viewed"}


def test_an_exception_without_a_reason_is_told_beside_the_field(client, world):
    url = at(world, "person", person_id=world["peer"].pk)

    page = signed_in(client, world).post(url, own_form(reason=""))

    assert page.status_code == 422
    assert 'aria-invalid="true"' in text_of(page)
    assert PersonComp.objects.filter(person=world["peer"]).count() == 0


def test_an_exception_that_somebody_changed_meanwhile_is_not_overwritten(client, world):
    url = at(world, "person", person_id=world["rep"].pk)
    form = own_form(version=world.things["own"].version)
    signed_in(client, world).post(url, form)

    page = client.post(url, {**form, "base": "1"})

    assert page.status_code == 422
    assert "changed this" in text_of(page)
    assert PersonComp.objects.get().read().base == 99000


@pytest.mark.parametrize("person", ["revops", "outsider", "manager"])
def test_only_reps_of_the_roster_have_a_page(client, world, person):
    url = at(world, "person", person_id=world[person].pk)

    assert signed_in(client, world).get(url).status_code == 404


def test_figures_that_no_key_opens_are_explained_and_not_kept(client, world):
    PersonComp.objects.update(sealed="broken")

    page = signed_in(client, world).get(at(world, "people"))

    assert page.status_code == 500
    assert "These figures cannot be opened" in text_of(page)
    assert page.headers["Cache-Control"] == "no-store, private"


def upload(client, world, text):
    file = SimpleUploadedFile("comp.csv", text.encode())
    return client.post(at(world, "import"), {"file": file}, follow=True)


def test_what_was_exported_is_read_back_and_changes_nothing(client, world):
    answer = signed_in(client, world).get(at(world, "export"))

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["base"] for row in rows] == [str(BASE)] * 2
    assert answer.headers["Cache-Control"] == "no-store, private"
    page = upload(client, world, answer.content.decode("utf-8-sig"))
    assert "Everything in this file is here already" in text_of(page)
    assert Entry.objects.filter(verb="comp.exported").exists()


@pytest.mark.long
@in_the_database(8)
@given(
    plan=stored_texts(), base=st.decimals(1, 10**6, places=3)
)  # fmt: skip
def test_whatever_plans_are_called_an_export_imported_again_changes_nothing(
    client, world, plan, base
):
    signed_in(client, world)
    CompPlan.objects.filter(pk=world.things["plan"].pk).update(name=plan)
    row = f'{world["peer"].email},KWD,{base}0,30000,"{plan.replace(chr(34), chr(34) * 2)}"\n'
    page = upload(client, world, f"rep,currency,base,target variable,plan\n{row}")
    client.post(page.request["PATH_INFO"], dict(page.context["shown"].said))

    page = upload(client, world, client.get(at(world, "export")).content.decode("utf-8-sig"))

    assert not list(page.context["problems"])
    assert page.context["preview"].changes_nothing


def test_a_file_is_shown_first_and_then_imported_whole(client, world):
    row = f"{world['peer'].email},GBP,70000,30000,Mid-market plan\n"
    page = upload(signed_in(client, world), world, "rep,currency,base,variable,plan\n" + row)
    assert "Import 1 person" in text_of(page)
    assert PersonComp.objects.count() == 1

    client.post(page.redirect_chain[-1][0])

    own = PersonComp.objects.get(person=world["peer"])
    assert (own.currency, own.read().on_target) == ("GBP", 100000)


def test_a_file_with_an_error_says_where_and_imports_nothing(client, world):
    row = f"{world['peer'].email},GBP,70000,30000\nnobody@example.com,GBP,x,1\n"

    page = upload(signed_in(client, world), world, "rep,currency,base,variable\n" + row)

    assert "is no rep on this roster" in text_of(page)
    assert "Import 1 person" not in text_of(page)
    client.post(page.redirect_chain[-1][0])
    assert PersonComp.objects.count() == 1


def test_the_cost_model_adds_up_by_currency_and_follows_the_spread(client, world):
    PersonCompFactory(
        kickoff=world.kickoff, person=world["peer"], currency="JPY", base=100, target=100
    )
    url = at(world, "cost")

    text = text_of(signed_in(client, world).get(url))

    assert f"€{BASE + TARGET:,}" in text
    assert "200\xa0JPY" in text
    shares = {"spread": "SHARES", "at_0": "50", "share_0": "100"}
    assert f"€{round(BASE + TARGET / 2 + 0.01):,}" in text_of(client.get(url, shares))
    assert Entry.objects.filter(verb="comp.cost_viewed").exists()


def test_the_cost_model_has_a_total_in_one_currency_once_the_plan_has_its_rate(client, world):
    PersonCompFactory(
        kickoff=world.kickoff, person=world["peer"], currency="USD", base=110, target=110
    )
    assert "the quota plan has no rate for EUR, USD" in " ".join(
        text_of(signed_in(client, world).get(at(world, "cost"))).split()
    )
    PlanRateFactory(plan=QuotaPlanFactory(kickoff=world.kickoff), rate=D("1.1"))

    text = " ".join(text_of(client.get(at(world, "cost"))).split())

    assert "All, in EUR" in text
    assert f"€{BASE + TARGET + 200:,}" in text
    assert "1.1 USD for 1 EUR, Tue 1 Dec 2026" in text


@pytest.mark.parametrize(
    ("spread", "said"),
    [
        ({"spread": "SHARES", "at_0": "50", "share_0": "90"}, "add up to 90%, not to 100%"),
        ({"spread": "BELL", "mean": "x", "deviation": "1"}, "no number"),
        ({"spread": "BELL", "mean": "90"}, "A bell needs this."),
        ({"spread": "OTHER"}, "Select a valid choice"),
    ],
)
def test_a_spread_that_cannot_be_read_is_told_and_the_usual_one_is_shown(
    client, world, spread, said
):
    text = text_of(signed_in(client, world).get(at(world, "cost"), spread))

    assert said in text
    assert "95.0% on average" in text


def test_whoever_is_paid_by_revenue_needs_a_quota_from_elsewhere(client, world):
    share = Plan(Basis.REVENUE_RATE, bands=(Band(D(0), D("0.05")),))
    CompPlan.objects.update(design_json=design_to_json(design(share)))

    with find_quotas.only():
        text = text_of(signed_in(client, world).get(at(world, "cost")))
    assert "That needs quotas, and there are none here" in text
    with find_quotas.only(lambda kickoff, ids: dict.fromkeys(ids, D(1000000))):
        text = text_of(client.get(at(world, "cost")))

    assert "needs quotas" not in text
    assert f"€{2 * (BASE + 50000):,}" in text


def test_without_anybody_to_pay_the_cost_page_teaches(client, world):
    PersonComp.objects.all().delete()
    RolePay.objects.all().delete()

    assert "Nobody has plan and pay yet" in text_of(signed_in(client, world).get(at(world, "cost")))


def test_an_edition_is_drafted_changed_in_two_languages_and_published(client, world):
    page = signed_in(client, world).post(
        at(world, "terms_new"), {"code": "2028.1", "source": "2027.1"}, follow=True
    )
    assert "When it is earned" in text_of(page)
    edition = TermsEdition.objects.get()
    url = at(world, "terms_edit", edition_id=edition.pk)
    clause = {"c-0-title": "Quand", "c-0-text": "À la fin du mois.", "version": edition.version}

    client.post(url + "?language=fr", clause)
    client.post(at(world, "terms_publish", edition_id=edition.pk))

    edition.refresh_from_db()
    assert edition.is_published
    assert set(edition.clauses) == {"en", "fr"}
    assert "It never changes" in text_of(client.get(url))
    assert client.post(url, clause).status_code == 200
    edition.refresh_from_db()
    assert edition.clauses["fr"] == [["Quand", "À la fin du mois."]]


def test_clauses_are_added_moved_and_taken_out_before_anything_is_saved(client, world):
    edition = TermsEditionFactory()
    url = at(world, "terms_edit", edition_id=edition.pk)
    two = {"c-0-title": "A", "c-0-text": "a", "c-1-title": "B", "c-1-text": "b"}

    text = text_of(signed_in(client, world).post(url, {**two, "do": "up-1"}))
    assert text.index('value="B"') < text.index('value="A"')
    assert 'name="c-2-title"' in text_of(client.post(url, {**two, "do": "add"}))
    assert 'value="A"' not in text_of(client.post(url, {**two, "do": "drop-0"}))
    assert client.post(url, {**two, "do": "drop-99x"}).status_code == 200
    edition.refresh_from_db()
    assert edition.version == 1


def test_a_language_that_is_none_is_not_found(client, world):
    url = at(world, "terms_edit", edition_id=TermsEditionFactory().pk)

    for language in ("xx-nonsense", "../", "<b>"):
        page = signed_in(client, world).get(url, {"language": language})
        assert page.status_code == 404


def test_a_published_edition_is_chosen_in_the_designer(client, world):
    TermsEditionFactory(code="2031.7")

    text = text_of(signed_in(client, world).get(at(world, "create")))

    assert "2031.7" not in text
    assert not FIGURES.search(text)
