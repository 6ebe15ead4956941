"""What job titles and persons are paid: defaults, exceptions, and whole files of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from core.ui.figures import moment
from events.kickoff.models import Kickoff
from events.packets.comp import queries
from events.packets.comp.actions.plans import give_title
from events.packets.comp.actions.refusals import ChangedMeanwhile, CompRefused, refuse_archived
from events.packets.comp.models import CompPlan, PersonComp, RolePay
from events.packets.comp.rules.pay import Pay, title_key
from events.packets.comp.rules.rows import CompRow
from people.accounts.models import Person
from people.activity.actions import record_entries, record_entry

BATCH = 500
_WRITTEN = ("plan", "currency", "starts_date", "ends_date", "sealed", "changed_by", "changed_at")


@dataclass(frozen=True, slots=True, repr=False)
class TitlePay:
    """What a job title is paid in one currency, for these countries or, with none, the others."""

    currency: str
    pay: Pay
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OwnComp:
    """What one person has instead of what their job title gives; what is none comes from there."""

    plan: CompPlan | None = None
    currency: str = ""
    pay: Pay | None = None
    starts_date: date | None = None
    ends_date: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file of comp changed, in people."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def written(self) -> int:
        return self.created + self.changed


@sensitive_variables()
@transaction.atomic
def set_title(
    *,
    kickoff: Kickoff,
    job_title: str,
    plan: CompPlan | None,
    pays: Sequence[TitlePay],
    by: Person,
    at: datetime,
) -> None:
    """
    Say which plan a job title is on, and what it is paid by default in each currency.

    :raises CompRefused: a currency or a country is named twice, two pays are for all others, the
        title is empty, or the kickoff is archived
    """
    refuse_archived(kickoff)
    key = title_key(job_title)
    if not key:
        raise CompRefused(_("A job title has a name."))
    _refuse_overlap(pays)
    # Of two at once, one waits here
    Kickoff.objects.select_for_update(no_key=True).get(pk=kickoff.pk)
    give_title(kickoff=kickoff, job_title=job_title, plan=plan)
    RolePay.objects.filter(kickoff=kickoff, title_key=key).delete()
    rows = []
    for one in pays:
        row = RolePay(
            kickoff=kickoff,
            job_title=job_title.strip(),
            title_key=key,
            currency=one.currency,
            countries=" ".join(one.countries),
        )
        row.write(one.pay)
        rows.append(row)
    RolePay.objects.bulk_create(rows)
    record_entry(
        by=by, verb="comp.title_changed", at=at, object=kickoff, note=" ".join(job_title.split())
    )


@sensitive_variables("own", "row")
@transaction.atomic
def override_comp(
    *,
    kickoff: Kickoff,
    person: Person,
    own: OwnComp,
    by: Person,
    at: datetime,
    expected: int | None = None,
) -> PersonComp:
    """
    Give one person a plan, pay or dates of their own, with the reason; they see that it was done.

    `expected` is the version of the exception that was read, none if there was none.

    :raises ChangedMeanwhile: somebody else changed it since it was read
    :raises CompRefused: it says nothing, has no reason, half of the figures, dates that do not
        fit, a plan of another kickoff, or the kickoff is archived
    """
    refuse_archived(kickoff)
    _refuse_wrong(kickoff, own)
    if not own.reason.strip():
        raise CompRefused(_("Say why this person differs from their job title."))
    rows = PersonComp.objects.filter(kickoff=kickoff, person=person)
    row = PersonComp(kickoff=kickoff, person=person, changed_by=by, changed_at=at)
    _fill(row, own)
    if expected is None:
        _made, is_new = rows.get_or_create(
            kickoff=kickoff,
            person=person,
            defaults={name: getattr(row, name) for name in _WRITTEN},
        )
        if not is_new:
            raise _changed(rows)
    else:
        values = {name: getattr(row, name) for name in _WRITTEN}
        if not rows.filter(version=expected).update(version=F("version") + 1, **values):
            raise _changed(rows)
    stored = rows.get()
    record_entry(by=by, verb="comp.overridden", at=at, subject=person, object=stored)
    return stored


@transaction.atomic
def clear_override(*, kickoff: Kickoff, person: Person, by: Person, at: datetime) -> None:
    """
    Give a person back what their job title gives. Twice is once.

    :raises CompRefused: the kickoff is archived
    """
    refuse_archived(kickoff)
    row = PersonComp.objects.filter(kickoff=kickoff, person=person).first()
    if row is not None:
        record_entry(by=by, verb="comp.cleared", at=at, subject=person, object=row)
        row.delete()


@sensitive_variables()
def plan_import(*, kickoff: Kickoff, rows: Sequence[CompRow]) -> Imported:
    """What `import_comp` would do with these rows. Writes nothing."""
    book, people = _book(kickoff, rows)
    return Imported(**Counter(_outcome(book, people[row.person_id], row) for row in rows))


@sensitive_variables()
@transaction.atomic
def import_comp(
    *, kickoff: Kickoff, rows: Sequence[CompRow], by: Person | None, at: datetime, source: str = ""
) -> Imported:
    """
    Bring people's own comp to what a file says, one row a person; who is not in it is left alone.

    What somebody has already, from their job title or not, changes nothing. A reason that was given stays. Rows were checked before.

    :raises CompRefused: the kickoff is archived
    """
    refuse_archived(kickoff)
    # One import at a time: rows that are not there yet cannot be locked
    Kickoff.objects.select_for_update(no_key=True).get(pk=kickoff.pk)
    book, people = _book(kickoff, rows)
    outcomes = Counter[str]()
    fresh: list[PersonComp] = []
    touched: list[PersonComp] = []
    for row in rows:
        stored = book.own.get(row.person_id)
        outcome = _outcome(book, people[row.person_id], row)
        outcomes[outcome] += 1
        if outcome == "unchanged":
            continue
        reason = stored.read_reason() if stored is not None else ""
        target = stored or PersonComp(kickoff=kickoff, person_id=row.person_id)
        target.plan_id, target.starts_date, target.ends_date = _wanted(stored, row)
        target.currency = row.currency
        target.write(row.pay, reason=reason)
        target.changed_by, target.changed_at = by, at
        (fresh if stored is None else touched).append(target)
    PersonComp.objects.bulk_create(fresh, batch_size=BATCH)
    for target in touched:
        target.version += 1
    PersonComp.objects.bulk_update(touched, [*_WRITTEN, "version"], batch_size=BATCH)
    done = Imported(**outcomes)
    if done.written:
        record_entry(
            by=by,
            verb="comp.imported",
            at=at,
            object=kickoff,
            note=_("%(written)d people, %(same)d the same. %(source)s")
            % {"written": done.written, "same": done.unchanged, "source": source},
        )
        record_entries(
            by=by,
            verb="comp.overridden",
            at=at,
            notes=[(people[one.person_id], "") for one in (*fresh, *touched)],
        )
    return done


def _book(kickoff: Kickoff, rows: Sequence[CompRow]) -> tuple[queries.Book, dict[int, Person]]:
    ids = [row.person_id for row in rows]
    return queries.Book(kickoff), Person.objects.in_bulk(ids)


@sensitive_variables()
def _outcome(book: queries.Book, person: Person, row: CompRow) -> str:
    """What a row does: nothing where the person has it already, from their job title or not."""
    stored = book.own.get(person.pk)
    assigned = book.comp_of(person.pk, person.job_title, person.country)
    held = (stored.plan_id, stored.starts_date, stored.ends_date) if stored else (None, None, None)
    same = (
        held == _wanted(stored, row)
        and assigned.currency == row.currency
        and assigned.pay() == row.pay
    )
    if same:
        return "unchanged"
    return "created" if stored is None else "changed"


def _wanted(stored: PersonComp | None, row: CompRow) -> tuple[int | None, date | None, date | None]:
    """Plan and dates that a row leaves a person with: what its file has no column for stays."""
    if stored is None:
        return row.plan_id, row.starts_date, row.ends_date
    return (
        stored.plan_id if "plan" in row.keeps else row.plan_id,
        stored.starts_date if "starts" in row.keeps else row.starts_date,
        stored.ends_date if "ends" in row.keeps else row.ends_date,
    )


@sensitive_variables()
def _fill(row: PersonComp, own: OwnComp) -> None:
    row.plan = own.plan
    row.currency = own.currency
    row.starts_date, row.ends_date = own.starts_date, own.ends_date
    row.write(own.pay, reason=own.reason.strip())


@sensitive_variables()
def _refuse_wrong(kickoff: Kickoff, own: OwnComp) -> None:
    if (own.pay is None) != (not own.currency):
        raise CompRefused(_("Give base, target variable and currency together, or none of them."))
    if own.plan is not None and own.plan.kickoff_id != kickoff.pk:
        raise CompRefused(_("This plan belongs to another kickoff."))
    if own.starts_date and own.ends_date and own.ends_date < own.starts_date:
        raise CompRefused(_("The last day lies before the first."))
    if not (own.plan or own.pay or own.starts_date or own.ends_date):
        raise CompRefused(_("Say what this person has of their own: a plan, pay or dates."))


def _refuse_overlap(pays: Sequence[TitlePay]) -> None:
    currencies = Counter(one.currency for one in pays)
    countries = Counter(code for one in pays for code in one.countries)
    for text, counts in (
        (_("%(code)s is given twice. A job title has one pay in each currency."), currencies),
        (_("The country %(code)s is named twice. It has one pay."), countries),
    ):
        if twice := [code for code, count in counts.items() if count > 1]:
            raise CompRefused(text % {"code": twice[0]})
    if sum(not one.countries for one in pays) > 1:
        raise CompRefused(
            _("Two pays are for all other countries. Name the countries of one of them.")
        )


def _changed(rows: QuerySet[PersonComp]) -> ChangedMeanwhile:
    stored = rows.select_related("changed_by", "kickoff").first()
    if stored is None:
        return ChangedMeanwhile(_("This exception was taken back meanwhile. Nothing was saved."))
    return ChangedMeanwhile(
        _("%(name)s changed this, %(when)s, after you opened it. Nothing was saved.")
        % {
            "name": stored.changed_by.display_name if stored.changed_by else _("Somebody"),
            "when": moment(stored.changed_at, stored.kickoff.zone),
        }
    )
