"""What a roster file makes of the company: who is whom, who manages whom, who is a manager."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.imports.rows import Parsed, ParsedRow
from core.keys import name_key
from events.attendance.rules.addresses import address_from
from events.attendance.rules.names import Name, puts_last_names_first, read_name
from events.attendance.rules.places import read_part_of_country
from events.attendance.rules.planned import Known, Planned, complete_managers
from people.org.finding import SHOWN, Finder

REP, MANAGER, STAFF, GUEST = "REP", "MANAGER", "STAFF", "GUEST"
_NOBODY = gettext_lazy("“%(name)s” is nobody in this file or in the company.")
# What an empty cell may take away, where it is said to, and what then stands there
_NOTHING = {
    "preferred_name": "",
    "job_title": "",
    "region": "",
    "team": "",
    "country": "",
    "subdivision": "",
    "hire_date": None,
    "leave_date": None,
}
_KIND_OF_FUNCTION = {"SALES": REP, "GUEST": GUEST}


def plan_roster(
    parsed: Parsed, company: Iterable[Known], pattern: str = "", by_pk: int | None = None
) -> list[Planned]:
    """
    Everybody whom a file puts on the roster, managers without a row included.

    What is wrong is added to `parsed.problems`, by row and column; the plan is only good when
    there is nothing. `by_pk` is who runs the import.
    """
    return _Planner(parsed, list(company), pattern, by_pk).plan()


class _Planner:
    def __init__(
        self, parsed: Parsed, company: list[Known], pattern: str, by_pk: int | None
    ) -> None:
        self.parsed = parsed
        self.company = company
        self.pattern = pattern
        self.by_pk = by_pk
        self.known_by_pk = {known.pk: known for known in company}
        self.known_by_email = {known.email.lower(): known for known in company}
        self.known_by_id = {known.employee_id: known for known in company if known.employee_id}
        self.planned: list[Planned] = []
        self.by_email: dict[str, Planned] = {}
        self.by_id: dict[str, Planned] = {}
        self.by_known: dict[int, Planned] = {}
        self.in_file: Finder[Planned] = Finder()
        self.in_company: Finder[Known] = Finder(_NOBODY)
        names = [row.get("full_name") for row in parsed.rows]
        self.last_first = puts_last_names_first(name for name in names if name)
        self.rows: dict[int, ParsedRow] = {row.number: row for row in parsed.rows}

    def plan(self) -> list[Planned]:
        for row in self.parsed.rows:
            self._plan_row(row)
        for known in self.company:
            self.in_company.add(
                known,
                known.full_name,
                known.preferred_name,
                email=known.email,
                employee_id=known.employee_id,
                is_here=known.is_active,  # a last day may be taken back by this very file
            )
        for planned in list(self.planned):
            self._find_manager(planned)
        self._refuse_cycles()
        self._refuse_line_of_ones_own()
        complete_managers(self.planned)
        self._give_kinds()
        return self.planned

    def _wrong(self, row: ParsedRow, key: str, message: str, /, **shown: object) -> None:
        self.parsed.add_problem(row, key, message % shown if shown else message)

    # Who is whom

    def _plan_row(self, row: ParsedRow) -> None:
        """
        Plan what a row says, whatever is wrong with it: the next cell may be wrong too, and others
        may name its person as their manager.
        """
        written, employee_id = row.get("full_name"), row.get("employee_id")
        name = read_name(written, last_first=self.last_first) if written else None
        by_id = self.known_by_id.get(employee_id) if employee_id else None
        email = row.get("email") or self._address(row, by_id, name)
        by_email = self.known_by_email.get(email)
        known = by_id or by_email
        is_twin = self._refuse_twin(row, email, employee_id)
        self._clear(row, known)
        self._refuse_leaving_first(row, known)
        read_part_of_country(self.parsed, row, known.stored if known else {})
        # A name that stands in the company as it is in the file stays so
        is_same = known is not None and name_key(known.full_name) == name_key(written)
        full_name = written if is_same or name is None else name.full
        values = row.values | {"full_name": full_name}
        planned = Planned(email, full_name, row.number, known, values, written=written)
        if known is not None and not is_twin:
            self._refuse_takeover(row, planned, known, by_email)
        self.planned.append(planned)
        if is_twin:
            return
        employee_id = employee_id or (known.employee_id if known else "")
        if email:
            self.by_email[email] = planned
        if employee_id:
            self.by_id[employee_id] = planned
        names = (full_name, written, name.plain if name else "", row.get("preferred_name"))
        self.in_file.add(planned, *names, email=email, employee_id=employee_id)
        if known is not None:
            self.by_known[known.pk] = planned

    def _refuse_twin(self, row: ParsedRow, email: str, employee_id: str) -> bool:
        by_email, by_id = self.by_email.get(email), self.by_id.get(employee_id)
        if by_email:
            key = "email" if row.get("email") else "full_name"
            message = _("Row %(row)d has the e-mail address %(email)s already.")
            self._wrong(row, key, message, row=by_email.row, email=email)
        if by_id:
            message = _("Row %(row)d has this employee id already.")
            self._wrong(row, "employee_id", message, row=by_id.row)
        return bool(by_email or by_id)

    def _address(self, row: ParsedRow, known: Known | None, name: Name | None) -> str:
        if known is not None:
            return known.email.lower()
        if "email" in row.bad:
            return ""
        if not self.pattern:
            message = _("There is no e-mail address. Add one, or give an e-mail pattern.")
            self.parsed.add_missing(row, "email", message)
            return ""
        if name is None:
            return ""
        try:
            return address_from(self.pattern, name.full, row.get("employee_id"))
        except ValueError as error:
            self._wrong(row, "full_name", str(error))
            return ""

    def _refuse_takeover(
        self, row: ParsedRow, planned: Planned, known: Known, by_email: Known | None
    ) -> None:
        """An import gives nobody another account's address, and wakes no account."""
        shown = {"name": known.full_name, "email": known.email, "id": known.employee_id}
        if by_email is not None and by_email.pk != known.pk:
            message = _("This address belongs to %(other)s, and the employee id to %(name)s.")
            self._wrong(row, "email", message, other=by_email.full_name, **shown)
        elif planned.email != known.email.lower():
            message = _(
                "%(name)s signs in as %(email)s. An import does not change e-mail addresses."
            )
            self._wrong(row, "email", message, **shown)
        if (stated := row.get("employee_id")) and known.employee_id not in ("", stated):
            message = _("%(name)s has the employee id %(id)s. Two people, or a slip?")
            self._wrong(row, "employee_id", message, **shown)
        if known.is_guest:
            message = _(
                "%(name)s (%(email)s) is a guest with a limited account. Take the row out, or make it"
                " a full one on the page of guests first."
            )
            self._wrong(row, "full_name", message, **shown)
        elif not known.is_active:
            message = _("%(name)s (%(email)s) is no longer active. Take the row out.")
            self._wrong(row, "full_name", message, **shown)
        elif known.is_privileged and name_key(known.full_name) != name_key(planned.full_name):
            message = _("%(email)s is the account of %(name)s, which an import does not rename.")
            self._wrong(row, "full_name", message, **shown)

    def _clear(self, row: ParsedRow, known: Known | None) -> None:
        stored = known.stored if known else {}
        for key, nothing in _NOTHING.items():
            if self.parsed.clears(row, key, stored.get(key)):
                row.values[key] = nothing
        if known and self.parsed.clears(row, "manager", known.manager_id):
            row.values["manager"] = None

    def _refuse_leaving_first(self, row: ParsedRow, known: Known | None) -> None:
        stored = known.stored if known else {}
        hired = row.get("hire_date", stored.get("hire_date"))
        leaves = row.get("leave_date", stored.get("leave_date"))
        if hired and leaves and leaves < hired:
            key = "leave_date" if row.get("leave_date") else "hire_date"
            self._wrong(row, key, _("The last day would be before the day of hire."))

    # Who manages whom

    def _find_manager(self, planned: Planned) -> None:
        wanted = planned.values.pop("manager", "")
        planned.is_freed = wanted is None
        if not wanted or planned.row is None:
            return
        row = self.rows[planned.row]
        manager = self._manager_named(row, wanted)
        if manager is planned:
            self._wrong(row, "manager", _("%(name)s cannot manage themselves."), name=wanted)
        elif manager is not None:
            planned.manager = manager

    def _manager_named(self, row: ParsedRow, wanted: str) -> Planned | None:
        name = read_name(wanted, last_first=self.last_first)
        try:
            for text in dict.fromkeys([wanted, name.full, name.plain]):
                if self.in_file.find(text):
                    return self.in_file.only(text)
                if self.in_company.find(text):
                    return self._planned_for(self._active(text))
            if not self._may_be_new(wanted):
                if (key := self._unmapped(wanted)) and not self.in_company.find(wanted):
                    message = _("Managers are named by it, such as “%(name)s”.")
                    self.parsed.add_missing(row, key, message % {"name": wanted[:SHOWN]})
                    return None
                self.in_company.only(wanted)
        except ValueError as error:
            self._wrong(row, "manager", str(error))
            return None
        return self._new_manager(row, name.full)

    def _active(self, text: str) -> Known:
        known = self.in_company.only(text)
        if not known.is_active or known.is_guest:
            raise ValueError(_NOBODY % {"name": text})
        return known

    def _may_be_new(self, wanted: str) -> bool:
        is_name = "@" not in wanted and not any(sign.isdigit() for sign in wanted)
        return bool(self.pattern) and is_name

    def _unmapped(self, wanted: str) -> str:
        """The field by which a manager is named, where the file has it in no column yet."""
        is_address = "@" in wanted
        key = "email" if is_address else "employee_id"
        is_key = not self.pattern if is_address else any(sign.isdigit() for sign in wanted)
        return key if is_key and not self.parsed.has(key) else ""

    def _planned_for(self, known: Known) -> Planned:
        if known.pk not in self.by_known:
            planned = Planned(known.email.lower(), known.full_name, None, known)
            self.by_known[known.pk] = planned
            self.by_email[planned.email] = planned
            self.planned.append(planned)
        return self.by_known[known.pk]

    def _new_manager(self, row: ParsedRow, name: str) -> Planned | None:
        try:
            email = address_from(self.pattern, name)
        except ValueError as error:
            self._wrong(row, "manager", str(error))
            return None
        taken = self.by_email.get(email) or self.known_by_email.get(email)
        if taken is not None:
            message = _("The address of “%(name)s” would be %(email)s, which is %(other)s's.")
            self._wrong(row, "manager", message, name=name, email=email, other=taken.full_name)
            return None
        planned = Planned(email, name, values={"full_name": name})
        self.planned.append(planned)
        self.by_email[email] = planned
        self.in_file.add(planned, name, email=email)
        return planned

    # The tree that comes out

    def _above(self, planned: Planned) -> Planned | None:
        if planned.manager is not None or planned.known is None or planned.is_freed:
            return planned.manager
        manager = self.known_by_pk.get(planned.known.manager_id or 0)
        return self._node(manager) if manager else None

    def _node(self, known: Known) -> Planned:
        # Not `_planned_for`: whoever is only passed on the way up is not put on the roster
        if known.pk not in self.by_known:
            self.by_known[known.pk] = Planned(known.email.lower(), known.full_name, None, known)
        return self.by_known[known.pk]

    def _refuse_cycles(self) -> None:
        done: set[Planned] = set()
        for start in self.planned:
            path: list[Planned] = []
            on_path: set[Planned] = set()
            node: Planned | None = start
            while node is not None and node not in done and node not in on_path:
                path.append(node)
                on_path.add(node)
                node = self._above(node)
            done |= on_path
            if node is not None and node in on_path:
                self._say_cycle(path[path.index(node) :])

    def _say_cycle(self, cycle: list[Planned]) -> None:
        rows = [each for each in cycle if each.row]
        if not rows:
            return  # an old circle, which this file neither makes nor touches
        first = min(rows, key=lambda each: each.row or 0)
        start = cycle.index(first)
        names = [each.full_name for each in [*cycle[start:], *cycle[:start], first]]
        message = _("These people manage each other in a circle: %(cycle)s.")
        self._wrong(self.rows[first.row or 0], "manager", message, cycle=" → ".join(names))

    def _refuse_line_of_ones_own(self) -> None:
        """
        Managers up the line read packets: nobody may become one by their own import, whatever
        function the file gives. New people who do not sell may come under whoever imports them.
        """
        if self.by_pk is None or self.parsed.problems:
            return
        for planned in self.planned:
            joins = planned.row is not None and planned.manager is not None
            if not joins or (planned.known is None and planned.function != "SALES"):
                continue
            if self._comes_under_who_imports(planned) and not self._is_under_who_imports(planned):
                message = _(
                    "You cannot put sellers under yourself. Let somebody else import this row."
                )
                self._wrong(self.rows[planned.row or 0], "manager", message)

    def _comes_under_who_imports(self, planned: Planned) -> bool:
        seen: set[Planned] = set()
        above = self._above(planned)
        while above is not None and above not in seen:
            if above.known is not None and above.known.pk == self.by_pk:
                return True
            seen.add(above)
            above = self._above(above)
        return False

    def _is_under_who_imports(self, planned: Planned) -> bool:
        seen: set[int] = set()
        manager_id = planned.known.manager_id if planned.known else None
        while manager_id is not None and manager_id not in seen:
            if manager_id == self.by_pk:
                return True
            seen.add(manager_id)
            manager = self.known_by_pk.get(manager_id)
            manager_id = manager.manager_id if manager else None
        return False

    def _give_kinds(self) -> None:
        managers = {planned.manager for planned in self.planned}
        for known in self.company:
            planned = self.by_known.get(known.pk)
            stays = planned is None or not (planned.manager or planned.is_freed)
            if known.is_active and known.manager_id and stays:
                managers.add(self.by_known.get(known.manager_id))
        for planned in self.planned:
            by_function = _KIND_OF_FUNCTION.get(planned.function, STAFF)
            computed = MANAGER if planned in managers else by_function
            planned.kind = planned.values.get("kind") or computed
