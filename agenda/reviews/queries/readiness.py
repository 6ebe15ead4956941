"""What readiness asks of reviews: two wins and one loss, and both records of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.reviews.models import Side, Statement
from agenda.reviews.queries.desk import mix_of
from agenda.sessions.models import SessionType
from agenda.sessions.queries.serving import sessions_of_type
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff

MIX = Check(
    "reviews.mix",
    Phase.DURING,
    2,
    gettext_lazy("Guide: two deals won and one lost, looked at together"),
    name=gettext_lazy("Deals for win/loss reviews"),
)
RECORDS = Check(
    "reviews.records",
    Phase.DURING,
    2,
    gettext_lazy("Guide: what the buyer says, heard within three weeks, beside what the rep says"),
    name=gettext_lazy("Both records of each reviewed deal"),
)


@checks(MIX, RECORDS)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """
    Of a kickoff whose agenda has reviews: their deals, and rep and buyer of each. Two queries, one of
    them shared.
    """
    written = Statement.objects.filter(deal=OuterRef("deal")).written()
    reviews: list[Any] = list(
        kickoff.reviews.annotate(
            has_rep=Exists(written.filter(side=Side.REP)),
            has_buyer=Exists(written.filter(side=Side.BUYER)),
        )
    )
    if not reviews and not sessions_of_type(kickoff, SessionType.WIN_LOSS_REVIEW):
        return
    url = reverse("agenda:reviews:board", args=[kickoff.slug])
    mix = mix_of(reviews)
    if mix.is_met:
        yield Finding(MIX, Severity.MET, _("%(mix)s are reviewed.") % {"mix": mix.words})
    else:
        yield Finding(
            MIX,
            Severity.IMPROVE,
            _("The reviews have %(mix)s.") % {"mix": mix.words},
            _("Wins alone flatter, losses alone blame: two won and one lost teach."),
            _("Choose deals"),
            url,
            min(mix.won, 2) / 3 + min(mix.lost, 1) / 3,
        )
    chosen = [one for one in reviews if one.deal_id]
    if not chosen:
        return
    lacking = sum(2 - one.has_rep - one.has_buyer for one in chosen)
    if not lacking:
        yield Finding(RECORDS, Severity.MET, _("Rep and buyer of each deal were heard."))
        return
    said = ngettext(
        "%(count)d record of a reviewed deal is missing.",
        "%(count)d records of reviewed deals are missing.",
        lacking,
    )
    yield Finding(
        RECORDS,
        Severity.IMPROVE,
        said % {"count": lacking},
        _("Without the buyer’s words a review is the rep’s opinion: %(names)s.")
        % {"names": ", ".join(one.name for one in chosen if not (one.has_rep and one.has_buyer))},
        _("See who was asked"),
        url,
        1 - lacking / (2 * len(chosen)),
    )
