"""Room blocks: added, changed, taken out; what hotels say is reserved, from a file."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.imports.flow import ImportFlow, Options, Preview
from core.imports.problems import refused_as_file
from core.imports.rows import Parsed
from core.refusals import told_in, told_on
from events.budget import access, actions
from events.budget.forms import BlockForm
from events.budget.models import Budget, RoomBlock
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.imports.views import import_pages


@login_required
@require_http_methods(["GET", "POST"])
def add_block(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    return _block_page(request, access.budget_to_change_or_404(request.user, slug), None)


@login_required
@require_http_methods(["GET", "POST"])
def block(request: AuthenticatedRequest, slug: str, block_id: int) -> HttpResponse:
    budget = access.budget_to_change_or_404(request.user, slug)
    found = get_object_or_404(
        RoomBlock.objects.prefetch_related("nights"), budget=budget, pk=block_id
    )
    return _block_page(request, budget, found)


def _block_page(
    request: AuthenticatedRequest, budget: Budget, found: RoomBlock | None
) -> HttpResponse:
    form = BlockForm(request.POST or None, kickoff=budget.kickoff, block=found)
    if form.is_valid():
        with told_in(form, actions.BudgetRefused):
            actions.save_block(
                budget=budget,
                details=form.details,
                block_id=found.pk if found else None,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(
                request, _("Rooms at %(hotel)s saved.") % {"hotel": form.details.hotel}
            )
            return redirect(_to_block(budget))
    context = {"kickoff": budget.kickoff, "budget": budget, "form": form, "held": found}
    return render(request, "events/budget/block.html", context)


@login_required
@require_POST
def delete_block(request: AuthenticatedRequest, slug: str, block_id: int) -> HttpResponse:
    budget = access.budget_to_change_or_404(request.user, slug)
    found = get_object_or_404(RoomBlock, budget=budget, pk=block_id)
    with told_on(request, actions.BudgetRefused):
        actions.delete_block(budget=budget, block_id=found.pk, by=request.user, at=timezone.now())
    return redirect(_to_block(budget))


@login_required
@require_POST
def take_over_rooms(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Take the rooms that people have asked for as what is reserved."""
    budget = access.budget_to_change_or_404(request.user, slug)
    with told_on(request, actions.BudgetRefused):
        changed, outside = actions.take_over_rooms(
            budget=budget, by=request.user, at=timezone.now()
        )
        said = ngettext("%(count)d night changed.", "%(count)d nights changed.", changed)
        told = said % {"count": changed}
        if outside:
            more = ngettext(
                "%(count)d room and night is in no block: at another hotel, or on another night.",
                "%(count)d rooms and nights are in no block: at another hotel, or on another night.",
                outside,
            )
            told += " " + more % {"count": outside}
        messages.success(request, told)
    return redirect(_to_block(budget))


def open_pickup(by: Person, slug: str) -> ImportFlow:
    """The import of what is reserved, for a page or a worker: :raises Http404: they may not"""
    budget = access.budget_to_change_or_404(by, slug)
    page = reverse("events:budget:page", kwargs={"slug": slug})

    def run(parsed: Parsed, *, dry_run: bool) -> tuple[int, int]:
        with refused_as_file(actions.BudgetRefused):
            return actions.import_pickup(
                budget=budget, parsed=parsed, by=by, at=timezone.now(), dry_run=dry_run
            )

    def check(parsed: Parsed, options: Options) -> Preview:
        changed, same = run(parsed, dry_run=True)
        return Preview(
            counts=[(_("Nights that change"), changed), (_("The same as now"), same)],
            button=ngettext("Import %(count)d night", "Import %(count)d nights", changed)
            % {"count": changed},
            changes_nothing=not changed,
        )

    def commit(parsed: Parsed, options: Options) -> str:
        changed, same = run(parsed, dry_run=False)
        said = _("%(changed)d nights changed, %(same)d were the same.")
        return said % {"changed": changed, "same": same}

    return ImportFlow(
        purpose=f"pickup:{slug}",
        title=gettext_lazy("Import reserved nights"),
        lead=gettext_lazy("One row a hotel and night: how many rooms are reserved."),
        fields=actions.pickup_fields(),
        upload_url=reverse("events:budget:pickup", kwargs={"slug": slug}),
        preview_url=lambda token: reverse(
            "events:budget:pickup_preview", kwargs={"slug": slug, "token": token}
        ),
        done_url=_to_block(budget),
        check=check,
        commit=commit,
        crumbs=[(page, gettext_lazy("Budget"))],
    )


pickup, pickup_preview = import_pages(open_pickup)


def _to_block(budget: Budget) -> str:
    return reverse("events:budget:page", kwargs={"slug": budget.kickoff.slug}) + "#block"
