from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.notes import actions, queries
from agenda.notes.access import note_or_404
from agenda.notes.forms import NoteForm
from agenda.sessions.access import released_session_or_404
from core.imports.exports import csv_response
from core.refusals import told_in
from events.kickoff.access import kickoff_as_attendee_or_404
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def show_mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Notes of one's own, and a new one, of a session where `session` says which."""
    kickoff = kickoff_as_attendee_or_404(request.user, slug)
    session = None
    asked = request.POST.get("session") or request.GET.get("session") or ""
    if asked.isascii() and asked.isdigit() and len(asked) < 16:
        _kickoff, released = released_session_or_404(request.user, slug, int(asked))
        session = released
    form = NoteForm(request.POST or None)
    if form.is_valid():
        with told_in(form, actions.NoteRefused):
            actions.write_note(
                kickoff=kickoff,
                session_title=session.title if session else "",
                words=form.words(),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Kept, for you alone."))
            return redirect("agenda:notes:mine", slug=slug)
    context = {
        "kickoff": kickoff,
        "form": form,
        "session": session,
        "notes": queries.notes_of(request.user, kickoff),
    }
    return render(request, "agenda/notes/mine.html", context)


@login_required
@require_POST
def promise(request: AuthenticatedRequest, slug: str, note_id: int) -> HttpResponse:
    """One tap: the note is a promise."""
    note = note_or_404(request.user, slug, note_id)
    made = actions.promise_note(note=note, by=request.user, at=timezone.now())
    messages.success(request, _("“%(words)s” is in your plan.") % {"words": made.words})
    return redirect("agenda:notes:mine", slug=slug)


@login_required
@require_POST
def delete(request: AuthenticatedRequest, slug: str, note_id: int) -> HttpResponse:
    note = note_or_404(request.user, slug, note_id)
    actions.delete_note(note=note, by=request.user, at=timezone.now())
    messages.success(request, _("The note is deleted."))
    return redirect("agenda:notes:mine", slug=slug)


@login_required
@require_GET
def export(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """One's own notes as a file."""
    kickoff = kickoff_as_attendee_or_404(request.user, slug)
    headers = [_("Written"), _("Session"), _("Note"), _("Met"), _("Company"), _("Promised")]
    rows = [
        [
            note.written_at.astimezone(kickoff.zone).strftime("%Y-%m-%d %H:%M"),
            note.session_title,
            note.text,
            note.met,
            note.company,
            note.commitment.words if note.commitment else "",
        ]
        for note in queries.notes_of(request.user, kickoff)
    ]
    return csv_response(f"{kickoff.slug}-notes.csv", headers, rows)
