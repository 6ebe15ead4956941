from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from agenda.clinics import actions, queries, rules
from agenda.clinics.access import room_to_lead_or_404, sheets_or_404
from agenda.clinics.models import Turn
from people.accounts.requests import person_of

MOST = 500  # acts of one batch


class ActSaidSerializer(serializers.Serializer[Any]):
    """One act in a room, as a device made it."""

    key = serializers.UUIDField(help_text="drawn on the device; the same act has the same")
    kind = serializers.ChoiceField(choices=[(kind, kind.lower()) for kind in rules.TOLD])
    at = serializers.DateTimeField(help_text="by the device's clock")
    turn = serializers.CharField(
        max_length=24,
        default="",
        allow_blank=True,
        help_text="the deal: its person's number, a dot, and 1 or 2",
    )
    said = serializers.DictField(default=dict)
    was_offline = serializers.BooleanField(default=False)


class ActBatchSerializer(serializers.Serializer[Any]):
    """What a device has to send, oldest first."""

    sent_at = serializers.DateTimeField(help_text="by the device's clock")
    acts = ActSaidSerializer(many=True, max_length=MOST)  # type: ignore[call-arg]  # the list takes it


class ActHeardSerializer(serializers.Serializer[Any]):
    """What an act came to."""

    key = serializers.UUIDField()
    state = serializers.ChoiceField(choices=["kept", "refused"])
    words = serializers.CharField(allow_blank=True)


class TurnSerializer(serializers.ModelSerializer[Turn]):
    """A deal after its clinic; stage and value as they were then."""

    now = serializers.SerializerMethodField(help_text="stage and value today, in words")

    class Meta:
        model = Turn
        fields = [
            "id",
            "group",
            "person",
            "name",
            "began_at",
            "ended_at",
            "medians",
            "verdict",
            "decided_at",
            "stage_then",
            "value_then",
            "now",
        ]
        read_only_fields = fields

    def get_now(self, turn: Turn) -> str:
        return queries.Sheet(turn, []).now


class ClinicViewSet(GenericViewSet[Turn]):
    """Deal clinics of a kickoff."""

    serializer_class = TurnSerializer
    queryset = Turn.objects.none()
    lookup_value_regex = r"\d+"

    def list(self, request: Request, slug: str) -> Response:
        """What clinics made of deals: all for planners and RevOps, those of their line for managers."""
        _kickoff, turns = sheets_or_404(person_of(request), slug)
        page = self.paginate_queryset(turns.order_by("pk"))
        return self.get_paginated_response(TurnSerializer(page, many=True).data)

    @extend_schema(responses={200: dict})
    def retrieve(self, request: Request, slug: str, pk: str) -> Response:
        """All that holds in the room of a group, for whoever leads it."""
        person, at = person_of(request), timezone.now()
        seated = room_to_lead_or_404(person, slug, int(pk))
        return Response(queries.state_of(queries.in_room(seated, at), person, at))

    @extend_schema(request=ActBatchSerializer, responses=ActHeardSerializer(many=True))
    @action(detail=True, methods=["post"])
    def acts(self, request: Request, slug: str, pk: str) -> Response:
        """Take a batch of acts. Sent again, it is answered again and nothing is written."""
        seated = room_to_lead_or_404(person_of(request), slug, int(pk))
        form = ActBatchSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        heard = actions.record_acts(
            seated=seated,
            acts=[actions.Said(**one) for one in said["acts"]],
            sent_at=said["sent_at"],
            by=person_of(request),
            at=timezone.now(),
        )
        return Response(ActHeardSerializer(heard, many=True).data)
