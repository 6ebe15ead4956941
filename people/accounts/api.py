from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api.refusals import Refused
from people.accounts import actions
from people.accounts.models import Person
from people.accounts.requests import has_lately_confirmed, person_of
from people.calendar.rules import no_such_part, read_subdivision
from people.org.access import person_or_404, sees_everybody
from people.org.queries import line_of


class PersonSerializer(serializers.ModelSerializer[Person]):
    manager_waits = serializers.BooleanField(
        source="has_new_manager",
        read_only=True,
        help_text="The manager reads no packet, note or score before RevOps has confirmed them.",
    )
    email_waits = serializers.SerializerMethodField(
        help_text="Another address waits until the present one or RevOps agrees."
    )

    role_waits = serializers.SerializerMethodField(
        help_text="They are RevOps once somebody of RevOps agrees."
    )

    def get_role_waits(self, person: Person) -> bool:
        return hasattr(person, "role_change")

    def get_email_waits(self, person: Person) -> bool:
        return hasattr(person, "address_change")

    class Meta:
        model = Person
        fields = [
            "id",
            "email",
            "full_name",
            "preferred_name",
            "employee_id",
            "job_title",
            "function",
            "role",
            "role_waits",
            "region",
            "team",
            "manager",
            "manager_waits",
            "email_waits",
            "time_zone",
            "country",
            "subdivision",
            "hire_date",
            "leave_date",
            "top_performer_year",
            "is_active",
        ]
        read_only_fields = ["id", "is_active"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        country = attrs.get("country", self.instance.country if self.instance else "")
        if part := attrs.get("subdivision"):
            code = read_subdivision(part, country)
            if code is None:
                raise serializers.ValidationError({"subdivision": [no_such_part(part, country)]})
            attrs["subdivision"] = code
        return attrs


class PersonViewSet(GenericViewSet[Person]):
    """The people whom you may see: everybody for planners, RevOps and executives; else your line."""

    serializer_class = PersonSerializer
    queryset = Person.objects.none()
    filterset_fields = ["function", "role", "region", "team", "manager", "is_active"]
    lookup_value_regex = r"\d+"

    def get_queryset(self) -> QuerySet[Person]:
        person = person_of(self.request)
        everybody: QuerySet[Person] = Person.objects.select_related(
            "address_change", "role_change"
        ).order_by("full_name", "pk")
        if sees_everybody(person):
            return everybody
        return everybody.filter(Q(pk=person.pk) | Q(pk__in=line_of(person).values("pk")))

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(PersonSerializer(page, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(PersonSerializer(person_or_404(person_of(request), int(pk))).data)

    @extend_schema(responses=PersonSerializer)
    @action(detail=False, methods=["get"])
    def me(self, request: Request) -> Response:
        """Yourself."""
        return Response(PersonSerializer(person_of(request)).data)

    def partial_update(self, request: Request, pk: str) -> Response:
        if not person_of(request).is_planner:
            raise Http404
        person = person_or_404(person_of(request), int(pk))
        form = PersonSerializer(person, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        changes: dict[str, Any] = form.validated_data
        _refuse_unconfirmed(request, person, changes)
        try:
            person = actions.update_person(
                person=person, by=person_of(request), at=timezone.now(), **changes
            )
        except actions.PersonRefused as refusal:
            raise Refused(str(refusal)) from refusal
        return Response(PersonSerializer(person).data)


def _refuse_unconfirmed(request: Request, person: Person, changes: dict[str, Any]) -> None:
    """As on the page: roles and addresses open doors, so a password comes first; a token has none."""
    guarded = [name for name in ("role", "email") if name in changes]
    if all(changes[name] == getattr(person, name) for name in guarded):
        return
    if request.auth is not None or not has_lately_confirmed(request._request):
        raise PermissionDenied(
            _("Confirm that it is you first: change roles and addresses on the page of the person.")
        )
