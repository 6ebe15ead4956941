from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.currencies import digits, fits
from core.imports import parsers
from core.imports.mapping import Field
from core.imports.problems import FileRefused
from core.imports.rows import Parsed, ParsedRow
from core.imports.tables import Limits
from core.keys import name_key
from events.deals import queries, rules
from events.deals.models import Account, Opportunity, Product
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.org.queries import everybody

OPPORTUNITY_LIMITS = Limits(rows=50_000)
DEFAULT_CURRENCY = "USD"
_MOST = Decimal("999999999999.99")
_BATCH = 500
_REPLACED = (
    "account",
    "product",
    "engage_date",
    "close_date",
    "value",
    "next_step",
    "next_step_date",
    "last_activity_date",
    "competitor",
)
_STAGES = {
    "Prospecting": "PROSPECTING",
    "Engaging": "ENGAGING",
    "Won": "WON",
    "Lost": "LOST",
    "Open": "PROSPECTING",
    "Qualification": "PROSPECTING",
    "Discovery": "ENGAGING",
    "Proposal": "ENGAGING",
    "Negotiation": "ENGAGING",
    "Closed won": "WON",
    "Closed lost": "LOST",
}


def _value(found: Decimal) -> Decimal:
    if not 0 <= found <= _MOST:
        raise ValueError(_("A value is 0 or more, and less than a thousand billion."))
    return found


OPPORTUNITY_FIELDS = (
    Field(
        "opportunity_id",
        gettext_lazy("Opportunity id"),
        required=True,
        aliases=("id", "deal id", "opportunity"),
        parse=parsers.id_up_to(60),
    ),
    Field(
        "owner",
        gettext_lazy("Owner"),
        required=True,
        aliases=("sales agent", "rep", "sales rep", "opportunity owner", "deal owner"),
        parse=parsers.text_up_to(254),
        hint=gettext_lazy("A name, an e-mail or an employee id"),
    ),
    Field(
        "account",
        gettext_lazy("Account"),
        aliases=("account name", "company", "customer"),
        parse=parsers.text_up_to(160),
    ),
    Field(
        "product", gettext_lazy("Product"), aliases=("product name",), parse=parsers.text_up_to(120)
    ),
    Field(
        "stage",
        gettext_lazy("Stage"),
        required=True,
        aliases=("deal stage", "opportunity stage", "status"),
        parse=parsers.choice(_STAGES),
    ),
    Field(
        "engage_date",
        gettext_lazy("Engaged"),
        aliases=("engaged on", "created date"),
        parse=parsers.iso_date,
    ),
    Field(
        "close_date",
        gettext_lazy("Close date"),
        aliases=("closed on", "expected close", "expected close date"),
        parse=parsers.iso_date,
    ),
    Field(
        "value",
        gettext_lazy("Value"),
        aliases=("close value", "amount", "deal value", "expected value"),
        parse=_value,
        is_amount=True,
        currency="currency",
    ),
    Field("currency", gettext_lazy("Currency"), aliases=("currency code",), parse=parsers.currency),
    Field(
        "next_step",
        gettext_lazy("Next step"),
        aliases=("next action",),
        parse=parsers.text_up_to(200),
    ),
    Field(
        "next_step_date",
        gettext_lazy("Next step due"),
        aliases=("next step date", "next action date"),
        parse=parsers.iso_date,
    ),
    Field(
        "last_activity_date",
        gettext_lazy("Last activity"),
        aliases=("last activity date", "last contacted"),
        parse=parsers.iso_date,
    ),
    Field(
        "competitor",
        gettext_lazy("Competitor"),
        aliases=("main competitor", "competition"),
        parse=parsers.text_up_to(80),
    ),
)


@dataclass
class DealsReport:
    """What an import did, or would do."""

    rows: int
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    new_products: list[str] = field(default_factory=list)
    new_accounts: list[str] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)  # those that were used
    open: int = 0
    open_owners: int = 0


def proposed_aliases(parsed: Parsed) -> dict[str, str]:
    """Product names in a file that seem to be other spellings, with what they would become."""
    names = Counter(row.values["product"] for row in parsed.rows if "product" in row.values)
    if not names:
        return {}
    return rules.propose_aliases(names, queries.product_names())


def import_opportunities(
    *,
    parsed: Parsed,
    aliases: Mapping[str, str],
    currency: str = DEFAULT_CURRENCY,
    by: Person | None,
    at: datetime,
    dry_run: bool = False,
) -> DealsReport:
    """
    Take over every deal in a file, or none. A deal is known by its id in the CRM.

    `aliases` maps product names in the file to those they stand for; other unknown products and
    accounts are created. `currency` holds where the file says none. Each owner must be a person of
    the company. A column replaces what is known, what has no column stays. The same file again
    changes nothing. With `dry_run` nothing is written.

    :raises FileRefused: errors in rows, each with row and column, or a currency that is none
    """
    try:
        common = {"currency": parsers.currency(currency), "imported_at": at}
    except ValueError as error:
        raise FileRefused(str(error)) from error
    try:
        with transaction.atomic():
            write = _Write(parsed, aliases, common)
            parsed.refuse_problems()
            if not dry_run:
                write.everything()
                record_entry(
                    by=by,
                    verb="opportunities.imported",
                    at=at,
                    note=f"{write.report.created} created, {write.report.changed} changed",
                )
            return write.report
    except IntegrityError as error:
        raise FileRefused(
            _("Deals were changed while the file was read. Nothing was imported: try again.")
        ) from error


Named = TypeVar("Named", Account, Product)


class _Write:
    """A file on its way into the tables, with a few statements whatever its size."""

    def __init__(
        self, parsed: Parsed, aliases: Mapping[str, str], common: Mapping[str, Any]
    ) -> None:
        self.parsed, self.common = parsed, common
        self.aliases = {name_key(name): (name, wanted) for name, wanted in aliases.items()}
        self.report = DealsReport(len(parsed.rows))
        self.people = everybody(common["imported_at"])
        self.accounts = {name_key(each.name): each for each in Account.objects.all()}
        self.products = {name_key(each.name): each for each in Product.objects.all()}
        self.known = Opportunity.objects.in_bulk(field_name="external_id")
        self.new_accounts: dict[str, Account] = {}
        self.new_products: dict[str, Product] = {}
        self.new: list[Opportunity] = []
        self.changed: list[Opportunity] = []
        self._plan()

    def _plan(self) -> None:
        owners = set()
        for row in self.parsed.rows:
            if external_id := row.get("opportunity_id"):
                message = _("Row %(row)d has this id already.")
                self.parsed.is_repeated(row, "opportunity_id", external_id, message)
            owner = self._owner(row)
            self._check_dates(row)
            self._check_value(row)
            if row.bad or owner is None:
                continue
            self._plan_deal(row, owner)
            if row.get("stage") in Opportunity.OPEN_STAGES:
                self.report.open += 1
                owners.add(owner)
        self.report.open_owners = len(owners)
        self.report.new_accounts = [account.name for account in self.new_accounts.values()]
        self.report.new_products = [product.name for product in self.new_products.values()]

    def _owner(self, row: ParsedRow) -> int | None:
        if "owner" not in row.values:
            return None
        try:
            return self.people.only(row.values["owner"])
        except ValueError as error:
            self.parsed.add_problem(row, "owner", str(error))
            return None

    def _check_dates(self, row: ParsedRow) -> None:
        deal = self.known.get(row.get("opportunity_id"))
        engaged, closed = (
            row.get(name, None) if self.parsed.has(name) else getattr(deal, name, None)
            for name in ("engage_date", "close_date")
        )
        if engaged and closed and closed < engaged:
            key = "close_date" if self.parsed.has("close_date") else "engage_date"
            self.parsed.add_problem(row, key, _("The deal closes before it was engaged."))

    def _check_value(self, row: ParsedRow) -> None:
        value, code = row.get("value", None), row.get("currency") or self.common["currency"]
        if value is not None and not fits(value, code):
            shown = {"currency": code, "digits": digits(code)}
            message = _("%(currency)s has %(digits)d decimals.") % shown
            self.parsed.add_problem(row, "value", message)

    def _plan_deal(self, row: ParsedRow, owner_id: int) -> None:
        external_id = row.values["opportunity_id"]
        deal = self.known.get(external_id)
        values = {
            "owner_id": owner_id,
            "account": self._named(row.get("account"), self.accounts, self.new_accounts, Account),
            "product": self._product(row.get("product")),
            "stage": row.values["stage"],
            "engage_date": row.get("engage_date", None),
            "close_date": row.get("close_date", None),
            "value": row.get("value", None),
            "currency": row.get("currency") or self.common["currency"],
            "next_step": row.get("next_step") if self.parsed.has("next_step") else None,
            "next_step_date": row.get("next_step_date", None),
            "last_activity_date": row.get("last_activity_date", None),
            "competitor": row.get("competitor"),
        }
        if deal is None:
            imported_at = self.common["imported_at"]
            self.new.append(Opportunity(external_id=external_id, imported_at=imported_at, **values))
            self.report.created += 1
            return
        kept = {name for name in _REPLACED if not self.parsed.has(name)}
        values = {name: value for name, value in values.items() if name not in kept}
        if self._differs(deal, values):
            for name, value in values.items():
                setattr(deal, name, value)
            deal.imported_at = self.common["imported_at"]
            self.changed.append(deal)
            self.report.changed += 1
        else:
            self.report.unchanged += 1

    def _differs(self, deal: Opportunity, values: Mapping[str, Any]) -> bool:
        for name, value in values.items():
            if name in ("account", "product"):
                if getattr(deal, f"{name}_id") != (value.pk if value else None):
                    return True
            elif getattr(deal, name) != value:
                return True
        return False

    def _product(self, name: str) -> Product | None:
        if name and (alias := self.aliases.get(name_key(name))):
            self.report.aliases[alias[0]] = name = alias[1]
        return self._named(name, self.products, self.new_products, Product)

    def _named(
        self, name: str, known: dict[str, Named], new: dict[str, Named], model: type[Named]
    ) -> Named | None:
        if not name:
            return None
        key = name_key(name)
        if key not in known:
            known[key] = new[key] = model(name=name)
        return known[key]

    def everything(self) -> None:
        self._create(Account, self.new_accounts.values())
        self._create(Product, self.new_products.values())
        Opportunity.objects.bulk_create(self.new, batch_size=_BATCH)
        fields = [
            "owner",
            "account",
            "product",
            "stage",
            "engage_date",
            "close_date",
            "value",
            "currency",
            "next_step",
            "next_step_date",
            "last_activity_date",
            "competitor",
            "imported_at",
        ]
        Opportunity.objects.bulk_update(self.changed, fields, batch_size=_BATCH)

    def _create(self, model: type[Named], new: Iterable[Named]) -> None:
        model._default_manager.bulk_create(list(new), batch_size=_BATCH)
