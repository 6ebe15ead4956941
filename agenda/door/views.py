from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.door import actions, queries, tasks
from agenda.door.access import (
    attendee_at_door_or_404,
    badge_run_or_404,
    door_or_404,
    keeper_or_404,
)
from agenda.door.forms import BadgeForm, DoorsForm, KeeperForm, PaperForm, WalkInForm
from agenda.door.models import BadgeRun
from core.refusals import told_in
from core.ui.figures import clock
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.actions import KickoffRefused, set_doors
from events.kickoff.models import Kickoff
from people.accounts.requests import AuthenticatedRequest
from people.files.views import send_file

SHOWN = 5  # files of badges on the page that asks for them


@login_required
@require_http_methods(["GET", "POST"])
def show_door(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The door on a phone; posted, a walk-in."""
    kickoff = door_or_404(request.user, slug)
    at = timezone.now()
    form = WalkInForm(request.POST or None)
    if form.is_valid():
        with told_in(form, actions.DoorRefused):
            heard = actions.admit_walk_in(
                kickoff=kickoff, by=request.user, at=at, **form.cleaned_data
            )
            messages.success(request, f"{heard.name}: {heard.words}")
            return redirect("agenda:door:page", slug=slug)
    context = {"kickoff": kickoff, "form": form, "counts": queries.counts(kickoff, at)}
    context["sessions"] = queries.scanned_sessions(kickoff, at)
    return render(request, "agenda/door/page.html", context)


@login_required
@require_GET
def show_counts(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The live counts alone, which the page asks for again and again."""
    kickoff = door_or_404(request.user, slug)
    context = {"kickoff": kickoff, "counts": queries.counts(kickoff, timezone.now())}
    return render(request, "agenda/door/_counts.html", context)


@login_required
@require_GET
def list_known(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What a device keeps of the roster: names and digests of codes, never an address."""
    kickoff = door_or_404(request.user, slug)
    at = timezone.now()
    people = [asdict(one) for one in queries.known_at_door(kickoff, at)]
    return JsonResponse({"at": at.isoformat(), "people": people})


@login_required
@require_POST
def correct_badge(request: AuthenticatedRequest, slug: str, attendee_id: int) -> HttpResponse:
    attendee = attendee_at_door_or_404(request.user, slug, attendee_id)
    actions.correct_badge(attendee=attendee, by=request.user, at=timezone.now())
    return HttpResponse(status=204)


@login_required
@require_http_methods(["GET", "POST"])
def show_desk(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """For planners: who has the door, badges, and what was ticked on paper."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    posted = request.POST or None
    form = KeeperForm(posted if posted and "person" in posted else None)
    paper = PaperForm(posted if posted and "paper-people" in posted else None, kickoff=kickoff)
    doors = DoorsForm(
        posted if posted and "opens" in posted else None,
        initial={"opens": kickoff.doors_open_time},
    )
    at = timezone.now()
    if form.is_valid():
        with told_in(form, actions.DoorRefused, field="person"):
            keeper = actions.name_keeper(
                kickoff=kickoff, by=request.user, at=at, **form.cleaned_data
            )
            told = _("%(name)s has the door.") % {"name": keeper.person.full_name}
            return _told(request, kickoff, told)
    if doors.is_valid():
        with told_in(doors, KickoffRefused, field="opens"):
            set_doors(kickoff=kickoff, by=request.user, at=at, **doors.cleaned_data)
            told = _("The door opens at %(time)s.") % {
                "time": clock(kickoff.doors_open_at, kickoff.zone)
            }
            return _told(request, kickoff, told)
    if paper.is_valid():
        with told_in(paper, actions.DoorRefused, field="people"):
            count = actions.mark_from_paper(
                kickoff=kickoff,
                people=paper.cleaned_data["people"],
                came_at=paper.came_at,
                by=request.user,
                at=at,
            )
            told = ngettext("%(count)d person checked in.", "%(count)d people checked in.", count)
            return _told(request, kickoff, told % {"count": count})
    context = {
        "kickoff": kickoff,
        "form": form,
        "paper": paper,
        "doors": doors,
        "keepers": queries.keepers(kickoff),
        "counts": queries.counts(kickoff, at),
    }
    return render(request, "agenda/door/desk.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def print_badges(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Which badges to print, and on what; posted, the file."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = BadgeForm(
        request.POST or None, kickoff=kickoff, initial={"person": request.GET.get("person", "")}
    )
    if form.is_valid():
        with told_in(form, actions.DoorRefused):
            made = actions.print_badges(
                kickoff=kickoff,
                language=get_language() or settings.LANGUAGE_CODE,
                by=request.user,
                at=timezone.now(),
                **form.said(),
            )
            if isinstance(made, BadgeRun):
                tasks.start(made.pk)
                return redirect("agenda:door:badge_run", slug=slug, run_id=made.pk)
            named = {"Content-Disposition": f'attachment; filename="{kickoff.slug}-badges.pdf"'}
            return HttpResponse(made, content_type="application/pdf", headers=named)
    context = {"kickoff": kickoff, "form": form, "runs": queries.runs_of(kickoff)[:SHOWN]}
    return render(request, "agenda/door/badges.html", context)


@login_required
@require_GET
def show_badge_run(request: AuthenticatedRequest, slug: str, run_id: int) -> HttpResponse:
    """How far a file of badges is; the part that asks for itself alone until it is made."""
    run = badge_run_or_404(request.user, slug, run_id)
    of_part = request.headers.get("HX-Request") == "true"
    template = "agenda/door/_badge_run.html" if of_part else "agenda/door/badge_run.html"
    return render(request, template, {"kickoff": run.kickoff, "run": run})


@login_required
@require_GET
def send_badges(request: AuthenticatedRequest, slug: str, run_id: int) -> HttpResponseBase:
    run = badge_run_or_404(request.user, slug, run_id)
    if run.file is None:
        raise Http404
    return send_file(request, run.file)


@login_required
@require_POST
def dismiss_keeper(request: AuthenticatedRequest, slug: str, keeper_id: int) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    keeper = keeper_or_404(kickoff, keeper_id)
    actions.dismiss_keeper(keeper=keeper, by=request.user, at=timezone.now())
    told = _("%(name)s no longer has the door.") % {"name": keeper.person.full_name}
    return _told(request, kickoff, told)


def _told(request: AuthenticatedRequest, kickoff: Kickoff, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect("agenda:door:desk", slug=kickoff.slug)
