"""For load balancers and monitors: is the process up, and can it do its work?"""

import os
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

from core.due.models import DueRow

# The tick comes every minute, so a row this much past its moment means that nobody sends
LATE_AFTER = timedelta(minutes=5)
BROKER_PATIENCE_SECONDS = 2.0


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """
    200 when the database answers, otherwise 503; what does not answer is named.

    A broker that is gone and late rows are told and answered 200: web is ready, people sign in and
    work, and what they start waits in rows.
    """
    wrong: dict[str, str] = {}
    oldest: float | None = None
    try:
        oldest = oldest_due_seconds(timezone.now())
    except DatabaseError:
        wrong["database"] = _what_is_wrong_with_the_database()
    if not broker_answers():
        wrong["broker"] = "does not answer"
    return JsonResponse(
        {
            "ready": "database" not in wrong,
            "wrong": wrong,
            "oldest_due_seconds": oldest,
            "late": oldest is not None and oldest > LATE_AFTER.total_seconds(),
        },
        status=503 if "database" in wrong else 200,
    )


def oldest_due_seconds(at: datetime) -> float | None:
    """
    How long the row that waits longest has been due, over the tables of all apps; None if none is.

    :raises DatabaseError: the database does not answer, or has not all tables
    """
    waiting = [
        model._default_manager.filter(state=DueRow.State.WAITING, due_at__lte=at)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
        for model in apps.get_models()
        if issubclass(model, DueRow)
    ]
    since = [due_at for due_at in waiting if due_at is not None]
    return round((at - min(since)).total_seconds(), 1) if since else None


def broker_answers() -> bool:
    """Whether work can be handed over now: Redis answers, or the broker's folder can be written."""
    if not settings.REDIS_URL:
        return os.access(settings.VAR_DIR / "broker", os.W_OK)
    patience = {
        "socket_connect_timeout": BROKER_PATIENCE_SECONDS,
        "socket_timeout": BROKER_PATIENCE_SECONDS,
    }
    try:
        with Redis.from_url(settings.REDIS_URL, **patience) as broker:
            return bool(broker.ping())
    except RedisError:
        return False


def _what_is_wrong_with_the_database() -> str:
    try:
        connection.ensure_connection()
    except DatabaseError:
        return "does not answer"
    return "has not all tables: run manage.py migrate"
