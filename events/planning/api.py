from dataclasses import replace
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api.refusals import Refused
from events.kickoff.access import kickoff_to_plan_or_404
from events.planning import access, actions
from events.planning.models import PlanningTask
from people.accounts.requests import person_of


@extend_schema_serializer(component_name="PlanningTask")
class TaskSerializer(serializers.ModelSerializer[PlanningTask]):
    """A task of a timeline; `own_date` is empty unless its day was set by hand."""

    seen = serializers.CharField(read_only=True, help_text="Send it back with a move.")

    class Meta:
        model = PlanningTask
        fields = [
            "id",
            "workstream",
            "title",
            "note",
            "owner",
            "own_date",
            "due_date",
            "baseline_date",
            "done_at",
            "seen",
        ]
        read_only_fields = fields


@extend_schema_serializer(component_name="PlanningTaskMove")
class MoveSerializer(serializers.Serializer[Any]):
    due_date = serializers.DateField(help_text="Set by hand from then on.")
    seen = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="What the task said when you read it; without it nothing is compared.",
    )


@extend_schema_serializer(component_name="PlanningTaskMoved")
class MovedSerializer(serializers.Serializer[Any]):
    task = TaskSerializer()
    moved_along = TaskSerializer(many=True, help_text="What waits for it and is due later now.")


@extend_schema_serializer(component_name="PlanningTaskDone")
class DoneSerializer(serializers.Serializer[Any]):
    done = serializers.BooleanField(default=True, help_text="False takes the tick back.")


class TaskViewSet(GenericViewSet[PlanningTask]):
    """The tasks of a kickoff's timeline. Planners read and move them; who answers for one ticks it."""

    serializer_class = TaskSerializer
    queryset = PlanningTask.objects.none()
    filterset_fields = ["workstream", "owner"]
    lookup_value_regex = r"\d+"

    def list(self, request: Request, slug: str) -> Response:
        kickoff = kickoff_to_plan_or_404(person_of(request), slug)
        tasks = PlanningTask.objects.filter(kickoff=kickoff).order_by("due_date", "pk")
        page = self.paginate_queryset(self.filter_queryset(tasks))
        return self.get_paginated_response(TaskSerializer(page, many=True).data)

    @extend_schema(request=DoneSerializer)
    @action(detail=True, methods=["post"])
    def done(self, request: Request, slug: str, pk: str) -> Response:
        """Tick a task as done, or take the tick back. Twice is as once."""
        task = access.task_to_do_or_404(person_of(request), slug, int(pk))
        said = DoneSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        verb = actions.complete_task if said.validated_data["done"] else actions.reopen_task
        try:
            verb(task_id=task.pk, by=person_of(request), at=timezone.now())
        except actions.PlanningRefused as refusal:
            raise Refused(str(refusal)) from refusal
        task.refresh_from_db()
        return Response(TaskSerializer(task).data)

    @extend_schema(request=MoveSerializer, responses=MovedSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, slug: str, pk: str) -> Response:
        """Set the day of a task by hand; what waits for it moves along."""
        task = access.task_or_404(person_of(request), slug, int(pk))
        said = MoveSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        details = replace(actions.Details.of(task), own_date=said.validated_data["due_date"])
        try:
            changed = actions.update_task(
                task_id=task.pk,
                details=details,
                seen=said.validated_data.get("seen", ""),
                by=person_of(request),
                at=timezone.now(),
            )
        except actions.PlanningRefused as refusal:
            raise Refused(str(refusal)) from refusal
        answer = {"task": changed, "moved_along": changed.moved_along}
        return Response(MovedSerializer(answer).data)
