from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from agenda.insights import queries
from agenda.insights.access import insights_read_by, kickoff_of_board_or_404
from agenda.insights.models import Insight
from people.accounts.requests import person_of


class InsightSerializer(serializers.ModelSerializer[Insight]):
    """A head with its answer; nothing says who sent it."""

    sent = serializers.IntegerField(read_only=True)
    times_heard = serializers.IntegerField(source="times", read_only=True)
    is_late = serializers.BooleanField(read_only=True)

    class Meta:
        model = Insight
        fields = [
            "id",
            "session_id",
            "session_title",
            "heard_at",
            "what",
            "evidence",
            "deal",
            "sent",
            "times_heard",
            "state",
            "function",
            "owner",
            "due_date",
            "is_late",
            "answer",
            "answered_at",
            "act_by_date",
            "acted_at",
            "change",
        ]
        read_only_fields = fields


class InsightViewSet(GenericViewSet[Insight]):
    """What the field heard and what came of it: all of it for planners and executives, your own for owners."""

    serializer_class = InsightSerializer
    queryset = Insight.objects.none()
    filterset_fields = ["state", "function", "owner"]

    def list(self, request: Request, slug: str) -> Response:
        person = person_of(request)
        kickoff = kickoff_of_board_or_404(person, slug)
        mine = insights_read_by(person).filter(kickoff=kickoff)
        rows = queries.heads_in_order(mine, kickoff.local_date(timezone.now()))
        page = self.paginate_queryset(self.filter_queryset(rows.order_by(*queries.ORDER, "pk")))
        return self.get_paginated_response(InsightSerializer(page, many=True).data)
