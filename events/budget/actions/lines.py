"""The lines of a budget: added, revised, decided on, taken out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from core.ui.figures import money
from events.budget.actions.refusals import BudgetRefused
from events.budget.models import Budget, BudgetLine, Revision
from events.budget.queries import limits_of
from events.budget.rules.limits import Limits
from events.budget.rules.lines import asked_for, count_of
from events.kickoff.models import Kickoff
from events.rates.models import ExchangeRate
from people.accounts.models import Person
from people.activity.actions import record_entry

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a line is called and where it belongs."""

    category: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a line costs, in its own currency; `rate` is None in the budget's."""

    basis: str
    price: Decimal
    currency: str
    own_count: int | None = None
    rate: ExchangeRate | None = None
    committed: Decimal = _NOTHING
    invoiced: Decimal = _NOTHING
    paid: Decimal = _NOTHING
    said: Decimal | None = None

    @classmethod
    def of(cls, revision: Revision) -> Figures:
        """What a revision says."""
        return cls(**{one.name: getattr(revision, one.name) for one in fields(cls)})


@transaction.atomic
def add_line(
    *,
    budget: Budget,
    words: Words,
    figures: Figures,
    by: Person,
    at: datetime,
    reason: str = "",
) -> BudgetLine:
    """
    Add a line with its first revision.

    :raises BudgetRefused: there is one of this name, a currency has no rate, or the kickoff is
        archived
    """
    refuse_archived(budget.kickoff)
    line = BudgetLine(budget=budget, category=words.category, name=words.name, note=words.note)
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as error:
        raise BudgetRefused(
            _("There is a line “%(name)s” already.") % {"name": words.name}
        ) from error
    record_entry(by=by, verb="budget.line_added", at=at, object=line, note=line.name)
    revise(line=line, figures=figures, reason=reason, limits=limits_of(budget), by=by, at=at)
    return line


@transaction.atomic
def revise_line(
    *, line_id: int, figures: Figures, reason: str, seen: int, by: Person, at: datetime
) -> Revision | None:
    """
    Say anew what a line costs. It stands at once where `by` may approve what it asks for, else it
    waits for somebody who may; one that waited is replaced. None if it says so already.

    `seen` is the version of the line that `by` saw.

    :raises BudgetRefused: it changed since, a currency has no rate, or the kickoff is archived
    """
    line = _to_change(line_id, seen)
    return revise(
        line=line, figures=figures, reason=reason, limits=limits_of(line.budget), by=by, at=at
    )


@transaction.atomic
def word_line(*, line_id: int, words: Words, by: Person, at: datetime) -> None:
    """
    Say anew what a line is called; nothing happens if it is called so.

    :raises BudgetRefused: another line is called so, or the kickoff is archived
    """
    line = BudgetLine.objects.select_related("budget__kickoff").get(pk=line_id)
    refuse_archived(line.budget.kickoff)
    said = {one.name: getattr(words, one.name) for one in fields(words)}
    changes = {name: value for name, value in said.items() if getattr(line, name) != value}
    if not changes:
        return
    for name, value in changes.items():
        setattr(line, name, value)
    try:
        with transaction.atomic():
            line.save(update_fields=[*changes])
    except IntegrityError as error:
        raise BudgetRefused(
            _("There is a line “%(name)s” already.") % {"name": words.name}
        ) from error
    record_entry(by=by, verb="budget.line_named", at=at, object=line, note=line.name)


@transaction.atomic
def decide(
    *, revision_id: int, approve: bool, answer: str = "", by: Person, at: datetime
) -> Revision:
    """
    Approve a revision that waits, or send it back with a word why.

    :raises BudgetRefused: it asks for more than `by` may approve, somebody else decided or
        replaced it, or the kickoff is archived
    """
    found = Revision.objects.select_related("line__budget__kickoff").get(pk=revision_id)
    line, budget = found.line, found.line.budget
    refuse_archived(budget.kickoff)
    if not limits_of(budget).may(by.pk, found.asks):
        raise BudgetRefused(
            _("This asks for %(money)s, which is more than you may approve.")
            % {"money": money(found.asks, budget.currency)}
        )
    state = Revision.State.STANDS if approve else Revision.State.REFUSED
    decided = Revision.objects.waiting().filter(pk=found.pk)
    if not decided.update(state=state, decided_by=by, decided_at=at, answer=answer):
        raise BudgetRefused(_("Somebody else has decided on this, or it was replaced."))
    change = {"current": found} if approve else {}
    BudgetLine.objects.filter(pk=line.pk).update(version=F("version") + 1, **change)
    verb = "budget.approved" if approve else "budget.sent_back"
    record_entry(by=by, verb=verb, at=at, object=line, note=f"{line.name}, {found.number}")
    return found


@transaction.atomic
def delete_line(*, line_id: int, seen: int, by: Person, at: datetime) -> None:
    """
    Take a line out of the budget, with its revisions; the trail keeps its name.

    :raises BudgetRefused: something is committed, invoiced or paid, it changed since, or the
        kickoff is archived
    """
    line = _to_change(line_id, seen)
    if line.current and line.current.amounts.bound:
        raise BudgetRefused(
            _("Something is committed or paid on “%(name)s”, so it stays.") % {"name": line.name}
        )
    record_entry(by=by, verb="budget.line_deleted", at=at, object=line, note=line.name)
    line.delete()


def revise(
    *,
    line: BudgetLine,
    figures: Figures,
    reason: str,
    limits: Limits,
    by: Person,
    at: datetime,
) -> Revision | None:
    """
    A revision of a line that `by` holds; None if it says so already. Inside a transaction.

    :raises BudgetRefused: there is no rate for its currency, or it changed meanwhile
    """
    budget, before = line.budget, line.current
    if figures.currency != budget.currency and figures.rate is None:
        raise BudgetRefused(
            _("There is no rate for %(currency)s yet. Note one first.")
            % {"currency": figures.currency}
        )
    known = line.revisions.waiting().select_related("rate").first() if line.version else None
    last = known or before
    if last and Figures.of(last) == figures and last.reason == reason and _counts(last, budget):
        return None
    made = Revision(
        line=line,
        number=(line.revisions.aggregate(most=Max("number"))["most"] or 0) + 1,
        predecessor=before,
        count=count_of(figures.basis, budget.drivers, figures.own_count),
        reason=reason,
        made_by=by,
        made_at=at,
        **{one.name: getattr(figures, one.name) for one in fields(figures)},
    )
    made.asks = asked_for(before.worth if before else None, made.worth)
    made.lacks_reason = not reason and abs(made.amounts.over_share) > budget.asks_above
    stands = limits.may(by.pk, made.asks)
    if stands:
        made.state, made.decided_by, made.decided_at = Revision.State.STANDS, by, at
    if known:
        line.revisions.waiting().update(
            state=Revision.State.WITHDRAWN, decided_by=by, decided_at=at
        )
    made.save(force_insert=True)
    change = {"current": made} if stands else {}
    held = BudgetLine.objects.filter(pk=line.pk, version=line.version)
    if not held.update(version=line.version + 1, **change):
        raise _changed(line)
    line.version += 1
    if stands:
        line.current = made
    record_entry(
        by=by, verb="budget.revised", at=at, object=line, note=f"{line.name}, {made.number}"
    )
    return made


def recount(*, budget: Budget, reason: str, by: Person, at: datetime) -> int:
    """
    Revise each line whose price is paid another number of times now; return how many were. What
    waits for approval is replaced by the same with its new number. Inside a transaction.
    """
    limits, changed = limits_of(budget), 0
    waiting = {
        one.line_id: one
        for one in Revision.objects.waiting().filter(line__budget=budget).select_related("rate")
    }
    for line in budget.lines.select_related("current__rate"):
        line.budget = budget
        last = waiting.get(line.pk) or line.current
        if last and not _counts(last, budget):
            figures = Figures.of(last)
            revise(line=line, figures=figures, reason=reason, limits=limits, by=by, at=at)
            changed += 1
    return changed


def refuse_archived(kickoff: Kickoff) -> None:
    """:raises BudgetRefused: the kickoff is archived"""
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise BudgetRefused(_("This kickoff is archived, so its budget no longer changes."))


def _counts(revision: Revision, budget: Budget) -> bool:
    """Whether a revision's number is still what the drivers give."""
    return revision.count == count_of(revision.basis, budget.drivers, revision.own_count)


def _to_change(line_id: int, seen: int) -> BudgetLine:
    lines = BudgetLine.objects.select_related("budget__kickoff", "current__rate")
    line = lines.select_for_update(of=("self",)).get(pk=line_id)
    refuse_archived(line.budget.kickoff)
    if line.version != seen:
        raise _changed(line)
    return line


def _changed(line: BudgetLine) -> BudgetRefused:
    return BudgetRefused(
        _("Somebody else changed “%(name)s” meanwhile. Look at it, and save again.")
        % {"name": line.name}
    )
