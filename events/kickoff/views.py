from dataclasses import asdict
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import told_in, told_on
from events.kickoff import access, actions, queries
from events.kickoff.actions import Template
from events.kickoff.forms import CopyForm, KickoffForm, NewKickoffForm
from events.kickoff.models import Kickoff
from people.accounts.requests import AuthenticatedRequest


def home_url(kickoff: Kickoff) -> str:
    """The home of a kickoff, which is above this app; the list of kickoffs where there is none."""
    try:
        return reverse("kickoff_home", kwargs={"slug": kickoff.slug})
    except NoReverseMatch:
        return reverse("events:kickoff:list")


@login_required
@require_GET
def show_list(request: AuthenticatedRequest) -> HttpResponse:
    kickoffs = [
        {"kickoff": kickoff, "url": home_url(kickoff)}
        for kickoff in queries.kickoffs_for(request.user, timezone.now())
    ]
    return render(request, "events/kickoff/list.html", {"kickoffs": kickoffs})


@login_required
@require_http_methods(["GET", "POST"])
def create(request: AuthenticatedRequest) -> HttpResponse:
    access.planner_or_404(request.user)
    form = NewKickoffForm(request.POST or None, initial={"time_zone": request.user.time_zone})
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["copy_of"]
        with told_in(form, actions.KickoffRefused):
            kickoff = actions.create_kickoff(
                **asdict(form.details),
                template=Template.BLANK if source else form.cleaned_data["template"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(
                request, _("%(name)s is a draft. Only planners see it.") % {"name": kickoff.name}
            )
            if source:
                url = reverse("events:kickoff:copy", args=[kickoff.slug])
                return redirect(f"{url}?{urlencode({'source': source.slug})}")
            return redirect(home_url(kickoff))
    return render(request, "events/kickoff/create.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def copy(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """
    Choose a kickoff and read what it taught, see what would be copied, then copy it: three steps,
    of which the last alone changes something.
    """
    target = access.kickoff_to_plan_or_404(request.user, slug)
    asked = request.POST if request.method == "POST" else request.GET or None
    form = CopyForm(asked, sources=list(queries.copyable(target)))
    at = timezone.now()
    shown = {"kickoff": target, "form": form, "home_url": home_url(target)}
    if form.is_bound and form.is_valid():
        source = form.source
        shown |= {"source": source, "learned": queries.learned_of(source, at)}
        if request.method == "POST":
            try:
                actions.copy_kickoff(
                    source_id=source.pk,
                    target_id=target.pk,
                    by=request.user,
                    at=at,
                    seen=form.cleaned_data["seen"],
                )
            except actions.CopyUnseen as unseen:
                shown |= {"copy": unseen.copy, "is_news": bool(form.cleaned_data["seen"])}
            except actions.KickoffRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                said = _("The plan of %(source)s is copied.") % {"source": source.name}
                messages.success(request, said)
                return redirect(home_url(target))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "events/kickoff/copy.html", shown, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.kickoff_to_plan_or_404(request.user, slug)
    form = KickoffForm(request.POST or None, initial=model_to_dict(kickoff))
    shown = {"kickoff": kickoff, "form": form, "home_url": home_url(kickoff)}
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        seen = request.POST.get("seen", "")
        try:
            actions.update_kickoff(
                kickoff_id=kickoff.pk,
                details=form.details,
                by=request.user,
                at=timezone.now(),
                seen=seen,
            )
        except actions.MoveUnseen as unseen:
            shown |= {"move": unseen.move, "is_news": bool(seen)}
            return render(request, "events/kickoff/move.html", shown)
        except actions.KickoffRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The kickoff is changed."))
            return redirect(home_url(kickoff))
    return render(request, "events/kickoff/edit.html", shown)


@login_required
@require_POST
def open(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.kickoff_to_plan_or_404(request.user, slug)
    with told_on(request, actions.KickoffRefused):
        actions.open_kickoff(kickoff_id=kickoff.pk, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s is open to its people.") % {"name": kickoff.name})
    return redirect(home_url(kickoff))


@login_required
@require_POST
def end(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.kickoff_to_plan_or_404(request.user, slug)
    with told_on(request, actions.KickoffRefused):
        actions.end_kickoff(kickoff_id=kickoff.pk, by=request.user, at=timezone.now())
        messages.success(
            request, _("%(name)s has ended. The 90 days begin.") % {"name": kickoff.name}
        )
    return redirect(home_url(kickoff))


@login_required
@require_POST
def archive(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.kickoff_to_plan_or_404(request.user, slug)
    try:
        actions.archive_kickoff(kickoff_id=kickoff.pk, by=request.user, at=timezone.now())
    except actions.KickoffRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(home_url(kickoff))
    messages.success(request, _("%(name)s is archived.") % {"name": kickoff.name})
    return redirect("events:kickoff:list")
