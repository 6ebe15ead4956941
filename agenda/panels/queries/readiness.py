"""What panels still lack before a kickoff is ready."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.panels.queries import Panel, mixes, panel_sessions
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff

MIX_BLOCKS = timedelta(weeks=4)  # before the first day: later nobody finds a customer any more

MIX = Check(
    "panels.mix",
    Phase.DURING,
    4,
    gettext_lazy("Guide: a promoter, a neutral and a detractor on each panel"),
    name=gettext_lazy("Whom each customer panel hears"),
)
CALLED = Check(
    "panels.calls",
    Phase.DURING,
    3,
    gettext_lazy("Guide: a prep call with each panelist"),
    name=gettext_lazy("Prep calls with panelists"),
)
CONSENT = Check(
    "panels.consent",
    Phase.DURING,
    3,
    gettext_lazy("A quote without permission is none"),
    name=gettext_lazy("What panelists allow to be quoted"),
)


@checks(MIX, CALLED, CONSENT)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: the mix of each panel, prep calls held, consent asked. Two queries."""
    found = mixes(list(panel_sessions(kickoff)))
    if not found:
        return
    yield _mix(kickoff, found, at)
    people = [(one, panelist) for one in found for panelist in one.panelists]
    if not people:
        return
    uncalled = [(one, who) for one, who in people if who.prep_held_date is None]
    yield _of_people(
        CALLED,
        kickoff,
        [one for one, _who in uncalled],
        len(people),
        _("A prep call was held with every panelist."),
        ngettext(
            "%(count)d panelist has had no prep call.",
            "%(count)d panelists have had no prep call.",
            len(uncalled),
        ),
        _("Who was not called does not know what they will be asked, and says what pleases."),
    )
    unasked = [(one, who) for one, who in people if who.consent_at is None]
    yield _of_people(
        CONSENT,
        kickoff,
        [one for one, _who in unasked],
        len(people),
        _("Every panelist has said what may be quoted."),
        ngettext(
            "%(count)d panelist was not asked what may be quoted.",
            "%(count)d panelists were not asked what may be quoted.",
            len(unasked),
        ),
        _("Until they say so nothing of theirs is quoted anywhere."),
    )


def _mix(kickoff: Kickoff, found: list[Panel], at: datetime) -> Finding:
    lacking = [one for one in found if one.mix.missing]
    if not lacking:
        return Finding(
            MIX, Severity.MET, _("Every panel hears promoters, neutrals and detractors.")
        )
    first = lacking[0]
    is_near = kickoff.starts_date - kickoff.local_date(at) <= MIX_BLOCKS
    text = _("On “%(title)s” there is %(missing)s.")
    return Finding(
        MIX,
        Severity.BLOCKS if is_near else Severity.IMPROVE,
        text % {"title": first.session.title, "missing": first.missing},
        _("A panel of friends tells the room what it knows already."),
        _("Complete the panel"),
        reverse("agenda:panels:panel", args=[kickoff.slug, first.session.pk]),
        share=1 - len(lacking) / len(found),
    )


def _of_people(
    check: Check,
    kickoff: Kickoff,
    lacking: list[Panel],
    total: int,
    met: str,
    text: str,
    why: str,
) -> Finding:
    if not lacking:
        return Finding(check, Severity.MET, met)
    return Finding(
        check,
        Severity.IMPROVE,
        text % {"count": len(lacking)},
        why,
        _("Open the panel"),
        reverse("agenda:panels:panel", args=[kickoff.slug, lacking[0].session.pk]),
        share=1 - len(lacking) / total,
    )
