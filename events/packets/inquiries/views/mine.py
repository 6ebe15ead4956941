"""What a rep sees: their questions, a new one, and the answers that concern them too."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from core.refusals import told_in
from events.packets.inquiries import access, actions, queries
from events.packets.inquiries.forms import AskForm
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
@keeps_figures
def mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff, packet, version = access.mine_or_404(request.user, slug)
    at = timezone.now()
    context = {
        "kickoff": kickoff,
        "version": version,
        "asked": queries.asked_about(packet, at) if packet else [],
        "wishes": list(queries.wishes_of(packet)) if packet else [],
        "shared": queries.shared_count(kickoff, request.user),
    }
    return render(request, "events/packets/inquiries/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def ask(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff, _packet, version = access.mine_or_404(request.user, slug)
    if version is None:
        return redirect("events:packets:delivery:mine", slug=slug)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form, actions.InquiryRefused, field="text"):
            inquiry = actions.ask_question(
                version_id=version.pk,
                kind=form.cleaned_data["kind"],
                text=form.cleaned_data["text"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Your question is on its way."))
            return redirect("events:packets:inquiries:thread", slug=slug, inquiry_id=inquiry.pk)
    context = {
        "kickoff": kickoff,
        "version": version,
        "form": form,
        "manager": queries.able_manager(request.user, kickoff, timezone.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "events/packets/inquiries/ask.html", context, status=status)


@login_required
@require_GET
@keeps_figures
def answers(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff, _packet, _version = access.mine_or_404(request.user, slug)
    shared = queries.shared_for(kickoff, request.user)
    fresh = [one.pk for one in shared if one.is_new]
    if fresh:
        actions.mark_shared_seen(shared_ids=fresh, by=request.user, at=timezone.now())
    context = {"kickoff": kickoff, "shared": shared}
    return render(request, "events/packets/inquiries/answers.html", context)
