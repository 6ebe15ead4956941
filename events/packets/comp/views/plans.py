"""The plans of a kickoff, and the designer of one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.numbers import whole_number
from core.ui.figures import moment
from events.kickoff.models import Kickoff
from events.packets.comp import access, actions, queries
from events.packets.comp.forms import raw as raws
from events.packets.comp.forms.design import Designer, TitleChoice
from events.packets.comp.models import CompPlan
from events.packets.comp.rules.comp import Measure
from events.packets.comp.rules.design import PlanDesign
from events.packets.comp.rules.pay import title_key
from events.packets.comp.rules.payout import Band, Basis, Plan
from events.packets.comp.rules.preview import Preview, preview
from events.packets.comp.rules.validation import CLIFF
from people.accounts.requests import AuthenticatedRequest

EXAMPLE = {"quota": "900000", "target_variable": "56000"}
STANDARD = Plan(
    Basis.TV_MULTIPLIER,
    bands=tuple(
        Band(Decimal(start), Decimal(rate))
        for start, rate in (("0", "1"), ("1", "1.5"), ("1.25", "2"))
    ),
)
_UNPROCESSABLE = 422


@login_required
@require_GET
def show_list(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    return render(
        request,
        "events/packets/comp/list.html",
        {"kickoff": kickoff, "rows": queries.plan_rows(kickoff)},
    )


@login_required
@require_http_methods(["GET", "POST"])
def create(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    return _designer(request, kickoff, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedRequest, slug: str, plan_id: int) -> HttpResponse:
    plan = access.plan_or_404(request.user, slug, plan_id)
    return _designer(request, plan.kickoff, plan)


@login_required
@require_POST
def show_preview(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What the plan does as it is typed: the engine's own answer, redrawn."""
    kickoff = access.desk_or_404(request.user, slug)
    form = _form(raws.from_post(request.POST), kickoff, None, checks=True)
    return render(
        request,
        "events/packets/comp/_preview.html",
        {"kickoff": kickoff, **_previewed(form)},
    )


@login_required
@require_POST
def copy(request: AuthenticatedRequest, slug: str, plan_id: int) -> HttpResponse:
    plan = access.plan_or_404(request.user, slug, plan_id)
    try:
        made = actions.copy_plan(plan=plan, by=request.user, at=timezone.now())
    except actions.CompRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:packets:comp:edit", slug=slug, plan_id=plan_id)
    messages.success(request, _("This is the copy. It is for nobody yet."))
    return redirect("events:packets:comp:edit", slug=slug, plan_id=made.pk)


@login_required
@require_POST
def delete(request: AuthenticatedRequest, slug: str, plan_id: int) -> HttpResponse:
    plan = access.plan_or_404(request.user, slug, plan_id)
    try:
        actions.delete_plan(plan=plan, by=request.user, at=timezone.now())
    except actions.CompRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:packets:comp:edit", slug=slug, plan_id=plan_id)
    messages.success(request, _("The plan “%(name)s” is deleted.") % {"name": plan.name})
    return redirect("events:packets:comp:list", slug=slug)


def _designer(
    request: AuthenticatedRequest, kickoff: Kickoff, plan: CompPlan | None
) -> HttpResponse:
    if request.method != "POST":
        form = _form(_stored(kickoff, plan), kickoff, plan, checks=False)
        return _page(request, kickoff, plan, form)
    raw = raws.from_post(request.POST)
    if do := request.POST.get("do", ""):
        onward = raws.change(raw, do)
        form = _form(raw, kickoff, plan, checks=False, onward=onward)
        return _page(request, kickoff, plan, form, is_part=bool(request.htmx))
    form = _form(raw, kickoff, plan, checks=True)
    refusal, conflict = "", None
    if form.is_valid():
        try:
            saved = actions.save_plan(
                kickoff=kickoff,
                details=form.details,
                by=request.user,
                at=timezone.now(),
                plan_id=plan.pk if plan else None,
                expected=whole_number(request.POST.get("version", "")),
            )
        except actions.ChangedMeanwhile as problem:
            refusal, conflict = str(problem), CompPlan.objects.get(pk=plan.pk) if plan else None
        except actions.CompRefused as problem:
            refusal = str(problem)
        else:
            _say_saved(request, saved)
            return redirect("events:packets:comp:edit", slug=kickoff.slug, plan_id=saved.pk)
    page = _page(request, kickoff, plan, form, refusal=refusal, conflict=conflict)
    page.status_code = _UNPROCESSABLE
    return page


def _say_saved(request: AuthenticatedRequest, plan: CompPlan) -> None:
    if plan.is_ready:
        messages.success(request, _("“%(name)s” is saved and ready.") % {"name": plan.name})
    else:
        messages.warning(
            request,
            _(
                "“%(name)s” is saved as a draft: nobody gets a packet from it before what blocks is mended."
            )
            % {"name": plan.name},
        )


def _form(
    raw: raws.Raw, kickoff: Kickoff, plan: CompPlan | None, *, checks: bool, onward: str = ""
) -> Designer:
    titles = queries.titles(kickoff, queries.Book(kickoff))
    # A title may be written in several ways; the choice is the roster's
    names = {title.key: title.name for title in titles}
    chosen = {names.get(title_key(name), name) for name in raw["titles"]}
    raw["titles"] = sorted(chosen)
    form = Designer(
        raw,
        titles=[(title.name, title.name) for title in titles],
        editions=queries.published_editions(),
        checks=checks,
        onward=onward,
    )
    form.titles = [
        TitleChoice(
            title.name,
            title.heads,
            title.name in chosen,
            title.plan.name if title.plan is not None and title.plan != plan else "",
        )
        for title in titles
    ]
    return form


def _stored(kickoff: Kickoff, plan: CompPlan | None) -> raws.Raw:
    if plan is None:
        starts, ends = queries.usual_dates(kickoff)
        name = _("New contracts")
        design = PlanDesign(
            (Measure(name, Decimal(1), STANDARD),), queries.latest_edition(), clawback_months=12
        )
        return raws.from_design(design, **_head(kickoff, "", starts, ends))
    head = _head(kickoff, plan.name, plan.starts_date, plan.ends_date)
    head["titles"] = list(plan.roles.values_list("job_title", flat=True))
    return raws.from_design(plan.design, **head)


def _head(kickoff: Kickoff, name: str, starts: date, ends: date) -> dict[str, Any]:
    return {
        "name": name,
        "starts_date": starts.isoformat(),
        "ends_date": ends.isoformat(),
        "cliff": f"{CLIFF * 100:f}".removesuffix(".00").removesuffix(".0"),
        **EXAMPLE,
        "currency": kickoff.currency,
    }


def _page(
    request: AuthenticatedRequest,
    kickoff: Kickoff,
    plan: CompPlan | None,
    form: Designer,
    *,
    is_part: bool = False,
    refusal: str = "",
    conflict: CompPlan | None = None,
) -> HttpResponse:
    # The preview reads the same text with its checks on, without showing them beside the fields
    checked = form if form.checks else _form(form.raw, kickoff, plan, checks=True)
    context = {
        "kickoff": kickoff,
        "plan": plan,
        "form": form,
        "refusal": refusal,
        "conflict": conflict,
        "state_line": _state_line(plan) if plan else "",
        "version": request.POST.get("version", plan.version if plan else ""),
        "is_part": is_part,
        **_previewed(checked),
    }
    template = "_rows.html" if is_part else "design.html"
    return render(request, f"events/packets/comp/{template}", context)


def _state_line(plan: CompPlan) -> str:
    told = {
        "name": plan.changed_by.display_name if plan.changed_by else _("somebody"),
        "when": moment(plan.changed_at, plan.kickoff.zone),
    }
    if plan.is_ready:
        return _("Ready. Changed by %(name)s, %(when)s.") % told
    return (
        _(
            "A draft: something blocks, so nobody gets a packet from it. Changed by %(name)s, %(when)s."
        )
        % told
    )


def _previewed(form: Designer) -> dict[str, Any]:
    """The preview, or what has to be typed before there is one."""
    form.head.is_valid()
    readable = form.is_payable()
    clean = form.head.cleaned_data
    tried = ("quota", "target_variable", "currency", "cliff")
    needed = not any(name in form.head.errors for name in tried)
    shown: Preview | None = None
    if readable and needed:
        shown = preview(
            [one.measure for one in form.measures],
            form.example,
            splits=form.split_shares,
            credits_overlays=clean["credits_overlays"],
            cliff=clean["cliff"],
        )
    return {
        "preview": shown,
        "unread": [] if shown else form.problems,
        "currency": clean.get("currency", ""),
    }
