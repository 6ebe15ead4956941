"""What panels still lack before a kickoff is ready."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.panels.models import Panelist
from agenda.panels.queries import missing_words
from agenda.panels.rules import Mix
from agenda.sessions.models import SessionType
from agenda.sessions.queries.serving import sessions_of_type
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
    """Readiness: the mix of each panel, prep calls held, consent asked. Two queries, one shared."""
    titles = sessions_of_type(kickoff, SessionType.CUSTOMER_PANEL)
    if not titles:
        return
    people = list(Panelist.objects.filter(session__in=titles).order_by("session__starts_at", "pk"))
    yield _mix(kickoff, titles, people, at)
    if not people:
        return
    uncalled = [who.session_id for who in people if who.prep_held_date is None]
    yield _of_people(
        CALLED,
        kickoff,
        uncalled,
        len(people),
        _("A prep call was held with every panelist."),
        ngettext(
            "%(count)d panelist has had no prep call.",
            "%(count)d panelists have had no prep call.",
            len(uncalled),
        ),
        _("Who was not called does not know what they will be asked, and says what pleases."),
    )
    unasked = [who.session_id for who in people if who.consent_at is None]
    yield _of_people(
        CONSENT,
        kickoff,
        unasked,
        len(people),
        _("Every panelist has said what may be quoted."),
        ngettext(
            "%(count)d panelist was not asked what may be quoted.",
            "%(count)d panelists were not asked what may be quoted.",
            len(unasked),
        ),
        _("Until they say so nothing of theirs is quoted anywhere."),
    )


def _mix(
    kickoff: Kickoff, titles: Mapping[int, str], people: list[Panelist], at: datetime
) -> Finding:
    mixes = {pk: Mix.of(who.standing for who in people if who.session_id == pk) for pk in titles}
    lacking = [pk for pk, mix in mixes.items() if mix.missing]
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
        text % {"title": titles[first], "missing": missing_words(mixes[first])},
        _("A panel of friends tells the room what it knows already."),
        _("Complete the panel"),
        reverse("agenda:panels:panel", args=[kickoff.slug, first]),
        share=1 - len(lacking) / len(titles),
    )


def _of_people(
    check: Check,
    kickoff: Kickoff,
    lacking: list[int],
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
        reverse("agenda:panels:panel", args=[kickoff.slug, lacking[0]]),
        share=1 - len(lacking) / total,
    )
