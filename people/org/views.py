from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import told_in
from people.accounts.requests import AuthenticatedRequest
from people.org import access, actions
from people.org.forms import RegionForm, TeamForm
from people.org.models import Region, Team


@login_required
@require_GET
def show_list(request: AuthenticatedRequest) -> HttpResponse:
    access.planner_or_404(request.user)
    teams = Team.objects.annotate(size=Count("people")).order_by("name")
    regions = (
        Region.objects.annotate(size=Count("people"))
        .order_by("name")
        .prefetch_related(Prefetch("teams", queryset=teams, to_attr="sized_teams"))
    )
    context = {"regions": regions, "teams_without_region": teams.filter(region=None)}
    return render(request, "people/org/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_region(request: AuthenticatedRequest) -> HttpResponse:
    access.planner_or_404(request.user)
    form = RegionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.OrgRefused, field="name"):
            region = actions.add_region(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("%(name)s is added.") % {"name": region.name})
            return redirect("people:org:list")
    return render(request, "people/org/form.html", {"form": form, "kind": "region"})


@login_required
@require_http_methods(["GET", "POST"])
def edit_region(request: AuthenticatedRequest, region_id: int) -> HttpResponse:
    access.planner_or_404(request.user)
    region = get_object_or_404(Region, pk=region_id)
    form = RegionForm(request.POST or None, initial={"name": region.name})
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.OrgRefused, field="name"):
            actions.rename_region(
                region=region, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("%(name)s is changed.") % {"name": region.name})
            return redirect("people:org:list")
    context = {"form": form, "kind": "region", "region": region}
    return render(request, "people/org/form.html", context)


@login_required
@require_POST
def remove_region(request: AuthenticatedRequest, region_id: int) -> HttpResponse:
    access.planner_or_404(request.user)
    region = get_object_or_404(Region, pk=region_id)
    name = region.name
    try:
        actions.remove_region(region=region, by=request.user, at=timezone.now())
    except actions.OrgRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:org:edit_region", region_id=region_id)
    messages.success(request, _("%(name)s is removed.") % {"name": name})
    return redirect("people:org:list")


@login_required
@require_http_methods(["GET", "POST"])
def add_team(request: AuthenticatedRequest) -> HttpResponse:
    access.planner_or_404(request.user)
    form = TeamForm(request.POST or None, initial={"region": request.GET.get("region")})
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.OrgRefused, field="name"):
            team = actions.add_team(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("%(name)s is added.") % {"name": team.name})
            return redirect("people:org:list")
    return render(request, "people/org/form.html", {"form": form, "kind": "team"})


@login_required
@require_http_methods(["GET", "POST"])
def edit_team(request: AuthenticatedRequest, team_id: int) -> HttpResponse:
    access.planner_or_404(request.user)
    team = get_object_or_404(Team, pk=team_id)
    form = TeamForm(request.POST or None, initial={"name": team.name, "region": team.region_id})
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.OrgRefused, field="name"):
            actions.change_team(team=team, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("%(name)s is changed.") % {"name": team.name})
            return redirect("people:org:list")
    return render(request, "people/org/form.html", {"form": form, "kind": "team", "team": team})


@login_required
@require_POST
def remove_team(request: AuthenticatedRequest, team_id: int) -> HttpResponse:
    access.planner_or_404(request.user)
    team = get_object_or_404(Team, pk=team_id)
    name = team.name
    try:
        actions.remove_team(team=team, by=request.user, at=timezone.now())
    except actions.OrgRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:org:edit_team", team_id=team_id)
    messages.success(request, _("%(name)s is removed.") % {"name": name})
    return redirect("people:org:list")
