"""
The admin site: for whoever runs the machine, not for planning.

It shows accounts and trails. Roles, managers and addresses change on the pages, where the trail
records it; comp figures are never here. Signing in goes through the rate-limited sign-in page.
"""

from typing import Any

from allauth.account.admin import EmailAddress
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import Group  # type: ignore[attr-defined]  # the stubs do not re-export it
from django.db import models
from django.http import HttpRequest

from people.accounts.models import Invitation, Person
from people.activity.models import Entry
from people.mail.models import Message
from people.org.models import Region, Team

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth asks

# The addresses that sign-in keeps for itself, and groups, which nobody uses. Imported from where
# they are registered, so that they are registered by now
for _model in (EmailAddress, Group):
    admin.site.unregister(_model)


class ReadOnly(admin.ModelAdmin[Any]):
    """Can be looked at, and neither added, changed nor deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    """Who may open this site. All else of a person is changed on the pages."""

    list_display = ["full_name", "email", "function", "role", "region", "is_active", "last_login"]
    list_filter = ["function", "role", "region", "is_active", "is_staff"]
    list_select_related = ["region"]
    search_fields = ["full_name", "preferred_name", "email", "employee_id"]
    fields = [
        "full_name",
        "email",
        "employee_id",
        "function",
        "role",
        "region",
        "team",
        "manager",
        "is_active",
        "last_login",
        "joined_at",
        "is_staff",
        "is_superuser",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> list[str]:
        rights = ["is_staff", "is_superuser"]
        superuser = request.user.is_superuser
        return [name for name in self.fields if not (superuser and name in rights)]  # type: ignore[misc]  # the stubs know no plain list of fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return False


@admin.register(Region)
class RegionAdmin(ReadOnly):
    list_display = ["name"]
    search_fields = ["name"]


@admin.register(Team)
class TeamAdmin(ReadOnly):
    list_display = ["name", "region"]
    list_select_related = ["region"]
    search_fields = ["name"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ["person", "invited_by", "invited_at", "accepted_at"]
    list_select_related = ["person", "invited_by"]
    search_fields = ["person__full_name", "person__email"]


@admin.register(Message)
class MessageAdmin(ReadOnly):
    """The outbox without its texts: some hold codes, and all are private."""

    list_display = ["key", "to_email", "state", "tries", "due_at", "sent_at", "last_error"]
    list_filter = ["state"]
    search_fields = ["key", "to_email"]
    exclude = ["body"]


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    list_display = ["at", "actor", "verb", "subject", "object_label", "object_id", "note"]
    list_filter = ["verb"]
    list_select_related = ["actor", "subject"]
    search_fields = ["verb", "note"]
    date_hierarchy = "at"
