from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core.lists import Column, Filter, ListSpec
from core.refusals import told_on
from events.kickoff.access import kickoff_or_404
from people.accounts.requests import AuthenticatedRequest
from reinforcement.campaigns.models import Activity
from reinforcement.campaigns.queries import day_of
from reinforcement.touches import access, actions, queries

EXTENSION_DAYS = 3

# In the words of the rows, many of each
KINDS = [
    (Activity.Kind.MICROLEARNING, gettext_lazy("Lessons")),
    (Activity.Kind.MANAGER_FOLLOW_UP, gettext_lazy("1:1s and meetings")),
    (Activity.Kind.RETENTION_CHECK, gettext_lazy("Checks")),
    (Activity.Kind.CERTIFICATION, gettext_lazy("Certifications")),
]

FOLLOW_UPS = ListSpec(
    columns=[
        Column("title", gettext_lazy("What"), sort="activity__title"),
        Column("person", gettext_lazy("Who"), sort="person__full_name"),
        Column("about", gettext_lazy("About"), sort="about__full_name", narrow=False),
        Column("due", gettext_lazy("Do it by"), sort="overdue_at"),
        Column("action", ""),
    ],
    filters=[Filter("kind", gettext_lazy("Kind"), KINDS, "activity__kind", counts=True)],
    search=["activity__title", "person__full_name", "about__full_name"],
    default_sort="due",
)


@login_required
@require_GET
def list_mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_or_404(request.user, slug)
    now = timezone.now()
    context = {
        "kickoff": kickoff,
        "mine": queries.mine(request.user, kickoff, now),
        "now": now,
        "day": day_of(kickoff, now),
    }
    return render(request, "reinforcement/touches/mine.html", context)


@login_required
@require_GET
def show_touch(request: AuthenticatedRequest, slug: str, touch_id: int) -> HttpResponse:
    touch = access.touch_to_see_or_404(request.user, slug, touch_id)
    now = timezone.now()
    context = {
        "kickoff": touch.activity.campaign.kickoff,
        "touch": touch,
        "activity": touch.activity,
        "now": now,
        "is_mine": touch.person_id == request.user.pk,
        "is_open": touch.is_open_at(now),
        "is_late": touch.is_late(now),
    }
    return render(request, "reinforcement/touches/detail.html", context)


@login_required
@require_POST
def complete_touch(request: AuthenticatedRequest, slug: str, touch_id: int) -> HttpResponse:
    touch = access.touch_or_404(request.user, slug, touch_id)
    with told_on(request, actions.TouchRefused):
        actions.complete_meeting(touch=touch, by=request.user, at=timezone.now())
        messages.success(request, _("The meeting is recorded as held."))
    return redirect("reinforcement:touches:detail", slug=slug, touch_id=touch.pk)


@login_required
@require_POST
def extend_touch(request: AuthenticatedRequest, slug: str, touch_id: int) -> HttpResponse:
    touch = access.touch_of_report_or_404(request.user, slug, touch_id)
    with told_on(request, actions.TouchRefused):
        actions.extend_touch(touch=touch, days=EXTENSION_DAYS, by=request.user, at=timezone.now())
        messages.success(
            request, _("%(name)s has three more days.") % {"name": touch.person.display_name}
        )
    return redirect("reinforcement:coaching:team", slug=slug)


@login_required
@require_GET
def list_follow_ups(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.kickoff_of_manager_or_404(request.user, slug)
    now = timezone.now()
    page = FOLLOW_UPS.page(queries.follow_ups(request.user, kickoff, now), request.GET)
    context = {"kickoff": kickoff, "page": page, "now": now}
    return render(request, "reinforcement/touches/follow_ups.html", context)
