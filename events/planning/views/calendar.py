"""The timeline as a month: what is due on which day, and who rests then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from events.kickoff.access import kickoff_to_plan_or_404
from events.planning import queries
from events.planning.rules import month as months
from events.planning.views.narrowed import view_of
from people.accounts.requests import AuthenticatedRequest

FEW = 5  # tasks of a day that stand open


@dataclass(frozen=True)
class Day:
    """A day of the month: what is due, who rests, and whether it is one of the event."""

    day: date
    lines: Sequence[queries.Line]
    rests: Sequence[months.Rests]
    is_inside: bool
    is_weekend: bool
    is_event: bool
    is_today: bool

    @property
    def first(self) -> Sequence[queries.Line]:
        return self.lines[:FEW]

    @property
    def more(self) -> Sequence[queries.Line]:
        return self.lines[FEW:]


@login_required
@require_GET
def show(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The month that `month` says, else this one."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    view = view_of(request, kickoff, "calendar")
    plan, today = view.lines.plan, view.lines.today
    month = view.asked.month or today.replace(day=1)
    weeks = months.weeks_of(month)
    calendars = {plan.calendar_of(plan.tasks[line.key]) for line in view.shown}
    rests = months.rests_in([day for week in weeks for day in week], calendars)
    due: dict[date, list[queries.Line]] = {}
    for line in view.shown:
        due.setdefault(line.due, []).append(line)
    before, after = months.before_and_after(month)
    context = {
        "kickoff": kickoff,
        "view": view,
        "month": month,
        "before": (before, view.at + view.asked.with_(month=before).query),
        "after": (after, view.at + view.asked.with_(month=after).query),
        "now": view.at + view.asked.with_(month=None).query,
        "weeks": [
            [
                Day(
                    day=day,
                    lines=tuple(due.get(day, ())),
                    rests=tuple(rests.get(day, ())),
                    is_inside=day.month == month.month,
                    is_weekend=day.weekday() >= months.SATURDAY,
                    is_event=kickoff.starts_date <= day <= kickoff.ends_date,
                    is_today=day == today,
                )
                for day in week
            ]
            for week in weeks
        ],
        "count": sum(line.due.replace(day=1) == month for line in view.shown),
    }
    return render(request, "events/planning/calendar.html", context)
