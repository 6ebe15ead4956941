from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from people.accounts.requests import person_of
from people.waiting.queries import waiting_for_one
from people.waiting.rules import Waiting


class WaitingSerializer(serializers.Serializer[Any]):
    """One thing that waits for whoever asks."""

    kind = serializers.CharField(help_text="The capability and what it is of: `prework.open`.")
    title = serializers.CharField(help_text="A verb and a thing.")
    kickoff = serializers.CharField(
        source="place_key", help_text="The slug of its kickoff; empty for what waits in none."
    )
    about = serializers.IntegerField(
        source="about_id", allow_null=True, help_text="The person whom it is about, by number."
    )
    since = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    late = serializers.SerializerMethodField()
    before_leaving = serializers.BooleanField(
        help_text="Whether leaving the event without it matters."
    )
    count = serializers.IntegerField(help_text="How many things it stands for.")
    url = serializers.SerializerMethodField(help_text="The page that does it.")

    def get_late(self, item: Waiting) -> bool:
        return item.is_late(self.context["at"])

    def get_url(self, item: Waiting) -> str:
        request: Request = self.context["request"]
        return request.build_absolute_uri(item.url)


class WaitingViewSet(ViewSet):
    """What waits for the person who asks, across all kickoffs, in the order in which to do it."""

    @extend_schema(responses=WaitingSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Everything that waits for you, late things first; never a figure."""
        at = timezone.now()
        items = waiting_for_one(person_of(request), at)
        context = {"at": at, "request": request}
        return Response(WaitingSerializer(items, many=True, context=context).data)
