from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from events.invitations import queries
from events.invitations.models import Wave
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.requests import person_of


class WaveSerializer(serializers.Serializer[Any]):
    """A wave of invitations, and how its people have answered; before it is out, how many it asks."""

    id = serializers.IntegerField(source="wave.pk")
    name = serializers.CharField(source="wave.name")
    deadline_date = serializers.DateField(source="wave.deadline_date")
    goes_at = serializers.DateTimeField(source="wave.goes_at", allow_null=True)
    sent_at = serializers.DateTimeField(source="wave.sent_at", allow_null=True)
    reminded_at = serializers.DateTimeField(source="wave.reminded_at", allow_null=True)
    to_invite = serializers.IntegerField()
    total = serializers.IntegerField(help_text="People whom it asked and who are still here.")
    coming = serializers.IntegerField()
    declined = serializers.IntegerField()
    pending = serializers.IntegerField(help_text="Have not answered.")


class WaveViewSet(GenericViewSet[Wave]):
    """The waves of invitations of a kickoff, for planners."""

    serializer_class = WaveSerializer
    queryset = Wave.objects.none()

    @extend_schema(responses=WaveSerializer(many=True))
    def list(self, request: Request, slug: str) -> Response:
        kickoff = kickoff_to_plan_or_404(person_of(request), slug)
        rows = self.paginate_queryset(queries.board(kickoff, timezone.now()))
        return self.get_paginated_response(WaveSerializer(rows, many=True).data)
