from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.commitments.models import Commitment
from events.kickoff.models import Kickoff


class Note(models.Model):
    """
    What somebody wrote down at a kickoff for themselves: a thought, a person they met, a lead or a
    company. Nobody else ever reads it, and it goes with its person.
    """

    person_id: int

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Of the session in which it was written, as it was called then
    session_title = models.CharField(_("session"), max_length=160, blank=True)
    text = models.TextField(_("note"), max_length=1000, blank=True)
    met = models.CharField(_("whom you met"), max_length=120, blank=True)
    company = models.CharField(_("lead or company"), max_length=120, blank=True)
    written_at = models.DateTimeField()
    commitment = models.OneToOneField(
        Commitment, models.SET_NULL, null=True, blank=True, related_name="note"
    )

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("note of one's own")
        verbose_name_plural = _("notes of one's own")
        indexes = [models.Index(fields=["person", "kickoff"], name="agenda_note_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(met="") | ~Q(company=""),
                name="agenda_note_says_something",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def words(self) -> str:
        """What it becomes as a promise: its first line, else whom to follow up with."""
        first = self.text.strip().splitlines()[0] if self.text.strip() else ""
        whom = ", ".join(part for part in (self.met, self.company) if part)
        return (first or _("Follow up with %(whom)s") % {"whom": whom})[:200]
