from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.bets.models import BetReading, BigBet, Cadence, SuggestedAction
from events.bets.rules import FEW, MOST, PLAN_DAYS, first_of_month
from events.kickoff.hooks import Before, Copied, Follows
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.org.models import Region, Team

WORDS = ["title", "why", "metric", "unit", "baseline", "target", "owner", "why_more"]


class BetRefused(Exception):
    """The bets stay as they were. The message is fit to show to the planner."""


class ChangedMeanwhile(BetRefused):
    """Somebody else changed the bet since it was looked at. `bet` is as it stands now."""

    def __init__(self, bet: BigBet) -> None:
        words = _(
            "Somebody else changed this bet meanwhile: “%(bet)s”. Save again if you want yours."
        )
        super().__init__(words % {"bet": bet.title})
        self.bet = bet


@dataclass(frozen=True, slots=True, kw_only=True)
class BetWords:
    """What a bet says. `why_more` is asked for where three bets stand before it."""

    title: str
    why: str = ""
    metric: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    owner: Person | None = None
    why_more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWords:
    """An action to suggest; `id` of the one that it changes, None where it is new."""

    words: str
    cadence: str
    by_date: date
    role: str = ""
    done_when: str = ""
    id: int | None = None


@transaction.atomic
def add_bet(
    *, kickoff: Kickoff, words: BetWords, by: Person, at: datetime, suggested: bool = False
) -> BigBet:
    """
    Add a bet after those that are there.

    :raises BetRefused: there are three and it does not say why one more, or there are six; or it
        has figures of nothing that is measured
    """
    position = kickoff.bets.count() + 1
    bet = BigBet(kickoff=kickoff, suggested=suggested, position=position)
    _say(bet, words)
    if position > MOST:
        raise BetRefused(_("There are six bets already. So many are no longer bets."))
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
def edit_bet(*, bet: BigBet, words: BetWords, by: Person, at: datetime, seen: str = "") -> BigBet:
    """
    Say a bet anew: from here on it is the company's own, no longer a suggestion, unless only its
    owner was named. `seen` is the mark of what `by` saw when they changed it (`BigBet.seen`).

    :raises BetRefused: as for a new bet, or somebody deleted it
    :raises ChangedMeanwhile: somebody else changed it since it was seen
    """
    # As it stands: a form may have written on the one that is given
    stands = BigBet.objects.select_for_update(no_key=True).filter(pk=bet.pk).first()
    if stands is None:
        raise BetRefused(_("Somebody else deleted this bet meanwhile."))
    if seen and seen != stands.seen:
        raise ChangedMeanwhile(stands)
    bet = stands
    before = {name: getattr(bet, name) for name in WORDS if name != "owner"}
    _say(bet, words)
    if any(getattr(bet, name) != value for name, value in before.items()):
        bet.suggested = False
    bet.save(update_fields=[*WORDS, "suggested"])
    record_entry(by=by, verb="bet.edited", at=at, object=bet, note=bet.title)
    return bet


@transaction.atomic
def move_bet(*, bet: BigBet, position: int, by: Person, at: datetime) -> None:
    """
    Let a bet change places with the one at `position`; the reason for more than three stays with
    the place.

    :raises BetRefused: no bet stands there
    """
    fresh = BigBet.objects.get(pk=bet.pk)
    other = fresh.kickoff.bets.filter(position=position).first()
    if other is None:
        raise BetRefused(_("There is no bet at that place."))
    if other == fresh:
        return
    BigBet.objects.filter(pk=other.pk).update(position=None)
    BigBet.objects.filter(pk=fresh.pk).update(position=position, why_more=other.why_more)
    BigBet.objects.filter(pk=other.pk).update(position=fresh.position, why_more=fresh.why_more)
    record_entry(by=by, verb="bet.moved", at=at, object=bet, note=f"{fresh.position} → {position}")


@transaction.atomic
def delete_bet(*, bet: BigBet, by: Person, at: datetime) -> None:
    """Delete a bet; those after it move up, and need no reason where they are no longer one more."""
    record_entry(by=by, verb="bet.deleted", at=at, object=bet, note=bet.title)
    kickoff = bet.kickoff
    bet.delete()
    for position, left in enumerate(kickoff.bets.order_by("position"), start=1):
        why_more = left.why_more if position > FEW else ""
        BigBet.objects.filter(pk=left.pk).update(position=position, why_more=why_more)


@transaction.atomic
def plan_actions(*, bet: BigBet, actions: Sequence[ActionWords], by: Person, at: datetime) -> None:
    """
    Let a bet suggest these actions and no others. Plans that people have adopted stay as they are.

    :raises BetRefused: one of them is another bet's
    """
    known = set(bet.actions.values_list("pk", flat=True))
    if any(one.id is not None and one.id not in known for one in actions):
        raise BetRefused(_("One of these actions is gone. Look at the plan, and change it again."))
    bet.actions.exclude(pk__in=[one.id for one in actions if one.id]).delete()
    for one in actions:
        said = {
            "role": one.role,
            "cadence": one.cadence,
            "words": one.words.strip(),
            "done_when": one.done_when.strip(),
            "by_date": one.by_date,
        }
        if one.id is None:
            SuggestedAction.objects.create(bet=bet, **said)
        else:
            SuggestedAction.objects.filter(pk=one.id).update(**said)
    record_entry(by=by, verb="bet.planned", at=at, object=bet, note=str(len(actions)))


@transaction.atomic
def record_reading(
    *, bet: BigBet, month: date, value: Decimal, of: Region | Team | None, by: Person, at: datetime
) -> BetReading:
    """
    Keep what was read of a bet in a month, of the company or of one region or team; the same month
    again corrects it.

    :raises BetRefused: the bet does not say what is measured, or the month is still to come
    """
    if not bet.is_measured:
        raise BetRefused(_("Say first what this bet measures, where it stands and its target."))
    if first_of_month(month) > bet.kickoff.local_date(at):
        raise BetRefused(_("That month is still to come."))
    reading, _made = BetReading.objects.update_or_create(
        bet=bet,
        month=first_of_month(month),
        region=of if isinstance(of, Region) else None,
        team=of if isinstance(of, Team) else None,
        defaults={"value": value, "read_at": at, "read_by": by},
    )
    record_entry(by=by, verb="bet.read", at=at, object=bet, note=f"{month:%Y-%m}: {value}")
    return reading


def move_actions(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """Suggested actions end as many days later as the event does; what people adopted stays."""
    shift = kickoff.ends_date - before.ends_date
    rows = list(SuggestedAction.objects.filter(bet__kickoff=kickoff)) if shift else []
    for one in rows:
        one.by_date += shift
    SuggestedAction.objects.bulk_update(rows, ["by_date"], batch_size=200)
    if not rows:
        return None
    said = ngettext(
        "%(count)d suggested action ends on another day.",
        "%(count)d suggested actions end on other days.",
        len(rows),
    )
    return Follows(_("Big bets"), [said % {"count": len(rows)}])


def suggest_bets(kickoff: Kickoff, by: Person, at: datetime) -> None:
    """The Acceleration Summit template's part: three bets to be filled in, with their actions."""
    until = kickoff.ends_date + timedelta(days=PLAN_DAYS)
    for words, actions in _suggestions():
        bet = add_bet(kickoff=kickoff, words=words, by=by, at=at, suggested=True)
        SuggestedAction.objects.bulk_create(
            SuggestedAction(
                bet=bet, cadence=cadence, words=said, done_when=done, role=role, by_date=until
            )
            for cadence, said, done, role in actions
        )


def copy_bets(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """
    Copy bets with their suggested actions, as suggestions: neither owners nor targets, which are of
    another year. Each begins where the company stood when it was last read.
    """
    bets = list(source.bets.prefetch_related("actions").order_by("position"))
    if not bets:
        return None
    if target.bets.exists():
        return Copied(_("Big bets"), is_held=True)
    actions = []
    of_company = BetReading.objects.filter(bet__in=bets, region=None, team=None).order_by("month")
    last = dict(of_company.values_list("bet", "value"))  # the latest month of each wins
    for bet in bets:
        said = BetWords(
            title=bet.title,
            why=bet.why,
            metric=bet.metric,
            unit=bet.unit,
            baseline=last.get(bet.pk) if bet.metric else None,
            why_more=bet.why_more,
        )
        made = add_bet(kickoff=target, words=said, by=by, at=at, suggested=True)
        actions += [
            SuggestedAction(
                bet=made,
                role=one.role,
                cadence=one.cadence,
                words=one.words,
                done_when=one.done_when,
                by_date=one.by_date + (target.ends_date - source.ends_date),
            )
            for one in bet.actions.all()
        ]
    SuggestedAction.objects.bulk_create(actions)
    says = [ngettext("%(count)d bet", "%(count)d bets", len(bets)) % {"count": len(bets)}]
    if actions:
        said_actions = ngettext(
            "%(count)d suggested action", "%(count)d suggested actions", len(actions)
        )
        says.append(said_actions % {"count": len(actions)})
    if begun := sum(bool(bet.metric) and bet.pk in last for bet in bets):
        said_begun = ngettext(
            "%(count)d begins at its last reading", "%(count)d begin at their last readings", begun
        )
        says.append(said_begun % {"count": begun})
    return Copied(_("Big bets"), says)


def _suggestions() -> list[tuple[BetWords, list[tuple[str, str, str, str]]]]:
    """Each bet with its actions: how often, what, when it is done, for whom."""
    weekly, monthly, quarterly = Cadence.WEEKLY, Cadence.MONTHLY, Cadence.QUARTERLY
    return [
        (
            BetWords(
                title=_("Win the buying group, not one contact"),
                why=_(
                    "Deals with one contact stall. Say which segment, and how many buyers a deal"
                    " needs."
                ),
                metric=_("Open deals with three buyers or more"),
                unit="%",
            ),
            [
                (
                    weekly,
                    _("Add one new buyer to each open deal above your threshold"),
                    _("The contact is in the CRM with their part in the decision"),
                    "REP",
                ),
                (
                    monthly,
                    _("Review one stakeholder map with your manager"),
                    _("You both know whom to meet next"),
                    "REP",
                ),
                (
                    quarterly,
                    _("Bring two deals to a clinic with a confirmed economic buyer"),
                    _("The clinic has given each deal its next three moves"),
                    "REP",
                ),
                (
                    weekly,
                    _("Ask for the stakeholder map of one deal in each 1:1"),
                    _("Each rep has shown one map in the month"),
                    "MANAGER",
                ),
            ],
        ),
        (
            BetWords(
                title=_("Renew from day one"),
                why=_(
                    "Say what renewals are worth this year, and what happens if nothing changes."
                ),
                metric=_("Renewals agreed before their last quarter"),
                unit="%",
            ),
            [
                (
                    weekly,
                    _("Log one outcome that a customer reached"),
                    _("It has a figure, and the customer has said it"),
                    "",
                ),
                (
                    monthly,
                    _("Hold one value review with a customer who renews within six months"),
                    _("The review is dated, and the customer was in it"),
                    "",
                ),
                (
                    quarterly,
                    _("Agree next year's success plan with your five largest customers"),
                    _("Five plans are signed off by the customer"),
                    "REP",
                ),
            ],
        ),
        (
            BetWords(
                title=_("Lead with the new product"),
                why=_("Name the product, the customers it is for, and the pipeline it must make."),
                metric=_("Share of new pipeline with the new product"),
                unit="%",
            ),
            [
                (
                    weekly,
                    _("Open one conversation about it with a customer who fits"),
                    _("A next meeting is in the calendar"),
                    "REP",
                ),
                (
                    monthly,
                    _("Give one live demonstration, and note what was asked"),
                    _("The questions are with product"),
                    "",
                ),
                (
                    quarterly,
                    _("Close or lose one deal with it, and bring the story to a review"),
                    _("The team has heard it"),
                    "REP",
                ),
            ],
        ),
    ]


def _say(bet: BigBet, words: BetWords) -> None:
    if bet.position is not None and bet.position > FEW and not words.why_more.strip():
        raise BetRefused(
            _("There are three bets already, and a fourth divides them. Say why it is worth that.")
        )
    if (words.baseline is not None or words.target is not None) and not words.metric.strip():
        raise BetRefused(_("Say what is measured, or leave its figures empty."))
    for name in WORDS:
        setattr(bet, name, getattr(words, name))
    if not bet.is_one_more:
        bet.why_more = ""
