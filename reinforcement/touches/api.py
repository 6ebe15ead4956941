from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api.refusals import Refused
from events.kickoff.models import Kickoff
from people.accounts.requests import person_of
from reinforcement.touches import actions
from reinforcement.touches.models import Touch


class TouchSerializer(serializers.ModelSerializer[Touch]):
    kickoff = serializers.CharField(source="activity.campaign.kickoff.slug", read_only=True)
    kind = serializers.CharField(source="activity.kind", read_only=True)
    title = serializers.CharField(source="activity.title", read_only=True)

    class Meta:
        model = Touch
        fields = [
            "id",
            "kickoff",
            "kind",
            "title",
            "person",
            "about",
            "state",
            "due_at",
            "overdue_at",
            "sent_at",
            "done_at",
        ]
        read_only_fields = fields


class ExtendSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=14)


class TouchViewSet(GenericViewSet[Touch]):
    """Your own follow-ups of the 90 days, and those of your reports."""

    serializer_class = TouchSerializer
    queryset = Touch.objects.none()
    filterset_fields = ["state", "person", "activity__kind"]
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> Any:
        return (
            Touch.objects.seen_by_manager(person_of(self.request))
            .doable()
            .expected(timezone.now())
            .filter(activity__campaign__kickoff__in=Kickoff.objects.shown_to_people())
            .select_related("activity__campaign__kickoff", "person")
        )

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(TouchSerializer(page, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(TouchSerializer(self._touch(pk)).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, pk: str) -> Response:
        """Record that your own team meeting was held; what has a quiz is done by its quiz."""
        touch = self._touch(pk)
        if touch.person_id != person_of(request).pk:
            raise Http404
        return self._do(touch, actions.complete_meeting)

    @extend_schema(request=ExtendSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        """Give a report more time."""
        touch = self._touch(pk)
        if touch.person.manager_id != person_of(request).pk:
            raise Http404
        form = ExtendSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return self._do(touch, actions.extend_touch, **form.validated_data)

    def _touch(self, pk: str) -> Touch:
        touch: Touch = get_object_or_404(self.get_queryset(), pk=pk)
        return touch

    def _do(self, touch: Touch, verb: Any, **named: Any) -> Response:
        try:
            verb(touch=touch, by=person_of(self.request), at=timezone.now(), **named)
        except actions.TouchRefused as refusal:
            raise Refused(str(refusal)) from refusal
        return Response(TouchSerializer(touch).data)
