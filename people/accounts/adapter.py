from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from core.due.starting import start_on_commit
from people.accounts.models import Person
from people.mail import actions, tasks


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves, and what sign-in mails goes through the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Nobody is without: whoever has no password is asked to sign in by a code again."""
        known: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return known or [{"id": "code", "url": reverse("account_reauthenticate")}]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a sign-in code, a reset or a notice, and send it as soon as it is committed."""
        request = allauth_context.request
        shown = {"request": request, "email": email, "current_site": get_current_site(request)}
        mail = self.render_mail(template_prefix, email, shown | context)
        message = actions.queue_message(
            key=f"{template_prefix}:{uuid4()}",
            person=Person.objects.filter(email__iexact=email).first(),
            to_email=email,
            subject=mail.subject,
            body=mail.body,
            is_secret=True,
            at=timezone.now(),
        )
        start_on_commit(tasks.send_message, message_id=message.pk)
