"""Prep calls move with their event; and what is kept of customers goes after it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.panels.models import AudienceQuestion, Panelist
from core.ui.figures import day
from events.kickoff.hooks import Before, Follows
from events.kickoff.models import Kickoff
from people.accounts.models import Person

CONTACTS_KEPT = timedelta(days=90)  # after the last day of the kickoff: follow-ups are done by then
PANELS_KEPT = timedelta(days=2 * 365)  # as long as promises


def move_calls(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """Move the day of each prep call that was not held yet by as many days as the event moves."""
    shift = before.shift(kickoff)
    calls = list(
        Panelist.objects.filter(session__kickoff=kickoff, prep_held_date=None)
        .exclude(prep_date=None)
        .select_related("session")
    )
    if not calls or not shift:
        return None
    told: dict[int, list[str]] = defaultdict(list)
    for one in calls:
        if one.prep_date is not None:
            one.prep_date += shift
        if one.prep_by_id:
            path = reverse("agenda:panels:prep", args=[kickoff.slug, one.session_id, one.pk])
            said = _("Your prep call with %(name)s is due on %(day)s: %(url)s")
            told[one.prep_by_id].append(
                said
                % {"name": one.name, "day": day(one.prep_date), "url": f"{settings.SITE_URL}{path}"}
            )
    Panelist.objects.bulk_update(calls, ["prep_date"])
    says = ngettext(
        "%(count)d prep call with a customer moves along. Agree the new day with them.",
        "%(count)d prep calls with customers move along. Agree the new days with them.",
        len(calls),
    )
    return Follows(_("Customer panels"), [says % {"count": len(calls)}], told)


def forget_old(at: datetime) -> dict[str, int]:
    """
    The part of the tick, once an hour: delete address, phone, notes of the prep call and sensitive
    topics of customers 90 days after their kickoff, and panelists and the audience's questions
    two years after it.
    """
    if at.minute:
        return {}
    today = at.date()
    with transaction.atomic():
        ended = Panelist.objects.filter(session__kickoff__ends_date__lt=today - CONTACTS_KEPT)
        forgotten = ended.filter(forgotten_at=None).update(
            email="", phone="", prep_notes="", sensitive="", forgotten_at=at
        )
        old = {"session__kickoff__ends_date__lt": today - PANELS_KEPT}
        gone = Panelist.objects.filter(**old).delete()[0]
        gone += AudienceQuestion.objects.filter(**old).delete()[0]
    return {"forgotten": forgotten + gone}
