"""What a planner does: the board, an assignment and who has not done it, what was handed in."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.imports.exports import csv_response
from core.lists import Column, Filter, ListSpec
from core.numbers import whole_number
from core.refusals import told_in, told_on
from core.ui.figures import moment
from events.kickoff.access import kickoff_to_plan_or_404
from events.prework import access, actions, queries
from events.prework.forms import (
    DUE_BEFORE,
    AssignmentForm,
    FileForm,
    PlanForm,
)
from events.prework.models import Assignment, PreworkItem, PreworkItemQuerySet
from events.prework.views.mine import people_page
from people.accounts.requests import AuthenticatedRequest

# What narrows the list of an assignment, and whom a reminder reaches
NARROWED_BY = {
    "region": "person__region",
    "team": "person__team",
    "manager": "person__manager",
}


@login_required
@require_GET
def board(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    at = timezone.now()
    rows = queries.board(kickoff, at)
    assigned = [row for row in rows if row.assignment.is_assigned]
    context = {
        "kickoff": kickoff,
        "over_minutes": queries.over_minutes(kickoff, at),
        "plan": queries.plan_of(kickoff),
        "summary": queries.summary_of(rows),
        "assigned": assigned,
        "without_session": queries.without_session(kickoff, [row.assignment for row in assigned]),
        "drafts": [row for row in rows if row.assignment.is_draft],
        "withdrawn": [row for row in rows if row.assignment.is_withdrawn],
    }
    return render(request, "events/prework/board.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    suggested = {"due_date": kickoff.starts_date - DUE_BEFORE, "bet": request.GET.get("bet")}
    form = AssignmentForm(request.POST or None, kickoff=kickoff, initial=suggested)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        with told_in(form, actions.PreworkRefused):
            assignment = actions.draft_prework(
                kickoff=kickoff, details=form.details, by=request.user, at=at
            )
            if "assign" in request.POST:
                return _assign(request, slug, assignment, at)
            messages.success(request, _("Kept as a draft. Nobody has it yet."))
            return redirect("events:prework:board", slug=slug)
    context = {
        "kickoff": kickoff,
        "form": form,
        "reach": queries.reach(Assignment(kickoff=kickoff), timezone.now()),
    }
    return render(request, "events/prework/form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedRequest, slug: str, assignment_id: int) -> HttpResponse:
    assignment = access.assignment_or_404(request.user, slug, assignment_id)
    kickoff = assignment.kickoff
    form = AssignmentForm(request.POST or None, kickoff=kickoff, initial=model_to_dict(assignment))
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        with told_in(form, actions.PreworkRefused):
            actions.update_prework(
                assignment_id=assignment.pk, details=form.details, by=request.user, at=at
            )
            if "assign" in request.POST:
                return _assign(request, slug, assignment, at)
            messages.success(request, _("The pre-work is changed."))
            return redirect("events:prework:board", slug=slug)
    context = {
        "kickoff": kickoff,
        "assignment": assignment,
        "form": form,
        "reach": queries.reach(assignment, timezone.now()),
    }
    return render(request, "events/prework/form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Whether people go in order, and how many minutes a person are too many."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = PlanForm(request.POST or None, initial=model_to_dict(queries.plan_of(kickoff)))
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.PreworkRefused):
            actions.plan_prework(
                kickoff=kickoff, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("The plan of the pre-work is kept."))
            return redirect("events:prework:board", slug=slug)
    context = {"kickoff": kickoff, "form": form}
    return render(request, "events/prework/plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def files(request: AuthenticatedRequest, slug: str, assignment_id: int) -> HttpResponse:
    """The pictures, the video and the files that come with an assignment."""
    assignment = access.assignment_or_404(request.user, slug, assignment_id)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.PreworkRefused, field="upload"):
            actions.add_file(
                assignment=assignment,
                upload=form.cleaned_data["upload"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("The file is added."))
            return redirect("events:prework:files", slug=slug, assignment_id=assignment.pk)
    held = list(assignment.files.select_related("file"))
    context = {
        "kickoff": assignment.kickoff,
        "assignment": assignment,
        "form": form,
        "files": held,
        "body": queries.body_of(assignment, held) if assignment.body else "",
    }
    return render(request, "events/prework/files.html", context)


@login_required
@require_POST
def remove_file(request: AuthenticatedRequest, slug: str, file_id: int) -> HttpResponse:
    held = access.file_to_plan_or_404(request.user, slug, file_id)
    actions.remove_file(file_id=held.pk, by=request.user, at=timezone.now())
    messages.success(request, _("“%(name)s” is taken away.") % {"name": held.file.name})
    return redirect("events:prework:files", slug=slug, assignment_id=held.assignment_id)


@login_required
@require_GET
def reach(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """How many people the segment in the form holds: a fragment, asked for at each change."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = AssignmentForm(request.GET, kickoff=kickoff)
    form.is_valid()
    count = queries.reach(form.segment, timezone.now())
    return render(request, "events/prework/_reach.html", {"reach": count})


@login_required
@require_POST
def assign(request: AuthenticatedRequest, slug: str, assignment_id: int) -> HttpResponse:
    assignment = access.assignment_or_404(request.user, slug, assignment_id)
    return _assign(request, slug, assignment, timezone.now())


@login_required
@require_POST
def withdraw(request: AuthenticatedRequest, slug: str, assignment_id: int) -> HttpResponse:
    assignment = access.assignment_or_404(request.user, slug, assignment_id)
    with told_on(request, actions.PreworkRefused):
        actions.withdraw_prework(assignment_id=assignment.pk, by=request.user, at=timezone.now())
        said = (
            _("The draft is deleted.") if assignment.is_draft else _("The pre-work is withdrawn.")
        )
        messages.success(request, said)
    return redirect("events:prework:board", slug=slug)


@login_required
@require_GET
def missing(request: AuthenticatedRequest, slug: str, assignment_id: int) -> HttpResponse:
    assignment = access.assignment_or_404(request.user, slug, assignment_id)
    at = timezone.now()
    items = queries.items_of(assignment, at)
    slices = queries.slices_of(assignment, at)
    page = _who(slices).page(items, request.GET)
    chosen = {key: request.GET[key] for key in NARROWED_BY if key in page.query.chosen}
    context = {
        "kickoff": assignment.kickoff,
        "assignment": assignment,
        "progress": queries.sum_of(slices),
        "page": page,
        "lines": queries.copy_lines(assignment, page.rows, at),
        "chosen": chosen,
        "parts": queries.by_region(slices),
        "waiting": 0
        if assignment.is_withdrawn
        else queries.sum_of(queries.narrowed(slices, chosen)).missing,
    }
    return render(request, "events/prework/missing.html", context)


@login_required
@require_GET
def people(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """How far each person has come, for those who plan."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    attendees = queries.everybody_at(kickoff, timezone.now())
    return people_page(request, kickoff, attendees, "events/prework/people.html")


@login_required
@require_GET
def export(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Who has done what as a file: of everybody for planners, of their line for managers."""
    kickoff, attendees = access.people_or_404(request.user, slug, timezone.now())
    assigned, rows = queries.table(kickoff, attendees)
    headers = [_("Name"), _("E-mail"), _("Region"), _("Team"), _("Manager"), *assigned]
    done = PreworkItem.State.DONE
    cells = (
        [
            one.person.full_name,
            one.person.email,
            one.person.region,
            one.person.team,
            one.person.manager.full_name if one.person.manager else "",
            *(
                ""
                if item is None
                else moment(item.done_at, kickoff.zone)
                if item.state == done
                else item.get_state_display()
                for item in items
            ),
        ]
        for one, items in rows
    )
    return csv_response(f"{kickoff.slug}-prework.csv", headers, cells)


@login_required
@require_POST
def remind(request: AuthenticatedRequest, slug: str, assignment_id: int) -> HttpResponse:
    assignment = access.assignment_or_404(request.user, slug, assignment_id)
    said = {key: whole_number(request.POST.get(key, "")) for key in NARROWED_BY}
    chosen = {key: str(number) for key, number in said.items() if number is not None}
    people = _narrowed(queries.items_of(assignment, timezone.now()), chosen).to_do()
    with told_on(request, actions.PreworkRefused):
        count = actions.remind_missing(
            assignment_id=assignment.pk,
            by=request.user,
            at=timezone.now(),
            person_ids=list(people.values_list("person_id", flat=True)) if chosen else None,
        )
        messages.success(request, _reminded(count))
    url = reverse("events:prework:missing", args=[slug, assignment.pk])
    query = QueryDict(mutable=True)
    query.update({"state": "missing", **chosen})
    return redirect(f"{url}?{query.urlencode()}")


def _assign(
    request: AuthenticatedRequest, slug: str, assignment: Assignment, at: datetime
) -> HttpResponse:
    with told_on(request, actions.PreworkRefused):
        count = actions.assign_prework(assignment_id=assignment.pk, by=request.user, at=at)
        said = ngettext("%(count)d person has it now.", "%(count)d people have it now.", count)
        messages.success(request, said % {"count": count})
    return redirect("events:prework:board", slug=slug)


def _reminded(count: int) -> str:
    if not count:
        return _("Everybody was reminded today already.")
    said = ngettext("%(count)d person is reminded.", "%(count)d people are reminded.", count)
    return said % {"count": count}


def _narrowed(items: PreworkItemQuerySet, chosen: Mapping[str, str]) -> PreworkItemQuerySet:
    return items.filter(**{NARROWED_BY[key]: value for key, value in chosen.items()})


def _who(slices: Sequence[queries.Slice]) -> ListSpec:
    """The list of one assignment, with the regions, teams and managers that are in it."""
    return ListSpec(
        columns=[
            Column("name", gettext_lazy("Name"), sort="person__full_name"),
            Column("region", gettext_lazy("Region"), sort="person__region__name"),
            Column("team", gettext_lazy("Team"), sort="person__team__name", narrow=False),
            Column("manager", gettext_lazy("Manager"), sort="person__manager__full_name"),
            Column("state", gettext_lazy("State"), sort="state"),
            Column("done", gettext_lazy("Done"), sort="done_at", narrow=False),
        ],
        filters=[
            Filter(
                "state",
                gettext_lazy("State"),
                [("missing", gettext_lazy("Not done")), ("done", gettext_lazy("Done"))],
                _by_state,
                chips=True,
            ),
            Filter(
                "region",
                gettext_lazy("Region"),
                lambda: queries.there(slices, "region"),
                NARROWED_BY["region"],
                chips=False,
            ),
            Filter(
                "team",
                gettext_lazy("Team"),
                lambda: queries.there(slices, "team"),
                NARROWED_BY["team"],
                chips=False,
            ),
            Filter(
                "manager",
                gettext_lazy("Manager"),
                lambda: queries.there(slices, "manager"),
                NARROWED_BY["manager"],
                chips=False,
            ),
        ],
        search=["person__full_name", "person__preferred_name", "person__email"],
        default_order=["-state", "person__full_name"],
    )


def _by_state(items: QuerySet[PreworkItem], value: str) -> QuerySet[PreworkItem]:
    done = PreworkItem.State.DONE
    return items.filter(state=done) if value == "done" else items.exclude(state=done)
