from __future__ import annotations

import json
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.needs import rules
from events.sealing import rules as sealing
from events.sealing.models import SealedField


class NeedForm(models.Model):
    """One form for those who come to a kickoff, with managers of its own who alone read the answers."""

    kickoff_id: int

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="need_forms")
    kind = models.CharField(
        max_length=10, choices=[(name, one.label) for name, one in rules.KINDS.items()]
    )
    until_date = models.DateField(_("people change it until"))
    keep_days = models.PositiveSmallIntegerField(_("days kept after the event"))
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="NeedManager", related_name="+"
    )
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("form of needs")
        verbose_name_plural = _("forms of needs")
        constraints = [
            models.UniqueConstraint(fields=["kickoff", "kind"], name="events_needform_one_per_kind")
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def of_kind(self) -> rules.Kind:
        return rules.KINDS[self.kind]

    @property
    def label(self) -> str:
        return str(self.of_kind.label)

    @property
    def deletes_date(self) -> date:
        """The day from which its answers are gone."""
        return self.kickoff.ends_date + timedelta(days=self.keep_days + 1)


class NeedManager(models.Model):
    """Somebody who reads the answers of one form."""

    form = models.ForeignKey(NeedForm, models.CASCADE, related_name="named")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("manager of needs")
        verbose_name_plural = _("managers of needs")
        constraints = [
            models.UniqueConstraint(fields=["form", "person"], name="events_needmanager_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"


class NeedAnswer(models.Model):
    """
    What somebody who comes has said in one form, sealed: diet, access and whom to call are nobody
    else's to read, in a dump of the database neither. `is_need`, whether they ask for something, is
    open, since pages count it.
    """

    form_id: int
    attendee_id: int

    form = models.ForeignKey(NeedForm, models.CASCADE, related_name="answers")
    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="needs")
    sealed = SealedField()
    is_need = models.BooleanField()
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer of needs")
        verbose_name_plural = _("answers of needs")
        constraints = [
            models.UniqueConstraint(
                fields=["form", "attendee"], name="events_needanswer_once_per_form"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.attendee_id}"

    @sensitive_variables("values")
    def write(self, values: rules.Values) -> None:
        """Take what they say; `form` and `attendee` are set before. The caller saves."""
        text = json.dumps(dict(values), ensure_ascii=False)
        self.sealed = sealing.seal(text, settings.PACKET_KEYS, owner=self._sealed_for)
        self.is_need = rules.is_need(self.form.kind, values)

    def read(self) -> dict[str, str]:
        """:raises Unreadable: no key opens it, or it is another row's"""
        text = sealing.unseal(self.sealed, settings.PACKET_KEYS, owner=self._sealed_for)
        found: dict[str, str] = json.loads(text)
        return found

    @property
    def _sealed_for(self) -> str:
        return f"needs of {self.attendee_id} in {self.form_id}"
