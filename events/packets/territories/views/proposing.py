"""What the CRM proposes: an owner for each account that has none, or two."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from core.lists import Column, ListSpec
from core.numbers import whole_number
from core.refusals import told_on
from events.deals.models import Account
from events.packets.territories import access, actions, queries
from events.packets.territories.rules.proposals import Proposal
from events.packets.territories.views.showing import Desk, open_desk, told
from people.accounts.requests import AuthenticatedRequest

_SHOWN = 3  # reps beside the proposed one whose figures stand open
_LIST = ListSpec(
    columns=[
        Column("account", gettext_lazy("Account"), sort="name"),
        Column("now", gettext_lazy("Now"), narrow=False),
        Column("owner", gettext_lazy("Proposed owner")),
        Column("won", gettext_lazy("Won there"), numeric=True),
        Column("pipeline", gettext_lazy("Open there"), numeric=True),
        Column("others", gettext_lazy("Who else works it")),
    ],
    search=["name"],
    default_sort="account",
    keep=("role",),
)


@login_required
@require_GET
def proposals(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    desk = open_desk(request, access.territories_or_404(request.user, slug))
    offered = queries.to_propose(desk.plan)
    everything = {each.account_id: each for each in queries.proposals(desk.plan, offered)}
    page = _LIST.page(Account.objects.filter(pk__in=offered), request.GET)
    able = [each for each in everything.values() if each.owner is not None]
    context = {
        **desk.context,
        "page": page,
        "rows": [_row(desk, account, everything[account.pk]) for account in page.rows],
        "total": len(everything),
        "able": len(able),
        "shared": sum(each.is_shared for each in everything.values()),
        "new": len({each.owner.person_id for each in able if each.owner} - set(desk.plan.by_owner)),
        "worked_by": _most(everything),
    }
    return render(request, "events/packets/territories/proposals.html", context)


@login_required
@require_POST
def accept(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.territories_or_404(request.user, slug)
    desk = open_desk(request, kickoff)
    chosen = None
    if "all" not in request.POST:
        pairs = [value.partition(":") for value in request.POST.getlist("proposal")]
        read = [(whole_number(account), whole_number(person)) for account, _colon, person in pairs]
        chosen = {
            account: person
            for account, person in read
            if account is not None and person is not None
        }
    with told_on(request, actions.TerritoryRefused):
        count = actions.accept_proposals(
            kickoff=kickoff, role=desk.role, chosen=chosen, by=request.user, at=timezone.now()
        )
        said = ngettext(
            "%(count)d account has its owner now.",
            "%(count)d accounts have their owner now.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect(desk.url("proposals"))


def _row(desk: Desk, account: Account, proposal: Proposal) -> dict[str, Any]:
    others = [each for each in proposal.workers if each is not proposal.owner]
    return {
        "account": account,
        "count": len(proposal.workers),
        "holders": desk.plan.holders(account.pk),
        "owner": proposal.owner,
        "has_territory": bool(proposal.owner and proposal.owner.person_id in desk.plan.by_owner),
        "figures": told(proposal.owner.load) if proposal.owner else None,
        "others": [{"worker": each, **told(each.load)} for each in others[:_SHOWN]],
        "more": [{"worker": each, **told(each.load)} for each in others[_SHOWN:]],
    }


def _most(found: dict[int, Proposal]) -> int:
    """How many reps work the account that most of them work."""
    counts = Counter({pk: len(each.workers) for pk, each in found.items()})
    return max(counts.values(), default=0)
