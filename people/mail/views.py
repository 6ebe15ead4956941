from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core.lists import Column, Filter, ListSpec
from core.refusals import told_on
from people.accounts.requests import AuthenticatedRequest
from people.mail import access, actions, queries
from people.mail.models import Message

_NEEDS_YOU = "needs-you"


def _in_state(messages: QuerySet[Message], value: str) -> QuerySet[Message]:
    if value != _NEEDS_YOU:
        return messages.filter(state=value)
    waiting = Message.objects.needing_a_person(timezone.now())
    return messages.filter(pk__in=waiting.values("pk"))


_LIST = ListSpec(
    columns=[
        Column("person", gettext_lazy("To"), sort=("person__full_name", "to_email")),
        Column("subject", gettext_lazy("Subject"), sort="subject"),
        Column("state", gettext_lazy("State"), sort="state"),
        Column("due", gettext_lazy("Due"), sort="due_at", narrow=False),
        Column("tries", gettext_lazy("Tries"), sort="tries", numeric=True, narrow=False),
        Column("act", ""),
    ],
    filters=[
        Filter(
            "state",
            gettext_lazy("State"),
            [(_NEEDS_YOU, gettext_lazy("needs you")), *Message.State.choices],
            _in_state,
        ),
    ],
    search=["person__full_name", "to_email", "subject", "key"],
    default_sort="-due",
)


@login_required
@require_GET
def list_messages(request: AuthenticatedRequest) -> HttpResponse:
    access.outbox_or_404(request.user)
    at = timezone.now()
    page = _LIST.page(queries.outbox(), request.GET)
    rows = [(message, message.is_stuck(at)) for message in page.rows]
    context = {
        "page": page,
        "rows": rows,
        "needing": queries.count_needing_a_person(at),
        "minutes_overdue": int(queries.seconds_overdue(at) // 60),
        "shows_files": settings.DEBUG,
    }
    return render(request, "people/mail/outbox.html", context)


@login_required
@require_POST
def retry(request: AuthenticatedRequest, message_id: int) -> HttpResponse:
    return _decide(request, message_id, actions.retry_message, _("It goes out within a minute."))


@login_required
@require_POST
def mark_sent(request: AuthenticatedRequest, message_id: int) -> HttpResponse:
    return _decide(request, message_id, actions.mark_sent, _("Marked as sent."))


@login_required
@require_GET
def list_filed_mails(request: AuthenticatedRequest) -> HttpResponse:
    access.filed_mails_or_404(request.user)
    return render(request, "people/mail/files.html", {"mails": queries.filed_mails()})


def _decide(
    request: AuthenticatedRequest, message_id: int, act: Callable[..., Message], done: str
) -> HttpResponse:
    access.outbox_or_404(request.user)
    with told_on(request, actions.MessageRefused):
        act(message_id=message_id, by=request.user, at=timezone.now())
        messages.success(request, done)
    return redirect("people:mail:outbox")
