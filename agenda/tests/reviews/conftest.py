from datetime import UTC, date, datetime, timedelta

import pytest

from agenda.reviews import actions
from agenda.reviews.actions import Interview, Named
from agenda.reviews.models import Review, Statement
from agenda.reviews.rules.reasons import Weight
from agenda.sessions.actions import release_agenda
from agenda.tests.factories import SessionFactory
from events.tests.factories import AccountFactory, OpportunityFactory
from events.tests.world import build_world

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
QUOTE = "Your contract took 41 days"


class Reviewed:
    """A kickoff with three places for reviews, and deals of the rep that closed before it."""

    def __init__(self):
        self.world = build_world()
        self.kickoff, self.planner = self.world.kickoff, self.world["planner"]
        self.session = SessionFactory(
            kickoff=self.kickoff,
            type="WIN_LOSS_REVIEW",
            title="Two won, one lost",
            starts_at=self.kickoff.doors_open_at + timedelta(hours=3),
        )
        self.session.people.create(person=self.world["manager"], part="FACILITATOR")
        self.places = actions.open_places(kickoff=self.kickoff, by=self.planner, at=AT)

    def deal(self, name="Alder Freight", stage="LOST", **more):
        more = {
            "engage_date": date(2026, 6, 1),
            "owner": self.world["rep"],
            "close_date": date(2026, 11, 20),
            "value": 412,
        } | more
        return OpportunityFactory(account=AccountFactory(name=name), stage=stage, **more)

    def chosen(self, deal=None):
        """The lost place with its deal."""
        return actions.choose_deal(
            review=self.places[2],
            deal=deal or self.deal(),
            why="largest",
            by=self.planner,
            at=AT,
        )

    def interviewed(self, deal, reason="PROCESS_FAILURE", **consent):
        statement = actions.ask_interview(
            kickoff=self.kickoff, deal=deal, interviewer=self.world["peer"], by=self.planner, at=AT
        )
        actions.write_interview(
            statement=statement,
            interview=Interview(
                held_date=date(2026, 11, 30),
                role="Head of operations",
                change="Tell me who signs",
                **consent,
            ),
            named={reason: Named(Weight.MAIN, QUOTE)},
            by=self.world["peer"],
            at=AT,
        )
        statement.refresh_from_db()
        return statement

    def said(self, deal, reason="COMPETITOR"):
        """What the rep says of a deal."""
        statement = actions.ask_rep(kickoff=self.kickoff, deal=deal, by=self.planner, at=AT)
        actions.write_form(
            statement=statement,
            named={reason: Named(Weight.MAIN, "Cheaper by 11%")},
            by=deal.owner,
            at=AT,
        )
        return Statement.objects.get(pk=statement.pk)

    def to(self, review, part):
        """The review with a part shown in its room."""
        for seen in range(Review.objects.get(pk=review.pk).part, part):
            actions.go_on(review=review, seen=seen, by=self.planner, at=AT)
        return Review.objects.select_related("kickoff", "session", "deal").get(pk=review.pk)

    def release(self):
        release_agenda(kickoff=self.kickoff, by=self.planner, at=AT)


@pytest.fixture
def reviewed(db):
    return Reviewed()
