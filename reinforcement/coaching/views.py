from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from core.lists import Column, ListSpec
from core.refusals import told_in
from events.kickoff.access import kickoff_or_404
from people.accounts.requests import AuthenticatedRequest
from reinforcement.campaigns.queries import day_of
from reinforcement.coaching import access, actions, queries
from reinforcement.coaching.forms import NoteForm
from reinforcement.touches.access import kickoff_of_manager_or_404

NOTES = ListSpec(
    columns=[
        Column("day", gettext_lazy("Day"), sort="happened_on"),
        Column("rep", gettext_lazy("Rep"), sort="rep__full_name"),
    ],
    search=["rep__full_name", "went_well", "next_step"],
    default_sort="-day",
    per_page=20,
)


@login_required
@require_GET
def show_team(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_of_manager_or_404(request.user, slug)
    now = timezone.now()
    context = {
        "kickoff": kickoff,
        "team": queries.team_overview(request.user, kickoff, now),
        "day": day_of(kickoff, now),
        "now": now,
    }
    return render(request, "reinforcement/coaching/team.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def one_to_one(request: AuthenticatedRequest, slug: str, person_id: int) -> HttpResponse:
    report = access.report_or_404(request.user, slug, person_id)
    kickoff, rep, now = report.kickoff, report.rep, timezone.now()
    briefing = queries.briefing(request.user, rep, kickoff, now)
    form = NoteForm(
        request.POST or None,
        topic=briefing.weakest.topic if briefing.weakest else None,
        name=rep.display_name,
        today=now.astimezone(ZoneInfo(request.user.time_zone)).date(),
    )
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.NoteRefused):
            recorded = actions.record_note(
                kickoff=kickoff, rep=rep, talk=form.talk, by=request.user, at=now
            )
            messages.success(request, _said(recorded.followed_up))
            return redirect("reinforcement:coaching:team", slug=slug)
    context = {
        "kickoff": kickoff,
        "rep": rep,
        "briefing": briefing,
        "form": form,
        "now": now,
        "late": bool(briefing.next_follow_up and briefing.next_follow_up.is_late(now)),
        "saving_marks": sum(touch.due_at <= now for touch in briefing.follow_ups),
    }
    return render(request, "reinforcement/coaching/one_to_one.html", context)


@login_required
@require_GET
def list_notes(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.kickoff_of_notes_or_404(request.user, slug)
    page = NOTES.page(queries.notes_written(request.user, kickoff), request.GET)
    context = {"kickoff": kickoff, "page": page}
    return render(request, "reinforcement/coaching/notes.html", context)


@login_required
@require_GET
def list_mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_or_404(request.user, slug)
    context = {"kickoff": kickoff, "notes": queries.shared_notes(request.user, kickoff)}
    return render(request, "reinforcement/coaching/mine.html", context)


def _said(followed_up: int) -> str:
    if not followed_up:
        return _("The note is saved.")
    return ngettext(
        "The note is saved, and %(count)s follow-up is done.",
        "The note is saved, and %(count)s follow-ups are done.",
        followed_up,
    ) % {"count": followed_up}
