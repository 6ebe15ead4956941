"""Who is on which plan at which pay: job titles, people, and one person's exception."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.forms import formset_factory
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.imports.exports import csv_response
from core.lists import Column, Filter, ListSpec
from core.numbers import whole_number
from core.refusals import told_in, told_on
from core.ui.figures import money
from events.kickoff.models import Kickoff
from events.packets.comp import access, actions, queries
from events.packets.comp.forms.pay import EMPTY_ROWS, OwnCompForm, TitlePayForm, TitlePlanForm
from events.packets.comp.models import RolePay
from events.packets.comp.queries import NO_PAY, NO_PLAN, NOT_READY, SET, AssignedComp, Book
from events.packets.comp.rules import curves, words
from events.packets.comp.rules.pay import title_key
from events.packets.comp.rules.payout import plain
from events.sealing.views import keeps_figures
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry

GAPS = {
    NO_PLAN: ("late", gettext_lazy("No plan")),
    NOT_READY: ("late", gettext_lazy("Plan is a draft")),
    NO_PAY: ("soon", gettext_lazy("No base or target")),
    SET: ("done", gettext_lazy("Set")),
}
OWN, TITLE = "OWN", "TITLE"
_UNPROCESSABLE = 422


def _list(kickoff: Kickoff) -> ListSpec:
    def by_source(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        own = queries.own_ids(kickoff)
        return rows.filter(person__in=own) if value == OWN else rows.exclude(person__in=own)

    return ListSpec(
        columns=[
            Column("rep", gettext_lazy("Rep"), sort="person__full_name"),
            Column("title", gettext_lazy("Job title"), sort="person__job_title", narrow=False),
            Column("plan", gettext_lazy("Plan")),
            Column("earnings", gettext_lazy("On-target earnings"), numeric=True, narrow=False),
            Column("source", gettext_lazy("From"), narrow=False),
            Column("state", gettext_lazy("State"), sort="rank"),
        ],
        filters=[
            Filter(
                "gap",
                gettext_lazy("State"),
                [(k, v[1]) for k, v in GAPS.items()],
                "gap",
                counts=True,
            ),
            Filter(
                "source",
                gettext_lazy("From"),
                [(TITLE, gettext_lazy("As their job title")), (OWN, gettext_lazy("Of their own"))],
                by_source,
                chips=False,
            ),
        ],
        search=["person__full_name", "person__email", "person__job_title"],
        default_order=["rank", "person__full_name"],
        per_page=25,
    )


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def show_list(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    book = Book(kickoff)
    people = queries.people_rows(kickoff, book)
    page = _list(kickoff).page(people, request.GET)
    shows_figures = False
    for row in page.rows:
        person = row.person
        assigned = book.comp_of(person.pk, person.job_title, person.country)
        pay = assigned.pay()
        shows_figures = shows_figures or pay is not None
        kind, word = GAPS[row.gap]  # type: ignore[attr-defined]  # annotated by its query
        row.show = {  # type: ignore[attr-defined]  # for the template
            "assigned": assigned,
            "earnings": money(pay.on_target, assigned.currency) if pay else "",
            "kind": kind,
            "word": word,
        }
    if shows_figures:
        record_entry(by=request.user, verb="comp.listed", at=timezone.now(), object=kickoff)
    # Counted from the people themselves: a rep without a job title stands in no row of titles
    lacking = people.filter(~Q(gap=SET)).aggregate(
        everybody=Count("pk"), untitled=Count("pk", filter=Q(person__job_title=""))
    )
    return render(
        request,
        "events/packets/comp/people.html",
        {
            "kickoff": kickoff,
            "page": page,
            "titles": queries.titles(kickoff, book),
            "lacking": lacking["everybody"],
            "untitled": lacking["untitled"],
            "has_own": bool(book.own),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def title(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Plan and default pay of one job title; the title stands in the query of the address."""
    kickoff = access.desk_or_404(request.user, slug)
    book = Book(kickoff)
    key = title_key(request.GET.get("title", ""))
    found = next((one for one in queries.titles(kickoff, book) if one.key == key), None)
    if found is None:
        raise Http404
    held = book.pays_of_title.get(key, [])
    rows = formset_factory(TitlePayForm, extra=EMPTY_ROWS, max_num=len(held) + 12)
    data = request.POST or None
    plan_form = TitlePlanForm(data, kickoff=kickoff, initial={"plan": found.plan})
    formset = rows(data, prefix="pay", initial=[_pay_initial(one) for one in held])
    if request.method == "POST" and plan_form.is_valid() and formset.is_valid():
        pays = [form.title_pay for form in formset]
        with told_in(plan_form, actions.CompRefused):
            actions.set_title(
                kickoff=kickoff,
                job_title=found.name,
                plan=plan_form.cleaned_data["plan"],
                pays=[one for one in pays if one is not None],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("“%(title)s” is saved.") % {"title": found.name})
            return redirect("events:packets:comp:people", slug=slug)
    if request.method == "GET" and held:
        record_entry(
            by=request.user,
            verb="comp.title_viewed",
            at=timezone.now(),
            object=kickoff,
            note=found.name,
        )
    return render(
        request,
        "events/packets/comp/title.html",
        {"kickoff": kickoff, "title": found, "plan_form": plan_form, "formset": formset},
        status=_UNPROCESSABLE if data else 200,
    )


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def person(request: AuthenticatedRequest, slug: str, person_id: int) -> HttpResponse:
    kickoff, rep = access.rep_or_404(request.user, slug, person_id)
    book = Book(kickoff, [rep.pk])
    assigned = book.comp_of(rep.pk, rep.job_title, rep.country)
    title_plan = book.plan_of(rep.job_title)
    form = OwnCompForm(
        request.POST or None,
        kickoff=kickoff,
        title_plan=title_plan.name if title_plan else "",
        initial=_own_initial(assigned),
    )
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.CompRefused):
            actions.override_comp(
                kickoff=kickoff,
                person=rep,
                own=form.own,
                by=request.user,
                at=timezone.now(),
                expected=whole_number(request.POST.get("version", "")),
            )
            messages.success(
                request, _("%(name)s now has comp of their own.") % {"name": rep.display_name}
            )
            return redirect("events:packets:comp:person", slug=slug, person_id=rep.pk)
    record_entry(
        by=request.user, verb="comp.viewed", at=timezone.now(), subject=rep, object=kickoff
    )
    return render(
        request,
        "events/packets/comp/person.html",
        {
            "kickoff": kickoff,
            "rep": rep,
            "form": form,
            "assigned": assigned,
            "state": GAPS[assigned.gap],
            "version": request.POST.get("version", assigned.own.version if assigned.own else ""),
            **_shown(assigned),
        },
        status=_UNPROCESSABLE if request.method == "POST" else 200,
    )


@login_required
@require_POST
def clear(request: AuthenticatedRequest, slug: str, person_id: int) -> HttpResponse:
    kickoff, rep = access.rep_or_404(request.user, slug, person_id)
    with told_on(request, actions.CompRefused):
        actions.clear_override(kickoff=kickoff, person=rep, by=request.user, at=timezone.now())
        messages.success(
            request,
            _("%(name)s has what their job title gives again.") % {"name": rep.display_name},
        )
    return redirect("events:packets:comp:person", slug=slug, person_id=rep.pk)


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def export(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What every rep has, in the columns that an import reads."""
    kickoff = access.desk_or_404(request.user, slug)
    book = Book(kickoff)
    rows = []
    for attendee in queries.people_rows(kickoff, book).order_by("person__full_name", "pk"):
        rep = attendee.person
        rows.append(_exported(rep, book.comp_of(rep.pk, rep.job_title, rep.country)))
    record_entry(by=request.user, verb="comp.exported", at=timezone.now(), object=kickoff)
    headers = ("rep", "name", "currency", "base", "target_variable", "plan", "starts", "ends")
    return csv_response("comp.csv", headers, rows)


@sensitive_variables()
def _exported(rep: Person, assigned: AssignedComp) -> list[object]:
    pay, own = assigned.pay(), assigned.own
    return [
        rep.email,
        rep.full_name,
        assigned.currency if pay else "",
        Decimal(plain(pay.base)) if pay else "",
        Decimal(plain(pay.target_variable)) if pay else "",
        # Only what is their own: read back in, it stays as it is
        (own.plan_id and assigned.plan and assigned.plan.name) or "" if own else "",
        own.starts_date or "" if own else "",
        own.ends_date or "" if own else "",
    ]


@sensitive_variables()
def _shown(assigned: AssignedComp) -> dict[str, Any]:
    """The payout of one person: it depends on their quota only where revenue is shared."""
    pay, offer = assigned.pay(), assigned.offer()
    shown: dict[str, Any] = {"pay": pay, "curve": None, "sentences": []}
    if assigned.plan is not None and assigned.plan.is_ready:
        design = assigned.plan.design
        if offer is not None:
            shown["sentences"] = words.comp_sentences(offer.comp)
            if design.pays_by_attainment:
                shown["curve"] = curves.draw(offer.comp, Decimal(1), assigned.currency)
    return shown


@sensitive_variables()
def _pay_initial(row: RolePay) -> dict[str, str]:
    pay = row.read()
    return {
        "currency": row.currency,
        "countries": row.countries,
        "base": plain(pay.base),
        "target_variable": plain(pay.target_variable),
    }


@sensitive_variables()
def _own_initial(assigned: AssignedComp) -> dict[str, Any]:
    own = assigned.own
    if own is None:
        return {}
    pay = own.read()
    return {
        "plan": own.plan_id,
        "currency": own.currency,
        "base": plain(pay.base) if pay else "",
        "target_variable": plain(pay.target_variable) if pay else "",
        "starts_date": own.starts_date,
        "ends_date": own.ends_date,
        "reason": own.read_reason(),
    }
