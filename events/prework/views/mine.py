"""What people see of their own pre-work, and managers of their line's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists import Column, ListSpec
from core.refusals import told_in, told_on
from core.undo import said_with_undo
from events.kickoff.access import kickoff_as_attendee_or_404
from events.prework import access, actions, queries
from events.prework.forms import AnswerForm, CommentForm
from events.prework.hooks import page_of
from events.prework.models import Assignment
from people.accounts.requests import AuthenticatedRequest

TEAM = ListSpec(
    columns=[
        Column("name", gettext_lazy("Name"), sort="person__full_name"),
        Column("done", gettext_lazy("Done"), numeric=True),
        Column("items", gettext_lazy("Pre-work")),
    ],
    search=["person__full_name", "person__preferred_name"],
    default_sort="name",
    per_page=25,
)


@login_required
@require_GET
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
    }
    return render(request, "events/prework/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def item(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    item = access.own_item_or_404(request.user, slug, item_id)
    if path := page_of(item, own=True):
        return redirect(path)
    at = timezone.now()
    kept = {"text": item.text, "link": item.link}
    form = AnswerForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.PreworkRefused):
            actions.submit_work(item_id=item.pk, by=request.user, at=at, **form.cleaned_data)
            messages.success(request, _("Sent."))
            return redirect("events:prework:mine", slug=slug)
    assignment = item.assignment
    stands = item.is_done and assignment.is_over(at)
    context = {
        "kickoff": assignment.kickoff,
        "item": item,
        "assignment": assignment,
        "at": at,
        "today": assignment.kickoff.local_date(at),
        "form": form,
        "is_late": item.is_late(at),
        "wants_answer": assignment.kind == Assignment.Kind.SUBMIT,
        "thread": queries.thread_of(item),
        "comment_form": CommentForm(),
        "may_send": not assignment.is_withdrawn and not stands,
    }
    return render(request, "events/prework/item.html", context)


@login_required
@require_POST
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
def take_back(request: AuthenticatedRequest, slug: str, item_id: int) -> HttpResponse:
    item = access.own_item_or_404(request.user, slug, item_id)
    with told_on(request, actions.PreworkRefused):
        actions.take_back(item_id=item.pk, by=request.user, at=timezone.now())
    return redirect("events:prework:item", slug=slug, item_id=item.pk)


@login_required
@require_GET
def team(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.line_or_404(request.user, slug)
    at = timezone.now()
    page = TEAM.page(queries.line_at(kickoff, request.user, at), request.GET)
    people = [attendee.person_id for attendee in page.rows]
    counts = queries.prework_counts(kickoff, people, at)
    items = queries.prework_by_person(kickoff, people)
    rows = [
        {
            "person": attendee.person,
            "progress": counts.get(attendee.person_id),
            "items": [(item, item.is_late(at)) for item in items.get(attendee.person_id, [])],
        }
        for attendee in page.rows
    ]
    context = {"kickoff": kickoff, "page": page, "rows": rows}
    return render(request, "events/prework/team.html", context)
