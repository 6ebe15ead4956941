from __future__ import annotations

import json
from collections.abc import Collection
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from events.kickoff.models import Kickoff
from events.packets.comp.rules.design import PlanDesign, design_from_json
from events.packets.comp.rules.pay import Pay
from events.packets.comp.rules.payout import decimal_from, plain
from events.sealing import rules as sealing
from events.sealing.models import SealedField


class TermsFrozen(Exception):
    """Something tried to change published terms. A change makes a new edition instead."""


class CompPlan(models.Model):
    """
    How variable pay is earned by everybody with certain job titles: rates, no person's figures.

    `is_ready` says that nothing in it blocks: of a draft nobody is given a packet. `version` rises
    with each change, so that of two editors the second is told.
    """

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="comp_plans")
    name = models.CharField(_("name"), max_length=120)
    starts_date = models.DateField(_("starts"))
    ends_date = models.DateField(_("ends"))
    design_json = models.JSONField()
    is_ready = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("comp plan")
        verbose_name_plural = _("comp plans")
        constraints = [
            models.UniqueConstraint(
                F("kickoff"), Lower("name"), name="events_compplan_one_per_name"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="events_compplan_has_a_name"),
            models.CheckConstraint(
                condition=Q(ends_date__gte=F("starts_date")),
                name="events_compplan_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"

    @cached_property
    def design(self) -> PlanDesign:
        """What the plan says, read once for this object."""
        return design_from_json(self.design_json)


class PlanRole(models.Model):
    """A job title that a plan is for. Within a kickoff a title has one plan."""

    plan = models.ForeignKey(CompPlan, models.CASCADE, related_name="roles")
    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="+")
    job_title = models.CharField(_("job title"), max_length=120)
    title_key = models.CharField(max_length=240)

    class Meta:
        ordering = ["job_title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "title_key"], name="events_planrole_one_plan_per_title"
            ),
            models.CheckConstraint(condition=~Q(title_key=""), name="events_planrole_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.job_title}"


class SealedPay(models.Model):
    """Base and target variable, sealed: no list, form or admin page opens them by accident."""

    sealed = SealedField()

    class Meta:
        abstract = True

    @sensitive_variables()
    def _seal(self, pay: Pay | None, **more: str) -> None:
        figures = (
            {}
            if pay is None
            else {"base": plain(pay.base), "target_variable": plain(pay.target_variable)}
        )
        text = json.dumps({**figures, **more})
        self.sealed = sealing.seal(text, settings.PACKET_KEYS, owner=self.sealed_for)

    @sensitive_variables()
    def _unsealed(self) -> dict[str, str]:
        """:raises Unreadable: no key opens it, or it is out of another row"""
        text = sealing.unseal(self.sealed, settings.PACKET_KEYS, owner=self.sealed_for)
        found: dict[str, str] = json.loads(text)
        return found

    @property
    def sealed_for(self) -> str:
        """Whose figures these are: what is sealed opens in no other row."""
        raise NotImplementedError


class RolePay(SealedPay):
    """
    What a job title is paid by default in one currency, for some countries or for all others.

    `countries` are ISO 3166 codes parted by spaces; empty for everybody whose country no other
    pay of the title names.
    """

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="role_pays")
    job_title = models.CharField(_("job title"), max_length=120)
    title_key = models.CharField(max_length=240)
    currency = models.CharField(_("currency"), max_length=3)
    countries = models.CharField(_("countries"), max_length=400, blank=True)

    class Meta:
        ordering = ["job_title", "currency", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "title_key", "currency"],
                name="events_rolepay_one_per_title_and_currency",
            ),
            models.CheckConstraint(
                condition=~Q(currency="") & ~Q(title_key=""), name="events_rolepay_is_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title_key} {self.currency}"

    @property
    def sealed_for(self) -> str:
        return f"pay of {self.title_key} at {self.kickoff_id} in {self.currency}"

    @property
    def country_codes(self) -> list[str]:
        return self.countries.split()

    @sensitive_variables()
    def write(self, pay: Pay) -> None:
        """Put figures in; saving is the caller's."""
        self._seal(pay)

    @sensitive_variables()
    def read(self) -> Pay:
        """:raises Unreadable: no key opens it"""
        found = self._unsealed()
        return Pay(decimal_from(found["base"]), decimal_from(found["target_variable"]))


class PersonComp(SealedPay):
    """
    One person's own plan, own pay or both, where they differ from what their job title gives.

    `currency` is empty where they have the pay of their title. The reason may quote figures and is
    sealed with them.
    """

    plan_id: int | None

    kickoff = models.ForeignKey(Kickoff, models.CASCADE, related_name="person_comps")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    plan = models.ForeignKey(
        CompPlan, models.PROTECT, null=True, blank=True, related_name="person_comps"
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    starts_date = models.DateField(_("starts"), null=True, blank=True)
    ends_date = models.DateField(_("ends"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["kickoff", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["kickoff", "person"], name="events_personcomp_one_per_person"
            ),
            models.CheckConstraint(
                condition=Q(ends_date__gte=F("starts_date"))
                | Q(starts_date=None)
                | Q(ends_date=None),
                name="events_personcomp_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(currency="")
                | Q(plan__isnull=False)
                | Q(starts_date__isnull=False)
                | Q(ends_date__isnull=False),
                name="events_personcomp_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"

    @property
    def has_own_pay(self) -> bool:
        return bool(self.currency)

    @property
    def sealed_for(self) -> str:
        return f"pay of {self.person_id} at {self.kickoff_id}"

    @sensitive_variables()
    def write(self, pay: Pay | None, *, reason: str) -> None:
        """Put figures and reason in; saving is the caller's, and so is the currency."""
        self._seal(pay, reason=reason)

    @sensitive_variables()
    def read(self) -> Pay | None:
        """
        Base and target variable; none where they have the pay of their title.

        :raises Unreadable: no key opens it
        """
        found = self._unsealed()
        if "base" not in found:
            return None
        return Pay(decimal_from(found["base"]), decimal_from(found["target_variable"]))

    @sensitive_variables()
    def read_reason(self) -> str:
        """:raises Unreadable: no key opens it"""
        return self._unsealed().get("reason", "")


class TermsEditionQuerySet(models.QuerySet["TermsEdition"]):
    def published(self) -> Self:
        return self.filter(state=TermsEdition.State.PUBLISHED)

    def update(self, **values: Any) -> int:
        """:raises TermsFrozen: one of the editions is published"""
        if self.published().exists():
            raise TermsFrozen("Published terms never change.")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """:raises TermsFrozen: one of the editions is published"""
        if self.published().exists():
            raise TermsFrozen("Published terms are kept.")
        return super().delete()


class TermsEdition(models.Model):
    """
    The terms of comp plans in one edition, for the whole company. Plans and packets name it by
    its code; once published it never changes.

    `clauses` is `{"en": [["When it is paid", "…"], …]}`, a list for each language.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        PUBLISHED = "PUBLISHED", _("Published")

    code = models.CharField(_("edition"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    clauses = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)

    objects = TermsEditionQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("edition of the terms")
        verbose_name_plural = _("editions of the terms")
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="events_termsedition_has_a_code"),
            models.CheckConstraint(
                condition=Q(state="DRAFT", published_at=None)
                | Q(state="PUBLISHED", published_at__isnull=False),
                name="events_termsedition_publication_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"

    def save(self, *args: Any, **options: Any) -> None:
        """:raises TermsFrozen: the edition is published"""
        if self.__dict__.get("_was_published"):
            raise TermsFrozen("Published terms never change.")
        super().save(*args, **options)

    def delete(self, using: str | None = None, keep_parents: bool = False) -> Any:
        """:raises TermsFrozen: the edition is published"""
        if self.published_at is not None:
            raise TermsFrozen("Published terms are kept.")
        return super().delete(using, keep_parents)

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any
    ) -> Self:
        edition = super().from_db(db, field_names, values, **options)
        edition.__dict__["_was_published"] = edition.__dict__.get("published_at") is not None
        return edition

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED
