"""The planner's draft: grid, list, one session, and moving it."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.sessions import actions
from agenda.sessions.access import session_to_plan_or_404
from agenda.sessions.forms import MoveForm, SessionForm
from agenda.sessions.hooks import beside
from agenda.sessions.models import Session, SessionType
from agenda.sessions.queries.board import board_of
from agenda.sessions.queries.changes import changes_of
from agenda.sessions.queries.draft import Draft, draft_of
from agenda.sessions.queries.readiness import EXPERIENTIAL
from agenda.sessions.queries.suggestions import people_like
from agenda.sessions.queries.words import when
from agenda.sessions.rules import agenda_day, day_bounds
from core.lists import Column, Filter, ListSpec
from core.numbers import whole_number
from core.ui.figures import day as day_words
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from events.prework.queries import goes_with_session
from events.readiness.queries import asked
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
def show_grid(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    draft = draft_of(kickoff)
    board = board_of(draft, changes_of(draft, timezone.now()), chosen_day(request, kickoff))
    context = {
        "kickoff": kickoff,
        "board": board,
        "draft": draft,
        "changes": board.changes,
        "aim": f"{asked(kickoff, EXPERIENTIAL)}%",
    }
    return render(request, "agenda/sessions/grid.html", context)


@login_required
@require_GET
def list_sessions(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    draft = draft_of(kickoff)
    page = _sessions(draft).page(_by_trouble(draft), request.GET)
    rows = [
        (draft.sessions[row.pk], [draft.say(one) for one in draft.by_session.get(row.pk, [])])
        for row in page.rows
    ]
    context = {"kickoff": kickoff, "page": page, "rows": rows, "draft": draft}
    return render(request, "agenda/sessions/list.html", context)


@login_required
@require_GET
def show_session(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    session = session_to_plan_or_404(request.user, slug, session_id)
    draft = draft_of(session.kickoff)
    conflicts = draft.by_session.get(session.pk, [])
    context = {
        "kickoff": session.kickoff,
        "session": session,
        "one": draft.sessions[session.pk],
        "when": when(session.starts_at, session.ends_at, session.kickoff.zone)
        if session.starts_at and session.ends_at
        else "",
        "bets": session.bets.all(),
        "beside": beside(session.kickoff, session.pk, session.type, request.user),
        "said": [draft.say(one, mending=True) for one in conflicts],
        "goes": goes_with_session(session.kickoff, session.pk, timezone.now()),
    }
    return render(request, "agenda/sessions/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create_session(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = SessionForm(
        request.POST or None,
        kickoff=kickoff,
        initial={"owner": request.user, "day": request.GET.get("day", "")},
    )
    act = partial(actions.create_session, kickoff=kickoff)
    return _save(request, form, act, {"kickoff": kickoff})


@login_required
@require_http_methods(["GET", "POST"])
def edit_session(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    session = session_to_plan_or_404(request.user, slug, session_id)
    title = session.title
    form = SessionForm(request.POST or None, kickoff=session.kickoff, session=session)
    # A form without a version is one that nobody was shown
    version = form.cleaned_data.get("version") or 0 if form.is_valid() else 0
    act = partial(actions.update_session, session=session, version=version)
    goes = goes_with_session(session.kickoff, session.pk, timezone.now())
    context = {"kickoff": session.kickoff, "session": session, "title": title, "goes": goes}
    return _save(request, form, act, context)


def _save(request: AuthenticatedRequest, form: SessionForm, act: Any, context: Any) -> HttpResponse:
    status, may_save_anyway = 200, False
    if form.is_valid():
        try:
            session = act(
                fields=form.said,
                accepted="anyway" in request.POST,
                by=request.user,
                at=timezone.now(),
            )
        except actions.SessionConflicts as refusal:
            form.say_conflicts(refusal)
            may_save_anyway = not refusal.blocks
        except actions.StaleSession as refusal:
            form.add_error(None, str(refusal))
            status = 409
        except actions.SessionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(title)s” saved.") % {"title": session.title})
            return redirect(_grid_url(session))
    context = {**context, "form": form, "may_save_anyway": may_save_anyway}
    return render(request, "agenda/sessions/form.html", context, status=status)


@login_required
@require_POST
def delete_session(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    session = session_to_plan_or_404(request.user, slug, session_id)
    url = _grid_url(session)
    goes = goes_with_session(session.kickoff, session_id, timezone.now())
    try:
        actions.delete_session(
            session=session,
            version=whole_number(request.POST.get("version", "")) or 0,
            by=request.user,
            at=timezone.now(),
        )
    except actions.StaleSession as refusal:
        messages.error(request, str(refusal))
        return redirect("agenda:sessions:detail", slug=slug, session_id=session_id)
    told = _("“%(title)s” deleted.") % {"title": session.title}
    messages.success(request, f"{told} {goes}".strip())
    return redirect(url)


@login_required
@require_POST
def move_session(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    """Move a session: for the grid's script as JSON, for a plain form as a redirect."""
    session = session_to_plan_or_404(request.user, slug, session_id)
    form = MoveForm(request.POST, kickoff=session.kickoff)
    if not form.is_valid():
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _moved(request, session, 400, words)
    try:
        actions.move_session(
            session=session,
            room=form.cleaned_data["room"],
            starts_at=form.starts_at,
            version=form.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )
    except actions.StaleSession as refusal:
        return _moved(request, session, 409, str(refusal))
    except actions.SessionRefused as refusal:
        return _moved(request, session, 400, str(refusal))
    return _moved(request, session, 200, _where_words(session))


def _moved(
    request: AuthenticatedRequest, session: Session, status: int, words: str
) -> HttpResponse:
    if request.accepts("text/html"):
        (messages.success if status == 200 else messages.error)(request, words)
        return redirect(_grid_url(session))
    answer: dict[str, object] = {"message": words}
    if status == 200:
        draft = draft_of(session.kickoff)
        answer["version"] = session.version
        answer["conflicts"] = [draft.say(one).text for one in draft.by_session.get(session.pk, [])]
    return JsonResponse(answer, status=status)


def _where_words(session: Session) -> str:
    if session.starts_at is None or session.ends_at is None or session.room is None:
        return _("“%(title)s” is off the agenda, in the tray.") % {"title": session.title}
    return _("“%(title)s” is now in %(room)s, %(when)s.") % {
        "title": session.title,
        "room": session.room.name,
        "when": when(session.starts_at, session.ends_at, session.kickoff.zone),
    }


@login_required
@require_GET
def suggest_people(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Names for the form's fields, as somebody types."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    return JsonResponse(
        {"people": people_like(kickoff, request.GET.get("q", "")[:100], timezone.now())}
    )


def chosen_day(request: HttpRequest, kickoff: Kickoff) -> date:
    """The day that the URL names, else today at the venue, else the first."""
    today = agenda_day(timezone.now(), kickoff.zone)
    fallback = today if today in kickoff.days else kickoff.starts_date
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return fallback


def _grid_url(session: Session) -> str:
    url = reverse("agenda:sessions:grid", kwargs={"slug": session.kickoff.slug})
    if session.starts_at is None:
        return url
    return f"{url}?day={agenda_day(session.starts_at, session.kickoff.zone).isoformat()}"


def _by_trouble(draft: Draft) -> QuerySet[Session]:
    """The sessions, with how much is wrong with each: 2 blocks, 1 improves."""
    blocked = {session for one in draft.blocking for session in one.sessions}
    return Session.objects.filter(kickoff=draft.kickoff).annotate(
        trouble=Case(
            When(pk__in=blocked, then=Value(2)),
            When(pk__in=set(draft.by_session), then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
    )


def _sessions(draft: Draft) -> ListSpec:
    def on_day(rows: QuerySet[Session], value: str) -> QuerySet[Session]:
        if value == "tray":
            return rows.filter(starts_at=None)
        first, after = day_bounds(date.fromisoformat(value), draft.event.zone)
        return rows.filter(starts_at__gte=first, starts_at__lt=after)

    def in_trouble(rows: QuerySet[Session], value: str) -> QuerySet[Session]:
        return rows.filter(Q(trouble=2) if value == "blocks" else Q(trouble__gt=0))

    days = [(day.isoformat(), day_words(day)) for day in draft.kickoff.days]
    return ListSpec(
        columns=[
            Column("title", gettext_lazy("Session"), sort="title"),
            Column("when", gettext_lazy("When"), sort=("starts_at", "room__position")),
            Column("room", gettext_lazy("Room"), sort=("room__position", "starts_at")),
            Column("type", gettext_lazy("Type"), sort=("type", "starts_at"), narrow=False),
            Column("who", gettext_lazy("Led by"), narrow=False),
            Column("expected", gettext_lazy("Expected"), numeric=True, narrow=False),
            Column("conflicts", gettext_lazy("Conflicts"), sort=("trouble", "starts_at")),
        ],
        filters=[
            Filter("day", gettext_lazy("Day"), [*days, ("tray", _("In the tray"))], on_day),
            Filter("type", gettext_lazy("Type"), SessionType.choices, "type", chips=False),
            Filter(
                "room",
                gettext_lazy("Room"),
                lambda: [(room.pk, room.name) for room in draft.rooms.values()],
                "room_id",
                chips=False,
            ),
            Filter(
                "only",
                gettext_lazy("Conflicts"),
                [("any", _("With conflicts")), ("blocks", _("Blocking"))],
                in_trouble,
                chips=False,
            ),
        ],
        search=["title", "people__person__full_name"],
        default_order=["-trouble", "starts_at", "room__position"],
    )
