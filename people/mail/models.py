from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.due.models import LeasedQuerySet, LeasedRow


class MessageQuerySet(LeasedQuerySet["Message"]):
    """The outbox; `due`, `stuck` and `needing_a_person` come from what waits."""


class Message(LeasedRow):
    """One message to one person, written in the transaction that caused it: the outbox."""

    key = models.CharField(max_length=160, help_text=_("What makes this message the only one"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages", null=True
    )
    to_email = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    button = models.CharField(
        max_length=60, blank=True, help_text=_("What the button says that leads to its first link")
    )
    is_secret = models.BooleanField(
        default=False,
        help_text=_("A sign-in code or a reset: the text is dropped once it has left"),
    )
    queued_at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["key"], name="people_message_one_per_key"),
            models.CheckConstraint(
                condition=~Q(state="SENT") | Q(sent_at__isnull=False),
                name="people_message_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="SENDING") | Q(leased_until__isnull=False),
                name="people_message_claimed_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False) | Q(state__in=["WAITING", "SENDING"]) | Q(body=""),
                name="people_message_secret_dropped_when_done",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state="WAITING"),
                name="people_message_waiting_due",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"
