from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.lists.places import came_from
from core.lists.rules import chosen_rows
from core.refusals import told_in, told_on
from events.attendance.actions import RosterRefused, invitation
from events.attendance.models import Attendee
from events.attendance.queries import headcounts, of_chosen, seat_requests
from events.attendance.rules import wording
from events.invitations import access, actions, queries
from events.invitations.forms import ChooseForm, WaveForm
from events.invitations.models import Wave
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.requests import AuthenticatedRequest
from people.mail.rendering import html_of


@login_required
@require_GET
def list_waves(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    at = timezone.now()
    context = {
        "kickoff": kickoff,
        "heads": headcounts(kickoff, at),
        "board": queries.board(kickoff, at),
        "asked": list(seat_requests(kickoff)),
        "kinds": Attendee.Kind.choices,
        "at": at,
    }
    return render(request, "events/invitations/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = WaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told_in(form, RosterRefused):
            wave = actions.add_wave(
                kickoff=kickoff, details=form.details, by=request.user, at=timezone.now()
            )
            messages.success(request, _("The wave is written. Look at its mail before it goes."))
            return redirect("events:invitations:wave", slug=slug, wave_id=wave.pk)
    context = {"kickoff": kickoff, "form": form, "fields": wording.FIELDS}
    status = 422 if form.errors else 200
    return render(request, "events/invitations/form.html", context, status=status)


@login_required
@require_POST
def choose(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """People ticked on the roster, and the wave that asks them; the bar of the roster asks which."""
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    people = list(of_chosen(kickoff, chosen_rows(request.POST.getlist("row"))))
    if not people:
        messages.error(request, _("Choose one person at least."))
        return redirect("events:attendance:roster", slug=slug)
    form = ChooseForm(
        request.POST if "wave" in request.POST else None,
        waves=queries.waves_to_send(kickoff),
        starts=kickoff.starts_date,
    )
    if form.is_bound and form.is_valid():
        with told_in(form, RosterRefused):
            wave, count = actions.choose_people(
                kickoff=kickoff,
                wave=form.which,
                people=[one.pk for one in people],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _said_of_chosen(wave, count, len(people)))
            return redirect("events:invitations:wave", slug=slug, wave_id=wave.pk)
    context = {
        "kickoff": kickoff,
        "people": people,
        "form": form,
        "next": came_from(request) or reverse("events:attendance:roster", args=[slug]),
    }
    status = 422 if form.errors else 200
    return render(request, "events/invitations/choose.html", context, status=status)


def _said_of_chosen(wave: Wave, count: int, wanted: int) -> str:
    said = ngettext("%(wave)s asks one of them.", "%(wave)s asks %(count)d of them.", count)
    said = said % {"wave": wave.name, "count": count}
    if count < wanted:
        rest = ngettext(
            "%(count)d was asked, has answered or has left.",
            "%(count)d were asked, have answered or have left.",
            wanted - count,
        )
        said += " " + rest % {"count": wanted - count}
    return f"{said} " + _("Look at its mail before it goes.")


@login_required
@require_http_methods(["GET", "POST"])
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # it knows plain requests alone
def edit(request: AuthenticatedRequest, slug: str, wave_id: int) -> HttpResponse:
    wave = access.wave_or_404(request.user, slug, wave_id)
    form = WaveForm(request.POST if request.method == "POST" else None, instance=wave)
    at = timezone.now()
    if request.method == "POST" and form.is_valid():
        # The form has filled the row that it holds: the action reads it anew
        fresh = access.wave_or_404(request.user, slug, wave_id)
        with told_in(form, RosterRefused):
            actions.update_wave(wave=fresh, details=form.details, by=request.user, at=at)
            messages.success(request, _("The wave is changed."))
            return redirect("events:invitations:wave", slug=slug, wave_id=wave_id)
    shown = access.wave_or_404(request.user, slug, wave_id)
    context = {
        "kickoff": wave.kickoff,
        "wave": shown,
        "form": form,
        "fields": wording.FIELDS,
        "to_invite": 0 if shown.sent_at else shown.to_invite(at).count(),
        "chosen": () if shown.sent_at else queries.chosen(shown, at),
        "example": queries.example(shown, at),
    }
    status = 422 if form.errors else 200
    return render(request, "events/invitations/form.html", context, status=status)


@login_required
@require_GET
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]  # it knows plain requests alone
    {
        "frame-ancestors": [SELF],
        "style-src": [UNSAFE_INLINE],
        "sandbox": [""],
        "form-action": [NONE],
    }
)
def preview(request: AuthenticatedRequest, slug: str, wave_id: int) -> HttpResponse:
    """The mail as one real person gets it, alone in its frame; its link answers for nobody."""
    wave = access.wave_or_404(request.user, slug, wave_id)
    example = queries.example(wave, timezone.now())
    if example is None:
        return HttpResponse(_("Nobody is in this wave."), content_type="text/plain")
    shown = Attendee(
        pk=0, kickoff=wave.kickoff, person=example.person, answer_by_at=wave.answer_by_at
    )
    mail = invitation(shown, subject=wave.subject, body=wave.body)
    html = html_of(mail.subject, mail.body, button=str(mail.kind.button), is_personal=True)
    return HttpResponse(html)


@login_required
@require_POST
def send(request: AuthenticatedRequest, slug: str, wave_id: int) -> HttpResponse:
    wave = access.wave_or_404(request.user, slug, wave_id)
    with told_on(request, RosterRefused):
        count = actions.send_now(wave=wave, by=request.user, at=timezone.now())
        said = ngettext(
            "%(count)d person is invited within a minute.",
            "%(count)d people are invited within a minute.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("events:invitations:list", slug=slug)


@login_required
@require_POST
def remind(request: AuthenticatedRequest, slug: str, wave_id: int) -> HttpResponse:
    wave = access.wave_or_404(request.user, slug, wave_id)
    with told_on(request, RosterRefused):
        count = actions.remind_wave(wave=wave, by=request.user, at=timezone.now())
        said = ngettext(
            "%(count)d person is reminded with their next mail of the day.",
            "%(count)d people are reminded with their next mail of the day.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("events:invitations:list", slug=slug)


@login_required
@require_POST
def remove(request: AuthenticatedRequest, slug: str, wave_id: int) -> HttpResponse:
    wave = access.wave_or_404(request.user, slug, wave_id)
    with told_on(request, RosterRefused):
        actions.remove_wave(wave=wave, by=request.user, at=timezone.now())
        messages.success(request, _("The wave is gone; it had asked nobody."))
    return redirect("events:invitations:list", slug=slug)
