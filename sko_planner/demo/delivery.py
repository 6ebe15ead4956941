"""How packets of the demo went out: approvals, releases, signatures, answers."""

import random
from datetime import datetime, timedelta

from agenda.sessions.models import Session
from events.kickoff.models import Kickoff
from events.packets.delivery.actions import start_round
from events.packets.delivery.models import (
    ApproverKind,
    EmployerSignature,
    PacketAnswer,
    PacketApproval,
    PacketApprover,
    PacketRelease,
    PacketVersion,
    seal_text,
)
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

WAITING, EMBARGOED = "WAITING", "EMBARGOED"
_State, _Kind = PacketVersion.State, PacketAnswer.Kind
_BATCH = 500
_APPROVERS = {ApproverKind.FINANCE: "declan", ApproverKind.SALES: "ngozi"}

DECLINE = (
    "Harrow Ridge moved to another team in December, and my quota still counts it. Without it"
    " I close at best four fifths. I would sign this version if the quota goes down with it."
)
RELEASER_TITLE = "Head of revenue operations"
LIFTED_BY = "How you are paid this year"  # the session that the embargo waits for


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """What waits went to the approvers together, once plans and pay stood to compare it with."""
    for kickoff in (kickoffs.ended, kickoffs.today, kickoffs.ahead):
        waiting = PacketVersion.objects.of(kickoff).waiting_for_approval()
        versions = list(waiting.select_related("packet__rep__region").order_by("pk"))
        if versions and (at := versions[0].submitted_at):
            start_round(kickoff=kickoff, versions=versions, by=company["mateusz"], at=at)


class Delivery:
    """What finance, sales leadership, RevOps and the reps put on the packets of one kickoff."""

    def __init__(
        self, company: Company, kickoff: Kickoff, rng: random.Random, now: datetime
    ) -> None:
        self.company, self.kickoff, self.rng, self.now = company, kickoff, rng, now
        self.by = company["mateusz"]

    def release(self, versions: list[PacketVersion], kinds: dict[int, str]) -> None:
        """
        Hang versions that are not stored yet on their releases: one for each moment at which some
        came out, and one that waits for its session. `kinds` says of each, by `id()`, what it is.
        """
        out: dict[datetime, PacketRelease] = {}
        for at in sorted({version.released_at for version in versions if version.released_at}):
            out[at] = PacketRelease.objects.create(
                kickoff=self.kickoff,
                by=self.by,
                at=at,
                scope="All that is approved",
                due_at=at,
                lifted_at=at,
                lifted_by=self.by,
            )
        embargo = self._embargo() if EMBARGOED in kinds.values() else None
        for version in versions:
            if version.released_at is not None:
                version.release = out[version.released_at]
            elif kinds[id(version)] == EMBARGOED:
                version.release = embargo

    def load(self, versions: list[PacketVersion], accepted: int) -> None:
        """Approvals, signatures and answers of stored versions; `accepted` is in a hundred."""
        self._approvers(versions)
        self._approvals(versions)
        self._signatures(versions)
        self._answers(versions, accepted)

    def _approvers(self, versions: list[PacketVersion]) -> None:
        named_at = min(version.drafted_at for version in versions) - timedelta(days=2)
        PacketApprover.objects.bulk_create(
            PacketApprover(
                kickoff=self.kickoff,
                person=self.company[handle],
                kind=kind,
                named_by=self.by,
                named_at=named_at,
            )
            for kind, handle in _APPROVERS.items()
        )

    def _approvals(self, versions: list[PacketVersion]) -> None:
        PacketApproval.objects.bulk_create(
            (
                PacketApproval(
                    version=version,
                    kind=kind,
                    by=self.company[handle],
                    at=version.approved_at or version.submitted_at,
                    content_hash=version.content_hash,
                )
                for version in versions
                for kind, handle in _APPROVERS.items()
                if version.submitted_at is not None and version.state != _State.DRAFT
            ),
            batch_size=_BATCH,
        )

    def _signatures(self, versions: list[PacketVersion]) -> None:
        EmployerSignature.objects.bulk_create(
            (
                EmployerSignature(
                    version=version,
                    person=self.by,
                    typed_name=self.by.full_name,
                    title=RELEASER_TITLE,
                    content_hash=version.content_hash,
                    signed_at=version.release.at,
                )
                for version in versions
                if version.release is not None
            ),
            batch_size=_BATCH,
        )

    def _embargo(self) -> PacketRelease:
        session = Session.objects.scheduled().filter(kickoff=self.kickoff, title=LIFTED_BY).first()
        due_at = (session and session.starts_at) or self.kickoff.doors_open_at
        return PacketRelease.objects.create(
            kickoff=self.kickoff,
            by=self.by,
            at=self.now - timedelta(days=1, hours=3),
            scope="All that is approved",
            moment_key=f"session:{session.pk}" if session else "",
            moment_label=LIFTED_BY if session else "",
            due_at=due_at,
        )

    def _answers(self, versions: list[PacketVersion], accepted: int) -> None:
        """Some of those who signed have accepted; one has declined, and says why."""
        signed = [version for version in versions if version.state == _State.RECEIVED]
        aicha = self.company["aicha"]
        others = [version for version in signed if version.packet.rep_id != aicha.pk]
        declined = others[len(others) // 2] if others and self.kickoff.ended_at is None else None
        answers = []
        for version in signed:
            if version is not declined and self.rng.randrange(100) >= accepted:
                continue
            kind = _Kind.DECLINED if version is declined else _Kind.ACCEPTED
            received = version.received_at or self.now
            at = received + (self.now - received) * self.rng.uniform(0.02, 0.5)
            answers.append(
                PacketAnswer(
                    version=version,
                    person=version.packet.rep,
                    kind=kind,
                    typed_name=version.packet.rep.full_name,
                    content_hash=version.content_hash,
                    sealed_reason=seal_text(DECLINE) if kind == _Kind.DECLINED else "",
                    at=at,
                )
            )
        PacketAnswer.objects.bulk_create(answers, batch_size=_BATCH)
        for kind, state in ((_Kind.ACCEPTED, _State.ACCEPTED), (_Kind.DECLINED, _State.DECLINED)):
            PacketVersion.objects.filter(
                pk__in=[answer.version_id for answer in answers if answer.kind == kind]
            ).update(state=state)
