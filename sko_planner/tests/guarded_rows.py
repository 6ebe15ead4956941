"""One row of every table that a guard keeps, filled as far as it can be."""

from datetime import UTC, datetime

from events.packets.comp.models import TermsEdition
from events.packets.delivery.models import (
    EmployerSignature,
    PacketAnswer,
    PacketApproval,
    PacketLapse,
    PacketRecall,
    PacketReturn,
    PacketRound,
    Receipt,
    RoundQuestion,
    seal_text,
)
from events.packets.inquiries.models import Inquiry, InquiryMessage, QuotaWish, SharedAnswer
from events.packets.letters.models import LetterBrand, LetterFile, LetterRun
from events.packets.records.models import Handout, LegalHold
from events.tests.factories import PacketReleaseFactory, PacketVersionFactory
from events.trail.actions import MARGIN, seal_trail
from events.trail.models import TrailSeal
from people.activity.actions import passage, record_entry
from people.activity.models import Passage
from people.tests.factories import PersonFactory, RegionFactory, RevOpsFactory

AT = datetime(2027, 1, 8, 9, tzinfo=UTC)


def _receipt():
    version = PacketVersionFactory(state="RECEIVED")
    return Receipt.objects.create(
        version=version,
        person=version.packet.rep,
        typed_name="Aïcha Benyahia",
        content_hash=version.content_hash,
        signed_at=AT,
        recorded_by=RevOpsFactory(),
        recorded_at=AT,
        means="PAPER",
        sealed_reason=seal_text("900,000 read aloud"),
        sealed_evidence=seal_text("Folder 12"),
    )


def _answer():
    version = PacketVersionFactory(state="DECLINED")
    return PacketAnswer.objects.create(
        version=version,
        person=version.packet.rep,
        kind="DECLINED",
        typed_name="Aïcha Benyahia",
        content_hash=version.content_hash,
        sealed_reason=seal_text("900,000 is too much"),
        at=AT,
    )


def _signature():
    version = PacketVersionFactory()
    return EmployerSignature.objects.create(
        version=version,
        person=RevOpsFactory(),
        typed_name="Mateusz Wiśniewski",
        title="Head of RevOps",
        content_hash=version.content_hash,
        signed_at=AT,
    )


def _approval():
    return PacketApproval.objects.create(
        version=PacketVersionFactory(state="DRAFT"),
        kind="FINANCE",
        by=PersonFactory(),
        at=AT,
        content_hash="0" * 64,
        withdrawn_at=AT,
    )


def _returned():
    returned = PacketReturn.objects.create(
        kind="FINANCE", by=PersonFactory(), at=AT, sealed_reason=seal_text("Too high")
    )
    returned.versions.add(PacketVersionFactory(state="DRAFT"))
    return returned


def _letter():
    version = PacketVersionFactory()
    run = LetterRun.objects.create(kickoff=version.packet.kickoff)
    letter = LetterFile(run=run, version=version, kind="LETTER", language="en", key="k")
    letter.pdf = letter.sealed_file(b"%PDF-")["pdf"]
    letter.state, letter.queued_at, letter.rendered_at = "READY", AT, AT
    letter.save()
    return letter


def _brand():
    return LetterBrand.objects.create(
        kickoff=PacketVersionFactory().packet.kickoff, edition=1, saved_at=AT
    )


def _hold():
    return LegalHold.objects.create(
        packet=PacketVersionFactory().packet,
        sealed_reason=seal_text("A claim"),
        placed_by=RevOpsFactory(),
        placed_at=AT,
        lifted_by=RevOpsFactory(),
        lifted_at=AT,
    )


def _terms():
    return TermsEdition.objects.create(
        code="2027", clauses="Be fair.", state="PUBLISHED", published_at=AT,
        published_by=RevOpsFactory(), changed_at=AT,
    )  # fmt: skip


def _passage():
    with passage(reason=Passage.Reason.RETENTION, by=RevOpsFactory(), at=AT, note="1 version"):
        pass
    return Passage.objects.get()


def _seal():
    record_entry(by=PersonFactory(), verb="packet.viewed", at=AT)
    seal_trail(AT)
    seal_trail(AT + MARGIN)
    return TrailSeal.objects.get()


def _round():
    version = PacketVersionFactory(state="DRAFT")
    sent = PacketRound.objects.create(
        kickoff=version.packet.kickoff,
        number=1,
        size=1,
        submitted_by=RevOpsFactory(),
        submitted_at=AT,
        sealed=seal_text("84,000"),
        shown_at=AT,
        closed_at=AT,
        closed_by=PersonFactory(),
        outcome="RETURNED",
    )
    sent.versions.add(version)
    return sent


def _question():
    return RoundQuestion.objects.create(
        round=_round(),
        by=PersonFactory(),
        at=AT,
        sealed_question=seal_text("Why 84,000?"),
        answered_by=RevOpsFactory(),
        answered_at=AT,
        sealed_answer=seal_text("A territory was merged"),
    )


def _inquiry():
    version = PacketVersionFactory()
    return Inquiry.objects.create(
        version=version,
        asked_by=version.packet.rep,
        kind="CALCULATION",
        sealed=seal_text("48,211 is missing"),
        routed_to="REVOPS",
        opened_at=AT,
        due_at=AT,
    )


def _wish():
    version = PacketVersionFactory()
    return QuotaWish.objects.create(
        version=version,
        wished_by=version.packet.rep,
        wished_at=AT,
        sealed_amount=seal_text("777123"),
        sealed_reason=seal_text("Zanzibar Freight has left"),
        state="DECLINED",
        supports=True,
        sealed_comment=seal_text("Right"),
        commented_by=PersonFactory(),
        commented_at=AT,
        sealed_answer=seal_text("It stays"),
        decided_by=RevOpsFactory(),
        decided_at=AT,
    )


def _handout():
    version = PacketVersionFactory()
    return Handout.objects.create(
        kind="COUNSEL",
        kickoff=version.packet.kickoff,
        rep=version.packet.rep,
        region=RegionFactory(),
        sealed_purpose=seal_text("Matter 27-014"),
        requested_by=RevOpsFactory(),
        requested_at=AT,
    )


ROWS = {
    "events_employersignature": _signature,
    "events_handout": _handout,
    "events_inquiry": _inquiry,
    "events_inquirymessage": lambda: InquiryMessage.objects.create(
        inquiry=_inquiry(),
        kind="ANSWER",
        by=RevOpsFactory(),
        routed_to="REVOPS",
        sealed=seal_text("It was split"),
        at=AT,
    ),
    "events_packetround": _round,
    "events_roundquestion": _question,
    "events_packetround_versions": lambda: PacketRound.versions.through.objects.get(
        packetround=_round()
    ),
    "events_quotawish": _wish,
    "events_sharedanswer": lambda: SharedAnswer.objects.create(
        inquiry=_inquiry(),
        scope="EVERYONE",
        sealed_question=seal_text("What is split?"),
        sealed_answer=seal_text("Partner deals"),
        published_by=RevOpsFactory(),
        published_at=AT,
        reached_at=AT,
        withdrawn_at=AT,
    ),
    "events_legalhold": _hold,
    "events_letterbrand": _brand,
    "events_letterfile": _letter,
    "events_packetanswer": _answer,
    "events_packetapproval": _approval,
    "events_packetlapse": lambda: PacketLapse.objects.create(
        version=PacketVersionFactory(state="DRAFT"), by=PersonFactory(), at=AT
    ),
    "events_packetrecall": lambda: PacketRecall.objects.create(
        version=PacketVersionFactory(state="RECALLED"),
        by=RevOpsFactory(),
        at=AT,
        sealed_reason=seal_text("940,000 of somebody else"),
    ),
    "events_packetrelease": lambda: PacketReleaseFactory(lifted_at=AT, lifted_by=RevOpsFactory()),
    "events_packetreturn": _returned,
    "events_packetreturn_versions": lambda: PacketReturn.versions.through.objects.get(
        packetreturn=_returned()
    ),
    "events_packetversion": PacketVersionFactory,
    "events_receipt": _receipt,
    "events_termsedition": _terms,
    "events_trailseal": _seal,
    "people_entry": lambda: record_entry(
        by=PersonFactory(), verb="packet.viewed", at=AT, subject=PersonFactory(), note="version 1"
    ),
    "people_passage": _passage,
}
