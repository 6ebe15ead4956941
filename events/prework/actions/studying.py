"""Pre-work that is more than a tick: a video watched, a quiz taken, a text acknowledged, drafts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.ui.figures import clock
from events.prework import queries, rules
from events.prework.actions.refusals import ChangedElsewhere, PreworkRefused
from events.prework.actions.standing import done_now, own_item, rows_of
from events.prework.models import (
    AcceptedText,
    Assignment,
    AssignmentFile,
    PreworkItem,
    QuizAnswer,
    QuizTry,
    Watching,
)
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.files.actions import FileUnwanted, keep_file
from people.files.rules import DOCUMENTS, PICTURES, VIDEOS

TAKEN = (*DOCUMENTS, *PICTURES, *VIDEOS)


@transaction.atomic
def report_watched(
    *,
    item_id: int,
    spans: rules.Spans,
    resume: float,
    length: float,
    by: Person,
    at: datetime,
) -> Watching:
    """
    Add what ran of a video since the last report, in seconds; enough of it, and the item is done.

    No more counts than can have run since then, at twice the speed.

    :raises PreworkRefused: it is somebody else's, was withdrawn, is not open, or has no length
    """
    item = own_item(item_id, by, at)
    if item.assignment.kind != Assignment.Kind.WATCH or not 1 <= length < 86_400:
        raise PreworkRefused(_("There is no video to watch here."))
    watching, created = Watching.objects.select_for_update().get_or_create(
        item=item, defaults={"length_seconds": int(length), "reported_at": at}
    )
    elapsed = timedelta(0) if created else at - watching.reported_at
    new = rules.believable(spans, elapsed.total_seconds())
    watching.spans = rules.merge_spans([*watching.spans, *new], watching.length_seconds)
    watching.resume_seconds = int(min(max(resume, 0), watching.length_seconds))
    watching.reported_at = at
    watching.save(update_fields=["spans", "resume_seconds", "reported_at"])
    if watching.percent >= rules.ENOUGH_WATCHED and done_now(item, at):
        record_entry(by=by, verb="prework.done", at=at, subject=by, object=item)
    return watching


@transaction.atomic
def take_quiz(
    *, item_id: int, number: int, chosen: Mapping[int, int], by: Person, at: datetime
) -> QuizTry:
    """
    Answer a quiz: `chosen` gives the choice for each question of the try with this number. It is
    done when it is passed, or when no try is left. Two windows at once are one try.

    :raises PreworkRefused: it is somebody else's, no try is left, the try was made already, a
        question is not answered, or it is none of this try's
    """
    item = own_item(item_id, by, at)
    quiz = queries.quiz_for(item)
    if quiz is None or quiz.is_over:
        raise PreworkRefused(_("There is no try left here."))
    if number != quiz.number:
        raise PreworkRefused(_("You answered this in another window already. Look at the result."))
    by_id = {question.pk: question for question in quiz.questions}
    if missing := [question for question in quiz.questions if question.pk not in chosen]:
        raise PreworkRefused(
            _("Answer each question: “%(text)s” is open.") % {"text": missing[0].text}
        )
    picked = {}
    for question_id, choice_id in chosen.items():
        choices = (
            {c.pk: c for c in by_id[question_id].choices.all()} if question_id in by_id else {}
        )
        if choice_id not in choices:
            raise PreworkRefused(_("These answers are of another quiz. Open it again."))
        picked[question_id] = choices[choice_id]
    try:
        with transaction.atomic():
            made = QuizTry.objects.create(
                item=item,
                number=number,
                right_count=sum(choice.is_right for choice in picked.values()),
                question_count=len(picked),
                finished_at=at,
            )
    except IntegrityError as error:
        raise PreworkRefused(
            _("You answered this in another window already. Look at the result.")
        ) from error
    QuizAnswer.objects.bulk_create(
        [
            QuizAnswer(
                quiz_try=made, question_id=question_id, choice=choice, is_right=choice.is_right
            )
            for question_id, choice in picked.items()
        ]
    )
    record_entry(
        by=by, verb="prework.quiz_taken", at=at, subject=by, object=item, note=f"{made.percent}%"
    )
    tries = item.assignment.quiz_tries
    is_passed = made.percent >= item.assignment.quiz_pass_percent
    if (is_passed or (tries is not None and number >= tries)) and done_now(item, at):
        record_entry(by=by, verb="prework.done", at=at, subject=by, object=item)
    return made


@transaction.atomic
def accept_text(*, item_id: int, typed_name: str, by: Person, at: datetime) -> PreworkItem:
    """
    Acknowledge a text as it stands now; the text and its version are kept with the name. Twice
    counts once.

    :raises PreworkRefused: it is somebody else's, or the name that is to be typed is not theirs
    """
    item = own_item(item_id, by, at)
    assignment = item.assignment
    if assignment.kind != Assignment.Kind.ACCEPT:
        raise PreworkRefused(_("There is nothing to acknowledge here."))
    name = " ".join(typed_name.split())
    if assignment.is_typed and name.casefold() != by.full_name.casefold():
        raise PreworkRefused(_("Type your name as it is here: %(name)s.") % {"name": by.full_name})
    # One after the other, so that one text has one version
    Assignment.objects.select_for_update().get(pk=assignment.pk)
    text = f"{assignment.instructions}\n\n{assignment.body}".strip()
    latest = assignment.accepted_texts.order_by("-version").first()
    if latest is None or latest.text != text:
        latest = AcceptedText.objects.create(
            assignment=assignment,
            version=latest.version + 1 if latest else 1,
            text=text,
            first_at=at,
        )
    if done_now(item, at, accepted=latest, typed_name=name if assignment.is_typed else ""):
        record_entry(
            by=by,
            verb="prework.accepted",
            at=at,
            subject=by,
            object=item,
            note=f"version {latest.version}",
        )
    item.refresh_from_db(fields=["state", "done_at", "accepted", "typed_name"])
    return item


@transaction.atomic
def keep_draft(*, item_id: int, text: str, link: str, seen: int, by: Person, at: datetime) -> int:
    """
    Keep what somebody has typed and not sent; return the version that holds now.

    :raises ChangedElsewhere: another window has saved since version `seen`
    :raises PreworkRefused: it is somebody else's, or was withdrawn
    """
    item = own_item(item_id, by, at)
    draft = {"text": text[: rules.TEXT_LIMIT * 2], "link": link[: rules.LINK_LIMIT]}
    if item.draft == draft:
        return item.version
    refuse_older(item, seen)
    here = rows_of(item).filter(version=seen)
    if not here.update(draft=draft, version=F("version") + 1, changed_at=at):
        item.refresh_from_db(fields=["version", "changed_at"])
        refuse_older(item, seen)
    return seen + 1


def refuse_older(item: PreworkItem, seen: int) -> None:
    """
    Let a window that is behind overwrite nothing.

    :raises ChangedElsewhere: another window has saved since version `seen`
    """
    if item.version != seen:
        raise ChangedElsewhere(
            _(
                "You saved this in another window at %(time)s. Nothing was overwritten: what you "
                "typed here is still here. Look at the other window, then save here again to "
                "replace it."
            )
            % {"time": clock(item.changed_at, item.assignment.kickoff.zone)},
            item.version,
        )


@transaction.atomic
def add_file(
    *, assignment: Assignment, upload: File[bytes], by: Person, at: datetime
) -> AssignmentFile:
    """
    Add a picture, a video, captions or a file to an assignment.

    :raises PreworkRefused: it is of a kind, size or content that is not taken
    """
    try:
        file = keep_file(upload=upload, kinds=TAKEN, by=by, at=at)
    except FileUnwanted as unwanted:
        raise PreworkRefused(str(unwanted)) from unwanted
    added = AssignmentFile.objects.create(assignment=assignment, file=file)
    record_entry(by=by, verb="prework.file_added", at=at, object=assignment, note=file.name)
    return added


@transaction.atomic
def remove_file(*, file_id: int, by: Person, at: datetime) -> None:
    """Take a file away from an assignment."""
    held = AssignmentFile.objects.select_related("file", "assignment").get(pk=file_id)
    record_entry(
        by=by, verb="prework.file_removed", at=at, object=held.assignment, note=held.file.name
    )
    held.delete()
