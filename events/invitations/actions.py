"""Waves of invitations: written, sent by the tick, and their reminders to those who say nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.ui.figures import day
from events.attendance.actions import (
    RosterRefused,
    invitation,
    mark_invited,
    refuse_unless_open,
)
from events.attendance.models import Attendee
from events.attendance.queries import answer_url
from events.invitations import queries, rules
from events.invitations.models import Invited, Wave
from events.kickoff.hooks import Before, Copied, Follows
from events.kickoff.models import Kickoff
from events.kickoff.queries import invented, place_of
from people.accounts.models import Person
from people.activity.actions import record_entries_on, record_entry
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone
from people.notices.rules import Delivery, Kind
from people.org.models import Region, Team

REMINDED = Kind(
    "invitations.reminded",
    gettext_lazy("An invitation that you have not answered"),
    gettext_lazy("Say whether you come"),
    Delivery.DAILY,
    needed=gettext_lazy("Rooms and flights are booked by your answer."),
)
_BATCH = 500


class WaveRefused(RosterRefused):
    """The wave stays as it is. The message is fit to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a planner says of a wave."""

    name: str
    deadline_date: date
    goes_date: date | None = None
    subject: str = ""
    body: str = ""
    remind_days: str = ""
    segment_kind: str = ""
    segment_function: str = ""
    segment_region: Region | None = None
    team: Team | None = None


@transaction.atomic
def add_wave(
    *, kickoff: Kickoff, details: Details, by: Person, at: datetime, is_by_name: bool = False
) -> Wave:
    """
    Write a wave. With a day it goes out by itself, else a planner sends it. One `is_by_name` asks
    those alone who are chosen for it.

    :raises WaveRefused: another has its name, or its days do not fit the kickoff or one another
    """
    wave = Wave(kickoff=kickoff, made_by=by, created_at=at, is_by_name=is_by_name)
    _fill(wave, details, at)
    _save(wave)
    record_entry(by=by, verb="wave.added", at=at, object=kickoff, note=wave.name)
    return wave


@transaction.atomic
def choose_people(
    *, kickoff: Kickoff, wave: Wave | Details, people: Collection[int], by: Person, at: datetime
) -> tuple[Wave, int]:
    """
    Let a wave, or a new one of them alone, ask people of the roster, by their primary keys there;
    return it, and how many. Whoever was chosen for another one is asked by this one instead.

    :raises WaveRefused: the wave is out, or as adding; or all were asked, have answered or have left
    """
    if isinstance(wave, Details):
        wave = add_wave(kickoff=kickoff, details=wave, by=by, at=at, is_by_name=True)
    elif not Wave.objects.filter(pk=wave.pk, sent_at=None).update(name=F("name")):
        raise WaveRefused(_("This wave went out meanwhile."))
    there = Attendee.objects.filter(kickoff=kickoff, pk__in=people).still_here(at)
    to_ask = there.filter(invited_at=None, answered_at=None)
    found = list(to_ask.select_for_update(of=("self",)).order_by("pk"))
    if not found:
        raise WaveRefused(_("Everybody chosen was asked, has answered, or has left."))
    Invited.objects.filter(attendee__in=found).delete()
    _write_down(wave, found)
    note = f"{wave.name}: {len(found)}"
    record_entry(by=by, verb="wave.changed", at=at, object=kickoff, note=note)
    return wave, len(found)


@transaction.atomic
def update_wave(*, wave: Wave, details: Details, by: Person, at: datetime) -> Wave:
    """
    Change a wave. Of one that is out only the deadline and the reminders change, and whom it asked
    has the new deadline.

    :raises WaveRefused: as adding; or it went out meanwhile
    """
    if wave.sent_at is None:
        _fill(wave, details, at)
        still = Wave.objects.filter(pk=wave.pk, sent_at=None)
        if not still.update(name=F("name")):
            raise WaveRefused(_("This wave went out meanwhile."))
    else:
        _check_days(wave.kickoff, replace(details, goes_date=None), at)
        wave.deadline_date, wave.remind_days = details.deadline_date, details.remind_days
        wave.reminded_days = None
        rows = Attendee.objects.filter(invited_by__wave=wave)
        rows.update(answer_by_at=wave.answer_by_at)
    _save(wave)
    record_entry(by=by, verb="wave.changed", at=at, object=wave.kickoff, note=wave.name)
    return wave


@transaction.atomic
def remove_wave(*, wave: Wave, by: Person, at: datetime) -> None:
    """
    Take away a wave that is not out.

    :raises WaveRefused: it has invited somebody
    """
    try:
        with transaction.atomic():
            Invited.objects.filter(wave=wave, wave__sent_at=None).delete()
            if not Wave.objects.filter(pk=wave.pk, sent_at=None).delete()[0]:
                raise WaveRefused(_("This wave is out, and stays."))
    except ProtectedError as error:
        raise WaveRefused(_("This wave is out, and stays.")) from error
    record_entry(by=by, verb="wave.removed", at=at, object=wave.kickoff, note=wave.name)


@transaction.atomic
def send_now(*, wave: Wave, by: Person, at: datetime) -> int:
    """
    Let a wave go out with the next tick; return how many it will ask.

    :raises WaveRefused: it is out, its deadline is past, or nobody is left whom it could invite
    :raises RosterRefused: the kickoff is a draft, or over
    """
    refuse_unless_open(wave.kickoff, at)
    if at >= wave.answer_by_at:
        raise WaveRefused(_("Its deadline is past. Give it another one first."))
    count = wave.to_invite(at).count()
    if not count:
        raise WaveRefused(
            _("Nobody of this wave is left to invite: all were asked, or it is empty.")
        )
    if not Wave.objects.filter(pk=wave.pk, sent_at=None).update(goes_at=at):
        raise WaveRefused(_("This wave went out meanwhile."))
    record_entry(by=by, verb="wave.released", at=at, object=wave.kickoff, note=wave.name)
    return count


def send_due(at: datetime) -> dict[str, int]:
    """
    The part of the tick: send waves whose moment has come, and the reminders of those that are out.

    Claim, invitations and record are one transaction a wave, so two ticks at once send once.
    """
    counts = {"waves": 0, "invited": 0, "reminded": 0}
    open_now = Q(kickoff__in=Kickoff.objects.under_way())
    due = Wave.objects.filter(open_now, sent_at=None, goes_at__lte=at).select_related("kickoff")
    for wave in due.order_by("goes_at", "pk"):
        if at < min(wave.answer_by_at, wave.kickoff.closes_at):
            sent = _send(wave, at)
            counts["waves"] += sent is not None
            counts["invited"] += sent or 0
    out = Wave.objects.filter(open_now, sent_at__isnull=False).exclude(remind_days="")
    for wave in out.select_related("kickoff").order_by("pk"):
        counts["reminded"] += _remind_if_due(wave, at)
    return counts


@transaction.atomic
def remind_wave(*, wave: Wave, by: Person, at: datetime) -> int:
    """
    Remind those of a wave who have not answered, once a day at most, with their mail of the day;
    return how many.

    :raises WaveRefused: all have answered, or were reminded today; or its deadline is past
    """
    refuse_unless_open(wave.kickoff, at)
    if at >= wave.answer_by_at:
        raise WaveRefused(_("Its deadline is past. Give it another one first."))
    count = _remind(wave, f"by-hand:{wave.kickoff.local_date(at):%Y%m%d}", by, at)
    if not count:
        raise WaveRefused(_("Everybody has answered, or was reminded today."))
    Wave.objects.filter(pk=wave.pk).update(reminded_at=at)
    return count


def invite_newcomers(kickoff: Kickoff, at: datetime) -> None:
    """Whoever comes onto a roster later gets the invitation that the others of their segment got."""
    if not kickoff.is_shown_to_people:
        return
    out = queries.waves(kickoff).filter(sent_at__isnull=False)
    for wave in out:
        if at < min(wave.answer_by_at, kickoff.doors_open_at):
            _invite(wave, None, at)


def move_waves(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """Move deadlines, and days on which waves go out that are not out, by as many days."""
    shift = kickoff.starts_date - before.starts_date
    found = [
        wave for wave in queries.waves(kickoff) if wave.deadline_date >= kickoff.local_date(at)
    ]
    if not found or (not shift and before.time_zone == kickoff.time_zone):
        return None
    for wave in found:
        wave.kickoff = kickoff
        wave.deadline_date += shift
        if wave.goes_date and wave.sent_at is None:
            wave.goes_date += shift
            wave.goes_at = rules.goes_at(wave.goes_date, kickoff.zone)
        wave.save(update_fields=["deadline_date", "goes_date", "goes_at"])
        rows = Attendee.objects.filter(invited_by__wave=wave, invited_at__isnull=False)
        rows.update(answer_by_at=wave.answer_by_at)
    said = ngettext(
        "%(count)d wave has its deadline moved along, %(days)+d days.",
        "%(count)d waves have their deadlines moved along, %(days)+d days.",
        len(found),
    )
    return Follows(_("Waves of invitations"), [said % {"count": len(found), "days": shift.days}])


def suggest_wave(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """
    Give a new kickoff the wave of the template: everybody, to answer three weeks before it. It goes
    out when a planner says so. Where that is too near, there is none.
    """
    deadline = rules.suggested_deadline(kickoff.starts_date)
    if deadline >= kickoff.local_date(at):
        details = Details(name=_("Everybody"), deadline_date=deadline, remind_days="7, 2")
        add_wave(kickoff=kickoff, details=details, by=by, at=at)


def copy_waves(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """
    Copy waves of a segment: whom they ask, in which words, with a deadline as long before the event. Each goes
    out when a planner says so. What would have been due by now is left out.
    """
    shift = target.starts_date - source.starts_date
    found = [
        wave
        for wave in queries.waves(source).filter(is_by_name=False)
        if target.local_date(at) <= wave.deadline_date + shift < target.starts_date
    ]
    if not found:
        return None
    if target.waves.exists():
        return Copied(_("Waves of invitations"), is_held=True)
    for wave in found:
        said = {name: getattr(wave, name) for name in Details.__dataclass_fields__}
        said |= {"deadline_date": wave.deadline_date + shift, "goes_date": None}
        add_wave(kickoff=target, details=Details(**said), by=by, at=at)
    count = ngettext("%(count)d wave", "%(count)d waves", len(found)) % {"count": len(found)}
    return Copied(_("Waves of invitations"), [count])


def shown_mails() -> Iterator[NoticeDraft]:
    """The mail of a wave, for the page that shows it."""
    kickoff = invented()
    wave = Wave(pk=0, kickoff=kickoff, name=_("Reps"), deadline_date=kickoff.starts_date)
    asked = Attendee(
        pk=0, kickoff=kickoff, person=someone(), invited_at=datetime(2027, 1, 5, tzinfo=UTC)
    )
    yield _reminder(wave, asked, "7")


@transaction.atomic
def _send(wave: Wave, at: datetime) -> int | None:
    """Send one wave; return how many it invited, None where another tick has it."""
    claimed = Wave.objects.filter(pk=wave.pk, sent_at=None, goes_at__lte=at).update(sent_at=at)
    return _invite(wave, wave.made_by, at) if claimed else None


def _invite(wave: Wave, by: Person | None, at: datetime) -> int:
    # Locked: two waves that both hold somebody ask them once
    people = wave.to_invite(at).select_related("person", "kickoff")
    found = list(people.select_for_update(of=("self",)).order_by("pk"))
    mark_invited(found, at, wave.answer_by_at)
    chosen = set(wave.invited.values_list("attendee", flat=True))
    _write_down(wave, [one for one in found if one.pk not in chosen])
    tell(drafts=[invitation(one, subject=wave.subject, body=wave.body) for one in found], at=at)
    about = [(one.person, one.kickoff, wave.name) for one in found]
    record_entries_on(by=by, verb="attendee.invited", at=at, about=about)
    return len(found)


def _write_down(wave: Wave, people: Iterable[Attendee]) -> None:
    rows = [Invited(wave=wave, attendee=one) for one in people]
    Invited.objects.bulk_create(rows, batch_size=_BATCH)


@transaction.atomic
def _remind_if_due(wave: Wave, at: datetime) -> int:
    assert wave.sent_at is not None  # noqa: S101  (the query asks for it)
    kickoff = wave.kickoff
    due = rules.due_reminder(
        wave.days_to_remind,
        wave.deadline_date,
        kickoff.local_date(at),
        kickoff.local_date(wave.sent_at),
    )
    if due is None:
        return 0
    fresh = Q(reminded_days=None) | Q(reminded_days__gt=due)
    if not Wave.objects.filter(fresh, pk=wave.pk).update(reminded_days=due, reminded_at=at):
        return 0
    return _remind(wave, str(due), None, at)


def _remind(wave: Wave, which: str, by: Person | None, at: datetime) -> int:
    found = list(queries.to_remind(wave, at))
    drafts = [_reminder(wave, one, which) for one in found]
    count = tell(drafts=drafts, at=at)
    if count:
        record_entry(
            by=by, verb="wave.reminded", at=at, object=wave.kickoff, note=f"{wave.name}: {count}"
        )
    return count


def _reminder(wave: Wave, attendee: Attendee, which: str) -> NoticeDraft:
    kickoff = attendee.kickoff
    shown = {
        "name": attendee.person.display_name,
        "kickoff": kickoff.name,
        "deadline": day(wave.deadline_date, "long"),
        "link": answer_url(attendee),
    }
    text = _(
        "Hello %(name)s,\n\nyou have not said yet whether you come to %(kickoff)s. Answers are due"
        " by %(deadline)s: %(link)s\n"
    )
    return NoticeDraft(
        kind=REMINDED,
        place=place_of(kickoff),
        key=f"wave-reminder:{wave.pk}:{wave.deadline_date:%Y%m%d}:{attendee.pk}:{which}",
        person=attendee.person,
        subject=_("Say by %(deadline)s whether you come to %(kickoff)s") % shown,
        body=text % shown,
    )


def _fill(wave: Wave, details: Details, at: datetime) -> None:
    _check_days(wave.kickoff, details, at)
    for name in Details.__dataclass_fields__:
        setattr(wave, name, getattr(details, name))
    goes = details.goes_date
    wave.goes_at = rules.goes_at(goes, wave.kickoff.zone) if goes else None


def _check_days(kickoff: Kickoff, details: Details, at: datetime) -> None:
    today = kickoff.local_date(at)
    if details.deadline_date < today:
        raise WaveRefused(_("The deadline is past."))
    if details.deadline_date >= kickoff.starts_date:
        raise WaveRefused(_("The deadline has to be before the first day of the kickoff."))
    if details.goes_date and not today <= details.goes_date <= details.deadline_date:
        raise WaveRefused(_("It has to go out from today on, and not after its deadline."))


def _save(wave: Wave) -> None:
    try:
        with transaction.atomic():
            wave.save()
    except IntegrityError as error:
        message = _("There is a wave with the name “%(name)s”.")
        raise WaveRefused(message % {"name": wave.name}) from error
