"""The checks of a kickoff: as many before as after somebody has done what they ask for."""

from datetime import UTC, datetime

import pytest

from agenda.sessions.actions.releasing import release_agenda
from agenda.sessions.actions.starting import suggest_agenda
from agenda.tests.factories import SessionFactory
from core.once import asking_once
from events.bets.models import BigBet
from events.kickoff.hooks import Check, Finding, Phase, Severity, WrongFindings, checks, findings
from events.readiness.queries import readiness_of
from events.tests.factories import (
    AssignmentFactory,
    AttendeeFactory,
    KickoffFactory,
    PacketVersionFactory,
    PlanningTaskFactory,
    SalesTerritoryFactory,
)
from events.tests.packets.quotas.factories import QuotaNodeFactory, QuotaPlanFactory
from people.tests.factories import PersonFactory, PlannerFactory
from reinforcement.campaigns.actions import fill_plan

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 12, 9, tzinfo=UTC)


def test_working_never_makes_more_checks_and_few_queries_answer_all(django_assert_max_num_queries):
    kickoff, planner = KickoffFactory(), PlannerFactory()
    reps = [PersonFactory(job_title="AE") for _one in range(2)]
    quotas = QuotaPlanFactory(kickoff=kickoff)
    work = {
        "bets": lambda: [
            BigBet.objects.create(kickoff=kickoff, position=n, title=f"Bet {n}") for n in (1, 2, 3)
        ],
        "pre-work": lambda: AssignmentFactory(kickoff=kickoff),
        "tasks": lambda: PlanningTaskFactory(kickoff=kickoff),
        "a session": lambda: SessionFactory(kickoff=kickoff),
        "the agenda": lambda: suggest_agenda(kickoff, planner, AT),
        "people": lambda: [AttendeeFactory(kickoff=kickoff, person=rep) for rep in reps],
        "a territory": lambda: SalesTerritoryFactory(kickoff=kickoff, owner=reps[0]),
        "a quota": lambda: QuotaNodeFactory(plan=quotas, person=reps[0]),
        "every quota": lambda: QuotaNodeFactory(plan=quotas, person=reps[1]),
        "a packet": lambda: PacketVersionFactory(
            packet__kickoff=kickoff, packet__rep=reps[0], state="RELEASED"
        ),
        "a receipt": lambda: PacketVersionFactory(
            packet__kickoff=kickoff, packet__rep=reps[1], state="RECEIVED"
        ),
        "the 90 days": lambda: fill_plan(kickoff, planner, AT),
    }

    counts = {"nothing": by_phase(kickoff)}
    for name, do in work.items():
        do()
        counts[name] = by_phase(kickoff)

    assert set(counts.values()) == {(20, 18, 5)}, counts
    assert all(finding.check.name for finding in findings(kickoff, AT))
    release_agenda(kickoff=kickoff, by=planner, at=AT, override_reason="Known")
    with django_assert_max_num_queries(20), asking_once():
        readiness_of(kickoff, AT)


def by_phase(kickoff):
    found = findings(kickoff, AT)
    return tuple(sum(finding.phase == phase for finding in found) for phase in Phase)


def test_what_is_too_early_to_judge_counts_and_needs_nobody():
    seen = readiness_of(KickoffFactory(), AT)

    during = seen.phases[1]
    assert (during.met, during.total, len(during.open), during.early) == (0, 18, 1, 17)
    assert seen.needing == sum(len(phase.open) for phase in seen.phases)


def test_whoever_finds_more_than_they_look_for_is_told():
    one, other = (Check(key, Phase.BEFORE, 1, "Guide") for key in ("one", "other"))

    @checks(one)
    def found(kickoff, at):
        yield from kickoff

    said = Finding(one, Severity.MET, "It is")
    assert found([said], AT) == [said]
    for wrong in ([said, said], [said, Finding(other, Severity.MET, "So is this")]):
        with pytest.raises(WrongFindings, match="found one, o"):
            found(wrong, AT)
