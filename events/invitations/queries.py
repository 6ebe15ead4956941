from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.ui.figures import day
from events.attendance.hooks import Facts
from events.attendance.models import COMING, DECLINED, PENDING, Attendee, AttendeeQuerySet
from events.invitations import rules
from events.invitations.models import Wave
from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, checks
from events.kickoff.models import Kickoff
from events.readiness.queries import asked, counts_of, number_of
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Row:
    """A wave with how its people have answered; one that waits, with how many it would invite."""

    wave: Wave
    total: int = 0
    coming: int = 0
    declined: int = 0
    pending: int = 0
    to_invite: int = 0

    @property
    def answered(self) -> int:
        return self.coming + self.declined


def waves(kickoff: Kickoff) -> QuerySet[Wave]:
    """The waves of a kickoff in the order in which they were made."""
    return Wave.objects.filter(kickoff=kickoff).select_related(
        "kickoff", "segment_region", "team", "made_by"
    )


def board(kickoff: Kickoff, at: datetime) -> list[Row]:
    """
    The waves and their answers: two queries, and one for each wave that waits, of which there are
    few. Who has left the company is counted nowhere.
    """
    people = Attendee.objects.filter(kickoff=kickoff, invited_by__isnull=False).still_here(at)
    words = {"coming": COMING, "declined": DECLINED, "pending": PENDING}
    counts: dict[str, Any] = {name: Count("pk", filter=which) for name, which in words.items()}
    counted: Any = people.order_by().values("invited_by__wave")
    by_wave = {
        row.pop("invited_by__wave"): row for row in counted.annotate(total=Count("pk"), **counts)
    }
    return [
        Row(wave, **by_wave.get(wave.pk, {}))
        if wave.sent_at
        else Row(wave, to_invite=wave.to_invite(at).count())
        for wave in waves(kickoff)
    ]


def to_remind(wave: Wave, at: datetime) -> AttendeeQuerySet:
    """Those whom a wave has invited and who have not answered."""
    people = Attendee.objects.filter(invited_by__wave=wave).still_here(at).filter(PENDING)
    return people.select_related("person", "kickoff")


def example(wave: Wave, at: datetime) -> Attendee | None:
    """A real person to show a mail as: the first by name of those it has invited or would."""
    people = wave.people(at) if wave.sent_at else wave.to_invite(at)
    found = people.select_related("person", "kickoff")
    return found.order_by("person__full_name", "pk").first()


def chosen(wave: Wave, at: datetime) -> AttendeeQuerySet:
    """Whom a planner chose for a wave that is not out, by name. One query."""
    people = Attendee.objects.filter(invited_by__wave=wave).still_here(at)
    return people.select_related("person").order_by("person__full_name", "pk")


def waves_to_send(kickoff: Kickoff) -> QuerySet[Wave]:
    """The waves that are not out."""
    return waves(kickoff).filter(sent_at=None)


def facts_of(attendee: Attendee, reader: Person, at: datetime) -> Facts | None:
    """By which wave somebody was invited, for their page. One query."""
    wave = Wave.objects.filter(invited__attendee=attendee).first()
    if wave is None:
        return None
    return Facts(
        _("Invitation"),
        [(_("Wave"), wave.name), (_("Answer by"), day(wave.deadline_date))],
    )


ANSWERED = Check(
    "invitations.answered",
    Phase.BEFORE,
    4,
    gettext_lazy("Our choice: nine of ten have answered by their deadline"),
    threshold=Threshold(
        gettext_lazy("at least %(value)s of those asked have answered by their deadline"),
        90,
        50,
        100,
    ),
    name=gettext_lazy("Answers to invitations"),
)


def _counts(kickoff: Kickoff, at: datetime) -> dict[str, Coalesce]:
    """Whose deadline is near or past, and who of them has not answered."""
    near = kickoff.local_date(at) + rules.CHECKED_BEFORE
    due = Attendee.objects.filter(
        kickoff=kickoff,
        invited_by__wave__sent_at__isnull=False,
        invited_by__wave__deadline_date__lte=near,
    ).still_here(at)
    return {"invited": number_of(due), "invited_silent": number_of(due.filter(PENDING))}


@checks(ANSWERED, counts=_counts)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """
    How many of those whose deadline is near or past have answered; too early before. No query of
    its own.
    """
    counts = counts_of(kickoff, at)
    total, silent = counts["invited"], counts["invited_silent"]
    if not total:
        return
    answered, enough = total - silent, asked(kickoff, ANSWERED)
    shown = {"answered": answered, "total": total}
    text = _("%(answered)d of %(total)d whose deadline is near or past have answered.") % shown
    if answered * 100 >= enough * total:
        yield Finding(ANSWERED, Severity.MET, text)
        return
    yield Finding(
        ANSWERED,
        Severity.IMPROVE,
        text,
        why=_("Rooms, food and seats are ordered by the answers."),
        mend_label=ngettext("Remind %(count)d person", "Remind %(count)d people", silent)
        % {"count": silent},
        mend_url=reverse("events:invitations:list", args=[kickoff.slug]),
        share=answered / total,
    )
