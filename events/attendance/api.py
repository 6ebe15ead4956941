from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api.refusals import Refused
from events.attendance import access, actions, queries
from events.attendance.models import Attendee
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.models import Person
from people.accounts.requests import person_of
from people.org.api import PersonField
from people.org.models import Region


class AttendeeSerializer(serializers.ModelSerializer[Attendee]):
    full_name = serializers.CharField(source="person.full_name", read_only=True)
    email = serializers.EmailField(source="person.email", read_only=True)

    class Meta:
        model = Attendee
        fields = [
            "id",
            "person",
            "full_name",
            "email",
            "kind",
            "rsvp",
            "invited_at",
            "answered_at",
            "checked_in_at",
        ]
        read_only_fields = fields


class NewAttendeeSerializer(serializers.Serializer[Any]):
    """Somebody who is put on the roster; an address that is known names that person."""

    email = serializers.EmailField()
    full_name = serializers.CharField(max_length=160)
    kind = serializers.ChoiceField(choices=Attendee.Kind.choices)
    function = serializers.ChoiceField(
        choices=Person.Function.choices, default=Person.Function.SALES.value
    )
    job_title = serializers.CharField(max_length=120, default="", allow_blank=True)
    region = serializers.PrimaryKeyRelatedField(
        queryset=Region.objects.all(), default=None, allow_null=True
    )
    manager = PersonField(default=None, allow_null=True)


class AnswerSerializer(serializers.Serializer[Any]):
    coming = serializers.BooleanField()


class AttendeeViewSet(GenericViewSet[Attendee]):
    """The roster of a kickoff: planners, RevOps and executives read it, planners change it."""

    serializer_class = AttendeeSerializer
    queryset = Attendee.objects.none()
    filterset_fields = ["kind", "rsvp", "person__region", "person__team"]
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> QuerySet[Attendee]:
        kickoff = access.roster_or_404(person_of(self.request), self.kwargs["slug"])
        return queries.roster(kickoff).order_by("person__full_name", "pk")

    def list(self, request: Request, slug: str) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(AttendeeSerializer(page, many=True).data)

    @extend_schema(request=NewAttendeeSerializer, responses={201: AttendeeSerializer})
    def create(self, request: Request, slug: str) -> Response:
        kickoff = kickoff_to_plan_or_404(person_of(request), slug)
        form = NewAttendeeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        details = actions.Details(**form.validated_data)
        attendee = self._do(actions.add_attendee, kickoff=kickoff, details=details)
        return Response(AttendeeSerializer(attendee).data, status=status.HTTP_201_CREATED)

    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        attendee = access.attendee_to_plan_or_404(person_of(request), slug, int(pk))
        self._do(actions.remove_attendee, attendee=attendee)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=AnswerSerializer, responses=AttendeeSerializer)
    @action(detail=False, methods=["post"])
    def answer(self, request: Request, slug: str) -> Response:
        """Say whether you are coming."""
        attendee = access.own_attendance_or_404(person_of(request), slug)
        form = AnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        attendee = self._do(
            actions.answer_invitation, attendee=attendee, coming=form.validated_data["coming"]
        )
        return Response(AttendeeSerializer(attendee).data)

    @extend_schema(request=AnswerSerializer, responses=AttendeeSerializer)
    @action(detail=True, methods=["post"])
    def note(self, request: Request, slug: str, pk: str) -> Response:
        """Note for somebody whether they come, as they told a planner; after their deadline too."""
        attendee = access.attendee_to_plan_or_404(person_of(request), slug, int(pk))
        form = AnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        self._do(
            actions.record_answers,
            kickoff=attendee.kickoff,
            chosen={attendee.pk: attendee.seen},
            coming=form.validated_data["coming"],
        )
        attendee.refresh_from_db()
        return Response(AttendeeSerializer(attendee).data)

    def _do(self, verb: Any, **named: Any) -> Any:
        try:
            return verb(**named, by=person_of(self.request), at=timezone.now())
        except actions.RosterRefused as refusal:
            raise Refused(str(refusal)) from refusal
