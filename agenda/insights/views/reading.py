"""Insights as those read them who plan, watch, or answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from agenda.insights import access, queries
from agenda.insights.actions import DAYS
from agenda.insights.forms import ActForm, AnswerForm, DeclineForm, GiveForm, RemarkForm
from agenda.insights.models import Function, Insight, State
from core.imports.exports import csv_response
from core.lists import Column, Filter, ListSpec
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest

_LIST = ListSpec(
    columns=[
        Column("insight", gettext_lazy("Insight")),
        Column("state", gettext_lazy("State")),
        Column("age", gettext_lazy("Age"), sort="heard_at", numeric=True),
        Column("owner", gettext_lazy("Owner"), sort="owner__full_name"),
    ],
    filters=[
        Filter(
            "state",
            gettext_lazy("State"),
            [
                (queries.UNOWNED, gettext_lazy("Without an owner")),
                (queries.LATE, gettext_lazy("Late")),
                (State.OPEN, gettext_lazy("Open")),
                (State.ANSWERED, gettext_lazy("Answered")),
                (State.ACTED, gettext_lazy("Acted on")),
                (State.DECLINED, gettext_lazy("Declined")),
            ],
            queries.narrowed_to,
        ),
        Filter("function", gettext_lazy("Function"), Function.choices, "function", chips=False),
    ],
    search=["what", "evidence", "deal", "owner__full_name"],
    default_order=queries.ORDER,
    per_page=25,
)


@login_required
@require_GET
def show_board(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """By function where insights stand, then each one: late ones first."""
    at = timezone.now()
    kickoff = access.kickoff_of_board_or_404(request.user, slug)
    context = board_of(request, kickoff, at)
    sessions, sent = queries.sources_of(
        access.insights_read_by(request.user).filter(kickoff=kickoff)
    )
    late = queries.late_of(kickoff, at) if request.user.is_planner else {}
    context |= {"sessions": sessions, "sent": sent, "late_owners": len(late)}
    return render(request, "agenda/insights/board.html", context)


@login_required
@require_GET
def show_one(request: AuthenticatedRequest, slug: str, insight_id: int) -> HttpResponse:
    """One insight beside the others: its story, and what its reader may do."""
    insight = access.insight_or_404(request.user, slug, insight_id)
    if insight.merged_into_id is not None:
        return redirect("agenda:insights:page", slug, insight.merged_into_id)
    return page_of(request, insight)


@login_required
@require_GET
def export(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What the board lists, as a file: no name of a sender is in it."""
    at = timezone.now()
    kickoff = access.kickoff_of_board_or_404(request.user, slug)
    today = kickoff.local_date(at)
    heads = access.insights_read_by(request.user).filter(kickoff=kickoff)
    headers = [_("Insight"), _("What was said"), _("Deal or customer"), _("Session"), _("Sent")]
    headers += [_("Heard"), _("Function"), _("Owner"), _("State"), _("Answer by"), _("Answer")]
    rows = [
        [
            row.what,
            row.evidence,
            row.deal,
            row.session_title,
            row.sent,
            row.times,
            row.get_function_display(),
            row.owner.full_name if row.owner else "",
            queries.state_of(row, today)[0],
            row.due_date or "",
            row.answer,
        ]
        for row in queries.heads_in_order(heads, today).order_by(*queries.ORDER, "pk")
    ]
    return csv_response(f"{kickoff.slug}-insights.csv", headers, rows)


def board_of(request: AuthenticatedRequest, kickoff: Kickoff, at: datetime) -> dict[str, Any]:
    """What the board and the page of one insight share. Three queries."""
    today = kickoff.local_date(at)
    mine = access.insights_read_by(request.user).filter(kickoff=kickoff)
    summary = queries.summary_of(mine.heads(), kickoff, at)
    page = _LIST.page(queries.heads_in_order(mine, today), request.GET)
    states, *others = page.filters
    counted = replace(
        states,
        all_count=summary.total,
        choices=[replace(one, count=summary.chips[one.value]) for one in states.choices],
    )
    return {
        "kickoff": kickoff,
        "summary": summary,
        "page": replace(page, filters=[counted, *others]),
        "rows": [
            (row, *queries.state_of(row, today), age_of(row, kickoff, at)) for row in page.rows
        ],
        "days_after": (today - kickoff.ends_date).days,
        "today": today,
    }


def age_of(row: Insight, kickoff: Kickoff, at: datetime) -> int:
    """Days since it was heard, at the venue."""
    return (kickoff.local_date(at) - kickoff.local_date(row.heard_at)).days


def page_of(
    request: AuthenticatedRequest, insight: Insight, forms: Mapping[str, BaseForm] | None = None
) -> HttpResponse:
    """The page of a head; `forms` are those that came back with something wrong."""
    at = timezone.now()
    board = board_of(request, insight.kickoff, at)
    may_answer = access.may_answer(request.user, insight)
    context = board | {
        "insight": insight,
        "words": queries.words_of(insight, at),
        "story": queries.story_of(insight),
        "alike": _alike(request.user, insight),
        "may_plan": request.user.is_planner,
        "may_answer": may_answer,
        "is_unowned": insight.state == State.NEW or insight.owner is None,
        **_forms(request.user, insight, at, may_answer=may_answer),
        **(forms or {}),
    }
    return render(request, "agenda/insights/page.html", context)


def _alike(person: Person, insight: Insight) -> list[tuple[Insight, Insight, Insight]]:
    """What may say the same, each with which of both goes and which stays: for planners."""
    if not person.is_planner:
        return []
    found = queries.may_say_the_same(insight)
    return [
        (one, *((insight, one) if one.state != State.NEW else (one, insight)))
        for one in found
        if queries.can_be_merged(insight, one)
    ]


def _forms(
    person: Person, insight: Insight, at: datetime, *, may_answer: bool
) -> dict[str, BaseForm]:
    forms: dict[str, BaseForm] = {}
    is_open = insight.state == State.OPEN and insight.owner is not None
    if person.is_planner and insight.state in (State.NEW, State.OPEN):
        due = insight.due_date or insight.kickoff.local_date(at) + DAYS
        start = {"owner": insight.owner, "function": insight.function, "due": due}
        forms["give"] = GiveForm(initial=start, at=at)
    if may_answer and is_open:
        forms["answer"] = AnswerForm(auto_id="answer-%s")
        forms["decline"] = DeclineForm(auto_id="decline-%s")
    if may_answer and (is_open or insight.state == State.ANSWERED):
        forms["act"] = ActForm(auto_id="act-%s")
    if may_answer and insight.owner is not None:
        forms["remark"] = RemarkForm(auto_id="remark-%s")
    return forms
