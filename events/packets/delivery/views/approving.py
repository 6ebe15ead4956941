"""Who approves, what waits for them, and what they say. None of these pages has one person's figures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import told_in, told_on
from events.packets.delivery import access, actions, queries
from events.packets.delivery.forms import ApproveForm, ApproverForm, AskForm, ReturnForm
from events.packets.delivery.models import ApproverKind, PacketApprover
from events.packets.delivery.rules import cells, words
from events.packets.delivery.views import summing
from events.packets.delivery.views.showing import chosen_packets
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry


@login_required
@require_POST
def submit(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    try:
        sent = actions.submit_packets(
            kickoff=kickoff,
            by=request.user,
            at=timezone.now(),
            packet_ids=chosen_packets(request.POST),
        )
    except actions.PacketRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:packets:delivery:approvers", slug=slug)
    if sent.count:
        said = ngettext(
            "%(count)d draft is with its approvers.",
            "%(count)d drafts are with their approvers.",
            sent.count,
        )
        messages.success(request, said % {"count": sent.count})
        if not sent.shows_sums:
            messages.info(
                request,
                _(
                    "Their approvers see checks and no sums: fewer than five people could be worked"
                    " out from these, or from what was shown before."
                ),
            )
        if sent.without_rate:
            messages.warning(
                request,
                _(
                    "Their approvers see no total in one currency: the quota plan has no rate for"
                    " %(currencies)s. Give it one there before the next round."
                )
                % {"currencies": ", ".join(sent.without_rate)},
            )
    elif not (sent.without_territory or sent.unreadable or sent.not_paying):
        messages.info(request, _("There was no draft left to send."))
    for names, text in (
        (sent.without_territory, _("No territory yet, so still a draft: %(names)s.")),
        (sent.unreadable, _("These cannot be opened: %(names)s. Import them again.")),
        (
            sent.not_paying,
            _("100%% does not pay the target, so still a draft: %(names)s. Mend the plan."),
        ),
    ):
        if names:
            messages.warning(request, text % {"names": words.named(names)})
    return redirect("events:packets:delivery:desk", slug=slug)


@login_required
@require_POST
def take_back(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    with told_on(request, actions.PacketRefused):
        count = actions.take_back_round(kickoff=kickoff, by=request.user, at=timezone.now())
        said = ngettext(
            "%(count)d draft is back. Its approvers get a mail.",
            "%(count)d drafts are back. Their approvers get a mail.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("events:packets:delivery:desk", slug=slug)


@login_required
@require_http_methods(["GET", "POST"])
def approvers(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    form = ApproverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.PacketRefused, field="person"):
            approver = actions.name_approver(
                kickoff=kickoff, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(
                request,
                _("%(name)s approves for %(kind)s now, and gets a mail.")
                % {"name": approver.person.full_name, "kind": approver.get_kind_display()},
            )
            return redirect("events:packets:delivery:approvers", slug=slug)
    named = queries.approvers_of(kickoff)
    return render(
        request,
        "events/packets/delivery/approvers.html",
        {
            "kickoff": kickoff,
            "form": form,
            "sides": [
                (kind.label, [one for one in named if one.kind == kind]) for kind in ApproverKind
            ],
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def remove(request: AuthenticatedRequest, slug: str, approver_id: int) -> HttpResponse:
    approver = access.approver_or_404(request.user, slug, approver_id)
    name = approver.person.full_name
    actions.remove_approver(approver=approver, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s approves no more.") % {"name": name})
    return redirect("events:packets:delivery:approvers", slug=slug)


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def approval(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    approver = access.approval_or_404(request.user, slug)
    return _approval_page(request, approver)


@login_required
@require_POST
@sensitive_post_parameters("typed_name")
@keeps_figures
def approve(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    approver = access.approval_or_404(request.user, slug)
    form = ApproveForm(request.POST, signer=request.user)
    if not form.is_valid() and "seen" not in form.errors:
        return _approval_page(request, approver, sign=form)
    if not form.is_valid():
        messages.error(request, _("Nothing was approved. Look at the page again."))
        return redirect("events:packets:delivery:approval", slug=slug)
    try:
        done = actions.approve_packets(
            kickoff=approver.kickoff,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except actions.PacketRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:packets:delivery:approval", slug=slug)
    said = ngettext("You approved %(count)d packet.", "You approved %(count)d packets.", done.count)
    messages.success(request, said % {"count": done.count})
    if done.held_back:
        messages.warning(
            request, _("Not all could be approved. RevOps has to mend the others first.")
        )
    return redirect("events:packets:delivery:approval", slug=slug)


@login_required
@require_POST
@sensitive_post_parameters("reason")
@keeps_figures
@sensitive_variables()
def send_back(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    approver = access.approval_or_404(request.user, slug)
    form = ReturnForm(request.POST)
    if form.is_valid():
        with told_in(form, actions.PacketRefused):
            count = actions.return_packets(
                kickoff=approver.kickoff,
                by=request.user,
                at=timezone.now(),
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
            )
            said = ngettext(
                "The round of %(count)d packet went back to RevOps.",
                "The round of %(count)d packets went back to RevOps.",
                count,
            )
            messages.success(request, said % {"count": count})
            return redirect("events:packets:delivery:approval", slug=slug)
    return _approval_page(request, approver, form=form)


@login_required
@require_POST
@sensitive_post_parameters("question")
@keeps_figures
@sensitive_variables()
def ask(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    approver = access.approval_or_404(request.user, slug)
    form = AskForm(request.POST)
    if form.is_valid():
        with told_in(form, actions.PacketRefused):
            actions.ask_about_round(approver=approver, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("RevOps is asked. The round waits on meanwhile."))
            return redirect("events:packets:delivery:approval", slug=slug)
    return _approval_page(request, approver, asking=form)


@login_required
@require_POST
@sensitive_post_parameters("answer")
@sensitive_variables()
def answer(request: AuthenticatedRequest, slug: str, question_id: int) -> HttpResponse:
    asked = access.question_or_404(request.user, slug, question_id)
    with told_on(request, actions.PacketRefused):
        actions.answer_about_round(
            asked=asked,
            answer=request.POST.get("answer", ""),
            by=request.user,
            at=timezone.now(),
        )
        said = _("%(name)s has your answer.") % {"name": asked.by.full_name}
        messages.success(request, said)
    return redirect("events:packets:delivery:desk", slug=slug)


@sensitive_variables()
def _approval_page(
    request: AuthenticatedRequest,
    approver: PacketApprover,
    *,
    form: ReturnForm | None = None,
    sign: ApproveForm | None = None,
    asking: AskForm | None = None,
) -> HttpResponse:
    status = 422 if form or sign or asking else 200
    form, sign = form or ReturnForm(), sign or ApproveForm(signer=request.user)
    at = timezone.now()
    found = queries.aggregates_for(approver)
    if found.sent and found.tells:
        if not actions.show_round(sent=found.sent, at=at):
            # It went back meanwhile, and what it adds up to may not be seen any more
            found = queries.aggregates_for(approver)
        record_entry(by=request.user, verb="packets.summed_up", at=at, object=approver.kickoff)
    asked = queries.questions_of(found.sent, request.user) if found.sent else []
    context = {
        "kickoff": approver.kickoff,
        "approver": approver,
        "round": found,
        "why_hidden": found.hidden.name if found.hidden else "",
        "form": form,
        "sign": sign,
        "asking": asking or AskForm(),
        "asked": asked,
        "is_asked": any(one.answered_at is None for one in asked),
        "told_exceptions": bool(found.told_exceptions),
        "signings": queries.signings_of(found.sent) if found.is_shown and found.sent else [],
        **summing.shown(found),
        "fewest": cells.FEWEST,
        "progress": queries.approval_progress(approver.kickoff)
        if found.sent and found.sent.is_open
        else [],
        "other": next(kind.label for kind in ApproverKind if kind != approver.kind),
        "approvers": queries.approvers_of(approver.kickoff),
    }
    return render(request, "events/packets/delivery/approval.html", context, status=status)
