from datetime import UTC, date, datetime

import factory

from people.accounts.models import Person
from people.mail.models import Message
from people.notices.models import Choice, Notice
from people.org.models import Region, Team

# Two ways of not being here any more: the account is closed, or it is open and the last day is over
GONE = [{"is_active": False}, {"leave_date": date(2020, 1, 31)}]


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["name"]

    name = factory.Sequence(lambda n: f"Region {n}")


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")
    region = factory.SubFactory(RegionFactory)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    full_name = factory.Sequence(lambda n: f"Person Number {n}")
    job_title = "Account executive"
    password = factory.django.Password("correct horse battery")
    # As if RevOps knew: tests of what waits for them say so
    confirmed_manager = factory.LazyAttribute(lambda person: getattr(person, "manager", None))


class PlannerFactory(PersonFactory):
    role = Person.Role.PLANNER
    function = Person.Function.ENABLEMENT


class GuestFactory(PersonFactory):
    """Somebody from outside the company, with a limited account."""

    function = "GUEST"
    is_guest = True


class RevOpsFactory(PersonFactory):
    role = Person.Role.REVOPS
    function = Person.Function.REVOPS


class ExecutiveFactory(PersonFactory):
    role = Person.Role.EXECUTIVE
    function = Person.Function.EXECUTIVE


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Message

    key = factory.Sequence(lambda n: f"message-{n}")
    person = factory.SubFactory(PersonFactory)
    to_email = factory.SelfAttribute("person.email")
    subject = "Your packet is ready"
    body = "Open it before Wednesday."
    due_at = datetime(2027, 2, 3, 12, tzinfo=UTC)
    queued_at = datetime(2027, 2, 3, 12, tzinfo=UTC)


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    key = factory.Sequence(lambda n: f"notice-{n}")
    person = factory.SubFactory(PersonFactory)
    kind = "agenda.released"
    title = "Deal clinic, round 3 moved to Delfshaven"
    url = "/k/lisbon/agenda/mine/"
    at = datetime(2027, 2, 3, 12, tzinfo=UTC)


def mail_at_once(kind, *people):
    """As if these people had chosen to be mailed of a kind at once: tests of what a mail says."""
    for person in people:
        Choice.objects.create(person=person, kind=kind, delivery="once")


def put_under(person, manager):
    """As if RevOps itself had put somebody under a manager."""
    person.manager = person.confirmed_manager = manager
    person.save(update_fields=["manager", "confirmed_manager"])
