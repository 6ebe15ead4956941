from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from core.imports.flow import ImportFlow, Options, Preview
from core.imports.rows import Parsed
from core.lists import Column, Filter, ListSpec
from events.deals import access, actions, queries
from events.deals.forms import AccountOptionsForm, DealOptionsForm
from events.deals.models import Opportunity
from people.accounts.models import Person
from people.accounts.requests import AuthenticatedRequest
from people.imports.views import import_pages


def _by_outcome(deals: QuerySet[Opportunity], value: str) -> QuerySet[Opportunity]:
    if value == "open":
        return deals.filter(stage__in=Opportunity.OPEN_STAGES)
    return deals.filter(stage=value)


_LIST = ListSpec(
    columns=[
        Column("account", gettext_lazy("Account"), sort=("account__name", "external_id")),
        Column("owner", gettext_lazy("Owner"), sort="owner__full_name"),
        Column("product", gettext_lazy("Product"), sort=("product__name", "pk"), narrow=False),
        Column("stage", gettext_lazy("Stage"), sort="stage"),
        Column("engaged", gettext_lazy("Engaged"), sort="engage_date", narrow=False),
        Column("closed", gettext_lazy("Closes"), sort="close_date", narrow=False),
        Column("value", gettext_lazy("Value"), sort="value", numeric=True),
    ],
    filters=[
        Filter(
            "outcome",
            gettext_lazy("Outcome"),
            [
                ("open", gettext_lazy("Open")),
                (Opportunity.Stage.WON, gettext_lazy("Won")),
                (Opportunity.Stage.LOST, gettext_lazy("Lost")),
            ],
            _by_outcome,
        ),
        Filter(
            "region",
            gettext_lazy("Region"),
            lambda: queries.regions(),
            "owner__region_id",
            chips=False,
        ),
        Filter(
            "product",
            gettext_lazy("Product"),
            lambda: queries.products(),
            "product_id",
            chips=False,
        ),
    ],
    search=["account__name", "owner__full_name", "external_id"],
    # What a clinic can still change comes first
    default_order=["-is_open_first", "-engage_date"],
)


_ACCOUNTS = ListSpec(
    columns=[
        Column("account", gettext_lazy("Account"), sort="name"),
        Column("country", gettext_lazy("Country"), sort="country"),
        Column("region", gettext_lazy("Region"), sort="region"),
        Column("segment", gettext_lazy("Segment"), sort="segment", narrow=False),
        Column("open", gettext_lazy("Open deals"), sort="open_deals", numeric=True),
    ],
    filters=[
        Filter(
            "segment", gettext_lazy("Segment"), lambda: queries.segments(), "segment", chips=False
        ),
    ],
    search=["name", "country", "region"],
    default_sort="account",
)


@login_required
@require_GET
def list_deals(request: AuthenticatedRequest) -> HttpResponse:
    access.deals_or_404(request.user)
    page = _LIST.page(queries.deals(), request.GET)
    context = {"page": page, "totals": queries.totals()}
    return render(request, "events/deals/list.html", context)


@login_required
@require_GET
def list_accounts(request: AuthenticatedRequest) -> HttpResponse:
    access.deals_or_404(request.user)
    page = _ACCOUNTS.page(queries.accounts(), request.GET)
    return render(request, "events/deals/accounts.html", {"page": page})


def open_accounts_import(by: Person, _subject: str) -> ImportFlow:
    """The import of accounts, for a page or a worker: :raises Http404: they may not"""
    access.deals_or_404(by)
    at = timezone.now()

    def run(parsed: Parsed, options: Options, *, dry_run: bool) -> actions.AccountsReport:
        return actions.import_accounts(
            parsed=parsed,
            spellings=options.get("spellings") or {},
            by=by,
            at=at,
            dry_run=dry_run,
        )

    def check(parsed: Parsed, options: Options) -> Preview:
        report = run(parsed, options, dry_run=True)
        return Preview(
            counts=[
                (_("Accounts created"), report.created),
                (_("Accounts changed"), report.changed),
                (_("Accounts unchanged"), report.unchanged),
            ],
            button=ngettext("Import %(count)s account", "Import %(count)s accounts", report.rows)
            % {"count": f"{report.rows:,}"},
            changes_nothing=not report.created and not report.changed,
        )

    def commit(parsed: Parsed, options: Options) -> str:
        report = run(parsed, options, dry_run=False)
        message = _("%(created)s accounts created, %(changed)s changed, %(unchanged)s unchanged.")
        counts = ("created", "changed", "unchanged")
        return message % {name: f"{getattr(report, name):,}" for name in counts}

    return ImportFlow(
        purpose="accounts",
        title=gettext_lazy("Import accounts"),
        lead=gettext_lazy("One row an account. Country, region and segment say whose it can be."),
        fields=actions.ACCOUNT_FIELDS,
        upload_url=reverse("events:deals:accounts_import"),
        preview_url=lambda token: reverse("events:deals:accounts_preview", kwargs={"token": token}),
        done_url=reverse("events:deals:accounts"),
        check=check,
        commit=commit,
        options_form=AccountOptionsForm,
        crumbs=[
            (reverse("events:deals:list"), gettext_lazy("Deals")),
            (reverse("events:deals:accounts"), gettext_lazy("Accounts")),
        ],
    )


import_accounts, preview_accounts = import_pages(open_accounts_import)


def open_import(by: Person, _subject: str) -> ImportFlow:
    """The import of opportunities, for a page or a worker: :raises Http404: they may not"""
    access.deals_or_404(by)
    at = timezone.now()

    def run(parsed: Parsed, options: Options, *, dry_run: bool) -> actions.DealsReport:
        return actions.import_opportunities(
            parsed=parsed,
            aliases=options.get("aliases") or {},
            currency=options["currency"],
            by=by,
            at=at,
            dry_run=dry_run,
        )

    def commit(parsed: Parsed, options: Options) -> str:
        report = run(parsed, options, dry_run=False)
        message = _("%(created)s deals created, %(changed)s changed, %(unchanged)s unchanged.")
        counts = ("created", "changed", "unchanged")
        return message % {name: f"{getattr(report, name):,}" for name in counts}

    return ImportFlow(
        purpose="opportunities",
        title=gettext_lazy("Import deals"),
        lead=gettext_lazy("One row an opportunity, as the CRM exports them."),
        fields=actions.OPPORTUNITY_FIELDS,
        upload_url=reverse("events:deals:import"),
        preview_url=lambda token: reverse("events:deals:preview", kwargs={"token": token}),
        done_url=reverse("events:deals:list"),
        check=lambda *said: _preview(run(*said, dry_run=True)),
        commit=commit,
        options_form=DealOptionsForm,
        crumbs=[(reverse("events:deals:list"), gettext_lazy("Deals"))],
        limits=actions.OPPORTUNITY_LIMITS,
    )


import_deals, preview_import = import_pages(open_import)


def _preview(report: actions.DealsReport) -> Preview:
    notes = []
    if report.new_products:
        names = ", ".join(report.new_products[:20])
        notes.append(_("New products: %(names)s.") % {"names": names})
    return Preview(
        counts=[
            (_("Deals created"), report.created),
            (_("Deals changed"), report.changed),
            (_("Deals unchanged"), report.unchanged),
            (_("Open deals"), report.open),
            (_("People who own the open ones"), report.open_owners),
            (_("New accounts"), len(report.new_accounts)),
            (_("New products"), len(report.new_products)),
        ],
        button=ngettext("Import %(count)s deal", "Import %(count)s deals", report.rows)
        % {"count": f"{report.rows:,}"},
        notes=notes,
        changes_nothing=not report.created and not report.changed,
    )
