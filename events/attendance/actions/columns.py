"""The columns of a file of people, and what files call them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from core.imports import parsers
from core.imports.mapping import Field
from events.attendance.models import Attendee
from people.accounts.models import Person


def _words(choices: Iterable[tuple[str, Any]], **more: str) -> dict[str, str]:
    pairs = list(choices)
    return {str(label): value for value, label in pairs} | {v: v for v, _label in pairs} | more


ROSTER_FIELDS = (
    Field(
        "full_name",
        gettext_lazy("Full name"),
        required=True,
        aliases=("name", "employee name", "person", "rep", "sales rep", "sales agent"),
        parse=parsers.text_up_to(160),
    ),
    Field(
        "preferred_name",
        gettext_lazy("Preferred name"),
        aliases=("nickname", "known as", "goes by"),
        parse=parsers.text_up_to(80),
    ),
    Field(
        "email",
        gettext_lazy("E-mail"),
        aliases=("mail", "e-mail address", "work e-mail", "user name"),
        parse=parsers.email,
    ),
    Field(
        "employee_id",
        gettext_lazy("Employee id"),
        aliases=("employee number", "personnel number", "staff id", "worker id", "person id"),
        parse=parsers.id_up_to(40),
    ),
    Field(
        "job_title",
        gettext_lazy("Job title"),
        aliases=("title", "position", "job", "role", "job role"),
        parse=parsers.text_up_to(120),
    ),
    Field(
        "function",
        gettext_lazy("Function"),
        aliases=("department", "department name", "job function", "job family"),
        parse=parsers.choice(
            _words(Person.Function.choices, SE="SALES_ENGINEERING", CS="CUSTOMER_SUCCESS")
        ),
    ),
    Field(
        "kind",
        gettext_lazy("Takes part as"),
        aliases=("attendee type", "attendee kind", "participant type"),
        parse=parsers.choice(_words(Attendee.Kind.choices)),
    ),
    Field(
        "region",
        gettext_lazy("Region"),
        aliases=("regional office", "area", "geo"),
        parse=parsers.text_up_to(80),
    ),
    Field(
        "team",
        gettext_lazy("Team"),
        aliases=("team name", "squad", "sales team"),
        parse=parsers.text_up_to(120),
    ),
    Field(
        "manager",
        gettext_lazy("Manager"),
        aliases=("manager name", "manager e-mail", "manager id", "reports to", "supervisor"),
        parse=parsers.text_up_to(254),
        hint=gettext_lazy("A name, an e-mail or an employee id"),
    ),
    Field("time_zone", gettext_lazy("Time zone"), aliases=("tz",), parse=parsers.time_zone),
    Field("country", gettext_lazy("Country"), aliases=("country code",), parse=parsers.country),
    Field(
        "subdivision",
        gettext_lazy("Part of the country"),
        aliases=("state", "province", "canton", "state or province", "subdivision"),
        parse=parsers.text_up_to(60),
        hint=gettext_lazy("For its own holidays, for example ENG or Ontario"),
    ),
    Field(
        "language",
        gettext_lazy("Language of letters"),
        aliases=("language", "preferred language", "locale"),
        parse=parsers.choice(_words(settings.LETTER_LANGUAGES)),
    ),
    Field(
        "hire_date",
        gettext_lazy("Hire date"),
        aliases=("start date", "hired", "joined", "date of hire"),
        parse=parsers.iso_date,
    ),
    Field(
        "leave_date",
        gettext_lazy("Last day"),
        aliases=("end date", "leaves", "termination date", "date of leaving"),
        parse=parsers.iso_date,
    ),
)
