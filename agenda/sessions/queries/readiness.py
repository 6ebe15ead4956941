"""What the agenda still lacks before a kickoff is ready."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.sessions.models import SessionType
from agenda.sessions.queries.changes import changes_of
from agenda.sessions.queries.draft import Draft, DraftSession, draft_of
from agenda.sessions.rules import EXPERIENTIAL_AIM, UNCOUNTED_TYPES
from events.kickoff.hooks import Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff

UNSPOKEN = UNCOUNTED_TYPES | {SessionType.RECOGNITION.value}


@checks(Phase.DURING, 6)
def check_agenda(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Readiness: conflicts, speakers, outcomes and owners, experiential share, release."""
    draft = draft_of(kickoff)
    if not draft.sessions:
        yield _finding(
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


def _conflicts(draft: Draft) -> Iterator[Finding]:
    blocking = len(draft.blocking)
    others = len(draft.conflicts) - blocking
    if not draft.slots:
        return
    if blocking:
        yield _finding(
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
        yield _finding(draft.kickoff, Severity.MET, _("No room or speaker is taken twice."))
    if others:
        yield _finding(
            draft.kickoff,
            Severity.IMPROVE,
            ngettext("%(count)s session is tight.", "%(count)s sessions are tight.", others)
            % {"count": others},
            draft.say(next(one for one in draft.conflicts if not one.blocks)).text,
            (_("Look at the grid"), "grid"),
        )
    else:
        yield _finding(draft.kickoff, Severity.MET, _("No session is tight."))


def _people(draft: Draft) -> Iterator[Finding]:
    spoken = [one for one in draft.sessions.values() if one.type not in UNSPOKEN]
    if not spoken:
        return
    wanting = [one for one in spoken if not one.people]
    if wanting:
        yield _finding(
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
        )
    else:
        yield _finding(draft.kickoff, Severity.MET, _("Somebody leads every session."))
    vague = [one for one in spoken if not (one.has_outcome and one.owner_name)]
    if vague:
        yield _finding(
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
        )
    else:
        text = _("Every session has an outcome and an owner.")
        yield _finding(draft.kickoff, Severity.MET, text)


def _share(draft: Draft) -> Iterator[Finding]:
    share = draft.share()
    if share.part is None:
        return
    values = {"part": round(share.part * 100), "aim": round(EXPERIENTIAL_AIM * 100)}
    if not share.under_aim:
        text = _("%(part)s%% of session time is experiential.") % values
        yield _finding(draft.kickoff, Severity.MET, text)
        return
    yield _finding(
        draft.kickoff,
        Severity.BLOCKS if share.fails else Severity.IMPROVE,
        _("%(part)s%% of session time is experiential; you aim for %(aim)s%%.") % values,
        _("People keep what they practise: clinics, reviews, panels and workshops."),
        (_("Change the mix"), "grid"),
    )


def _release(draft: Draft, at: datetime) -> Iterator[Finding]:
    changes = changes_of(draft, at)
    kickoff = draft.kickoff
    if changes.last is None:
        yield _finding(
            kickoff,
            Severity.IMPROVE,
            _("The agenda is not released."),
            _("Until then people see no session."),
            (_("Review version 1"), "changes"),
        )
    elif changes.differences:
        count = len(changes.differences)
        yield _finding(
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
        yield _finding(kickoff, Severity.MET, text)


def _finding(
    kickoff: Kickoff,
    severity: Severity,
    text: str,
    why: str = "",
    mend: tuple[str, str | DraftSession] | None = None,
) -> Finding:
    label = url = ""
    if mend is not None:
        label, target = mend
        kwargs: dict[str, str | int] = {"slug": kickoff.slug}
        if isinstance(target, DraftSession):
            kwargs["session_id"] = target.id
            target = "edit"
        url = reverse(f"agenda:sessions:{target}", kwargs=kwargs)
    return Finding(Phase.DURING, severity, text, why, label, url)
