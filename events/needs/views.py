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
from core.numbers import whole_number
from core.refusals import told_in, told_on
from events.attendance.access import own_attendance_or_404
from events.attendance.models import Attendee
from events.attendance.queries import headcounts
from events.kickoff.access import kickoff_to_plan_or_404
from events.needs import access, actions, queries, rules
from events.needs.forms import AnswersForm, ManagerForm, SettingsForm
from events.sealing.views import keeps_figures
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest, open_to_guests
from people.imports.views import import_pages

_LIST = ListSpec(
    columns=[
        Column("name", gettext_lazy("Person"), sort="attendee__person__full_name"),
        Column("said", gettext_lazy("What they said")),
        Column("when", gettext_lazy("Said"), sort="said_at", narrow=False),
    ],
    filters=[
        Filter(
            "need",
            gettext_lazy("Need"),
            [("True", gettext_lazy("need something")), ("False", gettext_lazy("need nothing"))],
            "is_need",
            counts=True,
        )
    ],
    search=["attendee__person__full_name", "attendee__person__email"],
    default_sort="name",
)


@login_required
@require_GET
def board(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.board_or_404(request.user, slug)
    at = timezone.now()
    rows = queries.board(kickoff, request.user, at)
    if not request.user.is_planner:
        rows = [row for row in rows if row.is_mine]
    context = {"kickoff": kickoff, "rows": rows, "heads": headcounts(kickoff, at)}
    return render(request, "events/needs/list.html", context)


@login_required
@require_POST
def open_forms(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    actions.open_forms(kickoff=kickoff, by=request.user, at=timezone.now())
    messages.success(request, _("Those who come are asked. Now name who reads which answers."))
    return redirect("events:needs:list", slug=slug)


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: AuthenticatedRequest, slug: str, kind: str) -> HttpResponse:
    """Days and managers of a form, for planners; its answers are on another page, for its managers."""
    form = access.form_to_set_or_404(request.user, slug, kind)
    names = "person" in request.POST
    days = SettingsForm(None if names or request.method == "GET" else request.POST, form=form)
    manager = ManagerForm(request.POST if names else None)
    at = timezone.now()
    if manager.is_bound and manager.is_valid():
        actions.name_manager(
            form=form, person=manager.cleaned_data["person"], by=request.user, at=at
        )
        return redirect("events:needs:settings", slug=slug, kind=kind)
    if days.is_bound and days.is_valid():
        with told_in(days, actions.NeedsRefused):
            actions.set_form(form=form, **days.cleaned_data, by=request.user, at=at)
            messages.success(request, _("Kept."))
            return redirect("events:needs:list", slug=slug)
    context = {
        "kickoff": form.kickoff,
        "form": form,
        "days": days,
        "manager": manager,
        "managers": form.managers.order_by("full_name"),
    }
    status = 422 if days.errors or manager.errors else 200
    return render(request, "events/needs/settings.html", context, status=status)


@login_required
@require_POST
def remove_manager(request: AuthenticatedRequest, slug: str, kind: str) -> HttpResponse:
    form = access.form_to_set_or_404(request.user, slug, kind)
    actions.remove_manager(
        form=form,
        person_id=whole_number(request.POST.get("manager", "")) or 0,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("events:needs:settings", slug=slug, kind=kind)


@login_required
@require_GET
@keeps_figures
def answers(request: AuthenticatedRequest, slug: str, kind: str) -> HttpResponse:
    form = access.form_to_read_or_404(request.user, slug, kind)
    at = timezone.now()
    page = _LIST.page(queries.answers(form, at), request.GET)
    context = {
        "kickoff": form.kickoff,
        "form": form,
        "page": page,
        "rows": [(one, queries.in_words(form, one.read())) for one in page.rows],
        "silent": queries.silent(form, at).count(),
    }
    return render(request, "events/needs/answers.html", context)


@login_required
@require_GET
@keeps_figures
def export(request: AuthenticatedRequest, slug: str, kind: str) -> HttpResponse:
    """All answers of a form as a file, which its import takes back; recorded in the trail."""
    form = access.form_to_read_or_404(request.user, slug, kind)
    found = actions.read_answers(form=form, by=request.user, at=timezone.now())
    questions = form.of_kind.questions
    rows = [
        [
            one.attendee.person.email,
            one.attendee.person.full_name,
            *(rules.said(question, values) for question in questions),
        ]
        for one in found.order_by("attendee__person__full_name", "pk")
        for values in [one.read()]
    ]
    headers = ["person", "name", *(question.key for question in questions)]
    return csv_response(f"{slug}-{kind.lower()}.csv", headers, rows)


@login_required
@require_GET
@keeps_figures
@open_to_guests
def mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """One's own needs, a form each."""
    return _mine(request, own_attendance_or_404(request.user, slug))


@login_required
@require_POST
@keeps_figures
@open_to_guests
def answer(request: AuthenticatedRequest, slug: str, kind: str) -> HttpResponse:
    attendee, form = access.own_form_or_404(request.user, slug, kind)
    said = AnswersForm(request.POST, kind=kind, prefix=kind)
    if said.is_valid():
        with told_on(request, actions.NeedsRefused):
            actions.answer_form(
                form=form,
                attendee=attendee,
                values=said.values,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Kept: %(form)s.") % {"form": form.label})
        return redirect("events:needs:mine", slug=slug)
    return _mine(request, attendee, wrong={kind: said})


def _mine(
    request: AuthenticatedRequest,
    attendee: Attendee,
    wrong: dict[str, AnswersForm] | None = None,
) -> HttpResponse:
    today = attendee.kickoff.local_date(timezone.now())
    parts = []
    if attendee.rsvp == Attendee.Rsvp.YES:
        for form, said in queries.own(attendee):
            values = said.read() if said else {}
            asked = (wrong or {}).get(form.kind) or AnswersForm(
                kind=form.kind, prefix=form.kind, initial=values
            )
            parts.append(
                (form, said, asked, queries.in_words(form, values), today <= form.until_date)
            )
    context = {"kickoff": attendee.kickoff, "attendee": attendee, "parts": parts}
    status = 422 if wrong else 200
    return render(request, "events/needs/mine.html", context, status=status)


def _open_list(kind: str, by: Person, slug: str) -> ImportFlow:
    form = access.form_to_read_or_404(by, slug, kind)
    low = kind.lower()

    def run(parsed: Parsed, *, dry_run: bool) -> tuple[int, int]:
        return actions.import_list(
            form=form, parsed=parsed, by=by, at=timezone.now(), dry_run=dry_run
        )

    def check(parsed: Parsed, options: Options) -> Preview:
        changed, same = run(parsed, dry_run=True)
        return Preview(
            counts=[(_("People who change"), changed), (_("The same as now"), same)],
            button=ngettext("Import %(count)d person", "Import %(count)d people", changed)
            % {"count": changed},
            changes_nothing=not changed,
        )

    def commit(parsed: Parsed, options: Options) -> str:
        changed, same = run(parsed, dry_run=False)
        said = _("%(changed)d people changed, %(same)d were the same.")
        return said % {"changed": changed, "same": same}

    page = reverse("events:needs:answers", args=[slug, kind])
    return ImportFlow(
        purpose=f"{low}:{slug}",
        title=gettext_lazy("Import a list"),
        lead=gettext_lazy("One row a person who comes; an empty cell leaves what is there."),
        fields=actions.list_fields(form),
        upload_url=reverse(f"events:needs:{low}_import", kwargs={"slug": slug}),
        preview_url=lambda token: reverse(
            f"events:needs:{low}_preview", kwargs={"slug": slug, "token": token}
        ),
        done_url=page,
        check=check,
        commit=commit,
        crumbs=[(page, form.of_kind.label)],
    )


def open_travel(by: Person, slug: str) -> ImportFlow:
    """The import of a travel list, for a page or a worker: :raises Http404: they may not"""
    return _open_list("TRAVEL", by, slug)


def open_rooms(by: Person, slug: str) -> ImportFlow:
    """The import of a rooming list, for a page or a worker: :raises Http404: they may not"""
    return _open_list("ROOM", by, slug)


travel_import, travel_preview = import_pages(open_travel)
room_import, room_preview = import_pages(open_rooms)
