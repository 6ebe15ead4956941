from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.files.base import ContentFile

from core.tests.access import Row, slug
from events.budget import actions
from events.budget.actions import Figures, Settings, Words
from events.budget.models import BudgetOwner

SEE_MONEY = frozenset({"planner", "executive"})
PLANNERS = frozenset({"planner"})
AT = datetime(2027, 1, 12, 9, tzinfo=UTC)


def prepare(world):
    planner = world["planner"]
    budget = actions.begin_budget(
        kickoff=world.kickoff,
        settings=Settings(heads=160, reps=96, nights=3, rooms=8),
        by=planner,
        at=AT,
    )
    line = actions.add_line(
        budget=budget,
        words=Words(category="AV", name="Stage, sound and light"),
        figures=Figures(basis="EVENT", price=Decimal(31_000), currency=budget.currency),
        by=planner,
        at=AT,
    )
    owner = BudgetOwner.objects.create(budget=budget, person=planner, limit=Decimal(5000))
    figures = Figures(
        basis="EVENT", price=Decimal(31_000), said=Decimal(39_400), currency=budget.currency
    )
    revision = actions.revise_line(
        line_id=line.pk, figures=figures, reason="The wall grew", seen=1, by=planner, at=AT
    )
    block = actions.save_block(
        budget=budget,
        details=actions.BlockDetails(
            hotel="Jardim do Tejo",
            price=Decimal(195),
            share=Decimal("0.85"),
            cutoff_at=AT,
            nights={date(2027, 2, 1): (60, 42)},
        ),
        by=planner,
        at=AT,
    )
    paper = actions.add_file(
        line=line, upload=ContentFile(b"%PDF-1.7\n", "a.pdf"), kind="CONTRACT", by=planner, at=AT
    )
    world.things |= {
        "paper": paper,
        "block": block,
        "line": line,
        "owner": owner,
        "revision": revision,
    }


def _line(world):
    return slug(world) | {"line_id": world.things["line"].pk}


def _paper(world):
    return slug(world) | {"file_id": world.things["paper"].pk}


def _block(world):
    return slug(world) | {"block_id": world.things["block"].pk}


def _owner(world):
    return slug(world) | {"owner_id": world.things["owner"].pk}


def _revision(world):
    return slug(world) | {"revision_id": world.things["revision"].pk}


def _forged_token(world):
    return slug(world) | {"token": "forged"}


ROWS = [
    Row("events:budget:page", SEE_MONEY, slug),
    Row("events:budget:settings", PLANNERS, slug),
    Row("events:budget:name_owner", PLANNERS, slug, method="post"),
    Row("events:budget:remove_owner", PLANNERS, _owner, method="post"),
    Row("events:budget:note_rate", PLANNERS, slug, method="post"),
    Row("events:budget:export", SEE_MONEY, slug),
    Row("events:budget:import", PLANNERS, slug),
    Row("events:budget:preview", PLANNERS, _forged_token),
    Row("events:budget:add_block", PLANNERS, slug),
    Row("events:budget:block", PLANNERS, _block),
    Row("events:budget:delete_block", PLANNERS, _block, method="post"),
    Row("events:budget:pickup", PLANNERS, slug),
    Row("events:budget:take_over_rooms", PLANNERS, slug, method="post"),
    Row("events:budget:pickup_preview", PLANNERS, _forged_token),
    Row("events:budget:time", frozenset({"planner", "revops"}), slug),
    Row("events:budget:return", SEE_MONEY, slug),
    Row("events:budget:return_pdf", SEE_MONEY, slug),
    Row("events:budget:model", PLANNERS, slug),
    Row("events:budget:scenarios", PLANNERS, slug),
    Row("events:budget:lines", SEE_MONEY, slug),
    Row("events:budget:add", PLANNERS, slug),
    Row("events:budget:line", SEE_MONEY, _line),
    Row("events:budget:add_file", PLANNERS, _line, method="post"),
    Row("events:budget:file", SEE_MONEY, _paper),
    Row("events:budget:remove_file", PLANNERS, _paper, method="post"),
    Row("events:budget:delete", PLANNERS, _line, method="post"),
    Row("events:budget:approve", PLANNERS, _revision, method="post"),
    Row("events:budget:send_back", PLANNERS, _revision, method="post"),
]
