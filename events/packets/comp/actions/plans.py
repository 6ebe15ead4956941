"""Comp plans written, copied and deleted, and the job titles that they are for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.ui.figures import moment
from events.kickoff.models import Kickoff
from events.packets.comp import queries
from events.packets.comp.actions.refusals import ChangedMeanwhile, CompRefused, refuse_archived
from events.packets.comp.models import CompPlan, PersonComp, PlanRole
from events.packets.comp.rules.design import PlanDesign, design_to_json
from events.packets.comp.rules.pay import title_key
from events.packets.comp.rules.validation import CLIFF, Example, validate
from people.accounts.models import Person
from people.activity.actions import record_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDetails:
    """What RevOps says of a plan. `example` is what it was tried on, and `cliff` with it."""

    name: str
    starts_date: date
    ends_date: date
    job_titles: tuple[str, ...]
    design: PlanDesign
    example: Example
    cliff: Decimal = CLIFF


@transaction.atomic
def save_plan(
    *,
    kickoff: Kickoff,
    details: PlanDetails,
    by: Person,
    at: datetime,
    plan_id: int | None = None,
    expected: int | None = None,
) -> CompPlan:
    """
    Write a new plan, or change one that is still at the version that was read.

    A plan in which something blocks is kept as a draft, and nobody is given a packet from it;
    without that it is ready. The job titles are now this plan's, if no other plan has them.

    :raises ChangedMeanwhile: somebody else changed the plan since it was read
    :raises CompRefused: the name or a title is another plan's, the terms are not published, or
        the kickoff is archived
    """
    refuse_archived(kickoff)
    _lock(kickoff)
    _refuse_taken(kickoff, details, plan_id)
    findings = validate(
        details.design.measures,
        details.example,
        cliff=details.cliff,
        splits=[one.share for one in details.design.splits],
        credits_overlays=details.design.credits_overlays,
    )
    values = {
        "name": details.name,
        "starts_date": details.starts_date,
        "ends_date": details.ends_date,
        "design_json": design_to_json(details.design),
        "is_ready": not any(finding.blocks for finding in findings),
        "changed_by": by,
        "changed_at": at,
    }
    if plan_id is None:
        plan = CompPlan.objects.create(kickoff=kickoff, **values)
    else:
        rows = CompPlan.objects.filter(kickoff=kickoff, pk=plan_id)
        if not rows.filter(version=expected or 0).update(version=F("version") + 1, **values):
            raise _changed(rows.select_related("changed_by", "kickoff").first())
        plan = rows.get()
    _give_titles(plan, details.job_titles)
    verb = "comp.plan_added" if plan_id is None else "comp.plan_changed"
    record_entry(by=by, verb=verb, at=at, object=plan, note=plan.name)
    return plan


@transaction.atomic
def copy_plan(*, plan: CompPlan, by: Person, at: datetime) -> CompPlan:
    """
    Write a second plan that says the same, under a name of its own and for nobody yet.

    :raises CompRefused: the kickoff is archived
    """
    refuse_archived(plan.kickoff)
    _lock(plan.kickoff)
    taken = {
        name.casefold()
        for name in CompPlan.objects.filter(kickoff=plan.kickoff).values_list("name", flat=True)
    }
    number = 2
    while _copied(plan.name, number).casefold() in taken:
        number += 1
    copy = CompPlan.objects.create(
        kickoff=plan.kickoff,
        name=_copied(plan.name, number),
        starts_date=plan.starts_date,
        ends_date=plan.ends_date,
        design_json=plan.design_json,
        is_ready=plan.is_ready,
        changed_by=by,
        changed_at=at,
    )
    record_entry(by=by, verb="comp.plan_added", at=at, object=copy, note=copy.name)
    return copy


@transaction.atomic
def delete_plan(*, plan: CompPlan, by: Person, at: datetime) -> None:
    """
    Delete a plan. Packets that were drafted from it keep what they say.

    :raises CompRefused: somebody was given this plan by name, or the kickoff is archived
    """
    refuse_archived(plan.kickoff)
    own = PersonComp.objects.filter(plan=plan).select_related("person")
    if names := [one.person.display_name for one in own[:3]]:
        raise CompRefused(
            _("%(names)s were given this plan by name. Give them another one first.")
            % {"names": ", ".join(names)}
        )
    record_entry(by=by, verb="comp.plan_deleted", at=at, object=plan, note=plan.name)
    plan.delete()


def give_title(*, kickoff: Kickoff, job_title: str, plan: CompPlan | None) -> None:
    """Give a job title to a plan of this kickoff, or to none. Inside the caller's transaction."""
    key = title_key(job_title)
    rows = PlanRole.objects.filter(kickoff=kickoff, title_key=key)
    if plan is None:
        rows.delete()
    elif not rows.update(plan=plan, job_title=job_title.strip()):
        PlanRole.objects.create(
            plan=plan, kickoff=kickoff, job_title=job_title.strip(), title_key=key
        )


def _lock(kickoff: Kickoff) -> None:
    """Names and titles are told apart one change at a time: rows not there yet cannot be locked."""
    Kickoff.objects.select_for_update(no_key=True).get(pk=kickoff.pk)


def _refuse_taken(kickoff: Kickoff, details: PlanDetails, plan_id: int | None) -> None:
    others = CompPlan.objects.filter(kickoff=kickoff).exclude(pk=plan_id or 0)
    if others.filter(name__iexact=details.name).exists():
        raise CompRefused(_("There is a plan called “%(name)s” already.") % {"name": details.name})
    keys = [title_key(title) for title in details.job_titles]
    taken = PlanRole.objects.filter(plan__in=others, title_key__in=keys).select_related("plan")
    if role := taken.first():
        raise CompRefused(
            _("“%(title)s” is on the plan “%(plan)s”. A job title has one plan.")
            % {"title": role.job_title, "plan": role.plan.name}
        )
    if details.design.terms not in queries.published_editions():
        raise CompRefused(
            _("The edition %(code)s of the terms is not published.")
            % {"code": details.design.terms}
        )


def _give_titles(plan: CompPlan, titles: tuple[str, ...]) -> None:
    wanted = {title_key(title): title.strip() for title in titles}
    wanted.pop("", None)
    plan.roles.exclude(title_key__in=wanted).delete()
    held = set(plan.roles.values_list("title_key", flat=True))
    PlanRole.objects.bulk_create(
        PlanRole(plan=plan, kickoff=plan.kickoff, job_title=title, title_key=key)
        for key, title in wanted.items()
        if key not in held
    )


def _changed(plan: CompPlan | None) -> CompRefused:
    if plan is None:
        return CompRefused(_("This plan was deleted meanwhile."))
    return ChangedMeanwhile(
        _("%(name)s changed this plan, %(when)s, after you opened it. Nothing was saved.")
        % {
            "name": plan.changed_by.display_name if plan.changed_by else _("Somebody"),
            "when": moment(plan.changed_at, plan.kickoff.zone),
        }
    )


def _copied(name: str, number: int) -> str:
    return f"{name[:110]} ({number})"
