from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import Column, ListSpec
from core.lists.places import came_from
from core.refusals import told_in, told_on
from core.undo import said_with_undo
from events.kickoff.access import kickoff_or_404
from people.accounts.requests import AuthenticatedRequest
from people.waiting.queries import waits_of
from people.waiting.rules import When, row_of, tally, when
from reinforcement.campaigns.queries import day_of
from reinforcement.coaching import access, actions, queries
from reinforcement.coaching.forms import NoteForm
from reinforcement.touches.access import kickoff_of_manager_or_404

SOON = frozenset({When.LATE, When.TODAY, When.WEEK})

NOTES = ListSpec(
    columns=[
        Column("day", gettext_lazy("Day"), sort="happened_on"),
        Column("rep", gettext_lazy("Rep"), sort="rep__full_name"),
    ],
    search=["rep__full_name", "went_well", "step__words"],
    default_sort="-day",
    per_page=20,
)


@login_required
@require_GET
def show_team(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_of_manager_or_404(request.user, slug)
    now = timezone.now()
    team = queries.team_overview(request.user, kickoff, now)
    zone = ZoneInfo(request.user.time_zone)
    context = {
        "kickoff": kickoff,
        "team": team,
        "waits": waits_of(kickoff.slug, team.own, zone, now),
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
    draft = None if request.method == "POST" else queries.draft_of(request.user, rep, kickoff)
    zone = ZoneInfo(request.user.time_zone)
    form = NoteForm(
        request.POST or None,
        topic=briefing.weakest.topic if briefing.weakest else None,
        name=rep.display_name,
        today=request.user.local_date(now),
        initial=draft.typed if draft else None,
    )
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.NoteRefused):
            recorded = actions.record_note(
                kickoff=kickoff, rep=rep, talk=form.talk, by=request.user, at=now
            )
            messages.success(request, _said(recorded.followed_up))
            return redirect("reinforcement:coaching:team", slug=slug)
    about = briefing.about
    theirs = [item for item in about.theirs if when(item, now, zone) in SOON]
    context = {
        "kickoff": kickoff,
        "rep": rep,
        "briefing": briefing,
        "own": [row_of(item, now, zone) for item in about.own],
        "theirs": [row_of(item, now, zone) for item in theirs],
        "later": tally(about.theirs, now).total - tally(theirs, now).total,
        "waits": tally(about.all, now).total,
        "can_nudge": any(item.is_late(now) for item in about.theirs),
        "nudged": bool(queries.nudged_today(request.user, [rep.pk], now)),
        "form": form,
        "kept_at": draft.kept_at if draft else None,
        "now": now,
        "saving_marks": sum(touch.due_at <= now for touch in briefing.follow_ups),
    }
    return render(request, "reinforcement/coaching/one_to_one.html", context)


@login_required
@require_POST
def keep_draft(request: AuthenticatedRequest, slug: str, person_id: int) -> HttpResponse:
    """What is typed so far, sent by the form as one types."""
    report = access.report_or_404(request.user, slug, person_id)
    now = timezone.now()
    typed = {name: request.POST.get(name, "")[:2000] for name in NoteForm.base_fields}
    actions.keep_draft(kickoff=report.kickoff, rep=report.rep, typed=typed, by=request.user, at=now)
    return render(
        request,
        "reinforcement/coaching/_kept.html",
        {"kept_at": now if any(typed.values()) else None},
    )


@login_required
@require_POST
def nudge(request: AuthenticatedRequest, slug: str, person_id: int) -> HttpResponse:
    report = access.report_or_404(request.user, slug, person_id)
    with told_on(request, actions.NoteRefused):
        actions.nudge_report(
            kickoff=report.kickoff, rep=report.rep, by=request.user, at=timezone.now()
        )
        said = _("%(name)s gets one message that lists what is late.")
        messages.success(request, said % {"name": report.rep.display_name})
    return redirect(came_from(request) or reverse("reinforcement:coaching:team", args=[slug]))


@login_required
@require_POST
def tick(request: AuthenticatedRequest, slug: str, note_id: int) -> HttpResponse:
    """Tick a next step, or take the tick back: `done` says which, in the form or the address."""
    note = access.step_or_404(request.user, slug, note_id)
    done = request.POST.get("done", request.GET.get("done", "1")) == "1"
    with told_on(request, actions.NoteRefused):
        actions.tick_step(note=note, done=done, by=request.user, at=timezone.now())
        step = {"step": note.next_step}
        if done:
            said_with_undo(request, _("“%(step)s” is done.") % step, f"{request.path}?done=0")
        else:
            messages.success(request, _("“%(step)s” is open again.") % step)
    if note.rep_id == request.user.pk:
        return redirect("reinforcement:coaching:mine", slug=slug)
    return redirect("reinforcement:coaching:one_to_one", slug=slug, person_id=note.rep_id)


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
