"""Comp plans of the three kickoffs, and what each rep is paid: the same as in their packets."""

import random
from datetime import datetime
from decimal import Decimal

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.packets.comp.models import CompPlan, PersonComp, PlanRole
from events.packets.comp.rules.comp import DrawKind, Measure, SplitShare
from events.packets.comp.rules.design import DrawDesign, PlanDesign, design_to_json
from events.packets.comp.rules.pay import Pay, stem_of, title_key
from events.packets.comp.rules.payout import Band, Basis, Plan, Threshold
from events.packets.comp.rules.terms import CURRENT
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.rules.content import Content
from events.packets.quotas.rules.quota import year_from
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_BATCH = 500
_BANDS = tuple(
    Band(Decimal(start), Decimal(rate)) for start, rate in (("0", "1"), ("1", "1.5"), ("1.25", "2"))
)
_NEW = Plan(Basis.TV_MULTIPLIER, bands=_BANDS, threshold=Threshold(Decimal("0.4")))
_MULTI_YEAR = Plan(
    Basis.PAYOUT_CURVE,
    points=tuple(
        (Decimal(at), Decimal(pays)) for at, pays in (("0.5", "0.5"), ("1", "1"), ("1.5", "1.75"))
    ),
)
DESIGNS = {
    "Mid-market AE": PlanDesign(
        (Measure("New contracts", Decimal(1), _NEW),), CURRENT, clawback_months=12
    ),
    "Enterprise AE": PlanDesign(
        (
            Measure("New contracts", Decimal("0.8"), _NEW),
            Measure("Multi-year contracts", Decimal("0.2"), _MULTI_YEAR),
        ),
        CURRENT,
        clawback_months=12,
        splits=(
            SplitShare("Account executive", Decimal("0.7")),
            SplitShare("Overlay specialist", Decimal("0.3")),
        ),
    ),
    # Written last week and not mended yet: its first band pays half, and nothing makes up for it
    "SMB AE": PlanDesign(
        (
            Measure(
                "New contracts",
                Decimal(1),
                Plan(
                    Basis.TV_MULTIPLIER,
                    bands=(
                        Band(Decimal(0), Decimal("0.5")),
                        Band(Decimal("0.5"), Decimal(1)),
                        Band(Decimal(1), Decimal("1.5")),
                    ),
                ),
            ),
        ),
        CURRENT,
        draw=DrawDesign(DrawKind.RECOVERABLE, Decimal("0.5"), 3),
    ),
}


def plan_of(job_title: str) -> str:
    """The plan of a job title: Enterprise reps have one, everybody else the other."""
    return "Enterprise AE" if job_title.startswith("Enterprise") else "Mid-market AE"


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Give the kickoffs their plans, and each rep the pay that their latest packet says."""
    for kickoff in (kickoffs.ended, kickoffs.today, kickoffs.ahead):
        contents = _contents(kickoff)
        if contents:
            _load(company, kickoff, contents, now)


def _load(company: Company, kickoff: Kickoff, contents: dict[int, Content], now: datetime) -> None:
    by, starts = company["mateusz"], min(one.effective_from for one in contents.values())
    changed_at = min(kickoff.doors_open_at, now)
    plans = {
        name: CompPlan.objects.create(
            kickoff=kickoff,
            name=name,
            starts_date=starts,
            ends_date=year_from(starts),
            design_json=design_to_json(design),
            is_ready=name != "SMB AE",
            changed_by=by,
            changed_at=changed_at,
        )
        for name, design in DESIGNS.items()
        if name != "SMB AE" or kickoff.status != Kickoff.Status.ARCHIVED
    }
    reps = Attendee.objects.filter(kickoff=kickoff).carrying_quota()
    titles = {stem_of(title) for title in reps.values_list("person__job_title", flat=True)} - {""}
    PlanRole.objects.bulk_create(
        PlanRole(
            plan=plans[plan_of(title)],
            kickoff=kickoff,
            job_title=title,
            title_key=title_key(title),
        )
        for title in sorted(titles)
    )
    rows = []
    for person_id, content in contents.items():
        row = PersonComp(
            kickoff=kickoff,
            person_id=person_id,
            currency=content.currency,
            changed_by=by,
            changed_at=changed_at,
        )
        row.write(Pay(content.comp.base, content.comp.target_variable), reason="")
        rows.append(row)
    PersonComp.objects.bulk_create(rows, batch_size=_BATCH)


def _contents(kickoff: Kickoff) -> dict[int, Content]:
    """What the latest version of each packet says, by rep."""
    latest: dict[int, PacketVersion] = {}
    for version in PacketVersion.objects.of(kickoff).select_related("packet").order_by("number"):
        latest[version.packet.rep_id] = version
    return {rep_id: version.read() for rep_id, version in latest.items()}
