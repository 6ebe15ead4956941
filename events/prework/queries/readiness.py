from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.bets.hooks import Serving
from events.bets.queries import bets_of
from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, checks
from events.kickoff.models import Kickoff
from events.prework import rules
from events.prework.models import (
    Assignment,
)
from events.prework.queries.boards import BoardRow, prework_summary
from events.readiness.queries import asked

PREPARED = Check(
    "prework.bets",
    Phase.BEFORE,
    4,
    gettext_lazy("Guide: nobody sees anything for the first time"),
    name=gettext_lazy("Pre-work for each bet"),
)
DONE = Check(
    "prework.done",
    Phase.BEFORE,
    3,
    gettext_lazy("Our choice: 80% done when it is due"),
    threshold=Threshold(
        gettext_lazy("at least %(value)s of an assignment is done when it is due"),
        round(rules.ENOUGH_DONE * 100),
        50,
        100,
    ),
    name=gettext_lazy("Pre-work that is overdue"),
)


@checks(PREPARED, DONE)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Pre-work never assigned or bets that nobody prepares for, and assignments that are overdue."""
    rows = prework_summary(kickoff, at).rows
    today = kickoff.local_date(at)
    if not rows:
        near = kickoff.starts_date - rules.ASSIGN_AHEAD <= today < kickoff.starts_date
        if near:
            yield _nothing_assigned(kickoff)
        return
    yield _bets_without(kickoff, rows)
    enough = asked(kickoff, DONE)
    yield _behind(
        kickoff, [one for one in rows if one.is_over and one.progress.percent < enough], enough
    )


def _nothing_assigned(kickoff: Kickoff) -> Finding:
    return Finding(
        PREPARED,
        Severity.BLOCKS,
        _("No pre-work is assigned."),
        why=_("The kickoff begins on %(day)s; people would see everything for the first time.")
        % {"day": date_format(kickoff.starts_date, "D j F")},
        mend_label=_("Assign pre-work"),
        mend_url=reverse("events:prework:board", kwargs={"slug": kickoff.slug}),
    )


def _bets_without(kickoff: Kickoff, rows: Sequence[BoardRow]) -> Finding:
    prepared = {row.assignment.bet_id for row in rows}
    bets = bets_of(kickoff)
    missing = [bet for bet in bets if bet.pk not in prepared]
    if not missing:
        return Finding(PREPARED, Severity.MET, _("Each big bet has pre-work."))
    numbers = ", ".join(str(bet.position) for bet in missing)
    text = ngettext(
        "Big bet %(numbers)s has no pre-work.",
        "Big bets %(numbers)s have no pre-work.",
        len(missing),
    )
    path = reverse("events:prework:create", kwargs={"slug": kickoff.slug})
    return Finding(
        PREPARED,
        Severity.IMPROVE,
        text % {"numbers": numbers},
        why=_("People would see it for the first time in the room."),
        mend_label=_("Add pre-work"),
        mend_url=f"{path}?{urlencode({'bet': missing[0].pk})}",
        share=1 - len(missing) / len(bets),
    )


def _behind(kickoff: Kickoff, behind: Sequence[BoardRow], enough: int) -> Finding:
    if not behind:
        return Finding(DONE, Severity.MET, _("No pre-work is overdue."))
    if len(behind) > 1:
        return Finding(
            DONE,
            Severity.IMPROVE,
            _("%(count)d assignments are overdue and under %(enough)d%% done.")
            % {"count": len(behind), "enough": enough},
            why=_("Who comes unprepared holds the room back."),
            mend_label=_("Open the board"),
            mend_url=reverse("events:prework:board", kwargs={"slug": kickoff.slug}),
        )
    row = behind[0]
    return Finding(
        DONE,
        Severity.IMPROVE,
        _("“%(title)s” is overdue and %(percent)d%% done.")
        % {"title": row.assignment.title, "percent": row.progress.percent},
        why=_("It was due on %(day)s.") % {"day": date_format(row.assignment.due_date, "D j F")},
        mend_label=ngettext(
            "Remind %(count)d person", "Remind %(count)d people", row.progress.missing
        )
        % {"count": row.progress.missing},
        mend_url=reverse(
            "events:prework:missing",
            kwargs={"slug": kickoff.slug, "assignment_id": row.assignment.pk},
        ),
        share=row.progress.share,
    )


def serving_bets(kickoff: Kickoff) -> Iterator[Serving]:
    """The pre-work of a kickoff that prepares for a big bet and is not withdrawn. One query."""
    for one in Assignment.objects.filter(kickoff=kickoff, bet__isnull=False, withdrawn_at=None):
        if one.bet_id is not None:
            url = reverse("events:prework:edit", args=[kickoff.slug, one.pk])
            yield Serving(one.bet_id, _("Pre-work"), one.title, url)
