from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from events.bets.models import MOST_BETS, BigBet
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry

WORDS = ["title", "why", "action_weekly", "action_monthly", "action_quarterly", "owner"]


class BetRefused(Exception):
    """The bets stay as they were. The message is fit to show to the planner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BetWords:
    """What a bet says: the bet, why, and what everybody does weekly, monthly and quarterly."""

    title: str
    why: str = ""
    action_weekly: str = ""
    action_monthly: str = ""
    action_quarterly: str = ""
    owner: Person | None = None


@transaction.atomic
def add_bet(
    *, kickoff: Kickoff, words: BetWords, by: Person, at: datetime, suggested: bool = False
) -> BigBet:
    """
    Add a bet after those that are there.

    :raises BetRefused: there are three already
    """
    bet = BigBet(kickoff=kickoff, suggested=suggested, position=kickoff.bets.count() + 1)
    _say(bet, words)
    if bet.position is None or bet.position > MOST_BETS:
        raise BetRefused(_("There are three bets already. More than three are no longer bets."))
    try:
        with transaction.atomic():
            bet.save()
    except IntegrityError as error:
        raise BetRefused(
            _("Somebody else added a bet just now. Look, and add yours again.")
        ) from error
    record_entry(by=by, verb="bet.added", at=at, object=bet, note=bet.title)
    return bet


@transaction.atomic
def edit_bet(*, bet: BigBet, words: BetWords, by: Person, at: datetime) -> BigBet:
    """Say a bet anew: from here on it is the company's own, no longer a suggestion."""
    _say(bet, words)
    bet.suggested = False
    bet.save(update_fields=[*WORDS, "suggested"])
    record_entry(by=by, verb="bet.edited", at=at, object=bet, note=bet.title)
    return bet


@transaction.atomic
def move_bet(*, bet: BigBet, position: int, by: Person, at: datetime) -> None:
    """
    Let a bet change places with the one at `position`.

    :raises BetRefused: no bet stands there
    """
    fresh = BigBet.objects.get(pk=bet.pk)
    other = fresh.kickoff.bets.filter(position=position).first()
    if other is None:
        raise BetRefused(_("There is no bet at that place."))
    if other == fresh:
        return
    BigBet.objects.filter(pk=other.pk).update(position=None)
    BigBet.objects.filter(pk=fresh.pk).update(position=position)
    BigBet.objects.filter(pk=other.pk).update(position=fresh.position)
    record_entry(by=by, verb="bet.moved", at=at, object=bet, note=f"{fresh.position} → {position}")


@transaction.atomic
def delete_bet(*, bet: BigBet, by: Person, at: datetime) -> None:
    """Delete a bet; those after it move up."""
    record_entry(by=by, verb="bet.deleted", at=at, object=bet, note=bet.title)
    kickoff = bet.kickoff
    bet.delete()
    for position, left in enumerate(kickoff.bets.order_by("position"), start=1):
        BigBet.objects.filter(pk=left.pk).update(position=position)


def suggest_bets(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """The Acceleration Summit template's part: three bets to be filled in."""
    for words in _suggestions():
        add_bet(kickoff=kickoff, words=words, by=by, at=at, suggested=True)


def _suggestions() -> list[BetWords]:
    return [
        BetWords(
            title=_("Win the buying group, not one contact"),
            why=_(
                "Deals with one contact stall. Say which segment, and how many buyers a deal needs."
            ),
            action_weekly=_("Add one new buyer to each open deal above your threshold"),
            action_monthly=_("Review one stakeholder map with your manager"),
            action_quarterly=_("Bring two deals to a clinic with a confirmed economic buyer"),
        ),
        BetWords(
            title=_("Renew from day one"),
            why=_("Say what renewals are worth this year, and what happens if nothing changes."),
            action_weekly=_("Log one outcome that a customer reached"),
            action_monthly=_("Hold one value review with a customer who renews within six months"),
            action_quarterly=_("Agree next year's success plan with your five largest customers"),
        ),
        BetWords(
            title=_("Lead with the new product"),
            why=_("Name the product, the customers it is for, and the pipeline it must make."),
            action_weekly=_("Open one conversation about it with a customer who fits"),
            action_monthly=_("Give one live demonstration, and note what was asked"),
            action_quarterly=_("Close or lose one deal with it, and bring the story to a review"),
        ),
    ]


def _say(bet: BigBet, words: BetWords) -> None:
    for name in WORDS:
        setattr(bet, name, getattr(words, name))
