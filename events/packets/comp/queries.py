"""Reads of comp plans. Only `comps_of`, `pays_of` and whoever calls `read` see figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Case, CharField, QuerySet, Value, When
from django.utils.translation import get_language, override
from django.views.decorators.debug import sensitive_variables

from events.attendance.models import Attendee, AttendeeQuerySet
from events.kickoff.models import Kickoff
from events.packets.comp import hooks
from events.packets.comp.models import CompPlan, PersonComp, PlanRole, RolePay, TermsEdition
from events.packets.comp.rules.comp import CompOffer
from events.packets.comp.rules.costs import Payee
from events.packets.comp.rules.design import PlanDesign
from events.packets.comp.rules.pay import Pay, pay_for_country, stem_of, title_keys
from events.packets.comp.rules.terms import CURRENT, EDITIONS, Clause
from people.accounts.models import Person

Found = TypeVar("Found")

# What keeps a person from having a comp plan, in the order in which it is told
NO_PLAN, NOT_READY, NO_PAY, SET = "NO_PLAN", "NOT_READY", "NO_PAY", "SET"


@dataclass(frozen=True, slots=True, repr=False)
class AssignedComp:
    """Which plan and which pay somebody has, and where from. No figure is open in it."""

    plan: CompPlan | None
    own: PersonComp | None
    role_pay: RolePay | None

    @property
    def gap(self) -> str:
        if self.plan is None:
            return NO_PLAN
        if not self.plan.is_ready:
            return NOT_READY
        return SET if self.currency else NO_PAY

    @property
    def currency(self) -> str:
        if self.own is not None and self.own.has_own_pay:
            return self.own.currency
        return self.role_pay.currency if self.role_pay is not None else ""

    @property
    def starts(self) -> date | None:
        own = self.own.starts_date if self.own is not None else None
        return own or (self.plan.starts_date if self.plan is not None else None)

    @property
    def ends(self) -> date | None:
        own = self.own.ends_date if self.own is not None else None
        return own or (self.plan.ends_date if self.plan is not None else None)

    @sensitive_variables()
    def pay(self) -> Pay | None:
        """
        Base and target variable; none where neither person nor title has any.

        :raises Unreadable: no key opens it
        """
        if self.own is not None and self.own.has_own_pay:
            return self.own.read()
        return self.role_pay.read() if self.role_pay is not None else None

    @sensitive_variables()
    def offer(self) -> CompOffer | None:
        """
        The plan at their pay; none as long as there is a gap or the dates do not fit.

        :raises Unreadable: no key opens it
        """
        pay = self.pay() if self.gap == SET else None
        starts, ends = self.starts, self.ends
        if self.plan is None or pay is None or starts is None or ends is None or ends < starts:
            return None
        comp = self.plan.design.comp_for(
            name=self.plan.name,
            base=pay.base,
            target_variable=pay.target_variable,
            currency=self.currency,
        )
        return CompOffer(comp, self.currency, starts, ends)


class Book:
    """All plans, titles, pays and exceptions of one kickoff: five queries, however many people."""

    def __init__(self, kickoff: Kickoff, person_ids: Collection[int] | None = None) -> None:
        self.plans = {plan.pk: plan for plan in CompPlan.objects.filter(kickoff=kickoff)}
        self.plan_of_title = dict(
            PlanRole.objects.filter(kickoff=kickoff).values_list("title_key", "plan_id")
        )
        self.pays_of_title: dict[str, list[RolePay]] = {}
        for pay in RolePay.objects.filter(kickoff=kickoff):
            self.pays_of_title.setdefault(pay.title_key, []).append(pay)
        own = PersonComp.objects.filter(kickoff=kickoff)
        if person_ids is not None:
            own = own.filter(person__in=person_ids)
        self.own = {one.person_id: one for one in own}

    def plan_of(self, job_title: str) -> CompPlan | None:
        """The plan that a job title gives."""
        return self.plans.get(_first(self.plan_of_title, title_keys(job_title)) or 0)

    def comp_of(self, person_id: int, job_title: str, country: str) -> AssignedComp:
        """What one person has. A title has the pay of their country, else that for all others."""
        keys, own = title_keys(job_title), self.own.get(person_id)
        plan_id = own.plan_id if own is not None else None
        plan_id = plan_id or _first(self.plan_of_title, keys)
        pays = _first(self.pays_of_title, keys) or []
        place = pay_for_country([pay.country_codes for pay in pays], country)
        return AssignedComp(
            plan=self.plans.get(plan_id) if plan_id else None,
            own=own,
            role_pay=None if place is None else pays[place],
        )


def stated_dates(kickoff: Kickoff) -> list[date]:
    """On which days the comp plans that are ready take effect, one for each. One query."""
    plans = CompPlan.objects.filter(kickoff=kickoff, is_ready=True).order_by("starts_date")
    return list(plans.values_list("starts_date", flat=True))


def _first(found: Mapping[str, Found], keys: Sequence[str]) -> Found | None:
    return next((found[key] for key in keys if key in found), None)


@sensitive_variables()
def comps_of(kickoff: Kickoff, person_ids: Collection[int]) -> dict[int, CompOffer]:
    """
    The comp of some people, by person; whoever has no ready plan or no pay is not in it.

    Five queries. An exception for the person goes before what their job title gives.

    :raises Unreadable: no key opens somebody's pay
    """
    book = Book(kickoff, person_ids)
    people = Person.objects.filter(pk__in=person_ids).values_list("pk", "job_title", "country")
    found = {}
    for person_id, job_title, country in people:
        offer = book.comp_of(person_id, job_title, country).offer()
        if offer is not None:
            found[person_id] = offer
    return found


def comp_assigned_to(kickoff: Kickoff, person: Person) -> AssignedComp:
    """What one person has. Four queries."""
    book = Book(kickoff, [person.pk])
    return book.comp_of(person.pk, person.job_title, person.country)


def people_rows(kickoff: Kickoff, book: Book) -> AttendeeQuerySet:
    """The reps of a roster with `gap` (what they lack) and `rank`, what needs somebody first."""
    gaps: dict[str, list[int]] = {}
    reps = Attendee.objects.filter(kickoff=kickoff).carrying_quota()
    about = reps.values_list("person_id", "person__job_title", "person__country")
    for person_id, job_title, country in about:
        gaps.setdefault(book.comp_of(person_id, job_title, country).gap, []).append(person_id)
    lacking = [(gap, ids) for gap, ids in gaps.items() if gap != SET]
    order = (NO_PLAN, NOT_READY, NO_PAY)
    return reps.select_related("person__region", "person__manager").annotate(
        gap=Case(
            *(When(person__in=ids, then=Value(gap)) for gap, ids in lacking),
            default=Value(SET),
            output_field=CharField(),
        ),
        rank=Case(
            *(When(person__in=ids, then=Value(str(order.index(gap)))) for gap, ids in lacking),
            default=Value("9"),
            output_field=CharField(),
        ),
    )


def own_ids(kickoff: Kickoff) -> QuerySet[PersonComp, Any]:
    """Those with an exception, as person ids for a filter."""
    return PersonComp.objects.filter(kickoff=kickoff).values("person")


@dataclass(frozen=True, slots=True)
class Title:
    """
    A job title on the roster, or one that has plan or pay: how many hold it, what it has, and how
    many of them still lack a plan or pay.
    """

    name: str
    key: str
    heads: int
    plan: CompPlan | None
    currencies: tuple[str, ...]
    lacking: int = 0


def titles(kickoff: Kickoff, book: Book) -> list[Title]:
    """
    Every job title of the roster's reps, most heads first, then titles that nobody holds.

    Titles that differ only behind a comma are one, unless such a title has a plan or pay of its
    own. Two queries.
    """
    names = {
        **dict(PlanRole.objects.filter(kickoff=kickoff).values_list("title_key", "job_title")),
        **{key: pays[0].job_title for key, pays in book.pays_of_title.items()},
    }
    settled = set(names)
    heads, lacking = Counter[str](), Counter[str]()
    reps = Attendee.objects.filter(kickoff=kickoff).carrying_quota().order_by("pk")
    for person_id, job_title, country in reps.values_list(
        "person_id", "person__job_title", "person__country"
    ):
        keys = title_keys(job_title)
        key = next((key for key in keys if key in settled), keys[-1])
        if not key:
            continue
        names.setdefault(key, stem_of(job_title) if len(keys) > 1 else job_title.strip())
        heads[key] += 1
        lacking[key] += book.comp_of(person_id, job_title, country).gap != SET
    found = [
        Title(
            name,
            key,
            heads[key],
            book.plans.get(book.plan_of_title.get(key, 0)),
            tuple(pay.currency for pay in book.pays_of_title.get(key, [])),
            lacking[key],
        )
        for key, name in names.items()
    ]
    return sorted(found, key=lambda title: (-title.heads, title.key))


def plan_ids(kickoff: Kickoff) -> dict[str, int]:
    """The plans of a kickoff by name."""
    return dict(CompPlan.objects.filter(kickoff=kickoff).values_list("name", "pk"))


def published_editions() -> list[str]:
    """The codes of every edition that a plan may name, the newest first."""
    stored = TermsEdition.objects.published().order_by("-published_at", "-pk")
    return [*stored.values_list("code", flat=True), *EDITIONS]


def clauses_of(code: str, language: str = "") -> tuple[Clause, ...]:
    """
    The clauses of an edition in a language, empty for the active one.

    Where an edition lacks the language: the company's, else its first.

    :raises KeyError: there is no such edition
    """
    language = language or get_language() or settings.LANGUAGE_CODE
    if code in EDITIONS:
        with override(language):
            return tuple(Clause(str(one.title), str(one.text)) for one in EDITIONS[code])
    edition = TermsEdition.objects.filter(code=code).first()
    if edition is None:
        raise KeyError(code)
    return clauses_in(edition, language)


def clauses_in(edition: TermsEdition, language: str) -> tuple[Clause, ...]:
    """The clauses of a stored edition, as `clauses_of`."""
    texts = edition.clauses.get(language_in(edition.clauses, language) or language, [])
    return tuple(Clause(title, text) for title, text in texts)


def language_in(texts: Mapping[str, Sequence[object]], language: str) -> str | None:
    """The language that texts are shown in: this one, the company's, else the first they have."""
    wanted = (language, language.partition("-")[0], settings.LANGUAGE_CODE, *texts)
    return next((one for one in wanted if texts.get(one)), None)


def latest_edition() -> str:
    """The edition that a new plan begins with."""
    return next(iter(published_editions()), CURRENT)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan on the list: whom it is for, and how many have it."""

    plan: CompPlan
    titles: list[str]
    heads: int
    named: int


def plan_rows(kickoff: Kickoff) -> list[PlanRow]:
    """Every plan with its titles and how many reps have it. Seven queries."""
    book = Book(kickoff)
    heads: dict[int, int] = {}
    reps = Attendee.objects.filter(kickoff=kickoff).carrying_quota()
    for about in reps.values_list("person_id", "person__job_title", "person__country"):
        plan = book.comp_of(*about).plan
        if plan is not None:
            heads[plan.pk] = heads.get(plan.pk, 0) + 1
    titles: dict[int, list[str]] = {}
    for role in PlanRole.objects.filter(kickoff=kickoff):
        titles.setdefault(role.plan_id, []).append(role.job_title)
    named = Counter(own.plan_id for own in book.own.values() if own.plan_id)
    plans = CompPlan.objects.filter(kickoff=kickoff).select_related("changed_by")
    return [
        PlanRow(plan, titles.get(plan.pk, []), heads.get(plan.pk, 0), named[plan.pk])
        for plan in plans
    ]


def usual_dates(kickoff: Kickoff) -> tuple[date, date]:
    """The dates that a new plan begins with: its newest sister's, else a year from next month."""
    latest = CompPlan.objects.filter(kickoff=kickoff).order_by("-changed_at").first()
    if latest is not None:
        return latest.starts_date, latest.ends_date
    ends = kickoff.ends_date
    starts = date(ends.year + ends.month // 12, ends.month % 12 + 1, 1)
    return starts, date(starts.year + 1, starts.month, 1) - timedelta(days=1)


@sensitive_variables()
def payees(kickoff: Kickoff) -> tuple[list[Payee], dict[int, PlanDesign], int]:
    """
    Everybody on the roster who has plan and pay, the plans, and how many reps lack one of them.

    :raises Unreadable: no key opens somebody's pay
    """
    book = Book(kickoff)
    reps = Attendee.objects.filter(kickoff=kickoff).carrying_quota()
    about = list(reps.values_list("person_id", "person__job_title", "person__country"))
    needed = {pk for pk, plan in book.plans.items() if not plan.design.pays_by_attainment}
    assigned = {person_id: book.comp_of(person_id, *rest) for person_id, *rest in about}
    by_revenue = [pk for pk, one in assigned.items() if one.plan and one.plan.pk in needed]
    quotas = hooks.quotas_of(kickoff, by_revenue) if by_revenue else {}
    found = []
    for person_id, one in assigned.items():
        pay = one.pay() if one.gap == SET else None
        if one.plan is None or pay is None:
            continue
        found.append(
            Payee(one.plan.pk, one.currency, pay.base, pay.target_variable, quotas.get(person_id))
        )
    designs = {pk: plan.design for pk, plan in book.plans.items()}
    return found, designs, len(about) - len(found)


def texts_of(code: str) -> dict[str, list[list[str]]]:
    """The clauses of an edition in every language that it has; nothing for no edition."""
    if code in EDITIONS:
        return {
            settings.LANGUAGE_CODE: [
                [str(one.title), str(one.text)] for one in clauses_of(code, settings.LANGUAGE_CODE)
            ]
        }
    edition = TermsEdition.objects.filter(code=code).first()
    return dict(edition.clauses) if edition is not None else {}


def languages_of_people() -> list[str]:
    """The languages that letters are written in: the company's, and those of people."""
    spoken = Person.objects.exclude(language="").order_by("language")
    return [settings.LANGUAGE_CODE, *spoken.values_list("language", flat=True).distinct()]
