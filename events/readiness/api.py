from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.once import asking_once
from events.kickoff.access import kickoff_to_watch_or_404
from events.readiness.queries import Judged, readiness_of
from people.accounts.requests import person_of


@extend_schema_serializer(component_name="ReadinessCheck")
class CheckSerializer(serializers.Serializer[Any]):
    """What one check found, its points of 100 and how many of them it has."""

    key = serializers.CharField()
    phase = serializers.CharField(help_text="before, during or after")
    severity = serializers.CharField(help_text="met, later, improve or blocks")
    text = serializers.CharField()
    why = serializers.CharField()
    name = serializers.CharField(help_text="What the check looks at.")
    rule = serializers.CharField(help_text="Where the check comes from.")
    threshold = serializers.CharField(help_text="The number in force as a sentence, or empty.")
    points = serializers.IntegerField()
    earned = serializers.IntegerField()
    waived_until = serializers.DateField(allow_null=True)


@extend_schema_serializer(component_name="Readiness")
class ReadinessSerializer(serializers.Serializer[Any]):
    """How ready a kickoff is, of 100, and every check of it."""

    score = serializers.IntegerField()
    is_ready = serializers.BooleanField()
    blocking = serializers.IntegerField()
    checks = CheckSerializer(many=True)


class ReadinessView(APIView):
    """How ready a kickoff is, for planners and executives."""

    @extend_schema(operation_id="readiness_retrieve", responses=ReadinessSerializer)
    def get(self, request: Request, slug: str) -> Response:
        kickoff = kickoff_to_watch_or_404(person_of(request), slug)
        with asking_once():
            ready = readiness_of(kickoff, timezone.now())
        said = {
            "score": ready.score,
            "is_ready": ready.is_ready,
            "blocking": ready.blocking,
            "checks": [_check(one) for one in ready.judged],
        }
        return Response(ReadinessSerializer(said).data)


def _check(one: Judged) -> dict[str, Any]:
    finding = one.finding
    return {
        "key": finding.check.key,
        "phase": finding.phase.value,
        "severity": finding.severity.value,
        "text": finding.text,
        "why": finding.why,
        "name": str(finding.check.name),
        "rule": str(finding.check.source),
        "threshold": one.asks_for,
        "points": one.points,
        "earned": one.earned,
        "waived_until": one.waived.until if one.waived else None,
    }
