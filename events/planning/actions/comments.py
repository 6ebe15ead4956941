"""What people say on a task, and whom it is told: those who are mentioned, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.kickoff.queries import invented, place_of
from events.planning import queries, rules
from events.planning.actions.refusals import PlanningRefused, refuse_archived
from events.planning.models import PlanningTask, TaskComment
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone
from people.notices.rules import Kind
from people.org.queries import is_here
from people.waiting.rules import Place

LONGEST_COMMENT = 2000
MENTIONED = Kind(
    "planning.mentioned",
    gettext_lazy("Somebody mentions you on a task"),
    gettext_lazy("Read the comment"),
)
COMMENTED = Kind(
    "planning.commented",
    gettext_lazy("A comment on a task that you answer for"),
    gettext_lazy("Read the comment"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as it is kept, whom it mentions, and names that nobody of the plan has."""

    comment: TaskComment
    mentioned: Sequence[Person]
    unknown: Sequence[str]


@transaction.atomic
def write_comment(
    *, task: PlanningTask, text: str, by: Person, at: datetime, mention: Person | None = None
) -> Said:
    """
    Say something on a task. Whom it mentions is told, by name with an @ or as `mention`, and so is
    who answers for the task. The same words sent twice in a row are one comment.

    :raises PlanningRefused: it says nothing or too much, or the kickoff is archived
    """
    refuse_archived(task.kickoff)
    text = _clean(text)
    people = _people(task, at)
    if mention is not None and mention in people.values():
        named = rules.mentions(text, {key: one.full_name for key, one in people.items()})
        if mention.pk not in named.keys:
            text = _clean(f"@{mention.full_name} {text}")
    PlanningTask.objects.select_for_update(no_key=True).filter(pk=task.pk).first()
    last = task.comments.order_by("-pk").first()
    if last is not None and last.author == by and last.text == text:
        return Said(last, list(last.mentioned.all()), ())
    comment = TaskComment.objects.create(task=task, author=by, text=text, written_at=at)
    record_entry(by=by, verb="comment.written", at=at, object=task)
    return _told(comment, people, by, at)


@transaction.atomic
def edit_comment(*, comment: TaskComment, text: str, by: Person, at: datetime) -> Said:
    """
    Say it in other words. Whom it mentions now and did not before is told; nobody is told twice.

    :raises PlanningRefused: it says nothing or too much, or the kickoff is archived
    """
    refuse_archived(comment.task.kickoff)
    text = _clean(text)
    if text == comment.text:
        return Said(comment, list(comment.mentioned.all()), ())
    # Clocks of two machines differ
    comment.text, comment.edited_at = text, max(at, comment.written_at)
    comment.save(update_fields=["text", "edited_at"])
    record_entry(by=by, verb="comment.changed", at=at, object=comment.task)
    return _told(comment, _people(comment.task, at), by, at)


@transaction.atomic
def delete_comment(*, comment: TaskComment, by: Person, at: datetime) -> None:
    """
    Take a comment back; whom it alone mentioned may read the task no more.

    :raises PlanningRefused: the kickoff is archived
    """
    refuse_archived(comment.task.kickoff)
    if TaskComment.objects.filter(pk=comment.pk).delete()[0]:
        record_entry(by=by, verb="comment.deleted", at=at, object=comment.task)


def shown_mails() -> Iterator[NoticeDraft]:
    """The mails about comments, for the page that shows them."""
    title = _("Confirm the AV quote for the main room")
    task = PlanningTask(pk=0, kickoff=invented(), title=title)
    comment = TaskComment(pk=0, task=task, author=someone("Priya Raghunathan"))
    yield _draft(comment, someone(), MENTIONED)
    yield _draft(comment, someone(), COMMENTED)


def _people(task: PlanningTask, at: datetime) -> dict[int, Person]:
    return {person.pk: person for person in queries.mentionable(task.kickoff, at)}


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise PlanningRefused(_("Write something first."))
    if len(text) > LONGEST_COMMENT:
        message = _("Your comment has %(count)d characters; %(limit)d are the most.")
        raise PlanningRefused(message % {"count": len(text), "limit": LONGEST_COMMENT})
    return text


def _told(comment: TaskComment, people: dict[int, Person], by: Person, at: datetime) -> Said:
    """Keep whom a comment mentions, and tell them and who answers for its task, but not its author."""
    found = rules.mentions(comment.text, {key: one.full_name for key, one in people.items()})
    mentioned = [people[key] for key in sorted(found.keys)]
    comment.mentioned.set(mentioned)
    drafts = [_draft(comment, person, MENTIONED) for person in mentioned if person != by]
    owner = comment.task.answerable
    if owner is not None and owner != by and owner not in mentioned and is_here(owner, at):
        drafts.append(_draft(comment, owner, COMMENTED))
    tell(drafts=drafts, at=at)
    return Said(comment, mentioned, found.unknown)


def _draft(comment: TaskComment, person: Person, kind: Kind) -> NoticeDraft:
    """What somebody is told. The words themselves stay on the page, behind its gate."""
    task = comment.task
    path = reverse("events:planning:task", args=[task.kickoff.slug, task.pk])
    author = comment.author.full_name if comment.author else _("Somebody")
    words = {"name": author, "task": task.title}
    said = {
        MENTIONED: _("%(name)s mentions you on “%(task)s”"),
        COMMENTED: _("%(name)s comments on “%(task)s”"),
    }[kind] % words
    # Who is no planner may see nothing else of the kickoff
    place = place_of(task.kickoff) if person.is_planner else None
    return NoticeDraft(
        kind=kind,
        place=place or Place(task.kickoff.slug, task.kickoff.name, path),
        key=f"planning:comment:{comment.pk}:{person.pk}",
        person=person,
        subject=said,
        body=f"{said}:\n\n{settings.SITE_URL}{path}",
    )
