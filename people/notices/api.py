from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from people.accounts.requests import person_of
from people.notices.models import Notice
from people.notices.queries import notices_of


class NoticeSerializer(serializers.Serializer[Any]):
    """One thing that whoever asks was told."""

    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="The capability and what it is of: `packets.released`.")
    title = serializers.CharField()
    kickoff = serializers.CharField(
        source="place_key", help_text="The slug of its kickoff; empty for what is of none."
    )
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
    url = serializers.SerializerMethodField(help_text="Where it leads; empty where nowhere.")

    def get_url(self, notice: Notice) -> str:
        request: Request = self.context["request"]
        return request.build_absolute_uri(notice.url) if notice.url else ""


class NoticeViewSet(ViewSet):
    """The bell of the person who asks: what they were told in the last 90 days."""

    @extend_schema(responses=NoticeSerializer(many=True))
    def list(self, request: Request) -> Response:
        """What is new for you, then what you have read, newest first; 60 of each at most."""
        unread, read = notices_of(person_of(request), timezone.now())
        context = {"request": request}
        return Response(NoticeSerializer([*unread, *read], many=True, context=context).data)
