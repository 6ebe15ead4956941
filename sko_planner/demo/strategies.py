"""The win strategies of the kickoff to come: who has handed one in, and for which deal."""

import random
from datetime import datetime, timedelta
from itertools import cycle, islice

from events.deals.models import Opportunity
from events.prework.models import Assignment, ItemComment, PreworkItem
from events.strategies.models import Brief, Strategy
from events.strategies.rules import LETTERS, Content, Known, Risk, Stakeholder
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_STEPS = (
    "Walk the depot with their head of operations",
    "Send the price for three hubs to procurement",
    "Call the champion about the date of the pilot",
    "",
)
_EVIDENCE = {
    "metrics": "One truckload lost a quarter, 38,000 each: their loss report of September.",
    "buyer": "The COO signs up to 250,000. We have met her once, on 4 November.",
    "criteria": "Audit trail first, then price, then roll-out in under a quarter.",
    "process": "Quality proposes, IT checks, the board of the depots decides in its monthly meeting.",
    "paper": "Legal wants our data terms in their paper; procurement takes three weeks.",
    "pain": "Two failed audits; the insurer raised the premium in writing.",
    "champion": "The night-shift manager showed our pilot to the COO herself.",
    "competition": "Frostline bids, and so does doing nothing until the audit.",
}
_PEOPLE = (
    Stakeholder("Ingrid Saelen", "COO, economic buyer", "NEUTRAL"),
    Stakeholder("Tomás Ferreira", "Head of quality, proposes", "FOR"),
    Stakeholder("Hannah Voss", "Procurement", "AGAINST"),
    Stakeholder("Bilal Aksoy", "IT security", "UNKNOWN"),
)
_RISKS = (
    Risk("They wait for the audit and decide nothing", "Our rep"),
    Risk("Procurement wants one contract for nine countries", "Deal desk"),
    Risk("The pilot depot loses its manager", "Our champion"),
)
_ASKS = (
    "A way to the COO that does not go around my champion.",
    "Two questions that make doing nothing look expensive.",
    "Should I walk away? Say what you would need to hear to stay.",
)
_NOTE = "Who signs, and by when? The rest is clear."


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Write the strategies of those who are done, with a deal of theirs, and one asked for again."""
    assignment = Assignment.objects.get(
        kickoff=kickoffs.ahead, kind=Assignment.Kind.STRATEGY, withdrawn_at=None
    )
    Brief.objects.create(assignment=assignment, stalled_days=60)
    done = assignment.items.exclude(state=PreworkItem.State.OPEN).select_related("person")
    deals = {deal.owner_id: deal for deal in Opportunity.objects.open().order_by("value")}
    items = list(done.order_by("pk"))
    Strategy.objects.bulk_create(
        [
            strategy_of(item, deals.get(item.person_id), place, now)
            for place, item in enumerate(items)
        ]
    )
    for item in items:
        if item.state == PreworkItem.State.RETURNED and item.person.manager:
            ItemComment.objects.create(
                item=item,
                author=item.person.manager,
                text=_NOTE,
                is_return=True,
                written_at=now - timedelta(hours=20),
            )
    # Half of the managers have looked
    assignment.items.filter(
        state=PreworkItem.State.DONE, pk__in=[item.pk for item in items[::2]]
    ).update(reviewed_at=now - timedelta(hours=2))


def strategy_of(item: PreworkItem, deal: Opportunity | None, place: int, now: datetime) -> Strategy:
    """A win strategy that somebody handed in, `place` by `place` another one."""
    sent_at = item.done_at or now - timedelta(days=2)
    content = _content(place).kept()
    return Strategy(
        item=item,
        place=1,
        deal=deal,
        account="" if deal else "Marsanne Logistique",
        draft=content,
        version=3,
        changed_at=sent_at,
        sent=content,
        sent_at=sent_at,
    )


def _content(place: int) -> Content:
    scores = islice(cycle((3, 2, 1, 2, 0, 3, 1, 2, 1, 0, 2)), place, place + len(LETTERS))
    return Content(
        next_step=_STEPS[place % len(_STEPS)],
        letters={
            letter.key: Known(score, _EVIDENCE[letter.key] if score else "")
            for letter, score in zip(LETTERS, scores, strict=True)
        },
        stakeholders=_PEOPLE[: 2 + place % 3],
        risks=_RISKS[: 1 + place % 3],
        ask=_ASKS[place % len(_ASKS)],
    )


def crm_words(deal: Opportunity, now: datetime) -> None:
    """Give an open deal what a CRM mostly has: a next step, a last activity, a competitor."""
    if not deal.is_open:
        return
    rng = random.Random(deal.external_id)  # noqa: S311  (an example, and the same each time)
    deal.next_step = rng.choice(_STEPS)
    if deal.next_step:
        deal.next_step_date = now.date() + timedelta(days=rng.randint(-20, 30))
    deal.last_activity_date = now.date() - timedelta(days=rng.randint(1, 90))
    deal.competitor = rng.choice(("", "", "Frostline", "Norvane", "Keystone Cold"))
