"""One thread: for its rep on a phone, for a manager or RevOps at a desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import told_in, told_on
from events.packets.delivery.queries import version_in_force
from events.packets.inquiries import access, actions, queries
from events.packets.inquiries.forms import HandOnForm, MessageForm
from events.packets.inquiries.models import InquiryMessage
from events.packets.inquiries.rules import states
from events.packets.inquiries.rules.kinds import Route
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def thread(request: AuthenticatedRequest, slug: str, inquiry_id: int) -> HttpResponse:
    found = access.thread_or_404(request.user, slug, inquiry_id)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form, actions.InquiryRefused, field="text"):
            _send(request, found, form)
            messages.success(request, _sent(request, found))
            if found.as_revops and request.POST.get("as") == "share":
                return redirect("events:packets:inquiries:share", slug=slug, inquiry_id=inquiry_id)
            return redirect("events:packets:inquiries:thread", slug=slug, inquiry_id=inquiry_id)
    return _page(request, found, form, HandOnForm())


@login_required
@require_POST
def close(request: AuthenticatedRequest, slug: str, inquiry_id: int) -> HttpResponse:
    inquiry = access.own_thread_or_404(request.user, slug, inquiry_id)
    with told_on(request, actions.InquiryRefused):
        actions.close_inquiry(inquiry_id=inquiry.pk, by=request.user, at=timezone.now())
        messages.success(request, _("Closed. Write in it to ask again."))
    return redirect("events:packets:inquiries:thread", slug=slug, inquiry_id=inquiry_id)


@login_required
@require_POST
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def hand_on(request: AuthenticatedRequest, slug: str, inquiry_id: int) -> HttpResponse:
    inquiry = access.thread_to_answer_or_404(request.user, slug, inquiry_id)
    form = HandOnForm(request.POST)
    if form.is_valid():
        to = (
            Route.REVOPS
            if queries.holder_of(inquiry, timezone.now()) == Route.MANAGER
            else Route.MANAGER
        )
        with told_in(form, actions.InquiryRefused, field="note"):
            actions.hand_on(
                inquiry_id=inquiry.pk,
                to=to,
                note=form.cleaned_data["note"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(
                request,
                _("It is with RevOps now.")
                if to == Route.REVOPS
                else _("It is with the manager now."),
            )
            return redirect("events:packets:inquiries:thread", slug=slug, inquiry_id=inquiry_id)
    found = access.thread_or_404(request.user, slug, inquiry_id)
    return _page(request, found, MessageForm(), form)


@sensitive_variables()
def _send(request: AuthenticatedRequest, found: access.Thread, form: MessageForm) -> None:
    """Write what was sent: the rep's words, an answer, or a note."""
    write = actions.write_note
    if found.as_rep:
        write = actions.reply
    elif request.POST.get("as") in ("answer", "share"):
        write = actions.answer_inquiry
    write(
        inquiry_id=found.inquiry.pk,
        text=form.cleaned_data["text"],
        by=request.user,
        at=timezone.now(),
        seen=form.cleaned_data["seen"],
    )


def _sent(request: AuthenticatedRequest, found: access.Thread) -> str:
    """That what was written has arrived, and who hears of it."""
    if found.as_rep:
        if found.inquiry.is_waiting:
            return _("Sent: whoever answers it gets a mail.")
        return _("Asked again. You get a mail once it is answered.")
    name = {"name": found.inquiry.asked_by.display_name}
    if request.POST.get("as") == "share":
        return _("Answered: %(name)s gets a mail. Now tell it to the others.") % name
    if request.POST.get("as") == "answer":
        return _("Answered: %(name)s gets a mail.") % name
    return _("Sent: %(name)s gets a mail.") % name


@sensitive_variables()
def _page(
    request: AuthenticatedRequest, found: access.Thread, form: MessageForm, hand_on: HandOnForm
) -> HttpResponse:
    inquiry, at = found.inquiry, timezone.now()
    inquiry.refresh_from_db(
        fields=["state", "due_at", "routed_to", "answered_at", "closed_at", "escalated_at"]
    )
    entries = list(queries.thread_of(inquiry))
    if not form.is_bound:
        form.initial["seen"] = entries[-1].pk if entries else 0
    if found.as_rep:
        form.fields["text"].label = (
            _("Write more") if inquiry.is_waiting else _("Not clear yet? Ask again")
        )
    elif not found.may_answer:
        form.fields["text"].label = _("Add a note")
    kind, word = states.of_inquiry(inquiry.state, is_late=inquiry.is_late(at))
    in_force = version_in_force(inquiry.version.packet)
    kickoff, rep = inquiry.version.packet.kickoff, inquiry.asked_by
    context = {
        "kickoff": kickoff,
        # The answer is promised for an hour where the rep is, so theirs are all in that zone
        "zone": rep.time_zone if found.as_rep else kickoff.zone,
        "inquiry": inquiry,
        "rep": rep,
        "lines": queries.open_thread(inquiry, entries),
        "form": form,
        "hand_on": hand_on,
        "kind": kind,
        "word": word,
        "holder": queries.holder_of(inquiry, at),
        "manager": queries.able_manager(rep, kickoff, at),
        "in_force": in_force,
        "is_about_older": in_force is not None and in_force.pk != inquiry.version_id,
        "thread": found,
        "shared": inquiry.shared_answers.filter(withdrawn_at=None).first(),
        "answer_kind": InquiryMessage.Kind.ANSWER,
    }
    # Recorded once the texts could be opened, and before anybody sees them
    actions.record_look(at_what=inquiry, rep=rep, by=request.user, verb="inquiry.viewed", at=at)
    template = "thread_rep.html" if found.as_rep else "thread.html"
    status = 422 if form.errors or hand_on.errors else 200
    return render(request, f"events/packets/inquiries/{template}", context, status=status)
