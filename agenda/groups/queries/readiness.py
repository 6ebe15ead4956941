"""What groups still lack before a kickoff is ready."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.groups.models import Grouping, RoundSession
from agenda.groups.queries.board import Line, lines
from agenda.groups.queries.crowd import settings_for
from agenda.sessions.models import SessionType
from agenda.sessions.queries.serving import sessions_of_type
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff

GROUPED = Check(
    "groups.released",
    Phase.DURING,
    4,
    gettext_lazy("Guide: deal clinics in groups of five to ten"),
    name=gettext_lazy("Groups of deal clinics"),
)
TIMED = Check(
    "groups.turns",
    Phase.DURING,
    2,
    gettext_lazy("Ten reps at 30 minutes each are five hours"),
    name=gettext_lazy("Time for each deal"),
)


@checks(GROUPED, TIMED)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """
    Readiness: every deal clinic has released groups, and its rounds have time for each deal. Three
    queries, one of them shared.
    """
    found = lines(kickoff.pk)
    clinics = set(sessions_of_type(kickoff, SessionType.DEAL_CLINIC))
    if not clinics and not found:
        return
    grouped = set()
    minutes: dict[int, dict[int, int]] = defaultdict(dict)  # of the shortest session of each round
    for grouping, round_, session, lasts in RoundSession.objects.filter(
        round__grouping__kickoff=kickoff
    ).values_list("round__grouping", "round", "session", "session__duration_minutes"):
        grouped.add(session)
        minutes[grouping][round_] = min(lasts, minutes[grouping].get(round_, lasts))
    without = len(clinics - grouped)
    open_ones = [one for one in found if not one.grouping.is_released or one.to_place]
    if without or open_ones:
        yield _finding(GROUPED, kickoff, open_ones, without)
    else:
        yield _met(GROUPED, kickoff, _("All groups are released."))
    yield _time(kickoff, found, minutes)


def _finding(check: Check, kickoff: Kickoff, open_ones: list[Line], without: int) -> Finding:
    if without:
        title = ngettext(
            "%(count)d deal clinic has no groups.",
            "%(count)d deal clinics have no groups.",
            without,
        ) % {"count": without}
        why = _("Nobody knows with whom they work on their deal.")
        url, label = reverse("agenda:groups:create", args=[kickoff.slug]), _("Make groups")
    else:
        first = open_ones[0]
        title = _("“%(title)s” is not released.") % {"title": first.grouping.title}
        if first.grouping.is_released:
            title = _("In “%(title)s”, %(count)d places are open.") % {
                "title": first.grouping.title,
                "count": first.to_place,
            }
        why = _("Nobody knows with whom they sit.")
        url = reverse("agenda:groups:board", args=[kickoff.slug, first.grouping.pk])
        label = _("Open the groups")
    return Finding(
        check=check, severity=Severity.BLOCKS, text=title, why=why, mend_label=label, mend_url=url
    )


def _time(kickoff: Kickoff, found: list[Line], minutes: dict[int, dict[int, int]]) -> Finding:
    clinics = [one.grouping for one in found if one.grouping.kind == Grouping.Kind.CLINIC]
    for grouping in clinics:
        rules = settings_for(grouping)
        turns = sum(lasts // rules.turn_minutes for lasts in minutes[grouping.pk].values())
        if turns < rules.smallest:
            return Finding(
                check=TIMED,
                severity=Severity.IMPROVE,
                text=_("“%(title)s” has time for %(turns)d deals a group.")
                % {"title": grouping.title, "turns": turns},
                why=_(
                    "Groups seat %(smallest)d to %(largest)d, and each deal takes %(turn)d minutes."
                )
                % {
                    "smallest": rules.smallest,
                    "largest": rules.largest,
                    "turn": rules.turn_minutes,
                },
                mend_label=_("Open the groups"),
                mend_url=reverse("agenda:groups:board", args=[kickoff.slug, grouping.pk]),
            )
    return _met(TIMED, kickoff, _("Each deal of a clinic has its time."))


def _met(check: Check, kickoff: Kickoff, title: str) -> Finding:
    return Finding(check=check, severity=Severity.MET, text=title)
