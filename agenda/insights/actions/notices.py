"""What owners and rooms are told of insights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.insights.models import Insight, Remark, State, Telling
from core.ui.figures import day
from events.kickoff.models import Kickoff
from events.kickoff.queries import invented, place_of
from people.accounts.models import Person
from people.notices.actions import NoticeDraft
from people.notices.hooks import someone
from people.notices.rules import Kind

OWNING = Kind(
    "insights.given",
    gettext_lazy("An insight is yours to answer, is late, or somebody says something of it"),
    gettext_lazy("Open the insight"),
)
ANSWERED = Kind(
    "insights.told",
    gettext_lazy("What came of something that was said in a session of yours"),
    gettext_lazy("Read the answer"),
)


def given(insight: Insight, owner: Person, at: datetime) -> NoticeDraft:
    """To whoever is to answer it."""
    subject = _("Answer by %(day)s: %(what)s") % {
        "day": day(insight.due_date) if insight.due_date else "",
        "what": insight.what,
    }
    intro = _(
        "The field has heard this, and you are asked to answer it. The room is told what you say."
    )
    key = f"insights:given:{insight.pk}:{owner.pk}:{at:%Y%m%d%H%M%S}"
    return _draft(OWNING, insight, owner, key, subject, [intro, *_quoted(insight)])


def said(remark: Remark, to: Person) -> NoticeDraft:
    """To the owner, or from them to whoever gave it."""
    insight = remark.insight
    name = remark.author.display_name if remark.author else ""
    subject = _("%(name)s on “%(what)s”") % {"name": name, "what": insight.what}
    return _draft(OWNING, insight, to, f"insights:remark:{remark.pk}", subject, [remark.text])


def reminder(kickoff: Kickoff, owner: Person, late: Sequence[Insight], at: datetime) -> NoticeDraft:
    """To an owner of what they have not answered in time; one a day."""
    subject = ngettext(
        "%(count)d insight waits for your answer",
        "%(count)d insights wait for your answer",
        len(late),
    ) % {"count": len(late)}
    said = [f"- {row.what}" for row in late]
    path = reverse("agenda:insights:board", args=[kickoff.slug])
    key = f"insights:late:{kickoff.pk}:{owner.pk}:{kickoff.local_date(at):%Y-%m-%d}"
    return _written(OWNING, kickoff, owner, key, subject, ["\n".join(said)], path)


def told(insight: Insight, occasion: str, person: Person) -> NoticeDraft:
    """To somebody of the room; it says the same to each."""
    acted = occasion == Telling.Occasion.ACTED
    subject = _("Acted on: %(what)s") if acted else _("Answered: %(what)s")
    if insight.state == State.DECLINED:
        subject = _("Declined, with the reason: %(what)s")
    intro = _("You were in a session where this was said.")
    text = insight.change if acted else insight.answer
    key = f"insights:told:{insight.pk}:{occasion}:{person.pk}"
    path = reverse("agenda:insights:answer", args=[insight.kickoff.slug, insight.pk])
    return _written(
        ANSWERED,
        insight.kickoff,
        person,
        key,
        subject % {"what": insight.what},
        [intro, f"“{text}”"],
        path,
    )


def shown_mails() -> Iterator[NoticeDraft]:
    """The mails about insights, for the page that shows them."""
    person, at = someone(), timezone.now()
    insight = Insight(
        pk=1,
        kickoff=invented(),
        what=_("Show who changed a route, and when"),
        evidence=_("They asked me four times who can see a change."),
        due_date=at.date() + timedelta(days=7),
        answer=_("The log exists and is off by default. From 1 March it is on."),
        change=_("It is on for new customers"),
    )
    yield given(insight, person, at)
    yield said(Remark(pk=1, insight=insight, author=person, text=_("Which customers?")), person)
    yield reminder(insight.kickoff, person, [insight], at)
    yield told(insight, Telling.Occasion.ANSWER, person)
    yield told(insight, Telling.Occasion.ACTED, person)


def _quoted(insight: Insight) -> list[str]:
    return [
        text for text in (insight.what, f"“{insight.evidence}”" if insight.evidence else "") if text
    ]


def _draft(
    kind: Kind, insight: Insight, person: Person, key: str, subject: str, said: Sequence[str]
) -> NoticeDraft:
    path = reverse("agenda:insights:page", args=[insight.kickoff.slug, insight.pk])
    return _written(kind, insight.kickoff, person, key, subject, said, path)


def _written(
    kind: Kind,
    kickoff: Kickoff,
    person: Person,
    key: str,
    subject: str,
    said: Sequence[str],
    path: str,
) -> NoticeDraft:
    hello = _("Hello %(name)s,") % {"name": person.display_name}
    return NoticeDraft(
        kind=kind,
        place=place_of(kickoff),
        key=key,
        person=person,
        subject=subject,
        body="\n\n".join([hello, *said, f"{settings.SITE_URL}{path}"]) + "\n",
    )
