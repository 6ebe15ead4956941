"""Accounts from the CRM: the facts that territories ask for, each of them optional."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.imports import parsers
from core.imports.mapping import Field
from core.imports.problems import FileRefused
from core.imports.rows import Parsed, ParsedRow
from core.keys import name_key
from events.deals import rules
from events.deals.hooks import followed
from events.deals.models import Account
from people.accounts.models import Person
from people.activity.actions import record_entry

_BATCH = 500
_MOST_STAFF = 100_000_000


def _staff(found: Decimal) -> int:
    if found != found.to_integral_value() or not 0 <= found <= _MOST_STAFF:
        raise ValueError(_("Staff is a whole number of 0 or more."))
    return int(found)


ACCOUNT_FIELDS = (
    Field(
        "account",
        gettext_lazy("Account"),
        required=True,
        aliases=("account name", "name", "company", "customer"),
        parse=parsers.text_up_to(160),
    ),
    Field(
        "country",
        gettext_lazy("Country"),
        aliases=("office location", "billing country", "country code", "headquarters"),
        hint=gettext_lazy("Two letters such as PT, or the English name"),
    ),
    Field(
        "region",
        gettext_lazy("Region"),
        aliases=("sales region", "state", "province", "billing state"),
        parse=parsers.text_up_to(80),
    ),
    Field(
        "segment",
        gettext_lazy("Segment"),
        aliases=("tier", "size segment", "account segment"),
        parse=parsers.text_up_to(80),
    ),
    Field(
        "employees",
        gettext_lazy("Staff"),
        aliases=("number of employees", "headcount", "staff"),
        parse=_staff,
        is_amount=True,
        hint=gettext_lazy("Says the segment where the file has none"),
    ),
)


@dataclass
class AccountsReport:
    """What an import did, or would do."""

    rows: int
    created: int = 0
    changed: int = 0
    unchanged: int = 0


def proposed_countries(parsed: Parsed) -> dict[str, str]:
    """Countries in a file that are misspelt, with the country that each seems to mean."""
    return rules.propose_countries(row.get("country") for row in parsed.rows)


def import_accounts(
    *,
    parsed: Parsed,
    spellings: Mapping[str, str],
    by: Person | None,
    at: datetime,
    dry_run: bool = False,
) -> AccountsReport:
    """
    Take over every account in a file, or none. An account is known by its name.

    `spellings` maps countries as the file writes them to what they stand for. Whether a cell that
    is empty leaves what is known, or clears it, is asked where it matters; the same file again
    changes nothing. With `dry_run` nothing is written.

    :raises FileRefused: errors in rows, each with row and column
    """
    report = AccountsReport(len(parsed.rows))
    try:
        with transaction.atomic():
            new, changed = _planned(parsed, spellings, report)
            parsed.refuse_problems()
            if not dry_run:
                with followed(by, at):
                    Account.objects.bulk_create(new, batch_size=_BATCH)
                    Account.objects.bulk_update(
                        changed, ["country", "region", "segment"], batch_size=_BATCH
                    )
                record_entry(
                    by=by,
                    verb="accounts.imported",
                    at=at,
                    note=f"{report.created} created, {report.changed} changed",
                )
    except IntegrityError as error:
        raise FileRefused(
            _("Accounts were changed while the file was read. Nothing was imported: try again.")
        ) from error
    return report


def _planned(
    parsed: Parsed, spellings: Mapping[str, str], report: AccountsReport
) -> tuple[list[Account], list[Account]]:
    known = {name_key(each.name): each for each in Account.objects.all()}
    new, changed = [], []
    for row in parsed.rows:
        key = name_key(row.get("account"))
        if key:
            message = _("Row %(row)d has this account already.")
            parsed.is_repeated(row, "account", key, message)
        account = known.get(key)
        values = _values(parsed, row, spellings)
        for name in ("country", "region", "segment"):
            if name not in values and parsed.clears(row, name, getattr(account, name, "")):
                values[name] = ""
        if row.bad:
            continue
        if account is None:
            new.append(Account(name=row.values["account"], **values))
            report.created += 1
        elif any(getattr(account, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(account, name, value)
            changed.append(account)
            report.changed += 1
        else:
            report.unchanged += 1
    return new, changed


def _values(parsed: Parsed, row: ParsedRow, spellings: Mapping[str, str]) -> dict[str, Any]:
    """What a row says of its account; what it does not say is left out."""
    values: dict[str, Any] = {}
    if cell := row.get("country"):
        try:
            values["country"] = parsers.country(spellings.get(cell, cell))
        except ValueError as error:
            parsed.add_problem(row, "country", str(error))
    if region := row.get("region"):
        values["region"] = region
    if segment := row.get("segment"):
        values["segment"] = segment
    elif (staff := row.get("employees", None)) is not None:
        values["segment"] = rules.size_segment(staff)
    return values
