import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.deals.models import Account, Opportunity, Product
from events.tests.deals.test_importing import PIPELINE
from events.tests.factories import OpportunityFactory
from people.tests.factories import PersonFactory, RegionFactory, RevOpsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(RevOpsFactory())
    return client


def test_the_list_makes_the_same_number_of_queries_at_1_3_and_60_rows(desk):
    region, product = RegionFactory(), Product.objects.create(name="GTX")
    account = Account.objects.create(name="Acme")
    counts = []
    for more in (1, 2, 57):
        OpportunityFactory.create_batch(
            more, owner__region=region, product=product, account=account
        )
        with CaptureQueriesContext(connection) as queries:
            desk.get("/deals/")
        counts.append(len(queries))

    assert len(set(counts)) == 1
    assert counts[0] <= 12


def test_open_deals_come_first_and_outcomes_are_filtered(desk):
    won = OpportunityFactory(stage="WON", engage_date="2026-12-01", value=10)
    older = OpportunityFactory(engage_date="2026-01-01")
    newer = OpportunityFactory(engage_date="2026-02-01")

    def rows(**params):
        return list(desk.get("/deals/", params).context["page"].rows)

    assert rows() == [newer, older, won]
    assert rows(outcome="open") == [newer, older]
    assert rows(outcome="WON") == [won]
    assert rows(q=older.external_id) == [older]


def test_no_deals_say_what_to_do(desk):
    assert "No deals yet" in desk.get("/deals/").content.decode()


def test_a_pipeline_is_seen_before_it_is_imported_and_a_spelling_can_be_kept_apart(desk):
    for name in ("Moses Frase", "Darcel Schlecht"):
        PersonFactory(full_name=name)
    file = SimpleUploadedFile("pipeline.csv", PIPELINE.encode())

    page = desk.post("/deals/import/", {"file": file}, follow=True)
    url = page.request["PATH_INFO"]
    assert "“GTXPro” is “GTX Pro”" in page.content.decode()
    assert ("aliases", "GTXPro") in page.context["shown"].said
    assert not Opportunity.objects.exists()

    said = [pair for pair in page.context["shown"].said if pair[0] != "aliases"]
    apart = desk.get(url, dict(said))
    assert not [pair for pair in apart.context["shown"].said if pair[0] == "aliases"]
    assert "GTXPro" in apart.context["preview"].notes[0]

    done = desk.post(url, dict(page.context["shown"].said), follow=True)
    assert "6 deals created, 0 changed, 0 unchanged." in done.content.decode()
    assert not Product.objects.filter(name="GTXPro").exists()
