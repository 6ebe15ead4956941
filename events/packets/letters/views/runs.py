from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from core.numbers import whole_number
from events.kickoff.models import Kickoff
from events.packets.letters import access, actions, queries, tasks
from people.accounts.requests import AuthenticatedRequest

FAILURES = 50


@login_required
@require_GET
def run(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    return render(request, "events/packets/letters/run.html", _context(kickoff))


@login_required
@require_GET
def progress(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    return render(request, "events/packets/letters/_progress.html", _context(kickoff))


@login_required
@require_POST
def start(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    count = actions.queue_missing(kickoff=kickoff, by=request.user, at=timezone.now())
    tasks.start(count)
    said = ngettext("%(count)d letter is queued.", "%(count)d letters are queued.", count)
    messages.success(
        request,
        said % {"count": count} if count else _("Every released packet has its letters."),
    )
    return redirect("events:packets:letters:run", slug=slug)


@login_required
@require_POST
def pause(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    if actions.pause_letters(kickoff=kickoff, by=request.user, at=timezone.now()):
        messages.success(request, _("Paused. Letters that are being made are finished first."))
    return redirect("events:packets:letters:run", slug=slug)


@login_required
@require_POST
def resume(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    if actions.resume_letters(kickoff=kickoff, by=request.user, at=timezone.now()):
        tasks.start(tasks.LANES)
        messages.success(request, _("Letters are being made again."))
    return redirect("events:packets:letters:run", slug=slug)


@login_required
@require_POST
def again(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    said = request.POST.get("file", "")
    one = whole_number(said)
    if said and one is None:
        return redirect("events:packets:letters:run", slug=slug)
    count = actions.try_again(
        kickoff=kickoff,
        by=request.user,
        at=timezone.now(),
        file_ids=None if one is None else [one],
    )
    tasks.start(count)
    if count:
        said = ngettext(
            "%(count)d letter is tried again.", "%(count)d letters are tried again.", count
        )
        messages.success(request, said % {"count": count})
    return redirect("events:packets:letters:run", slug=slug)


def _context(kickoff: Kickoff) -> dict[str, object]:
    failed = queries.failed_files(kickoff)
    return {
        "kickoff": kickoff,
        "progress": queries.progress(kickoff, timezone.now()),
        "failed": failed[:FAILURES],
    }
