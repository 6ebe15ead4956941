from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.imports.exports import csv_response
from core.lists import Column, Filter, ListSpec
from core.lists.places import asked_of, came_from
from core.lists.rules import chosen_rows
from core.refusals import told_in, told_on
from events.attendance import access, actions, queries
from events.attendance.forms import (
    AnswerForm,
    AttendeeForm,
    SeveralForm,
    SubstituteForm,
)
from events.attendance.models import Attendee
from events.attendance.queries import seats as seat_queries
from events.attendance.views.importing import follows
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest, open_to_guests

_EVERYTHING = 100_000


@login_required
@require_GET
def show_roster(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.roster_or_404(request.user, slug)
    return _roster(request, kickoff)


@login_required
@require_POST
def change_several(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """All ticked people are changed or asked; or none, with the reason in the bar."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = SeveralForm(request.POST)
    chosen = chosen_rows(request.POST.getlist("row"))
    if form.is_valid():
        if form.cleaned_data["do"] == SeveralForm.REMOVE and not form.cleaned_data["is_sure"]:
            return _ask_to_remove(request, kickoff, chosen)
        with told_in(form, actions.RosterRefused):
            messages.success(request, _do(form, kickoff, chosen, request.user))
            return redirect(
                came_from(request) or reverse("events:attendance:roster", kwargs={"slug": slug})
            )
    return _roster(request, kickoff, several=form, ticked=set(chosen))


def _ask_to_remove(
    request: AuthenticatedRequest, kickoff: Kickoff, chosen: dict[int, str]
) -> HttpResponse:
    """What follows from taking people off, before it is done."""
    people = list(queries.of_chosen(kickoff, chosen))
    context = {
        "kickoff": kickoff,
        "people": people,
        "rows": [f"{one.pk}-{chosen[one.pk]}" for one in people],
        "follows": follows(kickoff, [one.person_id for one in people], is_leaving=False),
        "next": came_from(request) or reverse("events:attendance:roster", args=[kickoff.slug]),
    }
    return render(request, "events/attendance/remove.html", context)


def _do(form: SeveralForm, kickoff: Kickoff, chosen: dict[int, str], by: Person) -> str:
    """What was done to how many, in words."""
    what, at = form.cleaned_data["do"], timezone.now()
    if what == SeveralForm.ASK:
        count = actions.ask_attendees(kickoff=kickoff, chosen=chosen, by=by, at=at)
        said = ngettext("%(count)d person is asked.", "%(count)d people are asked.", count)
        return said % {"count": count}
    if what == SeveralForm.REMOVE:
        count = actions.remove_attendees(kickoff=kickoff, chosen=chosen, by=by, at=at)
        said = ngettext(
            "%(count)d person is off the roster.", "%(count)d people are off the roster.", count
        )
        return said % {"count": count}
    if what == SeveralForm.KIND:
        kind = form.cleaned_data["kind"]
        count = actions.set_kinds(kickoff=kickoff, chosen=chosen, kind=kind, by=by, at=at)
    else:
        coming = what == SeveralForm.YES
        count = actions.record_answers(kickoff=kickoff, chosen=chosen, coming=coming, by=by, at=at)
    said = ngettext("%(count)d person is changed.", "%(count)d people are changed.", count)
    return said % {"count": count}


def _roster(
    request: AuthenticatedRequest,
    kickoff: Kickoff,
    *,
    several: SeveralForm | None = None,
    ticked: set[int] | None = None,
) -> HttpResponse:
    at = timezone.now()
    spec = _roster_list(kickoff, picks=request.user.is_planner)
    page = spec.page(queries.roster(kickoff), asked_of(request))
    context = {
        "kickoff": kickoff,
        "page": page,
        "heads": queries.headcounts(kickoff, at),
        "several": several or SeveralForm(),
        "ticked": ticked or set(),
        "here": reverse("events:attendance:roster", kwargs={"slug": kickoff.slug})
        + page.query.url(),
    }
    status = 422 if several is not None else 200
    return render(request, "events/attendance/roster.html", context, status=status)


@login_required
@require_GET
def export_roster(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.roster_or_404(request.user, slug)
    page = _roster_list(kickoff, whole=True).page(queries.roster(kickoff), request.GET)
    rows = [
        [
            attendee.person.full_name,
            attendee.person.preferred_name,
            attendee.person.email,
            attendee.person.employee_id,
            attendee.person.job_title,
            attendee.person.get_function_display(),
            attendee.get_kind_display(),
            attendee.person.region,
            attendee.person.team,
            attendee.person.manager.email if attendee.person.manager else "",
            attendee.person.time_zone,
            attendee.person.country,
            attendee.person.subdivision,
            attendee.person.language,
            attendee.person.hire_date,
            attendee.person.leave_date,
            attendee.get_rsvp_display(),
        ]
        for attendee in page.rows
    ]
    # The headers of an import, so that what was exported can be changed and imported again
    headers = [field.key for field in actions.ROSTER_FIELDS] + ["answer"]
    return csv_response(f"{kickoff.slug}-roster.csv", headers, rows)


@login_required
@require_http_methods(["GET", "POST"])
def add_attendee(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = AttendeeForm(request.POST or None)
    if form.is_valid():
        with told_in(form, actions.RosterRefused):
            attendee = actions.add_attendee(
                kickoff=kickoff, details=form.details(), by=request.user, at=timezone.now()
            )
            added = _("%(name)s is on the roster.") % {"name": attendee.person.full_name}
            messages.success(request, added)
            return redirect("events:attendance:roster", slug=slug)
    return render(request, "events/attendance/add.html", {"kickoff": kickoff, "form": form})


@login_required
@require_POST
def remove_attendee(request: AuthenticatedRequest, slug: str, attendee_id: int) -> HttpResponse:
    attendee = access.attendee_to_plan_or_404(request.user, slug, attendee_id)
    with told_on(request, actions.RosterRefused):
        actions.remove_attendee(attendee=attendee, by=request.user, at=timezone.now())
        removed = _("%(name)s is off the roster.") % {"name": attendee.person.full_name}
        messages.success(request, removed)
    return redirect("events:attendance:roster", slug=slug)


@login_required
@require_POST
def invite(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    with told_on(request, actions.RosterRefused):
        count = actions.invite_attendees(kickoff=kickoff, by=request.user, at=timezone.now())
        invited = ngettext("%(count)d person invited.", "%(count)d people invited.", count)
        messages.success(request, invited % {"count": count})
    return redirect("events:attendance:roster", slug=slug)


@login_required
@require_http_methods(["GET", "POST"])
@open_to_guests
def answer(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    attendee = access.own_attendance_or_404(request.user, slug)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with told_on(request, actions.RosterRefused):
            actions.answer_invitation(
                attendee=attendee,
                coming=form.cleaned_data["coming"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Your answer is noted. Thank you."))
        return redirect("events:attendance:answer", slug=slug)
    at, by = timezone.now(), attendee.answer_by_at
    colleagues = seat_queries.colleagues(attendee, at)
    named = attendee.seat_requests.filter(is_substitute=True).select_related("person").last()
    context = {
        "line": seat_queries.place_in_line(attendee, at),
        "named": named,
        "substitute": SubstituteForm(colleagues=colleagues)
        if attendee.rsvp == Attendee.Rsvp.NO and not named and colleagues.exists()
        else None,
        "kickoff": attendee.kickoff,
        "attendee": attendee,
        "is_over": at >= attendee.kickoff.closes_at,
        "is_late": by is not None and at >= by,
    }
    return render(request, "events/attendance/answer.html", context)


def _roster_list(kickoff: Kickoff, *, whole: bool = False, picks: bool = False) -> ListSpec:
    """The roster as a list; `whole` puts all rows on one page, for an export of what is shown."""
    spec = ListSpec(
        columns=[
            *([Column("pick", "")] if picks else []),
            Column("name", gettext_lazy("Name"), sort="person__full_name"),
            Column("kind", gettext_lazy("Takes part as"), sort="kind"),
            Column(
                "region",
                gettext_lazy("Region"),
                sort=("person__region__name", "person__full_name"),
                narrow=False,
            ),
            Column(
                "team",
                gettext_lazy("Team"),
                sort=("person__team__name", "person__full_name"),
                narrow=False,
            ),
            Column(
                "manager",
                gettext_lazy("Manager"),
                sort=("person__manager__full_name", "person__full_name"),
                narrow=False,
            ),
            Column("answer", gettext_lazy("Answer"), sort=("rsvp", "person__full_name")),
            Column("act", ""),
        ],
        filters=[
            Filter("rsvp", gettext_lazy("Answer"), Attendee.Rsvp.choices, "rsvp", counts=True),
            Filter(
                "kind", gettext_lazy("Takes part as"), Attendee.Kind.choices, "kind", chips=False
            ),
            Filter(
                "region",
                gettext_lazy("Region"),
                lambda: queries.regions(kickoff),
                "person__region_id",
                chips=False,
            ),
            Filter(
                "team",
                gettext_lazy("Team"),
                lambda: queries.teams(kickoff),
                "person__team_id",
                chips=False,
            ),
        ],
        search=["person__full_name", "person__preferred_name", "person__email"],
        default_sort="name",
    )
    return replace(spec, per_page=_EVERYTHING) if whole else spec
