"""What an approver sees today, and what they saw before, tell nobody's figures together."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from events.packets.delivery import actions, queries
from events.packets.delivery.models import PacketRound, PacketVersion
from events.packets.delivery.queries import Hidden
from events.packets.territories.rules.territory import Territory
from events.rates.actions import note_rate
from events.rates.rules import Rate
from events.tests.factories import (
    AttendeeFactory,
    KickoffFactory,
    PacketApproverFactory,
    PacketVersionFactory,
    packet_content,
)
from events.tests.packets.delivery.importing import MONDAY, TUESDAY
from events.tests.packets.delivery.team import Team
from events.tests.packets.quotas.factories import PlanRateFactory, QuotaPlanFactory
from people.tests.factories import ExecutiveFactory, PersonFactory, RegionFactory, RevOpsFactory
from people.tests.passages import behind_our_back

pytestmark = pytest.mark.django_db
LATER = TUESDAY + timedelta(days=1)


@pytest.fixture
def team():
    return Team(6)


def quota(found):
    return [group.sums.quota for group in found.by_currency]


def test_nothing_more_is_sent_while_a_round_is_with_its_approvers(team):
    team.submit()
    before = team.look()
    team.join(1, quota=917342)

    with pytest.raises(actions.PacketRefused, match="A round is with the approvers"):
        team.submit()

    assert quota(team.look()) == quota(before) == [5_400_000]
    assert team.waiting().count() == 6


def test_one_packet_more_shows_no_sums_that_could_be_taken_off_those_before(team):
    team.submit()
    team.look()
    team.take_back()
    team.join(1, quota=917342)

    sent = team.submit(at=LATER)

    found = team.look()
    assert (sent.count, sent.shows_sums) == (7, False)
    assert (found.by_currency, found.by_region, found.hidden) == ([], [], Hidden.COMPARABLE)


def test_what_seven_packets_show_after_six_tells_nothing_of_the_seventh(team):
    team.submit()
    assert {way for _kind, way, _count in team.look().exceptions} == {"NONE"}
    team.take_back()
    # Its plan starts in a few days, which none of the others do
    team.join(1, effective_from=TUESDAY.date() + timedelta(days=9))
    team.submit(at=LATER)

    found = team.look()

    assert (found.by_currency, found.by_region, found.total) == ([], [], None)
    assert found.exceptions == [("notice", "HIDDEN", 0)]


def test_rates_that_change_while_a_round_is_open_change_nothing_on_its_page(team):
    plan = QuotaPlanFactory(kickoff=team.kickoff, currency="USD")
    rate = PlanRateFactory(plan=plan, currency="EUR", rate=Decimal("0.5"))
    team.submit()
    before = team.look()
    rate.quoted = note_rate(
        kickoff=team.kickoff,
        base="USD",
        currency="EUR",
        bought=Decimal("0.9"),
        as_of_date=date(2026, 12, 8),
    )
    rate.save()

    after = team.look(team.sales)

    assert before.total.sums.quota == after.total.sums.quota == 10_800_000
    assert after.rates == [("EUR", Rate(Decimal("0.5"), date(2026, 12, 1)))]


def test_a_round_is_compared_with_the_packets_of_the_kickoff_before(team):
    before = KickoffFactory(starts_date=date(2026, 2, 2), ends_date=date(2026, 2, 4))
    for person in team.reps:
        PacketVersionFactory(
            packet__kickoff=before,
            packet__rep=person,
            state="RECEIVED",
            content=packet_content(quota=720000),
        )
    team.submit()

    found = team.look()

    (euros,) = found.by_currency
    assert (euros.last.count, euros.last.quota_change) == (6, Decimal("0.25"))
    assert ("quota", "ALL", 6) in found.exceptions
    assert found.last_name == before.fiscal_year


def test_five_packets_more_show_sums_again(team):
    team.submit()
    team.look()
    team.take_back()
    team.join(5)

    assert team.submit(at=LATER).shows_sums
    assert quota(team.look()) == [9_900_000]


def test_what_nobody_looked_at_is_compared_with_nothing(team):
    team.submit()
    team.take_back()
    team.join(1)

    assert team.submit(at=LATER).shows_sums


def test_a_corrected_quota_is_not_the_difference_of_two_rounds(team):
    team.submit()
    team.look()
    team.draft(team.reps[0], at=TUESDAY, quota=917342)

    assert not team.submit(at=LATER).shows_sums


def test_a_correction_of_all_is_shown(team):
    team.submit()
    team.look()
    team.draft(*team.reps, at=TUESDAY, quota=800000)

    assert team.submit(at=LATER).shows_sums
    assert quota(team.look()) == [4_800_000]


def test_words_that_changed_show_the_same_sums(team):
    team.submit()
    team.look()
    team.draft(*team.reps[:1], at=TUESDAY, territory=Territory("France"))

    assert team.submit(at=LATER).shows_sums


def test_a_new_region_of_a_rep_moves_no_sum_that_is_shown(team):
    emea, apac = RegionFactory(name="EMEA"), RegionFactory(name="APAC")
    for person in team.reps:
        person.region = emea
        person.save()
    team.join(6, region=apac)
    team.submit()
    before = team.look()

    mover = team.reps[0]
    mover.region = apac
    mover.save()

    assert team.look().by_region == before.by_region != []
    team.take_back()
    team.submit(at=LATER)
    after = team.look()
    assert quota(after) == quota(before)
    assert after.by_region == []


def test_two_approvers_see_the_same_sums_whoever_drafted_or_holds_a_packet(team):
    seller, maker = PersonFactory(), RevOpsFactory()
    for person, kind in ((seller, "SALES"), (maker, "FINANCE")):
        PacketApproverFactory(kickoff=team.kickoff, person=person, kind=kind, named_at=MONDAY)
    AttendeeFactory(kickoff=team.kickoff, person=seller)
    team.draft(seller, quota=917342)
    PacketVersion.objects.filter(packet__rep=team.reps[0]).update(drafted_by=maker)
    team.submit(at=TUESDAY)

    pages = [team.look(person) for person in (team.finance, team.sales, seller, maker)]

    assert {tuple(quota(page)) for page in pages} == {(6_317_342,)}
    assert [len(page.waiting) for page in pages] == [7, 7, 6, 6]


def test_an_approver_with_a_packet_of_their_own_does_not_count_among_the_five():
    team = Team(4)
    AttendeeFactory(kickoff=team.kickoff, person=team.finance)
    team.draft(team.finance)

    assert not team.submit().shows_sums
    assert team.look(team.sales).hidden == Hidden.FEW


def test_whose_packets_an_approver_reads_do_not_count_among_the_five(team):
    for person in team.reps[:2]:
        person.manager = team.finance
        person.save()

    assert not team.submit().shows_sums


def test_an_executive_reads_no_packet_of_their_line_so_that_it_counts(team):
    chief = ExecutiveFactory()
    PacketApproverFactory(kickoff=team.kickoff, person=chief, kind="SALES")
    for person in team.reps[:2]:
        person.manager = chief
        person.save()

    assert team.submit().shows_sums


def test_somebody_named_later_who_holds_a_packet_sees_no_sum_of_four_others():
    team = Team(5)
    team.submit()
    late = team.reps[0]
    actions.name_approver(
        kickoff=team.kickoff, person=late, kind="SALES", by=team.revops, at=TUESDAY
    )

    assert team.look(late).hidden == Hidden.KNOWS_TOO_MUCH
    assert team.look().by_currency


def test_an_approver_who_becomes_a_manager_after_the_sending_sees_no_sum_of_four_others(team):
    team.submit()
    for person in team.reps[:2]:
        person.manager = team.finance
        person.save()

    assert team.look().hidden == Hidden.KNOWS_TOO_MUCH
    assert team.look(team.sales).by_currency


def test_who_is_in_too_many_sums_is_worked_out_from_no_third_round(team):
    team.submit()
    team.look()
    team.take_back()
    team.join(5)
    team.submit(at=LATER)
    team.look()
    team.take_back(at=LATER)
    one = PacketVersion.objects.get(packet__rep=team.reps[0])

    others = [version.packet_id for version in PacketVersion.objects.exclude(pk=one.pk)]
    assert not team.submit(at=LATER, packet_ids=others).shows_sums


def test_a_round_whose_figures_are_gone_lets_no_later_one_be_shown(team):
    team.submit()
    team.look()
    team.take_back()
    with behind_our_back():
        PacketRound.objects.update(sealed="")

    assert not team.submit(at=LATER).shows_sums


def test_sums_of_another_kickoff_do_not_hide_these(team):
    other = Team(6)
    for one in (other, team):
        assert one.submit().shows_sums
        one.look()


def test_sums_that_went_back_meanwhile_are_not_shown_any_more(team):
    team.submit()
    found = queries.aggregates_for(queries.approver_of(team.kickoff, team.finance.pk))
    team.take_back()

    assert not actions.show_round(sent=found.sent, at=TUESDAY)
    assert team.last().shown_at is None
