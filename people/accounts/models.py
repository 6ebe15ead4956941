from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.due.rules import SUBDIVISION_LENGTH
from core.fields import AddressField, IdField, NameField
from core.keys import bare
from core.zones import all_zones
from people.org.models import Region, Team


def validate_time_zone(name: str) -> None:
    """Refuse a name that is not in the IANA time zone database."""
    if name not in all_zones():
        raise ValidationError(_("“%(name)s” is not an IANA time zone."), params={"name": name})


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> Self:
        """People whose account is open: they may sign in. Who is still here, `people.org` says."""
        return self.filter(is_active=True)

    def revops(self) -> Self:
        """Active people who plan territories, quotas and pay, and release packets."""
        return self.active().filter(role=Person.Role.REVOPS)

    def selling(self) -> Self:
        """People who carry a territory, a quota and a comp plan."""
        return self.filter(function=Person.Function.SALES, reports=None)

    def with_new_manager(self) -> Self:
        """People whose manager waits for RevOps before they read anything of theirs."""
        differs = Q(confirmed_manager=None) | ~Q(confirmed_manager=F("manager"))
        return self.filter(differs, manager__isnull=False)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # a base made at run time
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Create a person; without a password they sign in by a code sent by mail."""
        person = Person(email=bare(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """
        Create a person who may open the admin site, and is a planner unless said otherwise.

        Only planners invite people, so the first person of an installation has to be one.
        """
        fields = {
            "role": Person.Role.PLANNER,
            "function": Person.Function.ENABLEMENT,
            **fields,
        }
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> Person:
        person: Person = self.get(email__iexact=email)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Everybody who takes part: the user model. A manager is whoever has reports."""

    class Role(models.TextChoices):
        """What a person may do beyond taking part. Empty for reps and managers."""

        PLANNER = "PLANNER", _("Planner (enablement)")
        REVOPS = "REVOPS", _("RevOps")
        EXECUTIVE = "EXECUTIVE", _("Executive sponsor")

    class Function(models.TextChoices):
        SALES = "SALES", _("Sales")
        SALES_ENGINEERING = "SALES_ENGINEERING", _("Sales engineering")
        CUSTOMER_SUCCESS = "CUSTOMER_SUCCESS", _("Customer success")
        MARKETING = "MARKETING", _("Marketing")
        PRODUCT = "PRODUCT", _("Product")
        ENABLEMENT = "ENABLEMENT", _("Enablement")
        REVOPS = "REVOPS", _("RevOps")
        EXECUTIVE = "EXECUTIVE", _("Executive")
        GUEST = "GUEST", _("Guest")

    email = AddressField(_("e-mail"), max_length=254, unique=True)
    full_name = NameField(_("full name"), max_length=160)
    preferred_name = NameField(_("preferred name"), max_length=80, blank=True)
    employee_id = IdField(_("employee id"), max_length=40, blank=True)
    job_title = NameField(_("job title"), max_length=120, blank=True)
    function = models.CharField(
        _("function"), max_length=20, choices=Function.choices, default=Function.SALES
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, blank=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("region"),
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("team")
    )
    manager = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("manager"),
    )
    # Whom RevOps knows of: figures, notes and scores open where both trees agree. Written by
    # `people.org.actions` alone; whoever sets a manager elsewhere opens nothing
    confirmed_manager = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="confirmed_reports",
        verbose_name=_("confirmed manager"),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="UTC", validators=[validate_time_zone]
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("ISO 3166 code, two letters")
    )
    # Guessed from the time zone while empty: see `people.calendar.rules`
    subdivision = models.CharField(
        _("part of the country"),
        max_length=SUBDIVISION_LENGTH,
        blank=True,
        help_text=_("ISO 3166-2 code without the country, for example ENG"),
    )
    hire_date = models.DateField(_("hire date"), null=True, blank=True)
    leave_date = models.DateField(_("last day"), null=True, blank=True)
    language = models.CharField(
        _("language of letters"),
        max_length=10,
        blank=True,
        help_text=_("The company's language if left empty"),
    )
    top_performer_year = models.PositiveSmallIntegerField(
        _("top performer of the year"), null=True, blank=True
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the admin site"), default=False)
    # From outside the company: sees the pages alone that say `open_to_guests`
    is_guest = models.BooleanField(_("limited account"), default=False, editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_person_one_per_email"),
            models.UniqueConstraint(
                fields=["employee_id"],
                condition=~Q(employee_id=""),
                name="people_person_one_per_employee_id",
            ),
            models.CheckConstraint(
                condition=Q(manager=None) | ~Q(manager=F("id")),
                name="people_person_not_own_manager",
            ),
            models.CheckConstraint(
                condition=Q(is_guest=False)
                | Q(role="", is_staff=False, is_superuser=False, manager=None),
                name="people_person_guest_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name that the person goes by."""
        return self.preferred_name or self.full_name

    def local_date(self, at: datetime) -> date:
        """The date where the person is at a moment."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.display_name

    @property
    def has_new_manager(self) -> bool:
        """Whether their manager waits for RevOps before they read anything of theirs."""
        return self.manager_id is not None and self.manager_id != self.confirmed_manager_id

    @property
    def is_planner(self) -> bool:
        return self.role == self.Role.PLANNER

    @property
    def is_revops(self) -> bool:
        return self.role == self.Role.REVOPS

    @property
    def is_executive(self) -> bool:
        return self.role == self.Role.EXECUTIVE


class Invitation(models.Model):
    """Leave to sign in, given by a planner: nobody signs up by themselves."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="invitation")
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(accepted_at__gte=F("invited_at")),
                name="people_invitation_accepted_after_invited",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"


class ManagerChange(models.Model):
    """Who put somebody under a manager whom RevOps has not confirmed; gone once it is decided."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="manager_change")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    source = models.CharField(_("import"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("change of manager")
        verbose_name_plural = _("changes of manager")

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"


class AddressChange(models.Model):
    """The address that somebody is to have; gone once the old one or RevOps has decided."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="address_change")
    email = models.EmailField(_("e-mail"), max_length=254)
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of address")
        verbose_name_plural = _("changes of address")

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"


class RoleChange(models.Model):
    """Somebody who is to be RevOps; gone once somebody of RevOps has decided."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="role_change")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of role")
        verbose_name_plural = _("changes of role")

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"


class ReturnChange(models.Model):
    """Somebody who had left and is to be back; gone once somebody of RevOps has decided."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="return_change")
    leave_date = models.DateField(_("last day"), null=True, blank=True)  # that they are to have
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    source = models.CharField(_("import"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")

    def __str__(self) -> str:
        return f"#{self.pk} {self.person_id}"
