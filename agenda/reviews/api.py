from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from agenda.reviews.models import Review, Side, Statement
from agenda.reviews.queries.records import records_of
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.requests import person_of


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """A review with the main reason of each side. No word of anybody is told here."""

    deal = serializers.CharField(source="deal.external_id", default=None)
    rep_says = serializers.SerializerMethodField()
    buyer_says = serializers.SerializerMethodField()
    consent_withdrawn = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = [
            "id",
            "position",
            "outcome",
            "session",
            "deal",
            "name",
            "why",
            "part",
            "rep_says",
            "buyer_says",
            "consent_withdrawn",
        ]
        read_only_fields = fields

    def get_rep_says(self, review: Review) -> str | None:
        return self._main(review, Side.REP)

    def get_buyer_says(self, review: Review) -> str | None:
        return self._main(review, Side.BUYER)

    def get_consent_withdrawn(self, review: Review) -> bool:
        found = self._record(review, Side.BUYER)
        return found is not None and found.withdrawn_at is not None

    def _main(self, review: Review, side: str) -> str | None:
        found = self._record(review, side)
        return (found.main or None) if found and found.written_at else None

    def _record(self, review: Review, side: str) -> Statement | None:
        records: dict[tuple[int, str], Statement] = self.context.get("records", {})
        return records.get((review.deal_id or 0, side))


class ReviewViewSet(GenericViewSet[Review]):
    """The win/loss reviews of a kickoff. Planners alone read them."""

    serializer_class = ReviewSerializer
    queryset = Review.objects.none()
    filterset_fields = ["outcome", "session"]

    def get_queryset(self) -> Any:
        kickoff = kickoff_to_plan_or_404(person_of(self.request), self.kwargs["slug"])
        return kickoff.reviews.select_related("deal")

    def list(self, request: Request, slug: str) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        records = records_of([one.deal_id for one in page])
        data = ReviewSerializer(page, many=True, context={"records": records}).data
        return self.get_paginated_response(data)
