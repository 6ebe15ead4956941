from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from events.prework.models import ItemComment, PreworkItem, QuizTry
from people.accounts.models import Person


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """
    What somebody had to do, typed, watched and answered, with what was said of it, for the file that
    they may take with them. Four queries.
    """
    items = (
        PreworkItem.objects.filter(person=person)
        .select_related("assignment__kickoff", "file", "accepted", "watching")
        .order_by("pk")
    )
    yield (
        "prework",
        [
            {
                "kickoff": item.assignment.kickoff.name,
                "title": item.assignment.title,
                "kind": item.assignment.kind,
                "state": item.state,
                "assigned_at": item.assigned_at,
                "done_at": item.done_at,
                "reviewed_at": item.reviewed_at,
                "text": item.text,
                "link": item.link,
                "draft": item.draft,
                "file": item.file.name if item.file else None,
                "acknowledged": item.accepted.text if item.accepted else None,
                "typed_name": item.typed_name,
                "returned_note": item.returned_note,
                "watched_percent": item.watching.percent if hasattr(item, "watching") else None,
            }
            for item in items
        ],
    )
    tries = QuizTry.objects.filter(item__person=person).select_related("item__assignment")
    yield (
        "quiz_tries",
        [
            {
                "title": made.item.assignment.title,
                "number": made.number,
                "right_count": made.right_count,
                "question_count": made.question_count,
                "finished_at": made.finished_at,
                "answers": [
                    {
                        "question": one.question.text,
                        "answer": one.choice.text,
                        "is_right": one.is_right,
                    }
                    for one in made.answers.all()
                ],
            }
            for made in tries.prefetch_related("answers__question", "answers__choice")
        ],
    )
    said = ItemComment.objects.filter(Q(author=person) | Q(item__person=person))
    yield (
        "prework_comments",
        list(said.values("item__assignment__title", "author__full_name", "text", "written_at")),
    )
