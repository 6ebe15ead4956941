"""Who sits on a panel, the call before it, and the customers beside whom it stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agenda.panels import rules
from agenda.panels.actions.refusals import PanelRefused
from agenda.panels.models import Answerer, CustomerBase, Panelist
from agenda.sessions.models import Session
from events.deals.models import Account
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.activity.actions import record_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelistDetails:
    """What is said of a panelist. `score` is 0 to 10; a company may come from the account alone."""

    name: str
    score: int
    company: str = ""
    job_title: str = ""
    account: Account | None = None
    email: str = ""
    phone: str = ""
    prep_by: Person | None = None
    prep_date: date | None = None
    sensitive: str = ""

    def columns(self) -> dict[str, object]:
        company = self.company.strip() or (self.account.name if self.account else "")
        if not self.name.strip() or not company:
            raise PanelRefused(_("Say who it is and of which company."))
        if not 0 <= self.score <= 10:
            raise PanelRefused(_("The score is a whole number from 0 to 10."))
        if self.prep_by is None and self.prep_date is not None:
            raise PanelRefused(_("Say who holds the prep call, or leave its day out."))
        said = {name: getattr(self, name) for name in (field.name for field in fields(self))}
        return said | {"company": company, "standing": rules.standing_of(self.score)}


@transaction.atomic
def set_base(
    *, kickoff: Kickoff, score: int, answers: int, measured_date: date, by: Person, at: datetime
) -> CustomerBase:
    """
    Say the NPS of all customers, of how many it is, and when it was measured.

    :raises PanelRefused: it is no NPS, of nobody, or of a day to come
    """
    if not -100 <= score <= 100:
        raise PanelRefused(_("An NPS is a whole number from −100 to 100."))
    if answers < 1:
        raise PanelRefused(_("Say how many customers answered."))
    if measured_date > kickoff.local_date(at):
        raise PanelRefused(_("That day is to come. Say when it was measured."))
    said = {"score": score, "answers": answers, "measured_date": measured_date}
    base, _created = CustomerBase.objects.update_or_create(kickoff=kickoff, defaults=said)
    note = f"{score}, n {answers}, {measured_date}"
    record_entry(by=by, verb="panel.base_set", at=at, object=kickoff, note=note)
    return base


@transaction.atomic
def add_panelist(
    *, session: Session, details: PanelistDetails, by: Person, at: datetime
) -> Panelist:
    """
    Put a customer on a panel. They allow nothing until they say so.

    :raises PanelRefused: no name or company, no score from 0 to 10, or a call that nobody holds
    """
    panelist = Panelist.objects.create(session=session, added_at=at, **details.columns())
    record_entry(by=by, verb="panel.panelist_added", at=at, object=panelist)
    return panelist


@transaction.atomic
def update_panelist(
    *, panelist: Panelist, details: PanelistDetails, by: Person, at: datetime
) -> None:
    """
    Say something else of a panelist.

    :raises PanelRefused: as for a new one, or their contact was deleted for good
    """
    columns = details.columns()
    if not Panelist.objects.filter(pk=panelist.pk, forgotten_at=None).update(**columns):
        raise PanelRefused(
            _("What was kept of this customer is deleted, as it was promised. Nothing is added.")
        )
    record_entry(by=by, verb="panel.panelist_changed", at=at, object=panelist)


@transaction.atomic
def remove_panelist(*, panelist: Panelist, by: Person, at: datetime) -> None:
    """Take a customer off a panel, with all that is kept of them; commitments to them stay."""
    record_entry(by=by, verb="panel.panelist_removed", at=at, object=panelist)
    panelist.delete()


@transaction.atomic
def hold_call(
    *,
    panelist: Panelist,
    held_date: date,
    notes: str,
    agreed: Collection[int],
    by: Person,
    at: datetime,
) -> None:
    """
    Note that the prep call was held, what was said, and to which questions (ids of `Answerer`) the
    panelist agreed. Again replaces what was noted.

    :raises PanelRefused: the day is to come, or their contact was deleted for good
    """
    if held_date > panelist.session.kickoff.local_date(at):
        raise PanelRefused(_("That day is to come. Note the call once you have held it."))
    row = Panelist.objects.filter(pk=panelist.pk, forgotten_at=None)
    if not row.update(prep_held_date=held_date, prep_notes=notes.strip()):
        raise PanelRefused(
            _("What was kept of this customer is deleted, as it was promised. Nothing is added.")
        )
    theirs = Answerer.objects.filter(panelist=panelist)
    theirs.filter(pk__in=agreed).update(agreed=True)
    theirs.exclude(pk__in=agreed).update(agreed=False)
    record_entry(by=by, verb="panel.call_held", at=at, object=panelist, note=str(held_date))
