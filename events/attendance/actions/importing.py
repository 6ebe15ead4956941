from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.folding import alphabetical
from core.imports.mapping import MappingRefused
from core.imports.problems import FileRefused
from core.imports.rows import Parsed
from core.keys import name_key
from events.attendance import hooks, queries
from events.attendance.actions.report import RosterReport
from events.attendance.models import Attendee
from events.attendance.rules import roster
from events.attendance.rules.addresses import PatternRefused, check_pattern
from events.attendance.rules.planned import Planned, changed_values, has_new_manager, hold_back
from events.kickoff.models import Kickoff
from people.accounts import returns
from people.accounts.models import Person, ReturnChange
from people.activity.actions import record_entry
from people.org.actions import (
    Move,
    add_places,
    change_people,
    create_people,
    may_confirm_managers,
    move_people,
)
from people.org.queries import confirmed_tree, places
from people.org.rules import is_above

_BATCH = 500


def import_roster(
    *,
    kickoff: Kickoff,
    parsed: Parsed,
    email_pattern: str = "",
    leavers: Collection[int] | None = (),
    held: Collection[int] = (),
    by: Person | None,
    at: datetime,
    dry_run: bool = False,
) -> RosterReport:
    """
    Put everybody in a file on the roster of a kickoff: all of them, or nobody.

    People are known by employee id or e-mail; regions, teams and the manager tree come out of the
    file, and managers without a row are created. What the file says nothing of stays; whether an
    empty cell says nothing, or clears, is asked where it matters. The same file again changes
    nothing. Roles, permissions and addresses are never touched. `leavers`, people by their primary
    keys, or None for all, had their last day before today where the file leaves them out. Rows that
    are `held`, by number, change nothing, as if each said what is known.
    With `dry_run` nothing is written, and the report says what would be.

    :raises FileRefused: errors in rows, each with row and column, or a pattern that is none
    :raises MappingRefused: nothing gives addresses
    """
    if email_pattern:
        try:
            check_pattern(email_pattern)
        except PatternRefused as refusal:
            raise FileRefused(str(refusal)) from refusal
    elif not parsed.has("email") and not parsed.has("employee_id"):
        raise MappingRefused(
            _(
                "No column holds an e-mail address. Choose the one that does, or give an e-mail "
                "pattern such as {first}.{last}@example.com, to make the addresses from the names."
            )
        )
    try:
        with transaction.atomic():
            # One import at a time: what is planned from is what is written to
            # A lock that rows which point at the kickoff may be added under
            Kickoff.objects.select_for_update(no_key=True).get(pk=kickoff.pk)
            by_pk = by.pk if by else None
            planned = roster.plan_roster(parsed, queries.company(), email_pattern, by_pk)
            kept = _hold_back(parsed, planned, held)
            parsed.refuse_problems()
            write = _Write(kickoff, kept, by, at)
            report = write.report(len(parsed.rows))
            report.offered = (_Write(kickoff, planned, by, at) if held else write).offered()
            report.held = [each.full_name for each in planned if each.row in held]
            write.find_leavers(report, leavers, planned)
            if not dry_run:
                write.everything()
                write.let_go(report.leaving)
                hooks.follow_roster(kickoff, at)
                record_entry(
                    by=by,
                    verb="roster.imported",
                    at=at,
                    object=kickoff,
                    note=f"{report.created} created, {report.changed} changed, {len(report.leaving)} left",
                )
            return report
    except IntegrityError as error:
        raise FileRefused(
            _("People were changed while the file was read. Nothing was imported: try again.")
        ) from error


def _hold_back(parsed: Parsed, planned: list[Planned], held: Collection[int]) -> list[Planned]:
    """The plan without rows that wait; that one of them is a new manager of others is an error."""
    if not held:
        return planned
    rows = {row.number: row for row in parsed.rows}
    kept = hold_back(planned, held)
    for each in kept:
        above = each.manager
        if each.row and above and above.known is None and above.row in held:
            message = _(
                "%(name)s is to wait, and is nobody's manager before. Let both wait, or none."
            )
            parsed.add_problem(rows[each.row], "manager", message % {"name": above.full_name})
    return kept


class _Write:
    """One plan on its way into the tables, with a few statements whatever its size."""

    def __init__(
        self, kickoff: Kickoff, planned: list[Planned], by: Person | None, at: datetime
    ) -> None:
        self.kickoff, self.planned, self.by, self.at = kickoff, planned, by, at
        self.changes: dict[Planned, dict[str, Any]] = {
            each: changed_values(each) for each in planned
        }
        self.places = places()
        known = [each.known.pk for each in planned if each.known]
        attendees = Attendee.objects.filter(kickoff=kickoff)
        by_person = {attendee.person_id: attendee for attendee in attendees}
        self.attendees = {pk: by_person[pk] for pk in known if pk in by_person}
        self.people: dict[Planned, Person] = {}
        # Who had left and has not by the file: their last day waits for RevOps, as the accounts do
        self.back = {
            each: self.changes[each]["leave_date"] for each in planned if self._returns(each)
        }
        if returns.waits_for_revops(by):
            waiting = set(ReturnChange.objects.values_list("person", "leave_date"))
            for each in self.back:
                del self.changes[each]["leave_date"]
            self.asked = {
                each: day
                for each, day in self.back.items()
                if each.known and (each.known.pk, day) not in waiting
            }
        else:
            self.asked = {}

    def report(self, rows: int) -> RosterReport:
        report = RosterReport(rows)
        names: dict[str, str] = {}
        for each in self.planned:
            report.kinds[each.kind] += 1
            if each.written and each.written != each.full_name:
                report.turned.append(f"{each.written} → {each.full_name}")
            if place := each.values.get("region"):
                names.setdefault(name_key(place), place)
            if each.known is None:
                report.created += 1
                if each.row is None:
                    report.new_managers.append(each.full_name)
            elif (
                self.changes[each]
                or each in self.asked
                or has_new_manager(each)
                or self._new_kind(each)
            ):
                report.changed += 1
            else:
                report.unchanged += 1
            if each.known is None or each.known.pk not in self.attendees:
                report.added += 1
                report.joining.append(each.full_name)
            report.placed += self._placed(each)
            if each in self.back:
                report.returning.append(each.full_name)
        report.regions = len(names)
        report.new_regions = [name for name in names.values() if not self.places.region(name)]
        teams = {each.values["team"] for each in self.planned if each.values.get("team")}
        new = (name for name in teams if not self.places.has_team(name))
        report.new_teams = sorted(new, key=alphabetical)
        report.return_waits = bool(self.asked)
        self._report_waiting(report)
        return report

    def offered(self) -> list[tuple[int, str]]:
        """The rows of those who join, move or come back, and what each says."""
        return [
            (each.row, said)
            for each in self.planned
            if each.row is not None and (said := self._said_of(each))
        ]

    def _said_of(self, each: Planned) -> str:
        if each in self.back:
            return _("%(name)s is here again") % {"name": each.full_name}
        if each.known is None or each.known.pk not in self.attendees:
            return _("%(name)s joins") % {"name": each.full_name}
        said = self._placed(each)
        if each.manager and has_new_manager(each):
            said.append(f"{each.full_name} → {each.manager.full_name}")
        return "; ".join(said)

    def _placed(self, each: Planned) -> list[str]:
        stored = each.known.stored if each.known else None
        return [
            f"{each.full_name}: {stored.get(key) or '–'} → {value or '–'}"
            for key, value in self.changes[each].items()
            if stored is not None and key in ("region", "team")
        ]

    def _report_waiting(self, report: RosterReport) -> None:
        """Whose new manager would wait for RevOps, as `move_people` will decide."""
        if may_confirm_managers(self.by):
            return
        tree = confirmed_tree()
        for each in self.planned:
            if each.manager is None or not has_new_manager(each):
                continue
            above, known = each.manager.known, each.known
            if known is None:
                report.given_managers += 1
            elif above is None or not (
                above.pk == tree[known.pk] or is_above(tree, above.pk, known.pk)
            ):
                report.moved.append(f"{each.full_name} → {each.manager.full_name}")

    def _returns(self, each: Planned) -> bool:
        today = self.kickoff.local_date(self.at)
        left = each.known.stored.get("leave_date") if each.known else None
        if left is None or left >= today or "leave_date" not in self.changes[each]:
            return False
        day = self.changes[each]["leave_date"]
        return day is None or day >= today

    def find_leavers(
        self, report: RosterReport, leavers: Collection[int] | None, planned: list[Planned]
    ) -> None:
        present = [each.known.pk for each in planned if each.known]
        report.absent = queries.absent(self.kickoff, present, self.at)
        report.leaving = [
            one for one in report.absent if leavers is None or one.person_id in leavers
        ]

    def let_go(self, leaving: Iterable[Attendee]) -> None:
        """The last day of who has left: before today, or the day of hire."""
        day = self.kickoff.local_date(self.at) - timedelta(days=1)
        changes = [
            (one.person, {"leave_date": max(day, one.person.hire_date or day)}) for one in leaving
        ]
        change_people(changes=changes, by=self.by, at=self.at)

    def everything(self) -> None:
        by, at = self.by, self.at
        add_places(places=self.places, wanted=map(self._place, self.planned), by=by, at=at)
        # With managers whose own rows wait
        involved = dict.fromkeys(
            [*self.planned, *(each.manager for each in self.planned if each.manager)]
        )
        in_company = Person.objects.in_bulk([each.known.pk for each in involved if each.known])
        for each in involved:
            self.people[each] = (
                in_company[each.known.pk] if each.known else Person(email=each.email)
            )
        changes = [(self.people[each], self._fields(each)) for each in self.planned if each.known]
        change_people(changes=changes, by=by, at=at)
        back = [(self.people[each], day) for each, day in self.asked.items()]
        returns.hold_returns(days=back, by=by, at=at, source=self.kickoff.name)
        new = [self._new_person(each) for each in self.planned if each.known is None]
        create_people(people=new, source=self.kickoff.name, by=by, at=at)
        moves = [
            Move(self.people[each], self.people[each.manager] if each.manager else None)
            for each in self.planned
            if each.known and has_new_manager(each)
        ]
        move_people(moves=moves, source=self.kickoff.name, by=by, at=at)
        self._put_on_roster()

    def _new_kind(self, each: Planned) -> str:
        """The kind that an attendee changes to, or nothing."""
        attendee = self.attendees.get(each.known.pk) if each.known else None
        if attendee is None or attendee.kind == each.kind:
            return ""
        # Without a column, only the manager tree speaks: a speaker stays a speaker
        told = "kind" in each.values
        by_tree = {attendee.kind, each.kind} == {Attendee.Kind.REP, Attendee.Kind.MANAGER}
        return each.kind if told or by_tree else ""

    def _place(self, each: Planned) -> tuple[str, str]:
        return each.values.get("region", ""), self.changes[each].get("team", "")

    def _fields(self, each: Planned) -> dict[str, Any]:
        fields = dict(self.changes[each])
        region, team = self._place(each)
        if "region" in fields:
            fields["region"] = self.places.region(region)
        if "team" in fields:
            fields["team"] = self.places.team(team, region)
        return fields

    def _new_person(self, each: Planned) -> Person:
        person = self.people[each]
        person.time_zone = self.kickoff.time_zone
        for name, value in self._fields(each).items():
            setattr(person, name, value)
        person.manager = self.people[each.manager] if each.manager else None
        return person

    def _put_on_roster(self) -> None:
        new, changed = [], []
        for each in self.planned:
            attendee = self.attendees.get(each.known.pk) if each.known else None
            if attendee is None:
                person = self.people[each]
                new.append(
                    Attendee(kickoff=self.kickoff, person=person, kind=each.kind, added_at=self.at)
                )
            elif kind := self._new_kind(each):
                attendee.kind = kind
                changed.append(attendee)
        Attendee.objects.bulk_create(new, batch_size=_BATCH)
        Attendee.objects.bulk_update(changed, ["kind"], batch_size=_BATCH)
