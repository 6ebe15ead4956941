from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from events.budget import access
from events.budget.models import BudgetLine
from events.budget.queries import lines_of
from people.accounts.requests import person_of


@extend_schema_serializer(component_name="BudgetLine")
class BudgetLineSerializer(serializers.ModelSerializer[BudgetLine]):
    """A line as it stands, in the budget's currency; amounts are null before one was approved."""

    currency = serializers.CharField(source="budget.currency", read_only=True)
    planned = serializers.SerializerMethodField()
    committed = serializers.SerializerMethodField()
    invoiced = serializers.SerializerMethodField()
    paid = serializers.SerializerMethodField()
    forecast = serializers.SerializerMethodField()
    waits = serializers.BooleanField(read_only=True, help_text="A revision waits for approval.")

    class Meta:
        model = BudgetLine
        fields = [
            "id",
            "category",
            "name",
            "note",
            "currency",
            "planned",
            "committed",
            "invoiced",
            "paid",
            "forecast",
            "waits",
        ]
        read_only_fields = fields

    def get_planned(self, line: BudgetLine) -> str | None:
        return _amount(line, "planned")

    def get_committed(self, line: BudgetLine) -> str | None:
        return _amount(line, "committed")

    def get_invoiced(self, line: BudgetLine) -> str | None:
        return _amount(line, "invoiced")

    def get_paid(self, line: BudgetLine) -> str | None:
        return _amount(line, "paid")

    def get_forecast(self, line: BudgetLine) -> str | None:
        return _amount(line, "forecast")


class BudgetLineViewSet(GenericViewSet[BudgetLine]):
    """The lines of a kickoff's budget, for those who see its money."""

    serializer_class = BudgetLineSerializer
    queryset = BudgetLine.objects.none()
    filterset_fields = ["category"]

    @extend_schema(operation_id="budget_lines_list")
    def list(self, request: Request, slug: str) -> Response:
        kickoff = access.money_or_404(person_of(request), slug)
        page = self.paginate_queryset(self.filter_queryset(lines_of(kickoff)))
        return self.get_paginated_response(BudgetLineSerializer(page, many=True).data)


def _amount(line: BudgetLine, name: str) -> str | None:
    if line.current is None:
        return None
    value: Any = getattr(line.current.worth, name)
    return f"{value:.3f}"
