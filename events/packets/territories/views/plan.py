"""The plan as a list, what is to be mended in it, one territory, one account."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.lists import Column, Filter, ListSpec
from events.deals.models import Account
from events.packets.territories import access, queries
from events.packets.territories.forms import seen_value
from events.packets.territories.models import SalesTerritory
from events.packets.territories.rules.proposals import Proposal
from events.packets.territories.views.showing import Desk, open_desk, told
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest

KINDS = {
    "double": gettext_lazy("More than one owner"),
    "unowned": gettext_lazy("No owner"),
    "without": gettext_lazy("Reps without a territory"),
    "ownerless": gettext_lazy("Territories without an owner"),
    "empty": gettext_lazy("Empty territories"),
}
_ACCOUNTS = ListSpec(
    columns=[
        Column("account", gettext_lazy("Account"), sort="name"),
        Column("country", gettext_lazy("Country"), sort="country", narrow=False),
        Column("segment", gettext_lazy("Segment"), sort="segment", narrow=False),
        Column("pipeline", gettext_lazy("Open pipeline"), numeric=True),
        Column("won", gettext_lazy("Won"), numeric=True),
    ],
    search=["name", "region", "segment"],
    default_sort="account",
    keep=("kind", "role"),
)
_ALL_ACCOUNTS = ListSpec(
    columns=[
        Column("account", gettext_lazy("Account"), sort="name"),
        Column("place", gettext_lazy("Where"), sort=("country", "region"), narrow=False),
        Column("segment", gettext_lazy("Segment"), sort="segment", narrow=False),
        Column("territory", gettext_lazy("Territory")),
        Column("pipeline", gettext_lazy("Open pipeline"), numeric=True),
        Column("won", gettext_lazy("Won"), numeric=True),
    ],
    search=["name", "region", "segment"],
    default_sort="account",
    keep=("role",),
)
_HELD = ListSpec(
    columns=[
        Column("account", gettext_lazy("Account"), sort="name"),
        Column("segment", gettext_lazy("Segment"), sort="segment", narrow=False),
        Column("how", gettext_lazy("How")),
        Column("pipeline", gettext_lazy("Open pipeline"), numeric=True),
        Column("won", gettext_lazy("Won"), numeric=True),
    ],
    search=["name", "region", "segment"],
    default_sort="account",
)
_REPS = ListSpec(
    columns=[
        Column("name", gettext_lazy("Rep"), sort="full_name"),
        Column("region", gettext_lazy("Region"), sort="region__name"),
        Column("team", gettext_lazy("Team"), sort="team__name", narrow=False),
        Column("mend", ""),
    ],
    search=["full_name", "team__name"],
    default_sort="name",
    keep=("kind", "role"),
)


@login_required
@require_GET
def show_plan(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    desk = open_desk(request, access.territories_or_404(request.user, slug))
    territories = SalesTerritory.objects.of(desk.kickoff, desk.role)
    page = _list(territories).page(territories.select_related("owner__region"), request.GET)
    rows = [{"territory": each, **told(desk.load(each))} for each in page.rows]
    context = {
        **desk.context,
        "page": page,
        "rows": rows,
        "proposable": len(queries.to_propose(desk.plan)),
    }
    return render(request, "events/packets/territories/plan.html", context)


@login_required
@require_GET
def mend(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    desk = open_desk(request, access.territories_or_404(request.user, slug))
    found = {kind: getattr(desk.plan.gaps, kind) for kind in KINDS}
    first = next((kind for kind, ids in found.items() if ids), "double")
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else first
    ids: list[int] = found[kind]
    listed = _listed(desk, kind, ids, request)
    context = {
        **desk.context,
        "kind": kind,
        "kinds": [(key, label, len(found[key])) for key, label in KINDS.items()],
        "targets": targets(desk),
        **listed,
    }
    return render(request, "events/packets/territories/mend.html", context)


@login_required
@require_GET
def detail(request: AuthenticatedRequest, slug: str, territory_id: int) -> HttpResponse:
    territory = access.territory_or_404(request.user, slug, territory_id)
    desk = open_desk(request, territory.kickoff, role=territory.role)
    plan = desk.plan
    held = plan.accounts_in[territory.pk]
    page = _HELD.page(Account.objects.filter(pk__in=held), request.GET)
    rows = [
        {
            "account": each,
            "holding": plan.holdings[each.pk],
            **told(queries.load_of([each.pk], desk.loads)),
        }
        for each in page.rows
    ]
    context = {
        **desk.context,
        "territory": territory,
        "page": page,
        "rows": rows,
        "excluded": plan.lists(territory.pk, excluded=True),
        "off_roster": territory.owner is not None and territory.owner_id not in plan.reps,
        "changes": queries.recent_changes(desk.kickoff, territory_id=territory.pk),
        **told(desk.load(territory)),
    }
    return render(request, "events/packets/territories/detail.html", context)


@login_required
@require_GET
def accounts(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    desk = open_desk(request, access.territories_or_404(request.user, slug))
    page = _ALL_ACCOUNTS.page(Account.objects.all(), request.GET)
    rows = [
        {
            "account": each,
            "seen": seen_value(desk.plan, each.pk),
            "holders": desk.plan.holders(each.pk),
            "by_name": desk.plan.holdings[each.pk].by_name,
            **told(queries.load_of([each.pk], desk.loads)),
        }
        for each in page.rows
    ]
    context = {**desk.context, "page": page, "rows": rows, "targets": targets(desk)}
    return render(request, "events/packets/territories/accounts.html", context)


@login_required
@require_GET
def account(request: AuthenticatedRequest, slug: str, account_id: int) -> HttpResponse:
    kickoff, found = access.account_or_404(request.user, slug, account_id)
    desk = open_desk(request, kickoff)
    (proposal,) = queries.proposals(desk.plan, [found.pk])
    context = {
        **desk.context,
        "account": found,
        "holding": desk.plan.holdings[found.pk],
        "holders": desk.plan.holders(found.pk),
        "proposal": proposal,
        "workers": _workers(proposal),
        "seen": seen_value(desk.plan, found.pk),
        "targets": targets(desk),
        "changes": queries.recent_changes(kickoff, account_id=found.pk),
        **told(queries.load_of([found.pk], desk.loads)),
    }
    return render(request, "events/packets/territories/account.html", context)


def targets(desk: Desk) -> list[tuple[int, str, str]]:
    """Where accounts may move: id, name and owner of each territory."""
    return [
        (pk, each.name, each.owner.full_name if each.owner else "")
        for pk, each in desk.plan.territories.items()
    ]


def _listed(
    desk: Desk, kind: str, ids: Sequence[int], request: AuthenticatedRequest
) -> dict[str, Any]:
    """The page of the list of one kind, and its rows."""
    if kind in ("double", "unowned"):
        accounts = _ACCOUNTS.page(Account.objects.filter(pk__in=ids), request.GET)
        return {"page": accounts, "rows": _account_rows(desk, accounts.rows)}
    if kind == "without":
        people = Person.objects.filter(pk__in=ids).select_related("region", "team")
        page = _REPS.page(people, request.GET)
        return {"page": page, "rows": page.rows}
    territories = SalesTerritory.objects.filter(pk__in=ids)
    found = _list(territories, keep=("kind", "role")).page(
        territories.select_related("owner__region"), request.GET
    )
    rows = [{"territory": each, **told(desk.load(each))} for each in found.rows]
    return {"page": found, "rows": rows}


def _account_rows(desk: Desk, accounts: Sequence[Account]) -> list[dict[str, Any]]:
    proposed = queries.proposals(desk.plan, [each.pk for each in accounts])
    rows = []
    for each, proposal in zip(accounts, proposed, strict=True):
        figures = {worker.person_id: told(worker.load) for worker in proposal.workers}
        holders = desk.plan.holders(each.pk)
        owner = proposal.owner.person_id if proposal.owner else None
        suggested = next((one.pk for one in holders if one.owner_id == owner), None)
        rows.append(
            {
                "account": each,
                "seen": seen_value(desk.plan, each.pk),
                "holders": [(one, figures.get(one.owner_id or 0)) for one in holders],
                "suggested": suggested,
                **told(queries.load_of([each.pk], desk.loads)),
            }
        )
    return rows


def _workers(proposal: Proposal) -> list[dict[str, Any]]:
    return [{"worker": each, **told(each.load)} for each in proposal.workers]


def _list(territories: QuerySet[SalesTerritory], keep: Sequence[str] = ("role",)) -> ListSpec:
    """A list of territories, with the regions of their owners."""
    owned = territories.filter(owner__region__isnull=False).order_by("owner__region__name")
    return ListSpec(
        columns=[
            Column("name", gettext_lazy("Territory"), sort="name"),
            Column("owner", gettext_lazy("Owner"), sort="owner__full_name"),
            Column("geography", gettext_lazy("Geography"), narrow=False),
            Column("segment", gettext_lazy("Segment"), narrow=False),
            Column("accounts", gettext_lazy("Accounts"), numeric=True),
            Column("pipeline", gettext_lazy("Open pipeline"), numeric=True),
            Column("won", gettext_lazy("Won"), numeric=True),
        ],
        filters=[
            Filter(
                "region",
                gettext_lazy("Region"),
                lambda: list(owned.values_list("owner__region", "owner__region__name").distinct()),
                "owner__region_id",
                chips=False,
            )
        ],
        search=["name", "owner__full_name", "owner__preferred_name"],
        default_sort="name",
        keep=keep,
    )
