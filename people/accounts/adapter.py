from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import Login
from allauth.core import context as allauth_context
from allauth.core.internal.ratelimit import get_ip
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.due.starting import start_on_commit
from people.accounts import sign_in
from people.accounts.devices import device_of, remember_device
from people.accounts.models import Person
from people.keys.actions import note_sign_in
from people.mail import actions, tasks


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves, and what sign-in mails goes through the outbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many tries. Try again with a new code, or in a few minutes."
        )
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """
        Look at a password, counted first; `needs_code_too` then says whether it is enough.

        Somebody who is signed in confirms that it is them: that has a limit of its own.
        """
        if request.user.is_authenticated:
            confirmed: Person | None = super().authenticate(request, **credentials)
            return confirmed
        tried = sign_in.count_password(
            email=str(credentials.get("email", "")),
            device=device_of(request),
            address=get_ip(request),
            at=timezone.now(),
        )
        request.needs_code_too = tried.needs_code  # type: ignore[attr-defined]  # read by our middleware of the same request
        person: Person | None = super().authenticate(request, **credentials)
        if person is not None:
            sign_in.password_was_right(tried)
        return person

    def is_login_by_code_required(self, login: Login) -> bool:
        return needs_code_too(self.request)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        note_sign_in(request, address=self.get_client_ip(request), at=timezone.now())

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **more)
        remember_device(request, response, email=user.email)
        return response

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


def start_as_if_mailed() -> None:
    """What starting a mail takes, for an address that gets none: no message has this number."""
    start_on_commit(tasks.send_message, message_id=0)


def needs_code_too(request: HttpRequest) -> bool:
    """Whether the password of this request is not enough, be it right or wrong."""
    return bool(getattr(request, "needs_code_too", False))
