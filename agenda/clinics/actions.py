"""What is done in a room: acts are taken, each once, and become deals, verdicts and commitments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from agenda.clinics import queries, rules
from agenda.clinics.models import Act, Step, Timing, Turn
from agenda.clinics.rules import Kind
from agenda.door.rules import clock_ahead, scanned_at
from agenda.groups.models import Group
from agenda.groups.queries import Seated
from events.attendance.models import Attendee
from events.commitments.actions import Answer, Promise, promise, reword, settle
from events.commitments.models import Source
from events.kickoff.hooks import Copied
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry


class ClinicRefused(Exception):
    """Nothing changed. The message is fit to show to whoever asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One act as a device tells it, `said` as its kind has it."""

    key: UUID
    kind: str
    at: datetime
    turn: str = ""
    said: Mapping[str, Any]
    was_offline: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What an act came to: `kept`, or `refused` with words that say why."""

    key: UUID
    state: str
    words: str = ""


@transaction.atomic
def record_acts(
    *, seated: Seated, acts: Sequence[Said], sent_at: datetime, by: Person, at: datetime
) -> list[Heard]:
    """
    Take what a device did in a room, in whatever order it arrives, each act once; say what each came
    to. `sent_at` is what its clock said when it sent: what that is wrong by is set right.
    """
    # Of two devices at once the second adds to what the first wrote
    group = Group.objects.select_for_update().get(pk=seated.group.pk)
    ahead = clock_ahead(sent_at, at)
    clean, heard = _clean(seated, acts)
    rows = []
    for one, said in clean:
        rows.append(
            Act(
                group=group,
                key=one.key,
                kind=one.kind,
                turn=one.turn,
                said=_set_right(said, ahead, at),
                acted_at=scanned_at(one.at, ahead, at),
                arrived_at=at,
                was_offline=one.was_offline,
                by=by,
            )
        )
        heard.append(Heard(one.key, "kept"))
    # A key that is there already changes nothing
    Act.objects.bulk_create(rows, ignore_conflicts=True)
    _keep(seated, by, at)
    return heard


@transaction.atomic
def take_over(*, seated: Seated, by: Person, at: datetime) -> None:
    """Take the page of a facilitator over: what they did stays, and what they have yet to send is taken."""
    said = Said(key=uuid4(), kind=Kind.LEAD, at=at, said={})
    record_acts(seated=seated, acts=[said], sent_at=at, by=by, at=at)
    record_entry(
        by=by,
        verb="clinic.taken_over",
        at=at,
        subject=seated.leader,
        object=seated.group,
        note=seated.grouping.title,
    )


def score(
    *, seated: Seated, turn: str, letters: Mapping[str, int], by: Person, at: datetime
) -> None:
    """
    Give a deal one's own scores, from one's own phone; again, they take the place of the first.

    :raises ClinicRefused: the scores are shown already, or it is one's own deal or not of this group
    """
    inside = queries.in_room(seated, at)
    deal = next((one for one in inside.deals if one.key == turn), None)
    if deal is None or deal.person == by:
        raise ClinicRefused(_("This deal is not one that you score."))
    if deal.turn.shown_at:
        raise ClinicRefused(_("The scores are shown already: yours would not be blind."))
    said = {"person": by.pk, "letters": dict(letters)}
    act = Said(key=uuid4(), kind=Kind.SCORE, at=at, turn=turn, said=said)
    record_acts(seated=seated, acts=[act], sent_at=at, by=by, at=at)


@transaction.atomic
def set_timing(*, kickoff: Kickoff, minutes: Sequence[int], by: Person, at: datetime) -> None:
    """Say how many minutes each part of a deal gets; a clock that runs keeps what it has."""
    Timing.objects.update_or_create(kickoff=kickoff, defaults={"minutes": list(minutes)})
    note = _("%(count)d minutes a deal") % {"count": sum(minutes)}
    record_entry(by=by, verb="clinic.timed", at=at, object=kickoff, note=note)


def note_read(*, turn: Turn, by: Person, at: datetime) -> None:
    """Note when the manager of a rep first opens a sheet: it waits for them until then."""
    if turn.person.manager_id == by.pk:
        Turn.objects.filter(pk=turn.pk, read_at=None).update(read_at=at)


def forget_old(at: datetime) -> dict[str, int]:
    """
    The part of the tick, once an hour: delete what was done in clinics two years after their
    kickoff, and what is of somebody 90 days after they left.
    """
    if at.minute:
        return {}
    with transaction.atomic():
        gone = [
            Act.objects.filter(queries.past_keeping(at, "by")).delete()[0],
            Turn.objects.filter(queries.past_keeping(at, "person")).delete()[0],
        ]
    return {"forgotten": sum(gone)}


def copy_timing(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """Copy how long the parts of a deal are."""
    kept = Timing.objects.filter(kickoff=source).first()
    if kept is None:
        return None
    if Timing.objects.filter(kickoff=target).exists():
        return Copied(_("Deal clinics"), is_held=True)
    set_timing(kickoff=target, minutes=kept.minutes, by=by, at=at)
    said = _("%(count)d minutes a deal") % {"count": sum(kept.minutes)}
    return Copied(_("Deal clinics"), [said])


def _clean(
    seated: Seated, acts: Sequence[Said]
) -> tuple[list[tuple[Said, dict[str, Any]]], list[Heard]]:
    """What acts say, as their kinds have it, and why others are refused. One query."""
    clean, refused = [], []
    for one in acts:
        try:
            clean.append((one, rules.check(one.kind, one.turn, one.said)))
        except ValueError as error:
            words = _("Not taken: %(field)s of %(kind)s is missing, or says what it cannot.")
            said = {"field": error, "kind": rules.Kind(one.kind).label}
            refused.append(Heard(one.key, "refused", words % said))
    named = {pk for one, said in clean for pk in _named(one.turn, said)}
    seats = Attendee.objects.filter(kickoff=seated.grouping.kickoff, person__in=named)
    known = {*seats.values_list("person_id", flat=True), *(one.pk for one in seated.people)}
    words = _("Not taken: it is about somebody who is not on the roster of this kickoff.")
    refused += [
        Heard(one.key, "refused", words)
        for one, said in clean
        if not known.issuperset(_named(one.turn, said))
    ]
    return [(one, said) for one, said in clean if known.issuperset(_named(one.turn, said))], refused


def _named(turn: str, said: Mapping[str, Any]) -> list[int]:
    """The people whom an act names, by their keys."""
    named = [said[key] for key in ("person", "owner") if key in said]
    return [*named, int(turn.split(".")[0])] if turn else named


def _set_right(said: Mapping[str, Any], ahead: int, at: datetime) -> dict[str, Any]:
    """What an act says, with the moment of its clock by ours."""
    if "clock" not in said:
        return dict(said)
    since = datetime.fromisoformat(said["clock"]["since"])
    return {"clock": {**said["clock"], "since": scanned_at(since, ahead, at).isoformat()}}


def _keep(seated: Seated, by: Person, at: datetime) -> None:
    """Write the deals, verdicts and actions that all acts of a group come to."""
    inside = queries.in_room(seated, at)
    deals = {one.key: one for one in inside.deals}
    turns = {one.key: one for one in Turn.objects.filter(group=seated.group)}
    for key, state in inside.room.turns.items():
        turn = turns.get(key) or _begun(seated, key, deals.get(key))
        turns[key] = turn
        _keep_turn(turn, state, by, at)
    _keep_steps(inside, turns, by, at)


def _begun(seated: Seated, key: str, deal: queries.Deal | None) -> Turn:
    person_id, place = map(int, key.split("."))
    return Turn(
        group=seated.group,
        person_id=person_id,
        place=place,
        strategy=deal.strategy if deal else None,
        deal=deal.opportunity if deal else None,
        name=deal.name if deal else "",
    )


def _keep_turn(turn: Turn, state: rules.Turn, by: Person, at: datetime) -> None:
    before = model_to_dict(turn)
    is_done = bool(state.ended_at or state.verdict)
    if turn.deal and is_done and not turn.stage_then:
        turn.stage_then, turn.value_then = turn.deal.stage, turn.deal.value
    is_new = state.verdict != turn.verdict
    if is_new:
        turn.verdict, turn.decided_at = state.verdict, at if state.verdict else None
    turn.began_at, turn.ended_at = state.began_at, state.ended_at
    turn.used = list(state.clock.used) if state.clock else []
    if state.shown_at:
        found = rules.spreads(state.scores.values())
        turn.medians = {one.letter.key: one.median for one in found if one.values}
    if turn.pk is None or model_to_dict(turn) != before:
        turn.save()
    if is_new and turn.verdict:
        record_entry(
            by=by, verb="clinic.decided", at=at, subject=turn.person, object=turn, note=turn.name
        )


def _keep_steps(
    inside: queries.InRoom, turns: Mapping[str, Turn], by: Person, at: datetime
) -> None:
    """Each action is a commitment of its owner from the moment that it arrives."""
    kept = {
        one.key: one
        for one in Step.objects.filter(turn__group=inside.seated.group).select_related(
            "owner", "commitment__person"
        )
    }
    for key, step in inside.room.steps.items():
        old = kept.pop(key, None)
        if old and old.owner_id == step.owner_id:
            _reword(old, step, by, at)
            continue
        if old:
            _take_back(old, by, at)
        _promise(inside.kickoff, turns[step.turn], key, step, by, at)
    for gone in kept.values():
        _take_back(gone, by, at)


def _promise(
    kickoff: Kickoff, turn: Turn, key: UUID, step: rules.Step, by: Person, at: datetime
) -> None:
    owner = Person.objects.get(pk=step.owner_id)
    made = promise(
        kickoff=kickoff,
        person=owner,
        source=Source.CLINIC,
        said=_said(step, owner, at),
        by=by,
        at=at,
    )
    Step.objects.create(
        turn=turn, key=key, owner=owner, words=step.words, by_date=step.by_date, commitment=made
    )


def _reword(old: Step, step: rules.Step, by: Person, at: datetime) -> None:
    if (old.words, old.by_date) == (step.words, step.by_date):
        return
    old.words, old.by_date = step.words, step.by_date
    old.save(update_fields=["words", "by_date"])
    if old.commitment and not old.commitment.is_dropped:
        reword(commitment=old.commitment, said=_said(step, old.owner, at), by=by, at=at)


def _take_back(old: Step, by: Person, at: datetime) -> None:
    """What its owner has not answered yet they need not do any more."""
    open_ = old.commitment.occurrences.open().first() if old.commitment else None
    if open_ is not None:
        answer = Answer("DROPPED", reason=_("Taken back in the clinic"))
        settle(occurrence=open_, answer=answer, by=by, at=at)
    old.delete()


def _said(step: rules.Step, owner: Person, at: datetime) -> Promise:
    """The promise of an action; one that arrives after its day is due today."""
    return Promise(words=step.words, by_date=max(step.by_date, owner.local_date(at)))
