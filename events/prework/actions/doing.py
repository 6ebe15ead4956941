"""Pre-work done or handed in by a person, asked for again, and reminded of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from events.prework import rules
from events.prework.actions.assigning import find_assignment
from events.prework.actions.mails import commented, reminder, returned
from events.prework.actions.refusals import PreworkRefused
from events.prework.actions.standing import done_now, own_item, rows_of, standing_item, withdrawn
from events.prework.actions.studying import TAKEN, refuse_older
from events.prework.models import Assignment, ItemComment, PreworkItem, Watching
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.files.actions import FileUnwanted, keep_file
from people.notices.actions import tell


@transaction.atomic
def mark_done(*, item_id: int, by: Person, at: datetime) -> PreworkItem:
    """
    Record that a person has read, watched or done it. Twice, even at once, counts once.

    After the due time it counts as done late.

    :raises PreworkRefused: it is somebody else's, was withdrawn, or wants something handed in
    """
    item = own_item(item_id, by, at)
    if not item.assignment.is_ticked:
        raise PreworkRefused(_("This one wants something handed in: open it, then send it."))
    if item.assignment.kind == Assignment.Kind.WATCH:
        _refuse_unwatched(item)
    if done_now(item, at):
        record_entry(by=by, verb="prework.done", at=at, subject=by, object=item)
    item.refresh_from_db(fields=["state", "done_at"])
    _refuse_undone(item)
    return item


@transaction.atomic
def submit_work(
    *,
    item_id: int,
    text: str = "",
    link: str = "",
    upload: File[bytes] | None = None,
    seen: int | None = None,
    by: Person,
    at: datetime,
) -> PreworkItem:
    """
    Hand in a text, a link or both, or a file. `seen` is the version of what somebody saw when they
    began to type, None where nobody did. Until the due time it can be sent again and replaces what was
    there; after it, a first answer is taken as late, and what was sent stands.

    The same answer twice, even at once, is handed in once.

    :raises ChangedElsewhere: another window has saved since version `seen`
    :raises PreworkRefused: it is somebody else's or was withdrawn; it is empty, over 5,000
        characters, its link is no web address, or its file is not taken; or another answer stands
        and the time is over
    """
    item = own_item(item_id, by, at)
    kinds = (Assignment.Kind.SUBMIT, Assignment.Kind.UPLOAD)
    if item.assignment.kind not in kinds:
        raise PreworkRefused(_("Nothing is to be handed in here. Mark it as done."))
    answer: dict[str, Any] = (
        _clean_answer(text, link)
        if item.assignment.kind == Assignment.Kind.SUBMIT
        else _kept_file(item, upload, by, at)
    )
    if seen is not None and any(getattr(item, name) != value for name, value in answer.items()):
        refuse_older(item, seen)
    changed = {"draft": {}, "version": F("version") + 1, "changed_at": at}
    if done_now(item, at, **answer, **changed):
        record_entry(by=by, verb="prework.submitted", at=at, subject=by, object=item)
        item.refresh_from_db()
        return item
    item.refresh_from_db()
    _refuse_undone(item)
    if all(getattr(item, name) == value for name, value in answer.items()):
        return item
    if item.assignment.is_over(at):
        raise PreworkRefused(_stands())
    if rows_of(item).exclude(**answer).update(**answer, **changed, reviewed_at=None):
        record_entry(by=by, verb="prework.resubmitted", at=at, subject=by, object=item)
    item.refresh_from_db()
    return item


def note_begun(*, item_id: int, at: datetime) -> None:
    """Keep an item for whoever began what another capability keeps of it, though its segment changes."""
    PreworkItem.objects.filter(pk=item_id, version=1).update(version=2, changed_at=at)


@transaction.atomic
def hand_in(*, item_id: int, by: Person, at: datetime) -> None:
    """
    Record that a person has handed in what another capability keeps. Until the due time they may
    hand in again, and it waits for their manager again; after it, a first time counts as late.

    :raises PreworkRefused: it is somebody else's, was withdrawn, or wants nothing handed in; or
        something stands and the time is over
    """
    item = own_item(item_id, by, at)
    if not item.assignment.wants_work:
        raise PreworkRefused(_("Nothing is to be handed in here. Mark it as done."))
    if done_now(item, at):
        record_entry(by=by, verb="prework.submitted", at=at, subject=by, object=item)
        return
    if item.assignment.is_over(at):
        raise PreworkRefused(_stands())
    if not rows_of(item).update(reviewed_at=None):
        raise PreworkRefused(withdrawn())
    record_entry(by=by, verb="prework.resubmitted", at=at, subject=by, object=item)


@transaction.atomic
def take_back(*, item_id: int, by: Person, at: datetime) -> PreworkItem:
    """
    Undo a person's own tick.

    :raises PreworkRefused: it is somebody else's, was withdrawn, or was handed in
    """
    item = own_item(item_id, by, at)
    if not item.assignment.is_ticked:
        raise PreworkRefused(_("What you sent can be replaced until it is due, not taken back."))
    done = rows_of(item).filter(state=PreworkItem.State.DONE)
    if done.update(state=PreworkItem.State.OPEN, done_at=None):
        record_entry(by=by, verb="prework.taken_back", at=at, subject=by, object=item)
    item.refresh_from_db(fields=["state", "done_at"])
    return item


@transaction.atomic
def reopen_item(*, item_id: int, note: str, by: Person, at: datetime) -> PreworkItem:
    """
    Ask a person to do it again, and tell them by mail what is missing. What they sent is kept.

    :raises PreworkRefused: it is not done, was withdrawn, or nothing says what is missing
    """
    item = standing_item(item_id)
    note = rules.tidy_text(note)
    if not note:
        raise PreworkRefused(_("Say what is missing, so that they know what to do."))
    note = note[:300]
    again = {
        "state": PreworkItem.State.RETURNED,
        "done_at": None,
        "reviewed_at": None,
        "returned_note": note,
    }
    if not rows_of(item).filter(state=PreworkItem.State.DONE).update(**again):
        raise PreworkRefused(_("Only what is done can be asked for again."))
    item.refresh_from_db(fields=["state", "done_at", "returned_note"])
    record_entry(by=by, verb="prework.returned", at=at, subject=item.person, object=item)
    ItemComment.objects.create(item=item, author=by, text=note, is_return=True, written_at=at)
    tell(drafts=[returned(item, by, at)], at=at)
    return item


@transaction.atomic
def comment_on(*, item_id: int, text: str, by: Person, at: datetime) -> ItemComment:
    """
    Say something about what somebody handed in. They are told; of their own comment, everybody who
    said something before, or else their manager.

    :raises PreworkRefused: it is empty or too long, or the pre-work was withdrawn
    """
    item = standing_item(item_id)
    text = rules.tidy_text(text)
    if not text:
        raise PreworkRefused(_("Write what you want to say."))
    if len(text) > rules.COMMENT_LIMIT:
        raise PreworkRefused(
            _("A comment has %(limit)d characters at the most.") % {"limit": rules.COMMENT_LIMIT}
        )
    comment = ItemComment.objects.create(item=item, author=by, text=text, written_at=at)
    record_entry(by=by, verb="prework.commented", at=at, subject=item.person, object=item)
    told = Person.objects.filter(is_active=True, pk=item.person_id)
    if by.pk == item.person_id:
        said = item.comments.exclude(author=by).values_list("author_id", flat=True)
        told = Person.objects.filter(
            is_active=True, pk__in=set(said) or {item.person.manager_id or 0}
        )
    tell(drafts=[commented(item, comment, person) for person in told], at=at)
    return comment


@transaction.atomic
def review_item(*, item_id: int, by: Person, at: datetime) -> PreworkItem:
    """
    Record that a manager has looked at what somebody handed in and asks for nothing more. Twice
    counts once.

    :raises PreworkRefused: nothing is handed in, or the pre-work was withdrawn
    """
    item = standing_item(item_id)
    done = rows_of(item).filter(state=PreworkItem.State.DONE)
    if done.filter(reviewed_at=None).update(reviewed_at=at):
        record_entry(by=by, verb="prework.reviewed", at=at, subject=item.person, object=item)
    elif not done.exists():
        raise PreworkRefused(_("Nothing is handed in that could be looked at."))
    item.refresh_from_db(fields=["reviewed_at"])
    return item


@transaction.atomic
def remind_missing(
    *,
    assignment_id: int,
    by: Person,
    at: datetime,
    person_ids: Iterable[int] | None = None,
) -> int:
    """
    Remind everybody who has not done it, or those of them who are named; return how many.

    One message a person, assignment and day at the venue: asking twice on a day sends once. Within
    24 hours of the due time it goes out at once.

    :raises PreworkRefused: it is a draft or was withdrawn; or people do not see the kickoff yet
    """
    assignment = find_assignment(assignment_id)
    kickoff = assignment.kickoff
    if not assignment.is_assigned:
        raise PreworkRefused(_("Nobody has this pre-work, so there is nobody to remind."))
    if not kickoff.is_shown_to_people:
        raise PreworkRefused(_("People do not see this kickoff yet. Open it first."))
    items = assignment.items.to_do().of_roster(kickoff, at).select_related("person")
    if person_ids is not None:
        items = items.filter(person_id__in=list(person_ids))
    drafts = [reminder(assignment, item, at) for item in items]
    count = tell(drafts=drafts, at=at)
    record_entry(by=by, verb="prework.reminded", at=at, object=assignment, note=str(count))
    return count


def _stands() -> str:
    return _("The due time has passed, so what you sent stands. Ask enablement to reopen it.")


def _refuse_undone(item: PreworkItem) -> None:
    """What could not be done was withdrawn between the look and the UPDATE."""
    if not item.is_done:
        raise PreworkRefused(withdrawn())


def _refuse_unwatched(item: PreworkItem) -> None:
    """
    Let nobody tick a video of ours that they have not seen; of one elsewhere nobody knows.

    :raises PreworkRefused: too little of it was watched
    """
    if not item.assignment.files.filter(file__media_type__startswith="video/").exists():
        return
    watching = Watching.objects.filter(item=item).first()
    percent = watching.percent if watching else 0
    if percent < rules.ENOUGH_WATCHED:
        raise PreworkRefused(
            _("You have watched %(percent)d%% of it. From %(enough)d%% on it is done by itself.")
            % {"percent": percent, "enough": rules.ENOUGH_WATCHED}
        )


def _kept_file(
    item: PreworkItem, upload: File[bytes] | None, by: Person, at: datetime
) -> dict[str, Any]:
    if upload is None:
        raise PreworkRefused(_("Choose a file."))
    if item.is_done and item.assignment.is_over(at):
        raise PreworkRefused(_stands())
    try:
        return {"file": keep_file(upload=upload, kinds=TAKEN, by=by, at=at)}
    except FileUnwanted as unwanted:
        raise PreworkRefused(str(unwanted)) from unwanted


def _clean_answer(text: str, link: str) -> dict[str, str]:
    text, link = rules.tidy_text(text), link.strip()
    if not text and not link:
        raise PreworkRefused(_("Write an answer or add a link."))
    if len(text) > rules.TEXT_LIMIT:
        raise PreworkRefused(
            _("Your answer has %(count)d characters; %(limit)d are the most.")
            % {"count": len(text), "limit": rules.TEXT_LIMIT}
        )
    if link and not rules.is_safe_link(link):
        raise PreworkRefused(_("The link must be a web address that begins with https://."))
    return {"text": text, "link": link}
