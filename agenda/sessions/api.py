from collections.abc import Callable
from dataclasses import fields as fields_of
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from agenda.rooms.models import Room
from agenda.sessions import actions
from agenda.sessions.actions import SessionFields
from agenda.sessions.models import Part, Session
from agenda.sessions.queries.released import whole_agenda
from agenda.sessions.rules import LENGTH_LIMITS, LONGEST_NAME
from core.api.refusals import Refused
from events.bets.models import BigBet
from events.kickoff.access import kickoff_or_404, kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.requests import person_of
from people.org.api import PersonField


class OfKickoff(serializers.PrimaryKeyRelatedField[Any]):
    """A row that belongs to the kickoff of the URL; any other is unknown."""

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.filter(kickoff=self.context.get("kickoff"))


class SessionSerializer(serializers.ModelSerializer[Session]):
    """A session of the draft, as planners read and write it."""

    room = OfKickoff(queryset=Room.objects.all(), allow_null=True, required=False)
    bets = OfKickoff(queryset=BigBet.objects.all(), many=True, required=False)
    speakers = serializers.SerializerMethodField()
    facilitators = serializers.SerializerMethodField()
    named = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_NAME),
        max_length=40,
        required=False,
        help_text="Who speak without an account.",
    )

    class Meta:
        model = Session
        fields = [
            "id",
            "title",
            "type",
            "pillar",
            "outcome",
            "description",
            "owner",
            "room",
            "starts_at",
            "duration_minutes",
            "capacity",
            "segment_kind",
            "segment_function",
            "segment_region",
            "bets",
            "speakers",
            "facilitators",
            "named",
            "version",
        ]

    def get_speakers(self, session: Session) -> list[int]:
        return _ids(session, Part.SPEAKER)

    def get_facilitators(self, session: Session) -> list[int]:
        return _ids(session, Part.FACILITATOR)


class SessionInSerializer(SessionSerializer):
    """What a planner sends; `version` is the one that was read, for a change."""

    speakers = PersonField(many=True, required=False)  # type: ignore[assignment]  # read as objects, written as keys
    facilitators = PersonField(many=True, required=False)  # type: ignore[assignment]  # read as objects, written as keys
    version = serializers.IntegerField(required=False)
    accepted = serializers.BooleanField(
        required=False, default=False, help_text="Warnings were seen: save anyway."
    )

    class Meta(SessionSerializer.Meta):
        fields = [*SessionSerializer.Meta.fields, "accepted"]
        extra_kwargs: ClassVar = {
            "duration_minutes": {
                "required": True,
                "min_value": LENGTH_LIMITS[0],
                "max_value": LENGTH_LIMITS[1],
            },
            "capacity": {"min_value": 1},
        }


class MoveSerializer(serializers.Serializer[Any]):
    room = OfKickoff(queryset=Room.objects.all(), allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class ReleasedSerializer(serializers.Serializer[Any]):
    """A session of the released agenda, as attendees read it."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    type = serializers.CharField()
    where = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    outcome = serializers.CharField()
    people = serializers.ListField(child=serializers.CharField(), source="names")


class SessionViewSet(GenericViewSet[Session]):
    """The draft agenda of a kickoff. Planners alone read and write it."""

    serializer_class = SessionSerializer
    queryset = Session.objects.none()
    filterset_fields = ["type", "room"]
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> Any:
        return (
            Session.objects.filter(kickoff=self._kickoff())
            .select_related("owner", "room")
            .prefetch_related("bets", "people")
        )

    def list(self, request: Request, slug: str) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(SessionSerializer(page, many=True).data)

    def retrieve(self, request: Request, slug: str, pk: str) -> Response:
        return Response(SessionSerializer(self._session(pk)).data)

    @extend_schema(request=SessionInSerializer, responses={201: SessionSerializer})
    def create(self, request: Request, slug: str) -> Response:
        kickoff = self._kickoff()
        said = self._said(SessionInSerializer(data=request.data, context={"kickoff": kickoff}))
        accepted, _version = said.pop("accepted"), said.pop("version", None)
        session = self._do(
            actions.create_session,
            kickoff=kickoff,
            fields=SessionFields(**said),
            accepted=accepted,
        )
        return Response(SessionSerializer(session).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=SessionInSerializer, responses=SessionSerializer)
    def partial_update(self, request: Request, slug: str, pk: str) -> Response:
        session = self._session(pk)
        context = {"kickoff": session.kickoff}
        form = SessionInSerializer(session, data=request.data, partial=True, context=context)
        said = self._said(form)
        accepted, version = said.pop("accepted", False), said.pop("version", None)
        if version is None:
            raise serializers.ValidationError({"version": ["Say which version you read."]})
        session = self._do(
            actions.update_session,
            session=session,
            fields=SessionFields(**_fields_now(session) | said),
            version=version,
            accepted=accepted,
        )
        return Response(SessionSerializer(session).data)

    def destroy(self, request: Request, slug: str, pk: str) -> Response:
        session = self._session(pk)
        self._do(actions.delete_session, session=session, version=session.version)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=MoveSerializer, responses=SessionSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, slug: str, pk: str) -> Response:
        """Put a session into a room at a time, or with neither back into the tray."""
        session = self._session(pk)
        form = MoveSerializer(data=request.data, context={"kickoff": session.kickoff})
        session = self._do(actions.move_session, session=session, **self._said(form))
        return Response(SessionSerializer(session).data)

    @extend_schema(responses=ReleasedSerializer(many=True))
    @action(detail=False, methods=["get"], filterset_fields=[], pagination_class=None)
    def released(self, request: Request, slug: str) -> Response:
        """The released agenda, for everybody who may see the kickoff."""
        kickoff = kickoff_or_404(person_of(request), slug)
        return Response(ReleasedSerializer(whole_agenda(kickoff), many=True).data)

    def _kickoff(self) -> Kickoff:
        return kickoff_to_plan_or_404(person_of(self.request), self.kwargs["slug"])

    def _session(self, pk: str) -> Session:
        session: Session = get_object_or_404(self.get_queryset(), pk=pk)
        return session

    def _said(self, form: serializers.BaseSerializer[Any]) -> dict[str, Any]:
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def _do(self, verb: Callable[..., Any], **named: Any) -> Any:
        try:
            return verb(**named, by=person_of(self.request), at=timezone.now())
        except actions.SessionRefused as refusal:
            raise Refused(str(refusal)) from refusal


def _ids(session: Session, part: Part) -> list[int]:
    return [one.person_id for one in session.people.all() if one.part == part]


def _fields_now(session: Session) -> dict[str, Any]:
    """What a session says today, so that a partial change keeps the rest."""
    people = {
        "speakers": [one.person for one in session.people.all() if one.part == Part.SPEAKER],
        "facilitators": [
            one.person for one in session.people.all() if one.part == Part.FACILITATOR
        ],
        "bets": list(session.bets.all()),
    }
    return {
        field.name: people.get(field.name, getattr(session, field.name, None))
        for field in fields_of(SessionFields)
    }
