"""RevOps releases what is approved, at once or under an embargo; lifts or cancels one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import told_in, told_on
from core.ui.figures import moment
from events.kickoff.models import Kickoff
from events.packets.delivery import access, actions, queries
from events.packets.delivery.forms import MomentForm, ReleaseForm
from events.packets.delivery.hooks import moments_of
from events.packets.delivery.rules import words
from events.packets.delivery.views.showing import chosen_packets
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def release(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    at = timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    chosen = chosen_packets(asked)
    one = queries.chosen_scope(kickoff, chosen) if chosen else None
    scopes = [*([one] if one else []), *queries.releasable(kickoff)]
    # The desk posts only what was ticked there, and gets the form for it
    is_sent = request.method == "POST" and "when" in request.POST
    form = ReleaseForm(
        request.POST if is_sent else None,
        kickoff=kickoff,
        scopes=scopes,
        offered=[found for found in moments_of(kickoff) if found.at > at],
        signer=request.user,
        initial={"title": request.user.job_title},
    )
    if is_sent and form.is_valid():
        scope = next(scope for scope in scopes if scope.key == form.cleaned_data["scope"])
        with told_in(form, actions.PacketRefused):
            done = actions.release_packets(
                kickoff=kickoff,
                by=request.user,
                at=at,
                signed_as=actions.SignedAs(
                    form.cleaned_data["typed_name"], form.cleaned_data["title"]
                ),
                packet_ids=scope.packet_ids,
                scope=scope.name,
                until=form.until,
            )
            _say(request, kickoff, done)
            return redirect("events:packets:delivery:desk", slug=slug)
    return render(
        request,
        "events/packets/delivery/release.html",
        {
            "kickoff": kickoff,
            "form": form,
            "scopes": scopes,
            "chosen": one and one.packet_ids,
            "to": next((scope for scope in scopes if scope.key == asked.get("scope")), None)
            or next(iter(scopes), None),
            "lapses": queries.lapsed_drafts(kickoff),
            "left_behind": queries.left_behind(kickoff, queries.embargoes(kickoff)),
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_http_methods(["GET", "POST"])
def confirm(request: AuthenticatedRequest, slug: str, release_id: int) -> HttpResponse:
    waiting = access.release_or_404(request.user, slug, release_id)
    kickoff, at = waiting.kickoff, timezone.now()
    local = waiting.due_at.astimezone(kickoff.zone)
    form = MomentForm(
        request.POST if request.method == "POST" else None,
        kickoff=kickoff,
        offered=[found for found in moments_of(kickoff) if found.at > at],
        initial={
            "when": MomentForm.MOMENT if waiting.moment_key else MomentForm.TIME,
            "moment": waiting.moment_key,
            "on_date": local.date(),
            "on_time": local.time(),
        },
    )
    if request.method == "POST" and form.is_valid() and form.until is not None:
        with told_in(form, actions.PacketRefused):
            confirmed = actions.confirm_release(
                release_id=waiting.pk, until=form.until, by=request.user, at=at
            )
            when = moment(confirmed.due_at, kickoff.zone)
            messages.success(request, _("The release comes out %(when)s.") % {"when": when})
            return redirect("events:packets:delivery:desk", slug=slug)
    return render(
        request,
        "events/packets/delivery/confirm.html",
        {"kickoff": kickoff, "form": form, "release": waiting},
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def lift(request: AuthenticatedRequest, slug: str, release_id: int) -> HttpResponse:
    waiting = access.release_or_404(request.user, slug, release_id)
    done = actions.lift_release(release_id=waiting.pk, by=request.user, at=timezone.now())
    if done is None:
        messages.info(request, _("This release went out, or was cancelled, before you got here."))
    else:
        _say(request, waiting.kickoff, done)
    return redirect("events:packets:delivery:desk", slug=slug)


@login_required
@require_POST
def cancel(request: AuthenticatedRequest, slug: str, release_id: int) -> HttpResponse:
    waiting = access.release_or_404(request.user, slug, release_id)
    with told_on(request, actions.PacketRefused):
        count = actions.cancel_release(release_id=waiting.pk, by=request.user, at=timezone.now())
        said = ngettext(
            "The embargoed release is cancelled. %(count)d packet stays approved.",
            "The embargoed release is cancelled. %(count)d packets stay approved.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("events:packets:delivery:desk", slug=slug)


def _say(request: AuthenticatedRequest, kickoff: Kickoff, done: actions.Released) -> None:
    if done.release is not None and done.release.is_waiting:
        said = ngettext(
            "%(count)d packet comes out %(when)s.",
            "%(count)d packets come out %(when)s.",
            done.count,
        ) % {"count": done.count, "when": moment(done.release.due_at, kickoff.zone)}
    else:
        said = ngettext(
            "%(count)d packet is released; its rep gets a mail.",
            "%(count)d packets are released; each rep gets a mail.",
            done.count,
        ) % {"count": done.count}
    if done.count:
        messages.success(request, said)
    elif not done.left_out:
        messages.info(request, _("There was nothing left to release."))
    if done.left_out:
        messages.error(
            request,
            _("These cannot be opened, and were not released: %(names)s.")
            % {"names": words.named(done.left_out)},
        )
