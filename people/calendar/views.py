from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.accounts.requests import AuthenticatedRequest
from people.calendar import access, actions
from people.calendar.forms import ClosingDayForm, LeaveForm
from people.calendar.models import ClosingDay, Leave
from people.org.access import planner_or_404


@login_required
@require_http_methods(["GET", "POST"])
def closing_days(request: AuthenticatedRequest) -> HttpResponse:
    """The days on which the company rests from now on, and one more."""
    planner_or_404(request.user)
    form, at = ClosingDayForm(request.POST or None), timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_closing_day(**form.cleaned_data, by=request.user, at=at)
        except actions.CalendarRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The day is added. What waits moves with it."))
            return redirect("people:calendar:closing_days")
    days = ClosingDay.objects.filter(date__gte=timezone.localdate(at))
    context = {"form": form, "days": days}
    status = 422 if form.errors else 200
    return render(request, "people/calendar/closing_days.html", context, status=status)


@login_required
@require_POST
def remove_closing_day(request: AuthenticatedRequest, closing_day_id: int) -> HttpResponse:
    planner_or_404(request.user)
    day = get_object_or_404(ClosingDay, pk=closing_day_id)
    actions.remove_closing_day(day=day, by=request.user, at=timezone.now())
    messages.success(request, _("The day is removed."))
    return redirect("people:calendar:closing_days")


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: AuthenticatedRequest, person_id: int) -> HttpResponse:
    """When somebody is away from now on, and one more time."""
    person = access.person_or_404(request.user, person_id)
    form, at = LeaveForm(request.POST or None), timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_leave(person=person, **form.cleaned_data, by=request.user, at=at)
        except actions.CalendarRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The leave is noted. What waits comes after it."))
            return redirect("people:calendar:leave", person_id=person.pk)
    leaves = Leave.objects.not_over(timezone.localdate(at)).filter(person=person)
    context = {"form": form, "person": person, "leaves": leaves}
    status = 422 if form.errors else 200
    return render(request, "people/calendar/leave.html", context, status=status)


@login_required
@require_POST
def remove_leave(request: AuthenticatedRequest, person_id: int, leave_id: int) -> HttpResponse:
    person = access.person_or_404(request.user, person_id)
    # Twice is once: whoever pressed twice finds it removed
    leave = Leave.objects.select_related("person").filter(pk=leave_id, person=person).first()
    if leave is not None:
        actions.remove_leave(leave=leave, by=request.user, at=timezone.now())
    messages.success(request, _("The leave is removed."))
    return redirect("people:calendar:leave", person_id=person.pk)
