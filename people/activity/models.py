from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One line of the audit trail: who did or saw what, whose it was, and when. Never changed."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    verb = models.CharField(_("verb"), max_length=60)
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="audit_entries"
    )
    object_label = models.CharField(_("what"), max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "-at"], name="people_entry_subject_at"),
            models.Index(
                fields=["object_label", "object_id", "-at"], name="people_entry_object_at"
            ),
        ]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"#{self.pk} {self.verb}"


class Passage(models.Model):
    """
    A way past the guards of tables, for one reason, and the mark that it leaves. Never deleted.

    `open` points at a row that is never there, so the database commits nothing while it is set: a
    passage is shut by the end of the transaction that opened it, and no other one sees it open.
    """

    class Reason(models.TextChoices):
        KEY_ROTATION = "KEY_ROTATION", _("sealed with a new key")
        RETENTION = "RETENTION", _("deleted under retention")
        TRAIL_RETENTION = "TRAIL_RETENTION", _("the trail was shortened")
        ERASURE = "ERASURE", _("personal data was erased from the trail")
        WITHDRAWAL = "WITHDRAWAL", _("taken off drafts that were changed or taken back")

    NOWHERE = 0

    reason = models.CharField(_("why"), max_length=15, choices=Reason.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))
    open = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            models.CheckConstraint(
                condition=Q(open=None) | Q(open=0), name="people_passage_open_leads_nowhere"
            ),
            models.CheckConstraint(condition=Q(pk__gt=0), name="people_passage_nowhere_is_free"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reason}"
