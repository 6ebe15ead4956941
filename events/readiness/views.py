"""How ready a kickoff is: one page for those who plan it and those who watch it."""

from datetime import date, datetime
from math import ceil

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.once import asking_once
from core.refusals import told_in
from core.ui.charts import LineChart, Point, Tick
from core.ui.figures import day
from events.kickoff.access import kickoff_to_plan_or_404, kickoff_to_watch_or_404
from events.kickoff.models import Kickoff
from events.readiness import actions, queries
from events.readiness.forms import ThresholdForm, WaiveForm
from events.readiness.queries import History, Readiness
from events.readiness.rules import FULL, READY
from people.accounts.requests import AuthenticatedRequest

WEEKS_SHOWN, MOVES_SHOWN, TEXTS_SHOWN, TICKS = 13, 6, 2, 5


@require_GET
@login_required
@asking_once()
def show(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_watch_or_404(request.user, slug)
    return _page(request, kickoff, timezone.now())


@login_required
@require_http_methods(["GET", "POST"])
def waive(request: AuthenticatedRequest, slug: str, key: str) -> HttpResponse:
    """The form of a waiver, open under its check; without scripts too."""
    kickoff, at = kickoff_to_plan_or_404(request.user, slug), timezone.now()
    form = WaiveForm(request.POST or None, today=kickoff.local_date(at))
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.WaiverRefused):
            waiver = actions.waive(
                kickoff=kickoff, key=key, by=request.user, at=at, **form.cleaned_data
            )
            said = _("It asks nobody until %(day)s.") % {"day": day(waiver.until_date)}
            messages.success(request, said)
            return redirect("events:readiness:page", slug=slug)
    return _page(request, kickoff, at, waiving=key, form=form)


@login_required
@require_http_methods(["GET", "POST"])
@asking_once()
def set_threshold(request: AuthenticatedRequest, slug: str, key: str) -> HttpResponse:
    """The form of a threshold, open under its check; without scripts too."""
    kickoff, at = kickoff_to_plan_or_404(request.user, slug), timezone.now()
    ready = queries.readiness_of(kickoff, at)
    judged = next((one for one in ready.judged if one.finding.check.key == key), None)
    threshold = judged.finding.check.threshold if judged else None
    if judged is None or threshold is None:
        raise Http404
    value = judged.own.value if judged.own else threshold.default
    form = ThresholdForm(request.POST or None, threshold=threshold, value=value)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.ThresholdRefused):
            actions.set_threshold(
                kickoff=kickoff, key=key, by=request.user, at=at, **form.cleaned_data
            )
            messages.success(request, threshold.said(form.cleaned_data["value"]))
            return redirect(reverse("events:readiness:page", args=[slug]) + f"#{key}")
    return _page(request, kickoff, at, ready, setting=key, form=form)


@login_required
@require_POST
def end_waiver(request: AuthenticatedRequest, slug: str, key: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    actions.end_waiver(kickoff=kickoff, key=key, by=request.user, at=timezone.now())
    messages.success(request, _("It asks again."))
    return redirect("events:readiness:page", slug=slug)


def _page(
    request: AuthenticatedRequest,
    kickoff: Kickoff,
    at: datetime,
    ready: Readiness | None = None,
    *,
    waiving: str = "",
    setting: str = "",
    form: WaiveForm | ThresholdForm | None = None,
) -> HttpResponse:
    ready = ready or queries.readiness_of(kickoff, at)
    history = queries.history_of(kickoff, ready, at)
    context = {
        "kickoff": kickoff,
        "ready": ready,
        "headline": _headline(ready),
        "lead": _lead(ready),
        "chart": _chart(kickoff, history),
        "moves": [(move, move.texts[:TEXTS_SHOWN]) for move in history.moves[:MOVES_SHOWN]],
        "first_block": next((one.finding.check.key for one in ready.judged if one.blocks), ""),
        "can_mend": request.user.is_planner,
        "waiving": waiving,
        "setting": setting,
        "opens": next(
            (
                f"{one.finding.phase}-{one.finding.severity}"
                for one in ready.judged
                if one.finding.check.key == setting
            ),
            "",
        ),
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "events/readiness/page.html", context, status=status)


def _headline(ready: Readiness) -> str:
    if ready.blocking:
        return ngettext(
            "Not ready yet: %(count)d check blocks",
            "Not ready yet: %(count)d checks block",
            ready.blocking,
        ) % {"count": ready.blocking}
    if ready.is_ready:
        return _("Ready, and nothing blocks")
    return _("Not ready yet: %(points)d points to go") % {"points": READY - ready.score}


def _lead(ready: Readiness) -> str:
    met = _("%(met)d of %(total)d checks are met.") % {"met": ready.met, "total": ready.total}
    parts = []
    if ready.blocking:
        mend = ngettext(
            "Mend it and the score is %(score)d.",
            "Mend those %(count)d and the score is %(score)d.",
            ready.blocking,
        )
        parts.append(mend % {"count": ready.blocking, "score": ready.unblocked})
    if improving := ready.needing - ready.blocking:
        more = ngettext(
            "%(count)d would improve the kickoff;",
            "%(count)d would improve the kickoff;",
            improving,
        )
        parts.append(more % {"count": improving})
    return " ".join([*parts, met])


def _chart(kickoff: Kickoff, history: History) -> LineChart | None:
    weeks = history.weeks[-WEEKS_SHOWN:]
    if len(weeks) < 2:
        return None
    last = weeks[-1]
    return LineChart(
        title=_title(history.in_a_week or 0),
        unit=_("Score each Tuesday, points of 100. A check gives all, part or none of its weight."),
        points=[
            Point(n, score, label=str(score) if week == last[0] else "", mine=week == last[0])
            for n, (week, score) in enumerate(weeks)
        ],
        ticks=_ticks(kickoff, [week for week, _score in weeks]),
        heads=[_("Week"), _("Score")],
        rows=[[day(week), str(score)] for week, score in weeks],
        y_to=FULL,
        y_format=lambda points: str(round(points)),
        base=(READY, _("ready is 90, and nothing that blocks")),
    )


def _title(moved: int) -> str:
    if not moved:
        return _("No change in a week")
    words = _("Up %(by)d in a week") if moved > 0 else _("Down %(by)d in a week")
    return words % {"by": abs(moved)}


def _ticks(kickoff: Kickoff, weeks: list[date]) -> list[Tick]:
    """As many weeks as a phone has room for, from today backwards."""
    last = len(weeks) - 1
    step = max(1, ceil(last / TICKS))
    shown = range(last - step, -1, -step)
    return [*[Tick(n, _week(kickoff, weeks[n])) for n in reversed(shown)], Tick(last, _("Today"))]


def _week(kickoff: Kickoff, week: date) -> str:
    weeks = -((week - kickoff.starts_date).days // 7)
    return _("T−%(weeks)d") % {"weeks": weeks} if weeks > 0 else day(week)
