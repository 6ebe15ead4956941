"""What people see of their own pre-work, and managers of their line's."""

import json
from itertools import chain
from math import isfinite

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import Column, Filter, ListSpec
from core.numbers import whole_number
from core.refusals import told_on
from core.ui.figures import clock
from core.undo import said_with_undo
from events.attendance.models import Attendee, AttendeeQuerySet
from events.kickoff.access import kickoff_as_attendee_or_404
from events.kickoff.models import Kickoff
from events.prework import access, actions, queries
from events.prework.forms import AnswerForm, CommentForm, HandInForm
from events.prework.hooks import nudges_of, page_of
from events.prework.models import Assignment, PreworkItem, Watching
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest, open_to_guests
from people.files.views import send_file


@login_required
@require_GET
@open_to_guests
def show_list(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_as_attendee_or_404(request.user, slug)
    at = timezone.now()
    items = queries.prework_for(request.user, kickoff)
    to_do = [item for item in items if not item.is_done]
    context = {
        "kickoff": kickoff,
        "at": at,
        "today": kickoff.local_date(at),
        "to_do": to_do,
        "done": [item for item in items if item.is_done],
        "minutes": sum(item.assignment.minutes or 0 for item in to_do),
        "held_up": queries.held_up(request.user, kickoff),
    }
    return render(request, "events/prework/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@open_to_guests
def item(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    item = access.own_item_or_404(request.user, slug, item_id)
    if path := page_of(item, own=True):
        return redirect(path)
    assignment, at = item.assignment, timezone.now()
    wants_file = assignment.kind == Assignment.Kind.UPLOAD
    form: forms.Form
    if wants_file:
        form = HandInForm(request.POST or None, request.FILES or None)
    else:
        kept = {"text": item.text, "link": item.link, **item.draft, "version": item.version}
        form = AnswerForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        seen = said.pop("version", None)
        try:
            actions.submit_work(item_id=item.pk, seen=seen, by=request.user, at=at, **said)
            messages.success(request, _("Sent."))
            return redirect("events:prework:mine", slug=slug)
        except actions.PreworkRefused as refusal:
            form.add_error(None, str(refusal))
            # Shown again, it takes the version that holds: who sends once more means to
            held = getattr(refusal, "version", seen)
            form.data = {**request.POST.dict(), "version": "" if held is None else str(held)}
    return _item(request, item, form)


def _item(
    request: AuthenticatedRequest, item: PreworkItem, form: forms.Form | None = None
) -> HttpResponse:
    assignment, at = item.assignment, timezone.now()
    opens_at = assignment.opens_at()
    files = list(assignment.files.select_related("file"))
    stands = item.is_done and assignment.is_over(at)
    context = {
        "kickoff": assignment.kickoff,
        "item": item,
        "assignment": assignment,
        "at": at,
        "today": assignment.kickoff.local_date(at),
        "form": form,
        "state": queries.state_of(item, at),
        "is_early": opens_at is not None and at < opens_at,
        "is_held_up": not item.is_done
        and item.pk in queries.held_up(request.user, assignment.kickoff),
        "wants_answer": assignment.wants_work,
        "wants_file": assignment.kind == Assignment.Kind.UPLOAD,
        "may_send": not assignment.is_withdrawn and not stands,
        "body": queries.body_of(assignment, files) if assignment.body else "",
        "video": next((held for held in files if held.is_video), None),
        "captions": next((held for held in files if held.is_captions), None),
        "files": [held for held in files if not (held.is_video or held.is_captions)],
        "watching": Watching.objects.filter(item=item).first(),
        "quiz": queries.quiz_for(item),
        "thread": queries.thread_of(item) if assignment.wants_work else [],
        "comment_form": CommentForm(),
    }
    return render(request, "events/prework/item.html", context)


@login_required
@require_POST
@open_to_guests
def draft(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    """What a page keeps while somebody types: answers the version that holds, and words."""
    item = access.own_item_or_404(request.user, slug, item_id)
    form, at = AnswerForm(request.POST), timezone.now()
    if not form.is_valid():
        return JsonResponse({"message": _("Not saved: something is too long.")}, status=422)
    try:
        version = actions.keep_draft(
            item_id=item.pk,
            text=form.cleaned_data["text"],
            link=form.cleaned_data["link"],
            seen=form.cleaned_data["version"] or 0,
            by=request.user,
            at=at,
        )
    except actions.PreworkRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    time = clock(at, item.assignment.kickoff.zone)
    return JsonResponse({"version": version, "message": _("Saved %(time)s") % {"time": time}})


@login_required
@require_POST
@open_to_guests
def watched(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    """What a player says ran: `{"spans": [[from, to], …], "resume": s, "length": s}`."""
    item = access.own_item_or_404(request.user, slug, item_id)
    try:
        said = json.loads(request.body)
        spans = [[float(a), float(b)] for a, b in said["spans"]][:200]
        resume, length = float(said["resume"]), float(said["length"])
        if not all(isfinite(n) for n in (resume, length, *chain.from_iterable(spans))):
            raise ValueError
    except (ValueError, TypeError, KeyError):
        return JsonResponse({"message": _("This is no report of a player.")}, status=422)
    try:
        watching = actions.report_watched(
            item_id=item.pk,
            spans=spans,
            resume=resume,
            length=length,
            by=request.user,
            at=timezone.now(),
        )
    except actions.PreworkRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    item.refresh_from_db(fields=["state"])
    said_now = _("You have watched %(percent)d%% of it.") % {"percent": watching.percent}
    return JsonResponse(
        {"message": _("Done.") if item.is_done else said_now, "percent": watching.percent}
    )


@login_required
@require_POST
@open_to_guests
def quiz(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    item = access.own_item_or_404(request.user, slug, item_id)
    number = whole_number(request.POST.get("number", ""))
    picked = {
        whole_number(name.removeprefix("q")): whole_number(str(value))
        for name, value in request.POST.items()
        if name.startswith("q")
    }
    with told_on(request, actions.PreworkRefused):
        made = actions.take_quiz(
            item_id=item.pk,
            number=number or 0,
            chosen={q: c for q, c in picked.items() if q is not None and c is not None},
            by=request.user,
            at=timezone.now(),
        )
        messages.success(
            request,
            _("%(right)d of %(count)d right.")
            % {"right": made.right_count, "count": made.question_count},
        )
    return redirect("events:prework:item", slug=slug, item_id=item.pk)


@login_required
@require_POST
@open_to_guests
def accept(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    item = access.own_item_or_404(request.user, slug, item_id)
    with told_on(request, actions.PreworkRefused):
        actions.accept_text(
            item_id=item.pk,
            typed_name=request.POST.get("typed_name", ""),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Acknowledged. The text is kept as you saw it."))
    return redirect("events:prework:item", slug=slug, item_id=item.pk)


@login_required
@require_GET
@open_to_guests
def file(request: AuthenticatedRequest, slug: str, file_id: int) -> HttpResponseBase:
    """A picture, a video or a file that comes with an assignment."""
    return send_file(request, access.file_or_404(request.user, slug, file_id).file)


@login_required
@require_GET
@open_to_guests
def handed(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponseBase:
    """The file that somebody handed in."""
    item = access.thread_or_404(request.user, slug, item_id)
    if item.file is None:
        raise Http404
    return send_file(request, item.file)


@login_required
@require_POST
@open_to_guests
def mark_done(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    item = access.own_item_or_404(request.user, slug, item_id)
    try:
        actions.mark_done(item_id=item.pk, by=request.user, at=timezone.now())
    except actions.PreworkRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:prework:item", slug=slug, item_id=item.pk)
    undo = reverse("events:prework:undo", args=[slug, item.pk])
    said_with_undo(request, _("“%(title)s” is done.") % {"title": item.assignment.title}, undo)
    return redirect("events:prework:mine", slug=slug)


@login_required
@require_POST
@open_to_guests
def take_back(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    item = access.own_item_or_404(request.user, slug, item_id)
    with told_on(request, actions.PreworkRefused):
        actions.take_back(item_id=item.pk, by=request.user, at=timezone.now())
    return redirect("events:prework:item", slug=slug, item_id=item.pk)


@login_required
@require_GET
def team(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.line_or_404(request.user, slug)
    attendees = queries.line_at(kickoff, request.user, timezone.now())
    return people_page(request, kickoff, attendees, "events/prework/team.html")


def people_page(
    request: AuthenticatedRequest, kickoff: Kickoff, attendees: AttendeeQuerySet, template: str
) -> HttpResponse:
    """How far some people have come, with what each has to do."""
    at = timezone.now()
    page = _people(attendees).page(attendees, request.GET)
    nudges = nudges_of(kickoff, request.user, [one.person_id for one in page.rows], at)
    context = {
        "kickoff": kickoff,
        "page": page,
        "lines": queries.person_lines(kickoff, page.rows, at, nudges),
        "nudges": bool(nudges),
    }
    return render(request, template, context)


def _people(attendees: AttendeeQuerySet) -> ListSpec:
    """The list by person, narrowed as pre-work is dealt out."""
    return ListSpec(
        columns=[
            Column("name", gettext_lazy("Name"), sort="person__full_name"),
            Column("done", gettext_lazy("Done"), numeric=True),
            Column("items", gettext_lazy("Pre-work")),
        ],
        filters=[
            Filter("kind", gettext_lazy("Takes part as"), Attendee.Kind.choices, "kind"),
            Filter(
                "function",
                gettext_lazy("Function"),
                Person.Function.choices,
                "person__function",
                chips=False,
            ),
            Filter(
                "region",
                gettext_lazy("Region"),
                lambda: queries.regions_of(attendees),
                "person__region_id",
                chips=False,
            ),
            Filter(
                "team",
                gettext_lazy("Team"),
                lambda: queries.teams_of(attendees),
                "person__team_id",
                chips=False,
            ),
        ],
        search=["person__full_name", "person__preferred_name"],
        default_sort="name",
        per_page=25,
    )
