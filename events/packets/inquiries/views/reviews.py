"""Review with my manager: what the manager offers, and what the rep takes."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.forms import choice_field
from core.refusals import told_in, told_on
from core.ui.figures import moment
from events.packets.inquiries import access, actions, queries
from events.packets.inquiries.actions.notices import url_of
from events.packets.inquiries.forms import MoveForm, SlotsForm
from events.packets.inquiries.rendering import CalendarEntry, calendar_file
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def slots(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.team_or_404(request.user, slug)
    at = timezone.now()
    offered = queries.slots_of(kickoff, request.user)
    usual_place = {"place": offered[-1].place} if offered else {}
    form = SlotsForm(
        request.POST if request.method == "POST" else None,
        kickoff=kickoff,
        at=at,
        initial=usual_place,
    )
    if form.is_valid():
        with told_in(form, actions.InquiryRefused, field="begins"):
            made = actions.offer_slots(
                kickoff=kickoff,
                spans=form.spans,
                place=form.cleaned_data["place"],
                by=request.user,
                at=at,
            )
            messages.success(
                request,
                ngettext("%(count)d time is offered.", "%(count)d times are offered.", len(made))
                % {"count": len(made)},
            )
            return redirect("events:packets:inquiries:slots", slug=slug)
    context = {
        "kickoff": kickoff,
        "form": form,
        "slots": offered,
        "reviews": queries.team_reviews(kickoff, request.user, timezone.now()),
        "at": at,
        "is_over": not choice_field(form, "day").choices,
    }
    status = 422 if form.errors else 200
    return render(request, "events/packets/inquiries/slots.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def move(request: AuthenticatedRequest, slug: str, slot_id: int) -> HttpResponse:
    slot = access.own_slot_or_404(request.user, slug, slot_id)
    at = timezone.now()
    form = MoveForm.about(slot, request.POST if request.method == "POST" else None, at)
    if form.is_valid():
        with told_in(form, actions.InquiryRefused, field="begins"):
            actions.move_slot(
                slot_id=slot.pk,
                span=form.spans[0],
                place=form.cleaned_data["place"],
                by=request.user,
                at=at,
            )
            messages.success(request, _("The time is changed."))
            return redirect("events:packets:inquiries:slots", slug=slug)
    context = {"kickoff": slot.kickoff, "slot": slot, "form": form}
    status = 422 if form.errors else 200
    return render(request, "events/packets/inquiries/move_slot.html", context, status=status)


@login_required
@require_POST
def cancel(request: AuthenticatedRequest, slug: str, slot_id: int) -> HttpResponse:
    slot = access.own_slot_or_404(request.user, slug, slot_id)
    with told_on(request, actions.InquiryRefused):
        actions.cancel_slot(slot_id=slot.pk, by=request.user, at=timezone.now())
        messages.success(request, _("The time is cancelled."))
    return redirect("events:packets:inquiries:slots", slug=slug)


@login_required
@require_GET
def review(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff, _packet, version = access.mine_or_404(request.user, slug)
    at = timezone.now()
    free = queries.free_slots(kickoff, request.user, at) if version else []
    clashes = queries.clashes(kickoff, request.user, free)
    context = {
        "kickoff": kickoff,
        "version": version,
        "at": at,
        "slot": queries.review_of(kickoff, request.user),
        "free": [(slot, clashes.get(slot.pk)) for slot in free],
        "manager": request.user.manager,
    }
    return render(request, "events/packets/inquiries/review.html", context)


@login_required
@require_POST
def take(request: AuthenticatedRequest, slug: str, slot_id: int) -> HttpResponse:
    slot = access.slot_to_take_or_404(request.user, slug, slot_id)
    with told_on(request, actions.InquiryRefused):
        slot = actions.take_slot(slot_id=slot.pk, by=request.user, at=timezone.now())
        when = moment(slot.starts_at, slot.kickoff.zone)
        messages.success(request, _("It is yours: %(when)s.") % {"when": when})
    return redirect("events:packets:inquiries:review", slug=slug)


@login_required
@require_POST
def give_up(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff, _packet, _version = access.mine_or_404(request.user, slug)
    with told_on(request, actions.InquiryRefused):
        given_up = actions.give_up_review(kickoff=kickoff, by=request.user, at=timezone.now())
        if given_up:
            messages.success(request, _("The time is free for others."))
    return redirect("events:packets:inquiries:review", slug=slug)


@login_required
@require_GET
def calendar_entry(request: AuthenticatedRequest, slug: str, slot_id: int) -> HttpResponse:
    """A review for the calendar of whoever asks; one that is off takes itself out of it."""
    slot = access.slot_in_calendar_or_404(request.user, slug, slot_id)
    is_mine = slot.rep_id == request.user.pk
    other = slot.manager if is_mine else slot.rep
    # A rep has one review at a kickoff, whichever time they move to; a manager one for each time
    of_what = f"{slot.kickoff_id}-of-{request.user.pk}" if is_mine else f"slot-{slot.pk}"
    entry = CalendarEntry(
        uid=f"review-{of_what}@{urlsplit(settings.SITE_URL).hostname}",
        title=_("Review with %(name)s") % {"name": other.full_name if other else ""},
        place=slot.place,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        changed_at=slot.changed_at or slot.created_at,
        zone=slot.kickoff.zone,
        url=url_of("review" if is_mine else "slots", slot.kickoff),
        is_cancelled=slot.cancelled_at is not None or other is None,
    )
    answer = HttpResponse(calendar_file(entry), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="review.ics"'
    return answer
