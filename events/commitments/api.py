from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api.refusals import Refused
from events.commitments import actions
from events.commitments.models import Occurrence
from people.accounts.requests import person_of


class OccurrenceSerializer(serializers.ModelSerializer[Occurrence]):
    kickoff = serializers.CharField(source="commitment.kickoff.slug", read_only=True)
    words = serializers.CharField(source="commitment.words", read_only=True)
    done_when = serializers.CharField(source="commitment.done_when", read_only=True)
    cadence = serializers.CharField(source="commitment.cadence", read_only=True)
    came_from = serializers.CharField(source="commitment.source", read_only=True)

    class Meta:
        model = Occurrence
        fields = [
            "id",
            "commitment",
            "kickoff",
            "words",
            "done_when",
            "cadence",
            "came_from",
            "due_date",
            "state",
            "settled_at",
            "reason",
        ]
        read_only_fields = fields


class SettleSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=Occurrence.State.choices)
    carry_to = serializers.DateField(required=False, help_text="Where it is carried: to which day.")
    reason = serializers.CharField(
        required=False, max_length=200, help_text="Where it is dropped: why."
    )


class CommitmentViewSet(GenericViewSet[Occurrence]):
    """What you promised, each time that it falls due."""

    serializer_class = OccurrenceSerializer
    queryset = Occurrence.objects.none()
    filterset_fields = ["state", "commitment", "commitment__source"]
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> Any:
        mine = Occurrence.objects.standing().filter(commitment__person=person_of(self.request))
        return mine.select_related("commitment__kickoff").order_by("due_date", "pk")

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(OccurrenceSerializer(page, many=True).data)

    @extend_schema(request=SettleSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Say how it went: done, carried to a day, dropped with a reason, or open again."""
        occurrence = self.get_object()
        said = SettleSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        values = said.validated_data
        try:
            row = actions.settle(
                occurrence=occurrence,
                answer=actions.Answer(
                    values["state"], values.get("carry_to"), values.get("reason", "")
                ),
                by=person_of(request),
                at=timezone.now(),
            )
        except actions.CommitmentRefused as refusal:
            raise Refused(str(refusal)) from refusal
        return Response(OccurrenceSerializer(row).data)
