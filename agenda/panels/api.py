from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from agenda.panels import queries
from agenda.panels.access import panels_or_404
from agenda.panels.models import Panelist, Standing
from agenda.sessions.models import Session
from people.accounts.requests import person_of


class PanelistSerializer(serializers.ModelSerializer[Panelist]):
    """A panelist without contact, notes and what is sensitive."""

    may_be_quoted = serializers.ListField(
        child=serializers.CharField(), source="places", help_text="ROOM, PDF, CAMPAIGN; or none"
    )
    quotes = serializers.SerializerMethodField()

    class Meta:
        model = Panelist
        fields = [
            "id",
            "name",
            "company",
            "score",
            "standing",
            "prep_date",
            "prep_held_date",
            "may_be_quoted",
            "quotes",
        ]

    def get_quotes(self, panelist: Panelist) -> list[str]:
        """What they said, where they allow it anywhere at this moment."""
        said: list[str] = self.context["quotes"].get(panelist.pk, [])
        return said


class PanelSerializer(serializers.Serializer[Any]):
    """A customer panel: its mix, its minutes, who sits there."""

    session = serializers.IntegerField(source="session.pk")
    title = serializers.CharField(source="session.title")
    missing = serializers.ListField(
        child=serializers.ChoiceField(choices=Standing.choices), source="mix.missing"
    )
    nps = serializers.IntegerField(source="mix.nps", allow_null=True)
    minutes_planned = serializers.IntegerField(source="plan.planned")
    minutes = serializers.IntegerField(source="plan.length")
    panelists = PanelistSerializer(many=True)


class PanelViewSet(GenericViewSet[Session]):
    """The customer panels of a kickoff, for planners and whoever facilitates one."""

    queryset = Session.objects.none()
    serializer_class = PanelSerializer

    @extend_schema(responses=PanelSerializer(many=True))
    def list(self, request: Request, slug: str) -> Response:
        _kickoff, sessions = panels_or_404(person_of(request), slug)
        page = self.paginate_queryset(sessions) or []
        found = queries.panels(page)
        context = {"quotes": queries.quotes_by_panelist(page)}
        return self.get_paginated_response(PanelSerializer(found, many=True, context=context).data)
