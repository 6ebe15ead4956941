from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import day
from events.attendance.models import Attendee
from events.kickoff.hooks import Before, Copied, Follows
from events.kickoff.models import Kickoff
from events.questions.models import Topic
from people.accounts.models import Person
from people.activity.actions import record_entry
from reinforcement.campaigns import rules
from reinforcement.campaigns.models import Activity, Campaign

FIELDS = (
    "kind",
    "setting",
    "title",
    "body",
    "day_offset",
    "local_hour",
    "days_to_do",
    "question_count",
    "session",
    "segment_kind",
    "segment_function",
    "segment_region",
)


class CampaignRefused(Exception):
    """The plan was not changed. The message is fit to show to a planner."""


@transaction.atomic
def start_campaign(*, kickoff: Kickoff, at: datetime) -> Campaign:
    """
    Begin the 90 days of a kickoff; day 0 is its last day. Starting twice changes nothing.

    The touches are planned by the tick that finds the campaign running.
    """
    campaign, _created = Campaign.objects.get_or_create(kickoff=kickoff)
    started = Campaign.objects.filter(pk=campaign.pk, state=Campaign.State.PLANNED).update(
        state=Campaign.State.RUNNING, starts_date=kickoff.ends_date, started_at=at
    )
    if started:
        record_entry(by=None, verb="campaign.started", at=at, object=campaign)
    campaign.refresh_from_db()
    return campaign


def start_when_over(kickoff: Kickoff, at: datetime) -> None:
    """What follows from the end of a kickoff; see `start_campaign`."""
    start_campaign(kickoff=kickoff, at=at)


def move_plan(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """Say which day is day 0 now. Every other day of the plan counts from it, and none is stored."""
    steps = Activity.objects.live().filter(campaign__kickoff=kickoff).count()
    if before.ends_date == kickoff.ends_date or not steps:
        return None
    said = ngettext(
        "Day 0 is %(day)s, the new last day; %(count)d step counts from it.",
        "Day 0 is %(day)s, the new last day; %(count)d steps count from it.",
        steps,
    )
    return Follows(
        _("30-60-90 plan"), [said % {"day": day(kickoff.ends_date, "long"), "count": steps}]
    )


def finish_campaigns(*, at: datetime) -> int:
    """
    Call the campaigns done whose last activity is over two weeks old; return how many.

    What is open stays open for its people: only the sending ends.
    """
    finished = 0
    for campaign in Campaign.objects.running().select_related("kickoff"):
        offsets = campaign.activities.live().values_list("day_offset", flat=True)
        last = max([rules.LENGTH_DAYS, *offsets]) + 14
        if rules.day_number(campaign.day_zero, campaign.kickoff.local_date(at)) > last:
            finished += Campaign.objects.filter(
                pk=campaign.pk, state=Campaign.State.RUNNING
            ).update(state=Campaign.State.DONE)
    return finished


@transaction.atomic
def add_activity(
    *,
    kickoff: Kickoff,
    values: Mapping[str, Any],
    topics: Iterable[Topic],
    by: Person,
    at: datetime,
) -> Activity:
    """
    Add a step to the plan of a kickoff. `values` holds the fields named in `FIELDS`.

    In a running campaign the next tick plans its touches; those whose time is over are skipped.

    :raises CampaignRefused: the campaign is done, the day has a check already, or a certification
        has not three topics with a behaviour that a manager can see
    """
    campaign, _created = Campaign.objects.get_or_create(kickoff=kickoff)
    activity = Activity(campaign=campaign, changed_at=at)
    return _save(activity, values, list(topics), verb="activity.added", by=by, at=at)


@transaction.atomic
def change_activity(
    *,
    activity: Activity,
    values: Mapping[str, Any],
    topics: Iterable[Topic],
    by: Person,
    at: datetime,
) -> Activity:
    """
    Change a step. Touches not sent yet follow it; those sent stay as they were.

    :raises CampaignRefused: as `add_activity`; or its kind would change in a campaign that runs
    """
    kind = values.get("kind", activity.kind)
    setting = values.get("setting", activity.setting)
    running = activity.campaign.state != Campaign.State.PLANNED
    if running and (kind, setting) != (activity.kind, activity.setting):
        raise CampaignRefused(
            _("The campaign has started, so the kind cannot change. Add another activity instead.")
        )
    activity.changed_at, activity.has_touches = at, False
    return _save(activity, values, list(topics), verb="activity.changed", by=by, at=at)


@transaction.atomic
def withdraw_activity(*, activity: Activity, by: Person, at: datetime) -> bool:
    """
    Take a step out of the plan; return whether it was deleted altogether.

    In a plan that has not started it is deleted. Later it is withdrawn: nothing more of it is
    sent, and what people did stays.
    """
    record_entry(by=by, verb="activity.withdrawn", at=at, object=activity, note=activity.title)
    if activity.campaign.state == Campaign.State.PLANNED:
        activity.delete()
        return True
    Activity.objects.live().filter(pk=activity.pk).update(withdrawn_at=at, changed_at=at)
    return False


@transaction.atomic
def fill_plan(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """Give a kickoff the 30-60-90 plan of the Acceleration Summit template, if it has none."""
    campaign, _created = Campaign.objects.get_or_create(kickoff=kickoff)
    if campaign.activities.exists():
        return
    Activity.objects.bulk_create(
        Activity(
            campaign=campaign,
            kind=step.kind,
            setting=step.setting,
            day_offset=step.day,
            local_hour=step.hour,
            days_to_do=step.days_to_do,
            question_count=step.questions,
            segment_kind=Attendee.Kind.REP if step.reps_only else "",
            title=str(step.title),
            body=str(step.body),
            changed_at=at,
        )
        for step in rules.PLAN
    )
    record_entry(by=by, verb="campaign.planned", at=at, object=campaign)


def copy_plan(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """
    Copy the steps of a 30-60-90 plan that were not withdrawn, each of the session of the same title
    and on the topics of the same name.
    """
    steps = list(Activity.objects.live().filter(campaign__kickoff=source).select_related("session"))
    on = Activity.topics.through.objects.filter(activity__in=steps)
    if not steps:
        return None
    campaign, _created = Campaign.objects.get_or_create(kickoff=target)
    if campaign.activities.exists():
        return Copied(_("Campaign"), is_held=True)
    sessions = {session.title: session for session in target.sessions.order_by("-pk")}
    copies = []
    for step in steps:
        copy = Activity(campaign=campaign, changed_at=at)
        for field in FIELDS:
            setattr(copy, field, getattr(step, field))
        copy.session = sessions.get(step.session.title) if step.session else None
        copies.append(copy)
    Activity.objects.bulk_create(copies)
    copy_of = {step.pk: copy.pk for step, copy in zip(steps, copies, strict=True)}
    topics = dict(target.topics.values_list("name", "pk"))
    Activity.topics.through.objects.bulk_create(
        Activity.topics.through(activity_id=copy_of[step], topic_id=topics[name])
        for step, name in on.values_list("activity", "topic__name")
        if name in topics
    )
    record_entry(by=by, verb="campaign.planned", at=at, object=campaign)
    count = len(copies)
    said = ngettext("%(count)d activity", "%(count)d activities", count) % {"count": count}
    return Copied(_("Campaign"), [said])


def _save(
    activity: Activity,
    values: Mapping[str, Any],
    topics: list[Topic],
    *,
    verb: str,
    by: Person,
    at: datetime,
) -> Activity:
    if activity.campaign.state == Campaign.State.DONE:
        raise CampaignRefused(_("This campaign is over, so its plan no longer changes."))
    for field in FIELDS:
        if field in values:
            setattr(activity, field, values[field])
    _refuse_second_check(activity)
    _refuse_uncertifiable(activity, topics)
    activity.save()
    activity.topics.set(topics)
    record_entry(by=by, verb=verb, at=at, object=activity, note=activity.title)
    return activity


def _refuse_second_check(activity: Activity) -> None:
    if activity.kind != Activity.Kind.RETENTION_CHECK:
        return
    if activity.day_offset not in rules.CHECKPOINT_DAYS:
        raise CampaignRefused(
            _("A check is on day 0, 30, 60 or 90, so that each can be held beside the others.")
        )
    others = Activity.objects.live().filter(
        campaign=activity.campaign, kind=activity.kind, day_offset=activity.day_offset
    )
    if others.exclude(pk=activity.pk).exists():
        raise CampaignRefused(
            _("Day %(day)s has a check already. Change that one.") % {"day": activity.day_offset}
        )


def _refuse_uncertifiable(activity: Activity, topics: list[Topic]) -> None:
    if activity.kind != Activity.Kind.CERTIFICATION:
        return
    if len([topic for topic in topics if topic.behaviour]) != len(topics) or len(topics) not in (
        0,
        rules.CERTIFICATION_TOPICS,
    ):
        raise CampaignRefused(
            _(
                "A certification needs three topics, each with a behaviour that a manager can "
                "see. Choose three, or none to take the first three that have one."
            )
        )
