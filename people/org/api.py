from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from people.accounts.models import Person
from people.org.queries import here


class PersonField(serializers.PrimaryKeyRelatedField[Person]):
    """Somebody whom a request names by number: one of those who are still here."""

    queryset = Person.objects.all()

    def get_queryset(self) -> QuerySet[Person]:
        """Those who are here when it is asked, not when the server was started."""
        people: QuerySet[Person] = Person.objects.filter(here(timezone.now()))
        return people
