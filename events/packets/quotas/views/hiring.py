"""Rules for those who join after the cascade, and whom they give a quota."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import told_in, told_on
from core.ui.figures import money
from events.packets.quotas import access, actions, queries
from events.packets.quotas.forms.fields import written_shares
from events.packets.quotas.forms.hiring import RuleForm, rule_values
from events.packets.quotas.models import NewHireRule, QuotaPlan
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest
from people.activity.actions import record_entry


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def hires(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    plan = access.plan_or_404(request.user, slug)
    board = queries.board_of(plan)
    waiting = [one for one in board.reps if board.amounts.get(one) is None]
    offers = queries.newcomers_of(plan, waiting)
    rules = [
        {"rule": rule, "gives": _gives(rule), "ramp": _ramp(rule)} for rule in plan.hire_rules.all()
    ]
    record_entry(by=request.user, verb="quotas.listed", at=timezone.now(), object=plan)
    context = {
        "kickoff": plan.kickoff,
        "plan": plan,
        "rules": rules,
        "newcomers": [{"member": board.members[one], "offer": offers.get(one)} for one in waiting],
        "cascaded": plan.cascaded_at is not None,
    }
    return render(request, "events/packets/quotas/hires.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def add_rule(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    plan = access.plan_or_404(request.user, slug)
    form = RuleForm(request.POST or None)
    return _rule_page(request, plan, form, None)


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@keeps_figures
@sensitive_variables()
def edit_rule(request: AuthenticatedRequest, slug: str, rule_id: int) -> HttpResponse:
    plan, rule = access.rule_or_404(request.user, slug, rule_id)
    form = RuleForm(request.POST or None, initial=rule_values(rule))
    return _rule_page(request, plan, form, rule)


@login_required
@require_POST
def remove_rule(request: AuthenticatedRequest, slug: str, rule_id: int) -> HttpResponse:
    plan, rule = access.rule_or_404(request.user, slug, rule_id)
    with told_on(request, actions.QuotaRefused):
        actions.remove_rule(plan_id=plan.pk, rule_id=rule.pk, by=request.user, at=timezone.now())
        messages.success(request, _("The rule for %(title)s is gone.") % {"title": rule.job_title})
    return redirect("events:packets:quotas:hires", slug=slug)


@sensitive_variables()
def _rule_page(
    request: AuthenticatedRequest, plan: QuotaPlan, form: RuleForm, rule: NewHireRule | None
) -> HttpResponse:
    if form.is_valid():
        with told_in(form, actions.QuotaRefused):
            actions.save_rule(
                plan_id=plan.pk,
                details=form.details(),
                rule_id=rule.pk if rule else None,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("The rule is saved."))
            return redirect("events:packets:quotas:hires", slug=plan.kickoff.slug)
    context = {"kickoff": plan.kickoff, "plan": plan, "form": form, "rule": rule}
    return render(request, "events/packets/quotas/rule.html", context)


@sensitive_variables()
def _gives(rule: NewHireRule) -> str:
    if rule.share_of_median is not None:
        shown = {"share": written_shares([rule.share_of_median])}
        return _("%(share)s%% of their peers' median") % shown
    return ", ".join(money(amount, code) for code, amount in rule.read().items())


def _ramp(rule: NewHireRule) -> str:
    if rule.ramp_profile is None:
        return _("the plan's ramp")
    shown = {"shares": written_shares(rule.ramp_profile.shares)}
    if rule.ramp == QuotaPlan.Season.MONTHS:
        return _("%(shares)s%% by months") % shown
    return _("%(shares)s%% by quarters") % shown
