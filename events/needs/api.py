from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from events.needs import queries
from events.needs.access import board_or_404
from events.needs.models import NeedForm
from people.accounts.requests import person_of


class NeedFormSerializer(serializers.Serializer[Any]):
    """A form of needs in counts. What somebody answers is read on its page and in its file alone."""

    kind = serializers.CharField(source="form.kind")
    until_date = serializers.DateField(source="form.until_date")
    deletes_date = serializers.DateField(
        source="form.deletes_date", help_text="From that day on its answers are gone."
    )
    answered = serializers.IntegerField(help_text="Of those who come.")
    needs = serializers.IntegerField(help_text="Of these, who ask for something.")
    is_mine = serializers.BooleanField(help_text="You manage it.")


class NeedFormViewSet(GenericViewSet[NeedForm]):
    """The forms of needs of a kickoff, for planners and whoever manages one."""

    serializer_class = NeedFormSerializer
    queryset = NeedForm.objects.none()

    @extend_schema(responses=NeedFormSerializer(many=True))
    def list(self, request: Request, slug: str) -> Response:
        person = person_of(request)
        kickoff = board_or_404(person, slug)
        rows = self.paginate_queryset(queries.board(kickoff, person, timezone.now()))
        return self.get_paginated_response(NeedFormSerializer(rows, many=True).data)
