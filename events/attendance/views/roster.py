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
from core.imports.flow import ImportFlow, Options, Preview
from core.imports.rows import Parsed
from core.lists import Column, Filter, ListSpec
from core.lists.places import asked_of, came_from
from core.lists.rules import chosen_rows
from core.refusals import told_in, told_on
from events.attendance import access, actions, queries
from events.attendance.forms import (
    AnswerForm,
    AttendeeForm,
    PatternForm,
    SeveralForm,
    SubstituteForm,
)
from events.attendance.models import Attendee
from events.attendance.queries import seats as seat_queries
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.imports.views import import_pages

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
        with told_in(form, actions.RosterRefused):
            messages.success(request, _do(form, kickoff, chosen, request.user))
            return redirect(
                came_from(request) or reverse("events:attendance:roster", kwargs={"slug": slug})
            )
    return _roster(request, kickoff, several=form, ticked=set(chosen))


def _do(form: SeveralForm, kickoff: Kickoff, chosen: dict[int, str], by: Person) -> str:
    """What was done to how many, in words."""
    what, at = form.cleaned_data["do"], timezone.now()
    if what == SeveralForm.ASK:
        count = actions.ask_attendees(kickoff=kickoff, chosen=chosen, by=by, at=at)
        said = ngettext("%(count)d person is asked.", "%(count)d people are asked.", count)
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
        "left": queries.left(kickoff, at),
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


def open_import(by: Person, slug: str) -> ImportFlow:
    """The import of a roster, for a page or a worker: :raises Http404: they may not"""
    kickoff = kickoff_to_plan_or_404(by, slug)
    at = timezone.now()

    def run(parsed: Parsed, options: Options, *, dry_run: bool) -> actions.RosterReport:
        return actions.import_roster(
            kickoff=kickoff,
            parsed=parsed,
            email_pattern=options.get("email_pattern") or "",
            by=by,
            at=at,
            dry_run=dry_run,
        )

    def check(parsed: Parsed, options: Options) -> Preview:
        return _preview(run(parsed, options, dry_run=True))

    def commit(parsed: Parsed, options: Options) -> str:
        report = run(parsed, options, dry_run=False)
        message = _(
            "%(created)d people created, %(changed)d changed, %(unchanged)d unchanged; "
            "%(added)d added to the roster."
        )
        said = message % vars(report)
        if report.moved or report.given_managers:
            said += " " + _(
                "RevOps is told of the new managers, and confirms who may read packets."
            )
        return said

    def here(name: str, **kwargs: str) -> str:
        return reverse(f"events:attendance:{name}", kwargs={"slug": kickoff.slug, **kwargs})

    return ImportFlow(
        purpose=f"roster:{kickoff.slug}",
        title=gettext_lazy("Import people"),
        lead=gettext_lazy(
            "One row a person. Regions, teams and who reports to whom come out of the file."
        ),
        fields=actions.ROSTER_FIELDS,
        upload_url=here("import"),
        preview_url=lambda token: here("preview", token=token),
        done_url=here("roster"),
        check=check,
        commit=commit,
        options_form=lambda data, parsed: PatternForm(data),
        crumbs=[
            (reverse("events:kickoff:list"), gettext_lazy("Kickoffs")),
            (here("roster"), gettext_lazy("Roster")),
        ],
    )


import_roster, preview_import = import_pages(open_import)


def _preview(report: actions.RosterReport) -> Preview:
    touched = report.created + report.changed
    people = sum(report.kinds.values())
    notes = []
    if report.new_managers:
        message = ngettext(
            "%(count)d manager has no row and is created: %(names)s.",
            "%(count)d managers have no row and are created: %(names)s.",
            len(report.new_managers),
        )
        names = ", ".join(report.new_managers[:20])
        notes.append(message % {"count": len(report.new_managers), "names": names})
    if report.turned:
        message = ngettext(
            "%(count)d name has the last name first, and is taken over as: %(names)s.",
            "%(count)d names have the last name first, and are taken over as: %(names)s.",
            len(report.turned),
        )
        names = "; ".join(report.turned[:20]) + ("; …" if len(report.turned) > 20 else "")
        notes.append(message % {"count": len(report.turned), "names": names})
    if report.moved:
        message = ngettext(
            "%(count)d person gets another manager, who reads packets, notes and scores of theirs "
            "once RevOps has confirmed it: %(names)s.",
            "%(count)d people get another manager, who reads packets, notes and scores of theirs "
            "once RevOps has confirmed it: %(names)s.",
            len(report.moved),
        )
        names = "; ".join(report.moved[:20]) + ("; …" if len(report.moved) > 20 else "")
        notes.append(message % {"count": len(report.moved), "names": names})
    if report.given_managers:
        message = ngettext(
            "%(count)d new person has a manager, who reads packets, notes and scores of theirs once "
            "RevOps has confirmed it.",
            "%(count)d new people have a manager, who reads packets, notes and scores of theirs "
            "once RevOps has confirmed it.",
            report.given_managers,
        )
        notes.append(message % {"count": report.given_managers})
    if report.new_regions:
        notes.append(_("New regions: %(names)s.") % {"names": ", ".join(report.new_regions[:20])})
    if report.new_teams:
        notes.append(_("New teams: %(names)s.") % {"names": ", ".join(report.new_teams[:20])})
    return Preview(
        counts=[
            (_("Reps"), report.kinds["REP"]),
            (_("Managers"), report.kinds["MANAGER"]),
            (_("Others"), people - report.kinds["REP"] - report.kinds["MANAGER"]),
            (_("Regions"), report.regions),
            (_("People created"), report.created),
            (_("People changed"), report.changed),
            (_("People unchanged"), report.unchanged),
            (_("Added to the roster"), report.added),
        ],
        button=ngettext("Import %(count)d person", "Import %(count)d people", people)
        % {"count": people},
        notes=notes,
        changes_nothing=not touched and not report.added,
    )
