"""What comes from the CRM: accounts with where and how large they are, and opportunities."""

from events.deals.actions.accounts import (
    ACCOUNT_FIELDS,
    AccountsReport,
    import_accounts,
    proposed_countries,
)
from events.deals.actions.opportunities import (
    DEFAULT_CURRENCY,
    OPPORTUNITY_FIELDS,
    OPPORTUNITY_LIMITS,
    DealsReport,
    import_opportunities,
    proposed_aliases,
)
