"""Answers told to others: written, listed, taken back. For RevOps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from events.packets.inquiries import access, actions, queries
from events.packets.inquiries.forms import ShareForm
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def share(request: AuthenticatedRequest, slug: str, inquiry_id: int) -> HttpResponse:
    inquiry = access.thread_to_share_or_404(request.user, slug, inquiry_id)
    kickoff, at = inquiry.version.packet.kickoff, timezone.now()
    lines = queries.open_thread(inquiry, list(queries.thread_of(inquiry)))
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        counts=queries.counts_by_scope(inquiry, at),
    )
    if form.is_valid():
        try:
            shared = actions.publish_answer(
                inquiry_id=inquiry.pk, by=request.user, at=at, **form.cleaned_data
            )
        except actions.NeedsConfirming as refusal:
            form.ask_confirmation()
            form.add_error("answer", str(refusal))
        except actions.InquiryRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            count = shared.readers.count()
            messages.success(
                request,
                ngettext(
                    "%(count)d rep is told; they get a mail.",
                    "%(count)d reps are told; each gets a mail.",
                    count,
                )
                % {"count": count},
            )
            return redirect("events:packets:inquiries:shared", slug=slug)
    context = {
        "kickoff": kickoff,
        "inquiry": inquiry,
        "lines": lines,
        "form": form,
        "is_shared": inquiry.shared_answers.filter(withdrawn_at=None).exists(),
    }
    actions.record_look(
        at_what=inquiry, rep=inquiry.asked_by, by=request.user, verb="inquiry.viewed", at=at
    )
    status = 422 if form.errors else 200
    return render(request, "events/packets/inquiries/share.html", context, status=status)


@login_required
@require_GET
@keeps_figures
def shared(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.inbox_or_404(request.user, slug)
    context = {"kickoff": kickoff, "shared": queries.open_shared(kickoff)}
    return render(request, "events/packets/inquiries/shared.html", context)


@login_required
@require_POST
def withdraw(request: AuthenticatedRequest, slug: str, shared_id: int) -> HttpResponse:
    shared = access.shared_or_404(request.user, slug, shared_id)
    actions.withdraw_answer(shared_id=shared.pk, by=request.user, at=timezone.now())
    messages.success(request, _("The answer is taken back. Nobody reads it any more."))
    return redirect("events:packets:inquiries:shared", slug=slug)
