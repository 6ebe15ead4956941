from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api.refusals import Refused
from events.kickoff import access, actions
from events.kickoff.models import Kickoff
from events.kickoff.queries import kickoffs_for
from people.accounts.requests import person_of

DETAILS = (
    "name",
    "theme",
    "fiscal_year",
    "starts_date",
    "ends_date",
    "venue",
    "city",
    "time_zone",
    "format",
    "currency",
)


class KickoffSerializer(serializers.ModelSerializer[Kickoff]):
    class Meta:
        model = Kickoff
        fields = ["slug", *DETAILS, "status", "ended_at"]
        read_only_fields = ["slug", "status", "ended_at"]


class NewKickoffSerializer(KickoffSerializer):
    template = serializers.ChoiceField(
        choices=[(template.value, template.value) for template in actions.Template],
        default=actions.Template.BLANK.value,
        write_only=True,
    )

    class Meta(KickoffSerializer.Meta):
        fields = [*KickoffSerializer.Meta.fields, "template"]


class ChangedKickoffSerializer(KickoffSerializer):
    """Changes; with `seen`, days or zone change only if what follows is what that was given for."""

    seen = serializers.CharField(required=False, allow_blank=True, write_only=True)

    class Meta(KickoffSerializer.Meta):
        fields = [*KickoffSerializer.Meta.fields, "seen"]


@extend_schema_serializer(component_name="FollowsDetail")
class DetailSerializer(serializers.Serializer[Any]):
    """What follows for one person: each thing with its day until now, the new one, and why."""

    name = serializers.CharField()
    lines = serializers.ListField(child=serializers.CharField())
    told = serializers.CharField(help_text="The line of their mail; empty if they get none.")


class FollowsSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    says = serializers.ListField(child=serializers.CharField())
    details = DetailSerializer(many=True)


class KickoffMoveSerializer(serializers.Serializer[Any]):
    """What would follow from other days or another zone; nothing has changed. Send back `seen`."""

    detail = serializers.CharField()
    was = serializers.CharField()
    now = serializers.CharField()
    follows = FollowsSerializer(many=True)
    told = serializers.IntegerField()
    seen = serializers.CharField()


class KickoffViewSet(GenericViewSet[Kickoff]):
    """The kickoffs that you may see. Planners create, change, open, end and archive them."""

    serializer_class = KickoffSerializer
    lookup_field = "slug"
    queryset = Kickoff.objects.none()
    filterset_fields = ["status", "fiscal_year"]

    def get_queryset(self) -> QuerySet[Kickoff]:
        return kickoffs_for(person_of(self.request), timezone.now())

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, slug: str) -> Response:
        return self._answer(access.kickoff_or_404(person_of(request), slug))

    @extend_schema(request=NewKickoffSerializer, responses={201: KickoffSerializer})
    def create(self, request: Request) -> Response:
        if not person_of(request).is_planner:
            raise Http404
        form = NewKickoffSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = {"theme": "", "venue": "", "city": "", **_with_defaults(form.validated_data)}
        try:
            kickoff = actions.create_kickoff(**fields, by=person_of(request), at=timezone.now())
        except actions.KickoffRefused as refusal:
            raise Refused(str(refusal)) from refusal
        return self._answer(kickoff, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=ChangedKickoffSerializer,
        responses={200: KickoffSerializer, 409: KickoffMoveSerializer},
    )
    def partial_update(self, request: Request, slug: str) -> Response:
        """
        Change what is said of a kickoff. With an empty `seen`, other days or another zone change
        nothing: what would follow is answered, and the `seen` that does it.
        """
        kickoff = access.kickoff_to_plan_or_404(person_of(request), slug)
        form = ChangedKickoffSerializer(kickoff, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        seen = form.validated_data.pop("seen", None)
        said = {field: getattr(kickoff, field) for field in DETAILS} | form.validated_data
        details = actions.Details(**said)
        try:
            return self._do(kickoff, actions.update_kickoff, details=details, seen=seen)
        except actions.MoveUnseen as unseen:
            move = unseen.move
            shown = {
                "detail": str(unseen),
                "was": move.was,
                "now": move.now,
                "follows": move.follows,
                "told": move.told,
                "seen": move.seal,
            }
            return Response(KickoffMoveSerializer(shown).data, status=status.HTTP_409_CONFLICT)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, slug: str) -> Response:
        """Show a draft to the people on its roster."""
        kickoff = access.kickoff_to_plan_or_404(person_of(request), slug)
        return self._do(kickoff, actions.open_kickoff)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, slug: str) -> Response:
        """End an open kickoff: the 90 days begin."""
        kickoff = access.kickoff_to_plan_or_404(person_of(request), slug)
        return self._do(kickoff, actions.end_kickoff)

    def _do(self, kickoff: Kickoff, verb: Any, **fields: Any) -> Response:
        try:
            verb(kickoff_id=kickoff.pk, by=person_of(self.request), at=timezone.now(), **fields)
        except actions.MoveUnseen:
            raise
        except actions.KickoffRefused as refusal:
            raise Refused(str(refusal)) from refusal
        kickoff.refresh_from_db()
        return self._answer(kickoff)

    def _answer(self, kickoff: Kickoff, status: int = status.HTTP_200_OK) -> Response:
        return Response(KickoffSerializer(kickoff).data, status=status)


def _with_defaults(said: dict[str, Any]) -> dict[str, Any]:
    """What a new kickoff is when the caller leaves it out: the model's own defaults."""
    blank = Kickoff()
    defaults = {field: getattr(blank, field) for field in ("time_zone", "format", "currency")}
    return defaults | said
