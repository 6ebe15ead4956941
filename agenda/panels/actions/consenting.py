"""What a customer allows to be quoted, and where: said by them or noted for them, and taken back at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.panels.actions.refusals import PanelRefused
from agenda.panels.models import Consent, Panelist, Where, link_key
from people.accounts.models import Person
from people.activity.actions import record_entry


@transaction.atomic
def say_consent(
    *, panelist: Panelist, places: Collection[str], by: Person | None, at: datetime
) -> Consent:
    """
    Note where a panelist may be quoted from now on; `by` nobody is the panelist themselves. Every
    page asks what holds at that moment. Where they allow no place any more, their quotes are
    deleted, so that nobody reads them and nothing brings them back.

    :raises PanelRefused: it is no place that there is
    """
    unknown = set(places) - set(Where.values)
    if unknown:
        raise PanelRefused(_("Choose among the places that are shown."))
    allowed = [where for where in Where.values if where in places]
    flags = {f"may_{where.lower()}": where in allowed for where in Where.values}
    Panelist.objects.filter(pk=panelist.pk).update(consent_at=at, **flags)
    if not allowed:
        panelist.quotes.all().delete()
    said = Consent.objects.create(
        panelist=panelist,
        places=",".join(allowed),
        said_at=at,
        noted_by=by,
        by_panelist=by is None,
    )
    verb = "panel.consent_said" if allowed else "panel.consent_withdrawn"
    record_entry(by=by, verb=verb, at=at, object=panelist, note=said.places)
    return said


@transaction.atomic
def renew_link(*, panelist: Panelist, by: Person, at: datetime) -> None:
    """Make a new link for a panelist; the one before it opens nothing any more."""
    panelist.link_key = link_key()
    panelist.save(update_fields=["link_key"])
    record_entry(by=by, verb="panel.link_renewed", at=at, object=panelist)
