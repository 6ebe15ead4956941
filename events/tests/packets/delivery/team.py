"""A team whose packets go to their approvers, for the tests: sent on Monday, looked at on Tuesday."""

from events.packets.delivery import actions, queries
from events.packets.delivery.models import PacketVersion
from events.tests.factories import AttendeeFactory, KickoffFactory
from events.tests.packets.delivery.importing import MONDAY, TUESDAY, approvers_of, row_for
from people.tests.factories import PersonFactory, RevOpsFactory


class Team:
    """A kickoff with finance and sales leadership named, and reps with drafts."""

    def __init__(self, reps):
        self.kickoff = KickoffFactory()
        self.revops = RevOpsFactory()
        self.finance, self.sales = approvers_of(self.kickoff)
        self.reps = []
        self.join(reps)

    def join(self, count, region=None, **content):
        people = [PersonFactory(region=region) for _ in range(count)]
        for person in people:
            AttendeeFactory(kickoff=self.kickoff, person=person)
        self.reps += people
        self.draft(*people, **content)
        return people

    def draft(self, *people, at=MONDAY, **content):
        roster = queries.roster(self.kickoff)
        rows = [row_for(roster, person, **content) for person in people]
        return actions.import_packets(kickoff=self.kickoff, rows=rows, by=self.revops, at=at)

    def submit(self, at=MONDAY, **options):
        return actions.submit_packets(kickoff=self.kickoff, by=self.revops, at=at, **options)

    def take_back(self, at=TUESDAY):
        return actions.take_back_round(kickoff=self.kickoff, by=self.revops, at=at)

    def approve(self, person, at=TUESDAY, **options):
        return actions.approve_packets(
            kickoff=self.kickoff, by=person, typed_name=person.full_name, at=at, **options
        )

    def look(self, person=None):
        """What an approver sees, as the page shows it: the look is noted."""
        approver = queries.approver_of(self.kickoff, (person or self.finance).pk)
        found = queries.aggregates_for(approver)
        if found.tells:
            assert actions.show_round(sent=found.sent, at=TUESDAY)
        return found

    def last(self):
        return queries.latest_round(self.kickoff)

    def waiting(self):
        return PacketVersion.objects.of(self.kickoff).waiting_for_approval()
