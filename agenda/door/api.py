from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from agenda.door import actions
from agenda.door.access import door_or_404
from agenda.door.models import Scan
from people.accounts.requests import person_of

MOST = 500  # scans of one batch


class SaidSerializer(serializers.Serializer[Any]):
    """One scan, as a device made it: by a badge's code, by somebody's number, or taking one back."""

    key = serializers.UUIDField(help_text="drawn on the device; the same scan has the same")
    kind = serializers.ChoiceField(choices=Scan.Kind.choices)
    how = serializers.ChoiceField(
        choices=[("BADGE", "badge"), ("NAME", "by name")], default=Scan.How.BADGE.value
    )
    at = serializers.DateTimeField(help_text="by the device's clock")
    code = serializers.CharField(max_length=200, default="", allow_blank=True)
    attendee = serializers.IntegerField(
        source="attendee_id", default=None, allow_null=True, min_value=1, max_value=2**62
    )
    undoes = serializers.UUIDField(default=None, allow_null=True)
    session = serializers.IntegerField(
        source="session_id",
        default=None,
        allow_null=True,
        min_value=1,
        max_value=2**62,
        help_text="of a scan at a session, which is no check-in",
    )
    was_offline = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["kind"] == Scan.Kind.UNDO) != (attrs["undoes"] is not None):
            raise serializers.ValidationError(
                "A scan that takes one back names it, and no other does."
            )
        return attrs


class BatchSerializer(serializers.Serializer[Any]):
    """What a device has to send, oldest first."""

    device = serializers.CharField(max_length=40, default="", allow_blank=True)
    sent_at = serializers.DateTimeField(help_text="by the device's clock")
    scans = SaidSerializer(many=True, max_length=MOST)  # type: ignore[call-arg]  # the list takes it


class HeardSerializer(serializers.Serializer[Any]):
    """What a scan came to."""

    key = serializers.UUIDField()
    state = serializers.ChoiceField(choices=["in", "already", "out", "undone", "refused"])
    words = serializers.CharField()
    attendee = serializers.IntegerField(source="attendee_id", allow_null=True)
    name = serializers.CharField(allow_blank=True)


class ScanSerializer(serializers.ModelSerializer[Scan]):
    class Meta:
        model = Scan
        fields = [
            "key",
            "attendee",
            "kind",
            "how",
            "problem",
            "undoes",
            "session_id",
            "device",
            "device_at",
            "clock_ahead_seconds",
            "scanned_at",
            "arrived_at",
            "was_offline",
            "by",
        ]
        read_only_fields = fields


class ScanViewSet(GenericViewSet[Scan]):
    """The door of a kickoff, for planners and whom they gave it."""

    serializer_class = ScanSerializer
    queryset = Scan.objects.none()
    lookup_value_regex = r"\d+"

    def list(self, request: Request, slug: str) -> Response:
        """Every scan, newest first."""
        kickoff = door_or_404(person_of(request), slug)
        page = self.paginate_queryset(Scan.objects.filter(kickoff=kickoff).order_by("-pk"))
        return self.get_paginated_response(ScanSerializer(page, many=True).data)

    @extend_schema(request=BatchSerializer, responses=HeardSerializer(many=True))
    def create(self, request: Request, slug: str) -> Response:
        """Take a batch of scans. Sent again, it is answered again and nothing is written."""
        kickoff = door_or_404(person_of(request), slug)
        form = BatchSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        heard = actions.record_scans(
            kickoff=kickoff,
            scans=[actions.Said(**one) for one in said["scans"]],
            device=said["device"],
            sent_at=said["sent_at"],
            by=person_of(request),
            at=timezone.now(),
        )
        return Response(HeardSerializer(heard, many=True).data)
