from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from core.folding import alphabetical
from events.packets.delivery import access, actions, queries
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.queries import Draftable
from events.packets.delivery.rules import words
from events.packets.delivery.rules.joining import Lack
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry

NAMED = 8


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that some reps lack: how many, who, and where it is mended."""

    text: str
    names: str
    url: str
    button: Promise
    blocks: bool


# What is lacking in words, the page that mends it, and whether nothing can be drafted without it
_LACKS = (
    (
        Lack.QUOTA,
        ngettext_lazy("%(count)d rep has no quota", "%(count)d reps have no quota", "count"),
        "events:packets:quotas:plan",
        gettext_lazy("Quotas"),
    ),
    (
        Lack.COMP,
        ngettext_lazy(
            "%(count)d rep has no comp plan or no pay",
            "%(count)d reps have no comp plan or no pay",
            "count",
        ),
        "events:packets:comp:people",
        gettext_lazy("Comp plans"),
    ),
    (
        Lack.CURRENCY,
        ngettext_lazy(
            "%(count)d rep has quota and pay in two currencies",
            "%(count)d reps have quota and pay in two currencies",
            "count",
        ),
        "events:packets:comp:people",
        gettext_lazy("Comp plans"),
    ),
    (
        Lack.DATES,
        ngettext_lazy(
            "%(count)d rep has a quota for days without a comp plan",
            "%(count)d reps have a quota for days without a comp plan",
            "count",
        ),
        "events:packets:comp:people",
        gettext_lazy("Comp plans"),
    ),
    (
        Lack.TERRITORY,
        ngettext_lazy(
            "%(count)d rep has no territory: a draft can be made, not approved",
            "%(count)d reps have no territory: drafts can be made, not approved",
            "count",
        ),
        "events:packets:territories:plan",
        gettext_lazy("Territories"),
    ),
)


@login_required
@require_http_methods(["GET", "POST"])
@keeps_figures
@sensitive_variables()
def draft(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    if request.method == "POST":
        done = actions.draft_packets(kickoff=kickoff, by=request.user, at=timezone.now())
        said = ngettext(
            "%(count)d packet is drafted anew.", "%(count)d packets are drafted anew.", done.changed
        ) % {"count": done.changed}
        messages.success(
            request, said if done.changed else _("Every packet says already what its parts say.")
        )
        return redirect("events:packets:delivery:desk", slug=slug)
    found = queries.draftables(kickoff)
    outcomes = actions.outcomes(kickoff=kickoff, rows=queries.rows_of(found))
    plan = actions.counted(kickoff, outcomes)
    record_entry(by=request.user, verb="packets.listed", at=timezone.now(), object=kickoff)
    context = {
        "kickoff": kickoff,
        "plan": plan,
        "counts": _counts(plan, outcomes),
        "reopened": sum(_is_reopened(each) for each in outcomes),
        "total": len(found),
        "gaps": _gaps(found, slug),
    }
    return render(request, "events/packets/delivery/draft.html", context)


@sensitive_variables()
def _counts(
    plan: actions.Imported, outcomes: Sequence[actions.Outcome]
) -> list[tuple[str, int, str]]:
    """Each count in words, with whom it concerns; who stays the same is not named."""
    names: dict[str, list[str]] = {}
    for each in outcomes:
        for name in (each.outcome, *each.lost):
            if name != "unchanged":
                names.setdefault(name, []).append(each.row.rep.identity.name)
    return [
        (label, count, words.named(sorted(names.get(name, []), key=alphabetical), NAMED))
        for name, label, count in plan.lines
    ]


@sensitive_variables()
def _is_reopened(each: actions.Outcome) -> bool:
    """Whether it takes a draft out of the hands of its approvers, or their approval from it."""
    if each.outcome == "unchanged" or each.draft is None:
        return False
    return each.draft.submitted_at is not None or each.draft.state != PacketVersion.State.DRAFT


@sensitive_variables()
def _gaps(found: Sequence[Draftable], slug: str) -> list[Gap]:
    gaps = []
    for lack, text, url_name, button in _LACKS:
        names = [one.rep.identity.name for one in found if lack in one.joined.lacks]
        if names:
            gaps.append(
                Gap(
                    str(text % {"count": len(names)}),
                    words.named(sorted(names, key=alphabetical), NAMED),
                    reverse(url_name, kwargs={"slug": slug}),
                    button,
                    blocks=lack != Lack.TERRITORY,
                )
            )
    return gaps
