"""Drafts from territory, quota and comp plan: who gets one, what changes one, who may see it."""

import pytest
from django.urls import reverse

from events.packets.delivery import actions, queries
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.rules.joining import Lack
from events.packets.quotas.models import QuotaNode
from events.packets.quotas.rules.figures import Figures
from events.packets.territories.models import SalesTerritory, TerritoryAccount
from events.tests.factories import AccountFactory, AttendeeFactory, SalesTerritoryFactory
from events.tests.packets.delivery.importing import MONDAY, TUESDAY
from events.tests.packets.delivery.parts import prepare_plans, rep_with_parts
from people.tests.factories import PersonFactory, RevOpsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def revops():
    return RevOpsFactory()


def draft(kickoff, by, at=MONDAY, **only):
    return actions.draft_packets(kickoff=kickoff, by=by, at=at, **only)


def test_a_packet_says_what_its_three_parts_say(kickoff, revops):
    prepare_plans(kickoff)
    rep = rep_with_parts(kickoff)

    done = draft(kickoff, revops)

    content = PacketVersion.objects.get(packet__rep=rep).read()
    assert done.created == 1
    assert content.identity.name == rep.full_name
    assert (content.quota.amount, content.currency) == (1_000_000, "EUR")
    assert (content.comp.base, content.comp.target_variable) == (84000, 56000)
    assert content.territory.accounts == (f"Halle aux Vins {rep.pk}",)
    assert content.pays_target()


def test_drafting_again_changes_only_what_a_part_changed(kickoff, revops):
    prepare_plans(kickoff)
    first, second = rep_with_parts(kickoff), rep_with_parts(kickoff)
    draft(kickoff, revops)
    node = QuotaNode.objects.get(person=first)
    node.write(Figures(node.read().amount + 1000))
    node.save()

    done = draft(kickoff, revops, at=TUESDAY)

    assert (done.revised, done.unchanged, done.changed) == (1, 1, 1)
    assert PacketVersion.objects.get(packet__rep=first).drafted_at == TUESDAY
    assert PacketVersion.objects.get(packet__rep=second).drafted_at == MONDAY


def test_who_lacks_quota_or_pay_is_left_alone_and_named_and_who_lacks_territory_is_drafted(
    kickoff, revops
):
    prepare_plans(kickoff)
    stranger = PersonFactory(job_title="Something else")
    AttendeeFactory(kickoff=kickoff, person=stranger)
    homeless = rep_with_parts(kickoff, territory=False)

    draft(kickoff, revops)

    assert [version.packet.rep for version in PacketVersion.objects.all()] == [homeless]
    lacks = {one.rep.person_id: one.joined.lacks for one in queries.draftables(kickoff)}
    assert lacks[stranger.pk] == (Lack.TERRITORY, Lack.QUOTA, Lack.COMP)
    assert lacks[homeless.pk] == (Lack.TERRITORY,)


def test_a_moved_account_after_the_release_is_a_new_version_of_both_packets(kickoff, revops):
    prepare_plans(kickoff)
    first, second = rep_with_parts(kickoff), rep_with_parts(kickoff)
    draft(kickoff, revops)
    versions = PacketVersion.objects.all()
    for version in versions:
        version.state, version.released_at, version.released_by = "RELEASED", MONDAY, revops
        version.save()
    account = AccountFactory(name="Banque Hélios")
    SalesTerritoryFactory(kickoff=kickoff, owner=first, role="Other", named=[account])

    done = draft(kickoff, revops, at=TUESDAY)

    assert (done.superseding, done.unchanged) == (1, 1)
    fresh = PacketVersion.objects.get(packet__rep=first, number=2)
    assert "Banque Hélios" in fresh.read().territory.accounts
    assert not PacketVersion.objects.filter(packet__rep=second, number=2).exists()


@pytest.mark.parametrize("reps", [1, 3, 12])
def test_reading_the_parts_takes_the_same_queries_for_any_number_of_reps(
    kickoff, reps, django_assert_max_num_queries
):
    prepare_plans(kickoff)
    for _ in range(reps):
        rep_with_parts(kickoff)

    with django_assert_max_num_queries(11):
        found = queries.draftables(kickoff)

    assert len(queries.rows_of(found)) == reps


def test_the_page_names_whose_draft_changes_and_says_when_it_must_be_approved_again(
    client, kickoff, revops
):
    prepare_plans(kickoff)
    rep = rep_with_parts(kickoff)
    draft(kickoff, revops)
    client.force_login(revops)
    url = reverse("events:packets:delivery:draft", kwargs={"slug": kickoff.slug})
    assert rep.full_name not in client.get(url).content.decode()

    territory = SalesTerritory.objects.get(owner=rep)
    TerritoryAccount.objects.create(territory=territory, account=AccountFactory())
    page = client.get(url).content.decode()
    assert rep.full_name in page
    assert "has to be approved again" not in page

    PacketVersion.objects.update(submitted_by=revops, submitted_at=MONDAY)
    assert "has to be approved again" in client.get(url).content.decode()


def test_the_page_says_what_it_would_do_and_does_it(client, kickoff, revops):
    prepare_plans(kickoff)
    rep_with_parts(kickoff)
    AttendeeFactory(kickoff=kickoff, person=PersonFactory(full_name="Nobody Yet"))
    client.force_login(revops)
    url = reverse("events:packets:delivery:draft", kwargs={"slug": kickoff.slug})

    page = client.get(url)

    text = page.content.decode()
    assert "Draft 1 packet" in text
    assert "1 rep has no quota" in text
    assert "Nobody Yet" in text
    assert "no-store" in page.headers["Cache-Control"]
    assert client.post(url, follow=True).status_code == 200
    assert PacketVersion.objects.count() == 1
    assert "Draft 1 packet" not in client.get(url).content.decode()
