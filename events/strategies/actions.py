"""Win strategies: deals chosen, drafts kept, handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.figures import clock
from events.deals.models import Opportunity
from events.kickoff.models import Kickoff
from events.prework import actions as prework
from events.prework.models import Assignment, PreworkItem
from events.strategies import rules
from events.strategies.models import Brief, Strategy
from events.strategies.queries import brief_of
from people.accounts.models import Person
from people.activity.actions import record_entry


class StrategyRefused(Exception):
    """Nothing changed. The message is fit to show to whoever asked."""


class ChangedElsewhere(StrategyRefused):
    """Another window has saved since: nothing was overwritten. `version` is the one that holds."""

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a planner says of the strategies of an assignment."""

    most_deals: int = 1
    warns_closing: bool = True
    warns_stalled: bool = True
    stalled_days: int = rules.STALLED_DAYS
    warns_next_step: bool = True
    warns_no_data: bool = True


@transaction.atomic
def set_brief(*, assignment: Assignment, wanted: Wanted, by: Person, at: datetime) -> Brief:
    """
    Say how many deals each person brings, and which warnings are shown.

    :raises StrategyRefused: the kickoff is archived
    """
    _refuse_archived(assignment.kickoff)
    values = {field.name: getattr(wanted, field.name) for field in fields(wanted)}
    brief, _created = Brief.objects.update_or_create(assignment=assignment, defaults=values)
    record_entry(by=by, verb="strategies.briefed", at=at, object=assignment, note=assignment.title)
    return brief


@transaction.atomic
def choose_deals(
    *, item_id: int, deal_ids: Iterable[int], account: str = "", by: Person, at: datetime
) -> list[Strategy]:
    """
    Begin a strategy for each deal: open deals of the person's own, or an account that the CRM does
    not have. A deal that is chosen already is left as it is.

    :raises StrategyRefused: it is not theirs, not open, one too many, or none; or nothing may change
    """
    item = _own_item(item_id, by)
    wanted = set(deal_ids)
    deals = list(Opportunity.objects.open().filter(owner=by, pk__in=wanted))
    if len(deals) < len(wanted):
        raise StrategyRefused(_("One of these is not an open deal of yours. Choose again."))
    account = " ".join(account.split())
    if not deals and not account:
        raise StrategyRefused(_("Choose a deal, or write the account of one."))
    chosen = set(Strategy.objects.filter(item=item).values_list("deal_id", flat=True))
    deals = [deal for deal in deals if deal.pk not in chosen]
    begun = [
        Strategy(item=item, deal=deal, changed_at=at, draft=_prefilled(deal)) for deal in deals
    ]
    if account:
        begun.append(
            Strategy(item=item, account=account, changed_at=at, draft=rules.Content().kept())
        )
    most = brief_of(item.assignment).most_deals
    there = Strategy.objects.filter(item=item)
    if there.count() + len(begun) > most:
        said = ngettext(
            "Bring %(count)d deal: take the one that you have away first, or keep it.",
            "Bring %(count)d deals at the most: take one away first.",
            most,
        )
        raise StrategyRefused(said % {"count": most})
    free = [place for place in (1, 2) if place not in set(there.values_list("place", flat=True))]
    try:
        with transaction.atomic():
            for place, strategy in zip(free, begun, strict=False):
                strategy.place = place
                strategy.save(force_insert=True)
    except IntegrityError as error:
        raise StrategyRefused(
            _("You chose in another window at the same moment. Look again.")
        ) from error
    prework.note_begun(item_id=item.pk, at=at)
    for strategy in begun:
        record_entry(
            by=by, verb="strategies.begun", at=at, subject=by, object=strategy, note=strategy.name
        )
    return begun


@transaction.atomic
def drop_deal(*, strategy_id: int, by: Person, at: datetime) -> None:
    """
    Take a deal away, with what was written of it.

    :raises StrategyRefused: it was handed in, or nothing may change
    """
    strategy = _own(strategy_id, by)
    if not Strategy.objects.filter(pk=strategy_id, sent_at=None).delete()[0]:
        raise StrategyRefused(_("What you handed in is kept. Change it and send it again instead."))
    record_entry(
        by=by,
        verb="strategies.dropped",
        at=at,
        subject=by,
        object=strategy.item,
        note=strategy.name,
    )


@transaction.atomic
def keep_draft(
    *, strategy_id: int, content: rules.Content, seen: int, by: Person, at: datetime
) -> int:
    """
    Keep what a rep has typed; return the version that holds now. Nobody else sees it, so the trail
    does not tell of it. The same content again changes nothing.

    :raises ChangedElsewhere: another window has saved since version `seen`
    :raises StrategyRefused: it is somebody else's, or nothing may change
    """
    strategy = _own(strategy_id, by)
    kept = content.kept()
    if strategy.draft == kept:
        return strategy.version
    here = Strategy.objects.filter(pk=strategy_id, version=seen)
    if not here.update(draft=kept, version=F("version") + 1, changed_at=at):
        _refuse_overwriting(strategy_id, strategy.item.assignment.kickoff)
    return seen + 1


@transaction.atomic
def send_strategies(*, item_id: int, by: Person, at: datetime) -> None:
    """
    Hand in every strategy that a rep has begun, as they are kept. Until the due time they can be
    sent again and replace what was there.

    :raises StrategyRefused: none is begun, one is not whole, or nothing may change
    """
    item = _own_item(item_id, by)
    found = list(Strategy.objects.with_deals().filter(item=item))
    if not found:
        raise StrategyRefused(_("Choose a deal first."))
    said = [
        f"{one.name}: {' '.join(lacking)}" if len(found) > 1 else " ".join(lacking)
        for one in found
        if (lacking := rules.lacks(one.written))
    ]
    if said:
        raise StrategyRefused(" ".join(said))
    try:
        prework.hand_in(item_id=item_id, by=by, at=at)
    except prework.PreworkRefused as refusal:
        raise StrategyRefused(str(refusal)) from refusal
    for one in found:
        here = Strategy.objects.filter(pk=one.pk, version=one.version)
        now = {"sent": one.draft, "sent_at": at, "changed_at": at}
        if not here.update(**now, version=F("version") + 1):
            _refuse_overwriting(one.pk, item.assignment.kickoff)


def forget_old(at: datetime) -> dict[str, int]:
    """
    The part of the tick, once an hour: forget what win strategies say as long after as other
    pre-work. For which deal one was, and when it was handed in, the trail knows.
    """
    if at.minute:
        return {}
    items = PreworkItem.objects.filter(prework.past_keeping(at))
    past = Strategy.objects.filter(item__in=items).exclude(draft={}, sent__isnull=True)
    return {"forgotten": past.update(draft={}, sent=None, sent_at=None)}


def _prefilled(deal: Opportunity) -> dict[str, object]:
    """What the CRM knows of a deal that a strategy asks for."""
    competition = {}
    if deal.competitor:
        said = _("The CRM names %(name)s.") % {"name": deal.competitor}
        competition = {"competition": rules.Known(evidence=said)}
    content = rules.Content(next_step=deal.next_step or "", letters=competition)
    return content.kept()


def _refuse_overwriting(strategy_id: int, kickoff: Kickoff) -> None:
    now = Strategy.objects.filter(pk=strategy_id).aggregate(Max("version"), Max("changed_at"))
    raise ChangedElsewhere(
        _(
            "You saved this in another window at %(time)s. Nothing was overwritten: what you typed "
            "here is still here. Look at the other window, then save here again to replace it."
        )
        % {"time": clock(now["changed_at__max"], kickoff.zone)},
        now["version__max"] or 0,
    )


def _own(strategy_id: int, by: Person) -> Strategy:
    strategy = Strategy.objects.with_deals().get(pk=strategy_id)
    strategy.item = _own_item(strategy.item_id, by)
    return strategy


def _own_item(item_id: int, by: Person) -> PreworkItem:
    item = PreworkItem.objects.select_related("assignment__kickoff").get(pk=item_id)
    if item.person_id != by.pk:
        raise StrategyRefused(_("This is somebody else’s pre-work."))
    if item.assignment.is_withdrawn:
        raise StrategyRefused(_("This pre-work was withdrawn. Nobody has to do it any more."))
    _refuse_archived(item.assignment.kickoff)
    return item


def _refuse_archived(kickoff: Kickoff) -> None:
    if kickoff.status == Kickoff.Status.ARCHIVED:
        raise StrategyRefused(_("This kickoff is archived, so its pre-work no longer changes."))
