"""Forms of needs: opened, given managers, answered, taken from lists, and deleted after the event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_variables

from core.due.rules import end_of
from core.imports import parsers
from core.imports.mapping import Field
from core.imports.rows import Parsed
from events.attendance.models import Attendee
from events.kickoff.hooks import Before, Copied, Follows
from events.kickoff.models import Kickoff
from events.kickoff.queries import invented, place_of
from events.needs import queries, rules
from events.needs.models import NeedAnswer, NeedForm, NeedManager
from people.accounts.models import Person
from people.activity.actions import record_entries_on, record_entry
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone
from people.notices.rules import Delivery, Kind
from people.org.finding import Finder

UNTIL_BEFORE = timedelta(days=14)  # suggested: caterer and hotel want their numbers then
NAMED = Kind(
    "needs.named",
    gettext_lazy("You manage a form of needs"),
    gettext_lazy("Open its answers"),
    Delivery.AT_ONCE,
)
_NOBODY = gettext_lazy("“%(name)s” does not come, by e-mail, employee id or name.")


class NeedsRefused(Exception):
    """Nothing was changed. The message is fit to show."""


@transaction.atomic
def open_forms(*, kickoff: Kickoff, by: Person, at: datetime) -> int:
    """Ask those who come for their needs: the forms that there are not yet; return how many."""
    there = set(queries.forms(kickoff).values_list("kind", flat=True))
    until = max(kickoff.starts_date - UNTIL_BEFORE, kickoff.local_date(at))
    new = [
        NeedForm(kickoff=kickoff, kind=kind, until_date=until, keep_days=one.keep_days)
        for kind, one in rules.KINDS.items()
        if kind not in there
    ]
    NeedForm.objects.bulk_create(new)
    if new:
        record_entry(by=by, verb="needs.opened", at=at, object=kickoff)
    return len(new)


def copy_forms(source: Kickoff, target: Kickoff, by: Person, at: datetime) -> Copied | None:
    """Copy which forms there are and how long before and after they stand, not who reads them."""
    shift = target.starts_date - source.starts_date
    found = list(queries.forms(source))
    if not found:
        return None
    if queries.forms(target).exists():
        return Copied(_("Forms of needs"), is_held=True)
    for form in found:
        until = max(form.until_date + shift, target.local_date(at))
        target.need_forms.create(kind=form.kind, until_date=until, keep_days=form.keep_days)
    record_entry(by=by, verb="needs.opened", at=at, object=target)
    said = ngettext("%(count)d form", "%(count)d forms", len(found)) % {"count": len(found)}
    return Copied(_("Forms of needs"), [said])


@transaction.atomic
def set_form(*, form: NeedForm, until_date: date, keep_days: int, by: Person, at: datetime) -> None:
    """
    Say until when people change a form, and for how many days after the event answers are kept.

    :raises NeedsRefused: people could change it after the event, or its answers are deleted
    """
    if until_date > form.kickoff.ends_date:
        raise NeedsRefused(_("People cannot change it after the event."))
    if form.deleted_at is not None:
        raise NeedsRefused(_("Its answers are deleted."))
    form.until_date, form.keep_days = until_date, keep_days
    form.save(update_fields=["until_date", "keep_days"])
    record_entry(by=by, verb="needs.form_changed", at=at, object=form.kickoff, note=form.kind)


@transaction.atomic
def name_manager(*, form: NeedForm, person: Person, by: Person, at: datetime) -> None:
    """Let somebody read the answers of one form, and of no other; they and the trail are told."""
    _named, is_new = NeedManager.objects.get_or_create(form=form, person=person)
    if is_new:
        tell(drafts=[_notice(form, person, at)], at=at)
        record_entry(
            by=by,
            verb="needs.manager_named",
            at=at,
            subject=person,
            object=form.kickoff,
            note=form.kind,
        )


@transaction.atomic
def remove_manager(*, form: NeedForm, person_id: int, by: Person, at: datetime) -> None:
    """Let somebody read the answers of a form no more."""
    named = NeedManager.objects.filter(form=form, person=person_id).select_related("person").first()
    if named is not None:
        named.delete()
        record_entry(
            by=by,
            verb="needs.manager_removed",
            at=at,
            subject=named.person,
            object=form.kickoff,
            note=form.kind,
        )


@transaction.atomic
def answer_form(
    *, form: NeedForm, attendee: Attendee, values: Mapping[str, str], by: Person, at: datetime
) -> NeedAnswer:
    """
    Keep what somebody who comes needs, in place of what they said before. What managers wrote stays.

    :raises NeedsRefused: they do not come; the last day is over; or the answers are deleted
    """
    if attendee.rsvp != Attendee.Rsvp.YES:
        raise NeedsRefused(_("Say first that you come."))
    if form.deleted_at or at >= end_of(form.until_date, form.kickoff.zone):
        raise NeedsRefused(_("The last day to change this is over. Ask the planners."))
    return _keep(form, attendee, dict(values), at)


def read_answers(
    *, form: NeedForm, by: Person, at: datetime, note: str = ""
) -> QuerySet[NeedAnswer]:
    """The answers of a form, for one of its managers: each download is in the trail."""
    record_entry(by=by, verb="needs.exported", at=at, object=form.kickoff, note=note or form.kind)
    return queries.answers(form, at)


def list_fields(form: NeedForm) -> list[Field]:
    """The columns of a list of a form: who, then each question by its key."""
    return [
        Field("person", gettext_lazy("Person"), required=True, aliases=("email", "e-mail", "name")),
        *(
            Field(one.key, one.label, parse=_parser(one), aliases=(str(one.label),))
            for one in form.of_kind.questions
        ),
    ]


@transaction.atomic
def import_list(
    *, form: NeedForm, parsed: Parsed, by: Person, at: datetime, dry_run: bool
) -> tuple[int, int]:
    """
    Take over a list of hotel or travel agent; return how many answers change, how many are the same.
    An empty cell leaves what is there.

    :raises FileRefused: with each error by row and column; nothing is written then
    """
    finder: Finder[int] = Finder(_NOBODY)
    coming = {
        one.person_id: one
        for one in Attendee.objects.filter(kickoff=form.kickoff).coming(at).select_related("person")
    }
    for one in coming.values():
        person = one.person
        finder.add(person.pk, person.full_name, email=person.email, employee_id=person.employee_id)
    known = {one.attendee_id: one.read() for one in queries.answers(form, at)}
    changed: list[tuple[Attendee, dict[str, str]]] = []
    same = 0
    for row in parsed.rows:
        if not (name := row.get("person")):
            continue
        try:
            person_id = finder.only(name)
        except ValueError as error:
            parsed.add_problem(row, "person", str(error))
            continue
        if parsed.is_repeated(row, "person", person_id, _("Row %(row)d has this person.")):
            continue
        attendee = coming[person_id]
        before = known.get(attendee.pk, {})
        said = {key: value for key, value in row.values.items() if key != "person" and value}
        after = {**before, **said}
        key, problem = rules.problem_of_days(after)
        if problem:
            parsed.add_problem(row, key, problem)
        elif after == before:
            same += 1
        else:
            changed.append((attendee, after))
    parsed.refuse_problems()
    if changed and not dry_run:
        for attendee, values in changed:
            _keep(form, attendee, values, at)
        about = [(attendee.person, form.kickoff, form.kind) for attendee, _values in changed]
        record_entries_on(by=by, verb="needs.taken_over", at=at, about=about)
    return len(changed), same


def delete_past(at: datetime) -> dict[str, int]:
    """The part of the tick: delete answers whose days after the event are over."""
    counts = {"deleted": 0}
    due = NeedForm.objects.filter(deleted_at=None, kickoff__ends_date__lt=at.date())
    for form in due.select_related("kickoff"):
        if at >= end_of(form.deletes_date - timedelta(days=1), form.kickoff.zone):
            with transaction.atomic():
                if NeedForm.objects.filter(pk=form.pk, deleted_at=None).update(deleted_at=at):
                    counts["deleted"] += form.answers.all().delete()[0]
                    record_entry(
                        by=None, verb="needs.deleted", at=at, object=form.kickoff, note=form.kind
                    )
    return counts


def move_forms(kickoff: Kickoff, before: Before, by: Person, at: datetime) -> Follows | None:
    """Move the last day to change each form; people see the new days and change their own."""
    shift = before.shift(kickoff)
    found = list(queries.forms(kickoff).filter(deleted_at=None))
    if not found or not shift:
        return None
    for form in found:
        form.until_date += shift
        form.save(update_fields=["until_date"])
    said = _("People change travel, room and their other needs until a day that moves along.")
    return Follows(_("Needs"), [said])


def shown_mails() -> Iterator[NoticeDraft]:
    """The mail about needs, for the page that shows it."""
    form = NeedForm(pk=0, kickoff=invented(), kind="DIET", keep_days=14)
    yield _notice(form, someone(), datetime(2027, 1, 5, tzinfo=UTC))


@sensitive_variables("values", "kept")
def _keep(form: NeedForm, attendee: Attendee, values: dict[str, str], at: datetime) -> NeedAnswer:
    answer = NeedAnswer.objects.filter(form=form, attendee=attendee).first()
    kept = answer.read() if answer else {}
    by_managers = {one.key for one in form.of_kind.questions if one.by_managers}
    answer = answer or NeedAnswer(form=form, attendee=attendee)
    answer.write({key: value for key, value in kept.items() if key in by_managers} | values)
    fields = {"sealed": answer.sealed, "is_need": answer.is_need, "said_at": at}
    answer, _is_new = NeedAnswer.objects.update_or_create(
        form=form, attendee=attendee, defaults=fields
    )
    return answer


def _parser(question: rules.Question) -> Any:
    if question.is_day:
        return lambda text: parsers.iso_date(text).isoformat()
    if not question.choices:
        return parsers.text_up_to(rules.LONGEST_TEXT)

    def choice(text: str) -> str:
        known = {value.casefold(): value for value, _label in question.choices}
        known |= {str(label).casefold(): value for value, label in question.choices}
        found = known.get(" ".join(text.split()).casefold())
        if found is None:
            allowed = ", ".join(str(label) for _value, label in question.choices)
            raise ValueError(_("Write one of: %(allowed)s.") % {"allowed": allowed})
        return found

    return choice


def _notice(form: NeedForm, person: Person, at: datetime) -> NoticeDraft:
    path = reverse("events:needs:list", args=[form.kickoff.slug])
    shown = {
        "name": person.display_name,
        "form": form.label,
        "kickoff": form.kickoff.name,
        "link": f"{settings.SITE_URL}{path}",
    }
    text = _(
        "Hello %(name)s,\n\nyou manage “%(form)s” of %(kickoff)s: you read what people answer, and"
        " nobody else's forms. Each download is recorded: %(link)s\n"
    )
    return NoticeDraft(
        kind=NAMED,
        place=place_of(form.kickoff),
        key=f"needs-named:{form.pk}:{person.pk}:{at:%Y%m%d%H%M%S}",
        person=person,
        subject=_("You manage “%(form)s” of %(kickoff)s") % shown,
        body=text % shown,
    )
