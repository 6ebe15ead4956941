"""Questions in lists: everybody's for RevOps. No list says what was asked."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.lists import Column, Filter, ListSpec
from core.refusals import told_in
from events.packets.inquiries import access, actions, queries
from events.packets.inquiries.forms import TimesForm
from events.packets.inquiries.models import Inquiry
from events.packets.inquiries.rules import states
from events.packets.inquiries.rules.kinds import Kind, Route
from people.accounts.requests import AuthenticatedRequest

State = Inquiry.State


def _by_state(inquiries: QuerySet[Any], value: str) -> QuerySet[Any]:
    waiting = inquiries.filter(state__in=Inquiry.WAITING)
    if value == "waiting":
        return waiting
    if value == "late":
        return waiting.filter(due_at__lte=timezone.now())
    return inquiries.filter(state=value.upper())


def _by_due(inquiries: QuerySet[Any], value: str) -> QuerySet[Any]:
    tomorrow = timezone.now() + timedelta(days=1)
    waiting = inquiries.filter(state__in=Inquiry.WAITING)
    return (
        waiting.filter(due_at__lte=tomorrow)
        if value == "today"
        else waiting.filter(due_at__gt=tomorrow)
    )


KIND = Filter("kind", gettext_lazy("Kind"), Kind.choices, "kind", chips=False)
STATE = Filter(
    "state",
    gettext_lazy("State"),
    [
        ("waiting", gettext_lazy("Waiting")),
        ("late", gettext_lazy("Overdue")),
        ("answered", gettext_lazy("Answered")),
        ("closed", gettext_lazy("Closed")),
    ],
    _by_state,
)
DUE = Filter(
    "due",
    gettext_lazy("Due"),
    [
        ("today", gettext_lazy("Due in 24 hours")),
        ("later", gettext_lazy("Due later")),
    ],
    _by_due,
    chips=False,
)
HOLDER = Filter("with", gettext_lazy("With"), Route.choices, "holder", chips=False)
INBOX = ListSpec(
    columns=[
        Column("rep", gettext_lazy("Rep"), sort="asked_by__full_name"),
        Column("kind", gettext_lazy("Kind"), sort="kind"),
        Column("version", gettext_lazy("Version"), sort="version__number", narrow=False),
        Column("with", gettext_lazy("With"), sort="holder", narrow=False),
        Column("asked", gettext_lazy("Asked"), sort="opened_at", narrow=False),
        Column("due", gettext_lazy("Due"), sort="due_at", narrow=False),
        Column("state", gettext_lazy("State"), sort="state"),
    ],
    filters=[STATE, KIND, HOLDER, DUE],
    search=["asked_by__full_name", "asked_by__email"],
    default_order=["closed_at", "answered_at", "due_at"],
    per_page=25,
)


@login_required
@require_GET
def inbox(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.inbox_or_404(request.user, slug)
    at = timezone.now()
    page = INBOX.page(queries.inbox_rows(kickoff, at), request.GET)
    put_in_words(page.rows)
    counts = queries.open_counts(kickoff, at)
    context = {
        "kickoff": kickoff,
        "page": page,
        "wishes": list(queries.open_wishes(kickoff, at)),
        "waiting": counts.get(Route.REVOPS, 0),
        "with_managers": counts.get(Route.MANAGER, 0),
    }
    return render(request, "events/packets/inquiries/inbox.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def times(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.inbox_or_404(request.user, slug)
    form = TimesForm(
        request.POST if request.method == "POST" else None, days=queries.all_working_days(kickoff)
    )
    if form.is_valid():
        with told_in(form, actions.InquiryRefused):
            actions.set_answer_times(
                kickoff=kickoff, days=form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("Kept. Questions asked from now on get these times."))
            return redirect("events:packets:inquiries:inbox", slug=slug)
    context = {"kickoff": kickoff, "form": form}
    status = 422 if form.errors else 200
    return render(request, "events/packets/inquiries/times.html", context, status=status)


def put_in_words(rows: list[Inquiry]) -> None:
    """Give each row its state and whom it is with, in words."""
    at = timezone.now()
    for row in rows:
        kind, word = states.of_inquiry(row.state, is_late=row.is_late(at))
        row.show = {  # type: ignore[attr-defined]  # for the template
            "kind": kind,
            "word": word,
            "with": Route(row.holder).label,  # type: ignore[attr-defined]  # annotated by its query
        }
