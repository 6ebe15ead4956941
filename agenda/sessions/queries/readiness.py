"""What the agenda still lacks before a kickoff is ready."""

from collections.abc import Iterator
from datetime import datetime
from math import floor

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agenda.sessions.queries.changes import changes_of
from agenda.sessions.queries.draft import Draft, DraftSession, draft_of
from agenda.sessions.queries.prepared import PREPARED, UNSPOKEN, prepared
from agenda.sessions.rules import EXPERIENTIAL_AIM
from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, checks
from events.kickoff.models import Kickoff
from events.readiness.queries import asked

NOT_TWICE = Check(
    "agenda.conflicts",
    Phase.DURING,
    5,
    gettext_lazy("One person in one room at a time"),
    name=gettext_lazy("Conflicts in the agenda"),
)
NOT_TIGHT = Check(
    "agenda.tight",
    Phase.DURING,
    2,
    gettext_lazy("15 minutes between sessions; rooms that hold all"),
    name=gettext_lazy("Tight sessions"),
)
LED = Check(
    "agenda.led",
    Phase.DURING,
    4,
    gettext_lazy("Timeline: speakers confirmed at T−8"),
    threshold=Threshold(
        gettext_lazy("at least %(value)s of sessions have somebody who leads them"), 100, 50, 100
    ),
    name=gettext_lazy("Who leads each session"),
)
CLEAR = Check(
    "agenda.outcomes",
    Phase.DURING,
    4,
    gettext_lazy("Guide: every session has outcome and owner"),
    threshold=Threshold(
        gettext_lazy("at least %(value)s of sessions have an outcome and an owner"), 100, 50, 100
    ),
    name=gettext_lazy("Outcome and owner of each session"),
)
EXPERIENTIAL = Check(
    "agenda.experiential",
    Phase.DURING,
    4,
    gettext_lazy("Our choice, 45%; sources say 25 to 60%, all weak"),
    threshold=Threshold(
        gettext_lazy("at least %(value)s of an attendee’s session time is experiential"),
        EXPERIENTIAL_AIM,
        10,
        90,
    ),
    name=gettext_lazy("Experiential time"),
)
RELEASED = Check(
    "agenda.released",
    Phase.DURING,
    4,
    gettext_lazy("Guide: nothing is new in the room"),
    name=gettext_lazy("Release of the agenda"),
)


@checks(NOT_TWICE, NOT_TIGHT, LED, CLEAR, EXPERIENTIAL, RELEASED, PREPARED)
def check_agenda(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: conflicts, speakers, outcomes and owners, experiential share, release, pre-work."""
    draft = draft_of(kickoff)
    if not draft.sessions:
        yield _finding(
            RELEASED,
            kickoff,
            Severity.BLOCKS,
            _("The agenda is empty."),
            _("People plan their days around it, and speakers prepare for it."),
            (_("Add the first session"), "create"),
        )
        return
    yield from _conflicts(draft)
    yield from _people(draft)
    yield from _share(draft)
    yield from _release(draft, at)
    content = [(one.id, one.title) for one in draft.sessions.values() if one.type not in UNSPOKEN]
    if found := prepared(kickoff, at, content):
        yield found


def _conflicts(draft: Draft) -> Iterator[Finding]:
    blocking = len(draft.blocking)
    others = len(draft.conflicts) - blocking
    if not draft.slots:
        return
    if blocking:
        yield _finding(
            NOT_TWICE,
            draft.kickoff,
            Severity.BLOCKS,
            ngettext(
                "%(count)s conflict blocks the agenda.",
                "%(count)s conflicts block the agenda.",
                blocking,
            )
            % {"count": blocking},
            draft.say(draft.blocking[0]).text,
            (_("Mend it on the grid"), "grid"),
        )
    else:
        yield _finding(
            NOT_TWICE, draft.kickoff, Severity.MET, _("No room or speaker is taken twice.")
        )
    if others:
        yield _finding(
            NOT_TIGHT,
            draft.kickoff,
            Severity.IMPROVE,
            ngettext("%(count)s session is tight.", "%(count)s sessions are tight.", others)
            % {"count": others},
            draft.say(next(one for one in draft.conflicts if not one.blocks)).text,
            (_("Look at the grid"), "grid"),
        )
    else:
        yield _finding(NOT_TIGHT, draft.kickoff, Severity.MET, _("No session is tight."))


def _people(draft: Draft) -> Iterator[Finding]:
    spoken = [one for one in draft.sessions.values() if one.type not in UNSPOKEN]
    if not spoken:
        return
    wanting = [one for one in spoken if not one.names]
    if _is_enough(draft, LED, len(wanting), len(spoken)):
        text = _("Somebody leads every session.")
        if wanting:
            text = _("%(done)d of %(total)d sessions have somebody who leads them.") % {
                "done": len(spoken) - len(wanting),
                "total": len(spoken),
            }
        yield _finding(LED, draft.kickoff, Severity.MET, text)
    else:
        yield _finding(
            LED,
            draft.kickoff,
            Severity.IMPROVE,
            ngettext(
                "%(count)s session has no speaker or facilitator.",
                "%(count)s sessions have no speaker or facilitator.",
                len(wanting),
            )
            % {"count": len(wanting)},
            _("Speakers confirm eight weeks before, so that no first review is on site."),
            (_("Name who leads “%(title)s”") % {"title": wanting[0].title}, wanting[0]),
            share=1 - len(wanting) / len(spoken),
        )
    vague = [one for one in spoken if not (one.has_outcome and one.owner_name)]
    if _is_enough(draft, CLEAR, len(vague), len(spoken)):
        text = _("Every session has an outcome and an owner.")
        if vague:
            text = _("%(done)d of %(total)d sessions have an outcome and an owner.") % {
                "done": len(spoken) - len(vague),
                "total": len(spoken),
            }
        yield _finding(CLEAR, draft.kickoff, Severity.MET, text)
    else:
        yield _finding(
            CLEAR,
            draft.kickoff,
            Severity.IMPROVE,
            ngettext(
                "%(count)s session has no outcome or no owner.",
                "%(count)s sessions have no outcome or no owner.",
                len(vague),
            )
            % {"count": len(vague)},
            _("Every session says what people can do afterwards, and who answers for it."),
            (_("Complete “%(title)s”") % {"title": vague[0].title}, vague[0]),
            share=1 - len(vague) / len(spoken),
        )


def _is_enough(draft: Draft, check: Check, missing: int, total: int) -> bool:
    return (total - missing) * 100 >= total * asked(draft.kickoff, check)


def _share(draft: Draft) -> Iterator[Finding]:
    share = draft.share()
    if share.part is None:
        return
    aim = asked(draft.kickoff, EXPERIENTIAL)
    values = {"part": floor(share.part * 100), "aim": aim}
    if not share.is_under(aim):
        text = _("%(part)s%% of an attendee’s session time is experiential.") % values
        yield _finding(EXPERIENTIAL, draft.kickoff, Severity.MET, text)
        return
    yield _finding(
        EXPERIENTIAL,
        draft.kickoff,
        Severity.BLOCKS if share.fails(aim) else Severity.IMPROVE,
        _("%(part)s%% of an attendee’s session time is experiential; you aim for %(aim)s%%.")
        % values,
        _("People keep what they practise: clinics, reviews, panels and workshops."),
        (_("Change the mix"), "grid"),
        share=share.part * 100 / aim,
    )


def _release(draft: Draft, at: datetime) -> Iterator[Finding]:
    changes = changes_of(draft, at)
    kickoff = draft.kickoff
    if changes.last is None:
        yield _finding(
            RELEASED,
            kickoff,
            Severity.IMPROVE,
            _("The agenda is not released."),
            _("Until then people see no session."),
            (_("Review version 1"), "changes"),
        )
    elif changes.differences:
        count = len(changes.differences)
        yield _finding(
            RELEASED,
            kickoff,
            Severity.IMPROVE,
            ngettext(
                "%(count)s change is not released.", "%(count)s changes are not released.", count
            )
            % {"count": count},
            _("People still see version %(number)s.") % {"number": changes.last.number},
            (_("Review version %(number)s") % {"number": changes.next_number}, "changes"),
        )
    else:
        text = _("Version %(number)s of the agenda is out.") % {"number": changes.last.number}
        yield _finding(RELEASED, kickoff, Severity.MET, text)


def _finding(
    check: Check,
    kickoff: Kickoff,
    severity: Severity,
    text: str,
    why: str = "",
    mend: tuple[str, str | DraftSession] | None = None,
    share: float = 0.0,
) -> Finding:
    label = url = ""
    if mend is not None:
        label, target = mend
        kwargs: dict[str, str | int] = {"slug": kickoff.slug}
        if isinstance(target, DraftSession):
            kwargs["session_id"] = target.id
            target = "edit"
        url = reverse(f"agenda:sessions:{target}", kwargs=kwargs)
    return Finding(check, severity, text, why, label, url, share)
