"""Everybody at Meridane: who they are, where they sit, whom they report to."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from people.accounts.models import Invitation, Person
from people.org.models import Region, Team
from sko_planner.demo import names
from sko_planner.demo.cast import AREAS, CAST, EXECUTIVES, OFFICES, REGION_LEADERS, Area, Member

SMALLEST = 80  # below, somebody who is known by name would be missing
DOMAIN = "meridane.example"
_LEAD_SPAN = 10
_ROLES_AN_OFFICE = 8
_Function = Person.Function


@dataclass
class Company:
    """The demo company, as the parts that fill its kickoffs need it."""

    people: list[Person] = field(default_factory=list)
    reps: list[Person] = field(default_factory=list)
    managers: list[Person] = field(default_factory=list)  # first line, one to each sales team
    vps: list[Person] = field(default_factory=list)  # one to each region
    executives: list[Person] = field(default_factory=list)
    enablement: list[Person] = field(default_factory=list)  # the planners
    revops: list[Person] = field(default_factory=list)
    marketing: list[Person] = field(default_factory=list)
    product: list[Person] = field(default_factory=list)
    engineers: list[Person] = field(default_factory=list)  # sales engineers
    customer_success: list[Person] = field(default_factory=list)
    regions: dict[str, Region] = field(default_factory=dict)
    by_handle: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, handle: str) -> Person:
        """A person who is known by name: `company["aicha"]`. The handles are in `cast`."""
        return self.by_handle[handle]

    @property
    def planner(self) -> Person:
        return self["priya"]

    def reports_of(self, manager: Person) -> list[Person]:
        """The direct reports of a manager, without a query."""
        return [person for person in self.people if person.manager_id == manager.pk]


def build(size: int, rng: random.Random, now: datetime, password: str) -> Company:
    """Make a company of `size` people, at least 80, and store it."""
    return _Builder(size, rng, now, password).build()


class _Builder:
    def __init__(self, size: int, rng: random.Random, now: datetime, password: str) -> None:
        self.size = max(size, SMALLEST)
        self.rng = rng
        self.now = now
        self.today = now.date()
        # One hash for all: 5,000 of them would take minutes, and all share the demo password
        self.password = make_password(password)
        self.taken = {member.address for member in CAST}
        self.employee_number = 1000
        self.company = Company()

    def build(self) -> Company:
        company = self.company
        self._executives()
        vps = {name: self._store([self._vp(name)])[0] for name in self._regions()}
        company.vps = list(vps.values())
        reps = self._reps_by_region()
        plans = [plan for name, count in reps.items() for plan in self._sales_teams(name, count)]
        company.managers = self._store([self._manager(area, vps) for area, _count in plans])
        for (area, count), manager in zip(plans, company.managers, strict=True):
            company.reps += self._team_members(area, count, manager)
        self._store(company.reps)
        self._offices()
        self._invitations()
        return company

    def _reps_by_region(self) -> dict[str, int]:
        reps = round(self.size * 96 / 160)
        americas, asia_pacific = round(reps * 38 / 96), round(reps * 24 / 96)
        return {
            "Americas": americas,
            "EMEA": reps - americas - asia_pacific,
            "Asia-Pacific": asia_pacific,
        }

    def _regions(self) -> dict[str, Region]:
        if not self.company.regions:
            self.company.regions = {
                name: Region.objects.create(name=name) for name in self._reps_by_region()
            }
        return self.company.regions

    def _sales_teams(self, region: str, reps: int) -> list[tuple[Area, int]]:
        """The teams of a region, each with how many reps; about eight to a manager."""
        areas = [area for area in AREAS if area.region == region]
        known = [sum(member.team == area.team for member in CAST) for area in areas]
        teams = max(sum(map(bool, known)), round(reps / 8))
        share, more = divmod(reps, teams)
        plan = []
        for n in range(teams):
            area = areas[n % len(areas)]
            name = area.team if n < len(areas) else f"{area.team} {n // len(areas) + 1}"
            plan.append((area.named(name), share + (n >= teams - more)))
        # Søren has his eight even where a team has seven; the last team is short of one then
        first, size = plan[0]
        missing = max(0, known[0] - size)
        plan[0], plan[-1] = (first, size + missing), (plan[-1][0], plan[-1][1] - missing)
        return plan

    def _executives(self) -> None:
        self.company.executives = self._store([self._cast(member) for member in EXECUTIVES[:1]])
        chief = self.company.executives[0]
        others = [self._cast(member, manager=chief) for member in EXECUTIVES[1:]]
        self.company.executives += self._store(others)

    def _vp(self, region: str) -> Person:
        return self._cast(
            _known(REGION_LEADERS[region]),
            manager=self.company["ngozi"],
            region=self._regions()[region],
        )

    def _manager(self, area: Area, vps: dict[str, Person]) -> Person:
        team = Team.objects.create(name=area.team, region=self._regions()[area.region])
        place: dict[str, Any] = {"region": team.region, "team": team, "manager": vps[area.region]}
        if area.manager:
            return self._cast(_known(area.manager), **place)
        return self._drawn(
            area.cultures,
            f"Regional sales manager, {area.team}",
            _Function.SALES,
            area.cities,
            **place,
        )

    def _team_members(self, area: Area, count: int, manager: Person) -> list[Person]:
        place: dict[str, Any] = {"region": manager.region, "team": manager.team, "manager": manager}
        known = [member for member in CAST if member.team == area.team]
        members = [self._cast(member, **place) for member in known[:count]]
        while len(members) < count:
            kind = "Enterprise AE" if self.rng.random() < 0.4 else "Mid-market AE"
            person = self._drawn(
                area.cultures, kind, _Function.SALES, area.cities, has_city=True, **place
            )
            if self.rng.random() < 0.09:
                person.top_performer_year = self.today.year - 1
            members.append(person)
        return members

    def _offices(self) -> None:
        """Everybody who does not sell: the named ones first, then as many as make up the size."""
        rest = self.size - len(self.company.people)
        total = sum(office.weight for office in OFFICES)
        for n, office in enumerate(OFFICES):
            last = n == len(OFFICES) - 1
            count = self.size - len(self.company.people) if last else rest * office.weight // total
            team = Team.objects.create(name=office.team)
            known = [member for member in CAST if member.team == office.team]
            boss = self.company[office.boss]
            head = self._cast(known[0], manager=boss, team=team)
            staff = self._store([head])
            lead = head
            people: list[Person] = []
            for place in range(1, max(count, len(known))):
                if place < len(known):
                    person = self._cast(known[place], manager=lead, team=team)
                else:
                    person = self._drawn(
                        office.cultures,
                        self.rng.choice(office.titles),
                        office.function,
                        role=office.role if place < _ROLES_AN_OFFICE else "",
                        manager=lead,
                        team=team,
                    )
                if place % _LEAD_SPAN == 0:
                    # Nobody has sixty reports: each tenth leads those who follow
                    person.manager = person.confirmed_manager = head
                    staff += self._store([*people, person])
                    people, lead = [], person
                else:
                    people.append(person)
            staff += self._store(people)
            setattr(self.company, office.attribute, staff)

    def _cast(self, member: Member, **fields: Any) -> Person:
        """A person who is known by name."""
        defaults = {
            "full_name": member.full_name,
            "preferred_name": member.preferred_name,
            "email": f"{member.address}@{DOMAIN}",
            "job_title": member.job_title,
            "function": member.function,
            "role": member.role,
            "country": member.place.country,
            "time_zone": member.place.time_zone,
            "hire_date": min(member.hired, self.today - timedelta(days=120)),
            "is_staff": member.is_staff,
            "is_superuser": member.is_staff,
            "top_performer_year": self.today.year - 1 if member.is_top_performer else None,
        }
        person = self._person(**(defaults | fields))
        self.company.by_handle[member.handle] = person
        return person

    def _drawn(
        self,
        cultures: tuple[str, ...],
        job_title: str,
        function: str,
        cities: tuple[str, ...] = (),
        *,
        has_city: bool = False,
        **fields: Any,
    ) -> Person:
        drawn = names.draw(self.rng, self.rng.choice(cultures), cities)
        address, number = drawn.address, 1
        while address in self.taken:
            number += 1
            address = f"{drawn.address}{number}"
        self.taken.add(address)
        return self._person(
            full_name=drawn.full_name,
            preferred_name=drawn.preferred_name,
            email=f"{address}@{DOMAIN}",
            job_title=f"{job_title}, {drawn.place.city}" if has_city else job_title,
            function=function,
            country=drawn.place.country,
            time_zone=drawn.place.time_zone,
            hire_date=self._hire_date(fields.get("manager")),
            **fields,
        )

    def _person(self, **fields: Any) -> Person:
        self.employee_number += self.rng.randint(1, 9)
        seen = self.now - timedelta(minutes=self.rng.randint(20, 60 * 24 * 12))
        is_new = (self.today - fields["hire_date"]).days < 30
        return Person(
            employee_id=f"E-{self.employee_number}",
            confirmed_manager=fields.get("manager"),
            password=self.password,
            last_login=None if is_new and not fields.get("role") else seen,
            **fields,
        )

    def _hire_date(self, manager: Person | None) -> date:
        # One in forty is newer than the kickoff that ended, as in any company that grows
        days = self.rng.randint(5, 35) if self.rng.random() < 0.025 else self.rng.randint(120, 2400)
        if manager is None:
            days += 900
        day = self.today - timedelta(days=days)
        return day - timedelta(days=max(0, day.weekday() - 4))

    def _store(self, people: list[Person]) -> list[Person]:
        Person.objects.bulk_create(people, batch_size=500)
        self.company.people += people
        return people

    def _invitations(self) -> None:
        """How each got in: all were invited, and the newest have not signed in yet."""
        rows = []
        for person in self.company.people:
            hired = person.hire_date or self.today
            invited_at = datetime(hired.year, hired.month, hired.day, 9, tzinfo=UTC)
            accepted_at = invited_at + timedelta(minutes=self.rng.randint(5, 2000))
            rows.append(
                Invitation(
                    person=person,
                    invited_by=self.company.planner,
                    invited_at=invited_at,
                    accepted_at=accepted_at if person.last_login else None,
                )
            )
        Invitation.objects.bulk_create(rows, batch_size=500)


def _known(handle: str) -> Member:
    return next(member for member in CAST if member.handle == handle)
