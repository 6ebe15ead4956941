"""From deals to signed packets: territories, quotas and comp plans joined, approved, released, asked about."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from agenda.tests.factories import SessionFactory
from core.due.ticks import run_tick
from events.packets.delivery import actions, hooks, queries
from events.packets.delivery.models import PacketVersion
from events.packets.inquiries import actions as inquiries
from events.packets.inquiries.models import SharedAnswerReader
from events.packets.letters import actions as letters
from events.packets.letters.models import LetterFile
from events.packets.quotas import actions as quotas
from events.packets.quotas.actions.planning import PlanDetails
from events.packets.quotas.queries import board_of, plan_of
from events.packets.territories import actions as territories
from events.packets.territories.queries import read_plan
from events.tests.factories import (
    AccountFactory,
    AttendeeFactory,
    KickoffFactory,
    OpportunityFactory,
)
from events.tests.packets.comp.factories import CompPlanFactory, RolePayFactory
from people.activity.models import Entry
from people.mail.models import Message
from people.tests.factories import ExecutiveFactory, PersonFactory, RevOpsFactory

pytestmark = pytest.mark.django_db
D = Decimal
NOW = datetime(2027, 1, 18, 9, tzinfo=UTC)
YEAR = {"starts_date": date(2027, 3, 1), "ends_date": date(2028, 2, 29)}
TITLE = "Sales agent"
# Won in 2026 by each of six reps, three under each of two managers; one has won nothing
WON = (400_000, 250_000, 150_000, 300_000, 100_000, 0)


class Company:
    """Two teams of three, one account a rep, and one account that all of the first team work."""

    def __init__(self):
        self.kickoff = KickoffFactory()
        self.revops = RevOpsFactory(full_name="Rita Moreau")
        self.finance, self.sales = PersonFactory(function="EXECUTIVE"), ExecutiveFactory()
        managers = [PersonFactory(), PersonFactory()]
        for manager in managers:
            AttendeeFactory(kickoff=self.kickoff, person=manager, kind="MANAGER")
        self.reps = [
            PersonFactory(manager=managers[number // 3], job_title=TITLE) for number in range(6)
        ]
        self.shared = AccountFactory(name="Shared by many")
        for number, (rep, won) in enumerate(zip(self.reps, WON, strict=True)):
            AttendeeFactory(kickoff=self.kickoff, person=rep)
            own = AccountFactory(name=f"Account of {number}")
            deal = {
                "owner": rep,
                "currency": "EUR",
                "engage_date": date(2026, 3, 1),
                "close_date": date(2026, 6, 1),
            }
            stage = {"stage": "WON", "value": won} if won else {"stage": "ENGAGING", "value": 1}
            OpportunityFactory(account=own, **{**deal, **stage})
            if number < 3:
                OpportunityFactory(
                    account=self.shared, **{**deal, "stage": "WON", "value": 10_000 * (number + 1)}
                )
        self.session = SessionFactory(
            kickoff=self.kickoff,
            title="How you are paid",
            starts_at=datetime(2027, 2, 3, 14, tzinfo=UTC),
        )

    def plan(self):
        """Territories from the deals, quotas at 8% on each level, one comp plan."""
        kickoff, by = self.kickoff, self.revops
        territories.accept_proposals(kickoff=kickoff, role="AE", chosen=None, by=by, at=NOW)
        details = PlanDetails(
            target=D(1_260_000), currency="EUR", step=D(1), over=(D("0.08"),), basis="WON",
            won_from_date=date(2026, 1, 1), won_to_date=date(2026, 12, 31), floor=D("0.25"),
            season="QUARTERS", season_shares=(), ramp="QUARTERS", ramp_shares=(), rates=(), **YEAR,
        )  # fmt: skip
        plan = quotas.create_plan(kickoff=kickoff, details=details, by=by, at=NOW)
        quotas.cascade_plan(plan_id=plan.pk, seen=plan.version, by=by, at=NOW)
        CompPlanFactory(kickoff=kickoff, titles=[TITLE], **YEAR)
        RolePayFactory(kickoff=kickoff, job_title=TITLE)

    def approve(self, at):
        """Send all drafts to both approvers, who approve them."""
        actions.submit_packets(kickoff=self.kickoff, by=self.revops, at=at)
        for approver in (self.finance, self.sales):
            actions.approve_packets(
                kickoff=self.kickoff, by=approver, typed_name=approver.full_name, at=at
            )

    def release(self, at, **options):
        """RevOps signs for the company and releases."""
        signed_as = actions.SignedAs(self.revops.full_name, "Head of RevOps")
        return actions.release_packets(
            kickoff=self.kickoff, by=self.revops, at=at, signed_as=signed_as, **options
        )

    def states(self):
        """How many versions are in which state."""
        versions = PacketVersion.objects.of(self.kickoff)
        return Counter(versions.order_by().values_list("state", flat=True))


def render_all(at):
    """Make every letter that waits, as workers would."""
    while letters.render_batch(at=at).more:
        pass
    return LetterFile.objects.filter(state="READY").count()


@pytest.fixture
def company():
    company = Company()
    company.plan()
    for person, kind in ((company.finance, "FINANCE"), (company.sales, "SALES")):
        actions.name_approver(
            kickoff=company.kickoff, person=person, kind=kind, by=company.revops, at=NOW
        )
    return company


def test_an_account_that_many_work_goes_to_whoever_won_most_there(company):
    plan = read_plan(company.kickoff, "AE")

    owners = [territory.owner for territory in plan.holders(company.shared.pk)]
    assert owners == [company.reps[2]]
    assert not plan.gaps.double


def test_quotas_are_over_assigned_by_eight_percent_at_each_level(company):
    board = board_of(plan_of(company.kickoff))

    managers = [one for one in board.tree.walk() if board.tree.leads(one)]
    assert sum(board.amounts[one] for one in managers) == D(1_260_000) * D("1.08")
    total = board.sum_of_reps / board.target - 1
    assert abs(total - D("0.1664")) < D("0.00001")


@pytest.mark.long
def test_packets_go_from_their_parts_to_a_signed_copy(company):
    kickoff, revops = company.kickoff, company.revops
    assert actions.draft_packets(kickoff=kickoff, by=revops, at=NOW).created == 6
    company.approve(NOW)
    moment = hooks.moments_of(kickoff)[0]
    release = company.release(NOW, until=moment).release
    assert company.states() == {"APPROVED": 6}

    run_tick(moment.at - timedelta(minutes=1))
    assert company.states() == {"APPROVED": 6}
    assert LetterFile.objects.count() == 0
    run_tick(moment.at)
    run_tick(moment.at)

    release.refresh_from_db()
    assert (company.states(), release.lifted_at) == ({"RELEASED": 6}, moment.at)
    assert render_all(moment.at) == 6
    later = moment.at + timedelta(hours=1)
    for version in PacketVersion.objects.of(kickoff).select_related("packet__rep"):
        rep = version.packet.rep
        actions.sign_receipt(version_id=version.pk, by=rep, typed_name=rep.full_name, at=later)
    assert render_all(later) == 12

    asked = PacketVersion.objects.of(kickoff).select_related("packet__rep")[:3]
    found = [
        inquiries.ask_question(
            version_id=version.pk, kind=kind, text="Why?", by=version.packet.rep, at=later
        )
        for version, kind in zip(asked, ("CALCULATION", "TERRITORY", "TYPO"), strict=True)
    ]
    answer = {"inquiry_id": found[0].pk, "by": revops, "at": later}
    inquiries.answer_inquiry(text="Each further percent pays more.", **answer)
    inquiries.publish_answer(
        scope="PLAN", question="What is a band?", answer="A share of quota.", **answer
    )
    assert SharedAnswerReader.objects.count() == 5

    plan = read_plan(kickoff, "AE")
    giver, taker = plan.by_owner[company.reps[2].pk], plan.by_owner[company.reps[0].pk]
    territories.move_accounts(
        kickoff=kickoff, role="AE", expected={company.shared.pk: [giver.pk]},
        to={company.shared.pk: taker.pk}, by=revops, at=later, reason="Closer",
    )  # fmt: skip
    drafted = actions.draft_packets(kickoff=kickoff, by=revops, at=later)
    assert (drafted.superseding, drafted.unchanged) == (2, 4)
    company.approve(later)
    company.release(later)

    assert company.states() == {"RECEIVED": 4, "SUPERSEDED": 2, "RELEASED": 2}
    assert render_all(later) == 14
    second = PacketVersion.objects.get(packet__rep=company.reps[0], number=2)
    assert queries.changes_in(second, queries.version_before(second)) == [
        "Shared by many moved in."
    ]


def test_no_mail_and_no_note_of_the_trail_says_a_quota(company):
    kickoff = company.kickoff
    actions.draft_packets(kickoff=kickoff, by=company.revops, at=NOW)
    company.approve(NOW)
    company.release(NOW)
    amounts = board_of(plan_of(kickoff)).amounts.values()
    figures = {text for amount in amounts for text in (f"{amount:.0f}", f"{amount:,.0f}")}

    said = [message.subject + message.body for message in Message.objects.all()]
    said += [entry.note for entry in Entry.objects.all()]
    assert said
    assert not [text for text in said if any(figure in text for figure in figures)]


def test_the_plan_that_all_are_on_pays_its_target_at_quota(company):
    found = queries.draftables(company.kickoff)
    assert all(one.joined.content.pays_target() for one in found)
