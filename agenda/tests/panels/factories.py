from datetime import UTC, datetime

import factory

from agenda.panels.models import Issue, Panelist, PanelQuestion
from agenda.panels.rules import standing_of
from agenda.tests.factories import SessionFactory

ADDED = datetime(2026, 12, 1, tzinfo=UTC)


class PanelFactory(SessionFactory):
    """A session that is a customer panel, of an hour."""

    type = "CUSTOMER_PANEL"
    title = factory.Sequence(lambda n: f"What nearly made us leave {n}")


class PanelistFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Panelist

    session = factory.SubFactory(PanelFactory)
    name = factory.Sequence(lambda n: f"Maren Falk {n}")
    company = "Nordhavn Cold Store"
    score = 9
    standing = factory.LazyAttribute(lambda one: standing_of(one.score))
    added_at = ADDED


class IssueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Issue

    session = factory.SubFactory(PanelFactory)
    number = 1
    words = "Why they stay"


class PanelQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PanelQuestion

    issue = factory.SubFactory(IssueFactory)
    session = factory.SelfAttribute("issue.session")
    words = "What nearly made you leave?"
