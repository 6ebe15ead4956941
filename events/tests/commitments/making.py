"""Bets with actions, and promises, for tests."""

from datetime import UTC, date, datetime

from events.bets.models import BigBet, SuggestedAction
from events.commitments import actions
from events.commitments.models import Source
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.tests.factories import PersonFactory

LAST_DAY = datetime(2027, 2, 4, 12, tzinfo=UTC)  # Thursday, of the kickoff of the factories
UNTIL = date(2027, 5, 5)


def bet(kickoff, position=1):
    return BigBet.objects.create(kickoff=kickoff, position=position, title=f"Bet {position}")


def suggest(bet, words="Call", cadence="WEEKLY", role=""):
    return SuggestedAction.objects.create(
        bet=bet, words=words, cadence=cadence, role=role, by_date=UNTIL
    )


def attending(kickoff=None, **person):
    return AttendeeFactory(
        kickoff=kickoff or KickoffFactory(),
        person=PersonFactory(time_zone="Europe/Lisbon", **person),
    )


def said(words="Call", cadence="WEEKLY", by_date=UNTIL, **more):
    return actions.Promise(words=words, cadence=cadence, by_date=by_date, **more)


def adopt(attendee, *chosen, at=LAST_DAY):
    chosen = chosen or (said(), said("Write"))
    return actions.adopt_plan(kickoff=attendee.kickoff, chosen=chosen, by=attendee.person, at=at)


def promised(attendee, at=LAST_DAY, source=Source.OWN, **more):
    return actions.promise(
        kickoff=attendee.kickoff,
        person=attendee.person,
        source=source,
        said=said(**more),
        by=attendee.person,
        at=at,
    )


def settle(occurrence, state, at=LAST_DAY, **more):
    return actions.settle(
        occurrence=occurrence,
        answer=actions.Answer(state, **more),
        by=occurrence.commitment.person,
        at=at,
    )


def states(commitment):
    return list(commitment.occurrences.values_list("due_date", "state"))
