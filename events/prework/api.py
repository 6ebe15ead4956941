from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api.refusals import Refused
from events.kickoff.access import kickoff_to_plan_or_404, kickoffs_attended_by
from events.prework import actions, queries
from events.prework.models import Assignment, PreworkItem
from people.accounts.requests import person_of


@extend_schema_serializer(component_name="PreworkItem")
class ItemSerializer(serializers.ModelSerializer[PreworkItem]):
    """One thing that you have to do before a kickoff; `due_at` is the moment it is too late."""

    kickoff = serializers.CharField(source="assignment.kickoff.slug", read_only=True)
    kind = serializers.CharField(source="assignment.kind", read_only=True)
    title = serializers.CharField(source="assignment.title", read_only=True)
    minutes = serializers.IntegerField(source="assignment.minutes", read_only=True, allow_null=True)
    is_optional = serializers.BooleanField(source="assignment.is_optional", read_only=True)
    due_date = serializers.DateField(source="assignment.due_date", read_only=True)
    due_at = serializers.DateTimeField(source="assignment.due_at", read_only=True)

    class Meta:
        model = PreworkItem
        fields = [
            "id",
            "kickoff",
            "kind",
            "title",
            "minutes",
            "is_optional",
            "due_date",
            "due_at",
            "state",
            "done_at",
            "reviewed_at",
            "returned_note",
        ]
        read_only_fields = fields


@extend_schema_serializer(component_name="PreworkAssignment")
class AssignmentSerializer(serializers.ModelSerializer[Assignment]):
    """One assignment, and how many of those who have it have done it."""

    class Meta:
        model = Assignment
        fields = [
            "id",
            "kind",
            "title",
            "minutes",
            "is_optional",
            "due_date",
            "due_at",
            "published_at",
            "withdrawn_at",
        ]
        read_only_fields = fields


@extend_schema_serializer(component_name="PreworkBoardRow")
class BoardRowSerializer(serializers.Serializer[Any]):
    assignment = AssignmentSerializer()
    total = serializers.IntegerField(source="progress.total", help_text="People who have it.")
    done = serializers.IntegerField(source="progress.done")
    late = serializers.IntegerField(source="progress.late")


class PreworkViewSet(GenericViewSet[PreworkItem]):
    """Your pre-work at every kickoff that you are on the roster of."""

    serializer_class = ItemSerializer
    queryset = PreworkItem.objects.none()
    filterset_fields = ["state", "assignment__kind"]
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> Any:
        person = person_of(self.request)
        mine = PreworkItem.objects.not_withdrawn().filter(
            person=person, assignment__kickoff__in=kickoffs_attended_by(person)
        )
        mine = mine.select_related("assignment__kickoff")
        return mine.defer("assignment__body", "assignment__instructions").order_by(
            "assignment__due_at", "pk"
        )

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(ItemSerializer(page, many=True).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def done(self, request: Request, pk: str) -> Response:
        """Say that you have read, watched or done it. Twice is as once."""
        item = self.get_object()
        try:
            actions.mark_done(item_id=item.pk, by=person_of(request), at=timezone.now())
        except actions.PreworkRefused as refusal:
            raise Refused(str(refusal)) from refusal
        return Response(ItemSerializer(self.get_queryset().get(pk=item.pk)).data)


class PreworkBoardViewSet(GenericViewSet[Assignment]):
    """All pre-work of a kickoff, drafts and withdrawn too, and how far people are: for planners."""

    serializer_class = BoardRowSerializer
    queryset = Assignment.objects.none()

    @extend_schema(responses=BoardRowSerializer(many=True))
    def list(self, request: Request, slug: str) -> Response:
        kickoff = kickoff_to_plan_or_404(person_of(request), slug)
        rows = self.paginate_queryset(queries.board(kickoff, timezone.now()))
        return self.get_paginated_response(BoardRowSerializer(rows, many=True).data)
