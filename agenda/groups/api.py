from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from agenda.groups.models import Group
from agenda.groups.queries import groups_of
from events.kickoff.access import kickoff_or_404
from people.accounts.models import Person
from people.accounts.requests import person_of


class SeatedPersonSerializer(serializers.ModelSerializer[Person]):
    """Somebody in a group."""

    class Meta:
        model = Person
        fields = ["id", "full_name"]
        read_only_fields = fields


class GroupSerializer(serializers.Serializer[Any]):
    """A group as it was released: who leads it, who sits in it, when and where."""

    id = serializers.IntegerField(source="group.pk")
    groups = serializers.CharField(source="grouping.title")
    kind = serializers.CharField(source="grouping.kind")
    version = serializers.IntegerField(source="grouping.number")
    round = serializers.IntegerField(source="round_number")
    number = serializers.IntegerField()
    where = serializers.CharField(allow_blank=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    minutes = serializers.IntegerField()
    leader = SeatedPersonSerializer(allow_null=True)
    members = SeatedPersonSerializer(many=True)


class GroupViewSet(GenericViewSet[Group]):
    """The released groups of a kickoff: all for planners, their own for everybody else."""

    queryset = Group.objects.none()
    serializer_class = GroupSerializer

    @extend_schema(responses=GroupSerializer(many=True))
    def list(self, request: Request, slug: str) -> Response:
        person = person_of(request)
        kickoff = kickoff_or_404(person, slug)
        found = groups_of(kickoff, person=None if person.is_planner else person)
        page: Any = self.paginate_queryset(found)
        return self.get_paginated_response(GroupSerializer(page, many=True).data)
