from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from events.guests import queries
from events.guests.models import Guest
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.requests import person_of


class GuestSerializer(serializers.ModelSerializer[Guest]):
    full_name = serializers.CharField(source="person.full_name")
    email = serializers.EmailField(source="person.email")
    has_seat = serializers.BooleanField(help_text="They stand on the roster.")

    class Meta:
        model = Guest
        fields = [
            "id",
            "person",
            "full_name",
            "email",
            "kind",
            "company",
            "purpose",
            "has_seat",
            "invited_at",
            "came_at",
            "ended_at",
        ]
        read_only_fields = fields


class GuestViewSet(GenericViewSet[Guest]):
    """The guests of a kickoff, those sent home too, for planners."""

    serializer_class = GuestSerializer
    queryset = Guest.objects.none()
    filterset_fields = ["kind"]

    def list(self, request: Request, slug: str) -> Response:
        kickoff = kickoff_to_plan_or_404(person_of(request), slug)
        page = self.paginate_queryset(self.filter_queryset(queries.guests_of(kickoff)))
        return self.get_paginated_response(GuestSerializer(page, many=True).data)
