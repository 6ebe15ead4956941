"""A file of people: what it would do, who leaves by it, and doing it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.imports.flow import ImportFlow, Options, Preview
from core.imports.mapping import MappingRefused
from core.imports.problems import FileRefused
from core.imports.rows import Parsed
from events.attendance import actions, hooks, queries
from events.attendance.forms import RosterOptionsForm
from events.kickoff.access import kickoff_to_plan_or_404
from events.kickoff.models import Kickoff
from people.accounts.models import Person
from people.imports.views import import_pages

_NAMED = 20  # names in a sentence of a preview


def follows(kickoff: Kickoff, people: list[int], *, is_leaving: bool) -> list[str]:
    """What becomes of what people have who are taken off, or leave."""
    if not people:
        return []
    said = hooks.say_what_follows(kickoff, people, is_leaving, timezone.now())
    return [line for lines in said for line in lines]


def open_import(by: Person, slug: str) -> ImportFlow:
    """The import of a roster, for a page or a worker: :raises Http404: they may not"""
    kickoff = kickoff_to_plan_or_404(by, slug)
    at = timezone.now()
    forms: list[RosterOptionsForm] = []

    def open_options(data: Mapping[str, Any] | None, parsed: Parsed | None) -> RosterOptionsForm:
        there = queries.roster(kickoff).values_list("person", flat=True)
        rows = [row.number for row in parsed.rows] if parsed else []
        forms[:] = [RosterOptionsForm(data, roster=lambda: there if parsed else (), rows=rows)]
        return forms[0]

    def run(parsed: Parsed, options: Options, *, dry_run: bool) -> actions.RosterReport:
        return actions.import_roster(
            kickoff=kickoff,
            parsed=parsed,
            email_pattern=options.get("email_pattern") or "",
            leavers=_leavers(options),
            held=options.get("held") or (),
            by=by,
            at=at,
            dry_run=dry_run,
        )

    def check(parsed: Parsed, options: Options) -> Preview:
        try:
            report = run(parsed, options, dry_run=True)
        except (FileRefused, MappingRefused):
            # Nobody is known to be absent, or to join
            for form in forms:
                form.show_absent([])
                form.show_offered([])
            raise
        for form in forms:
            form.show_absent([(one.person_id, one.person.full_name) for one in report.absent])
            form.show_offered(report.offered)
        leaving = [one.person_id for one in report.leaving]
        said = follows(kickoff, leaving, is_leaving=True)
        return _preview(report, said, is_whole=bool(options.get("whole")))

    def commit(parsed: Parsed, options: Options) -> str:
        report = run(parsed, options, dry_run=False)
        message = _(
            "%(created)d people created, %(changed)d changed, %(unchanged)d unchanged; "
            "%(added)d added to the roster."
        )
        said = message % vars(report)
        if report.leaving:
            left = ngettext("%(count)d has left.", "%(count)d have left.", len(report.leaving))
            said += " " + left % {"count": len(report.leaving)}
        if report.moved or report.given_managers:
            said += " " + _(
                "RevOps is told of the new managers, and confirms who may read packets."
            )
        return said

    def here(name: str, **kwargs: str) -> str:
        return reverse(f"events:attendance:{name}", kwargs={"slug": kickoff.slug, **kwargs})

    return ImportFlow(
        purpose=f"roster:{kickoff.slug}",
        title=gettext_lazy("Import people"),
        lead=gettext_lazy(
            "One row a person. Regions, teams and who reports to whom come out of the file."
        ),
        fields=actions.ROSTER_FIELDS,
        upload_url=here("import"),
        preview_url=lambda token: here("preview", token=token),
        done_url=here("roster"),
        check=check,
        commit=commit,
        options_form=open_options,
        crumbs=[
            (reverse("events:kickoff:list"), gettext_lazy("Kickoffs")),
            (here("roster"), gettext_lazy("Roster")),
        ],
    )


import_roster, preview_import = import_pages(open_import)


def _leavers(options: Options) -> set[int] | None:
    """Who has left, of whom the file leaves out; None for all."""
    whole = options.get("whole")
    if whole == RosterOptionsForm.ALL:
        return None
    ticked = options.get("leavers") or []
    return {int(one) for one in ticked} if whole == RosterOptionsForm.TICKED else set()


def _named(names: Sequence[str]) -> str:
    return "; ".join(names[:_NAMED]) + ("; …" if len(names) > _NAMED else "")


def _note_changes(
    report: actions.RosterReport, follows: Sequence[str], *, is_whole: bool
) -> Iterator[str]:
    """Who joins, moves, returns and leaves, and what becomes of what leavers have."""
    if report.joining:
        yield _("On the roster from now on: %(names)s.") % {"names": _named(report.joining)}
    if report.placed:
        yield _("In another region or team: %(names)s.") % {"names": _named(report.placed)}
    if report.returning:
        yield _("Had left, and is here again: %(names)s.") % {"names": _named(report.returning)}
    if report.held:
        yield _("Waits, and changes nothing now: %(names)s.") % {"names": _named(report.held)}
    if report.return_waits:
        yield _(
            "They have their old account back once RevOps confirms it. No session, token or team"
            " returns by itself."
        )
    absent = [one.person.full_name for one in report.absent]
    if is_whole and absent:
        yield _("On the roster, and not in the file: %(names)s.") % {"names": _named(absent)}
        if not report.leaving:
            yield _("Nobody of them is ticked, so all of them stay. Tick below who has left.")
    if report.leaving:
        names = _named([one.person.full_name for one in report.leaving])
        yield _("Has left, with yesterday as the last day: %(names)s.") % {"names": names}
        yield from follows


def _preview(report: actions.RosterReport, follows: Sequence[str], *, is_whole: bool) -> Preview:
    touched = report.created + report.changed + len(report.leaving)
    people = sum(report.kinds.values())
    notes = list(_note_changes(report, follows, is_whole=is_whole))
    if report.new_managers:
        message = ngettext(
            "%(count)d manager has no row and is created: %(names)s.",
            "%(count)d managers have no row and are created: %(names)s.",
            len(report.new_managers),
        )
        names = ", ".join(report.new_managers[:20])
        notes.append(message % {"count": len(report.new_managers), "names": names})
    if report.turned:
        message = ngettext(
            "%(count)d name has the last name first, and is taken over as: %(names)s.",
            "%(count)d names have the last name first, and are taken over as: %(names)s.",
            len(report.turned),
        )
        names = "; ".join(report.turned[:20]) + ("; …" if len(report.turned) > 20 else "")
        notes.append(message % {"count": len(report.turned), "names": names})
    if report.moved:
        message = ngettext(
            "%(count)d person gets another manager, who reads packets, notes and scores of theirs "
            "once RevOps has confirmed it: %(names)s.",
            "%(count)d people get another manager, who reads packets, notes and scores of theirs "
            "once RevOps has confirmed it: %(names)s.",
            len(report.moved),
        )
        names = "; ".join(report.moved[:20]) + ("; …" if len(report.moved) > 20 else "")
        notes.append(message % {"count": len(report.moved), "names": names})
    if report.given_managers:
        message = ngettext(
            "%(count)d new person has a manager, who reads packets, notes and scores of theirs once "
            "RevOps has confirmed it.",
            "%(count)d new people have a manager, who reads packets, notes and scores of theirs "
            "once RevOps has confirmed it.",
            report.given_managers,
        )
        notes.append(message % {"count": report.given_managers})
    if report.new_regions:
        notes.append(_("New regions: %(names)s.") % {"names": ", ".join(report.new_regions[:20])})
    if report.new_teams:
        notes.append(_("New teams: %(names)s.") % {"names": ", ".join(report.new_teams[:20])})
    return Preview(
        counts=[
            (_("Reps"), report.kinds["REP"]),
            (_("Managers"), report.kinds["MANAGER"]),
            (_("Others"), people - report.kinds["REP"] - report.kinds["MANAGER"]),
            (_("Regions"), report.regions),
            (_("People created"), report.created),
            (_("People changed"), report.changed),
            (_("People unchanged"), report.unchanged),
            (_("Added to the roster"), report.added),
            *([(_("Have left"), len(report.leaving))] if is_whole else []),
        ],
        button=ngettext("Import %(count)d person", "Import %(count)d people", people)
        % {"count": people},
        notes=notes,
        changes_nothing=not touched and not report.added,
        is_complete=not (is_whole and report.absent),
    )
