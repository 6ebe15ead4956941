"""What is wrong with a file, said by row and column as the person sees them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.imports.asking import Question

SHOWN = 200


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing wrong in one row. Row 1 is the row of headers; a column goes by its header."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = {"row": self.row, "column": self.column, "message": self.message}
        if self.column:
            return _("Row %(row)d, column “%(column)s”: %(message)s") % place
        return _("Row %(row)d: %(message)s") % place


@dataclass
class Problems:
    """Every error of a file: all are counted, the first 200 are kept to be shown."""

    shown: list[RowError] = field(default_factory=list)
    total: int = 0
    rows: set[int] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)

    def ask(self, row: int, question: Question, message: str) -> None:
        """Note that nobody has answered a question yet."""
        self.questions.append(question)
        self.add(row, question.column, message)

    def add(self, row: int, column: str, message: str) -> None:
        """Note an error; the row counts as one that cannot be taken over."""
        self.total += 1
        self.rows.add(row)
        if len(self.shown) < SHOWN:
            self.shown.append(RowError(row, column, message))

    def __bool__(self) -> bool:
        return self.total > 0

    def __iter__(self) -> Iterator[RowError]:
        return iter(sorted(self.shown, key=lambda error: error.row))

    @property
    def are_questions(self) -> bool:
        """Whether nothing is wrong but that questions are open."""
        return 0 < self.total == len(self.questions)

    @property
    def left_out(self) -> int:
        """How many errors are counted and not kept."""
        return self.total - len(self.shown)


class FileRefused(Exception):
    """
    Nothing of a file was taken over. The text is fit to show; `problems` names rows and columns.
    """

    def __init__(self, message: str, problems: Problems | None = None) -> None:
        super().__init__(message)
        self.problems = problems or Problems()


@contextmanager
def refused_as_file(refusal: type[Exception]) -> Iterator[None]:
    """
    Turn an action's refusal, whose text is fit to show, into that of the file.

    :raises FileRefused: the block raised `refusal`
    """
    try:
        yield
    except refusal as refused:
        raise FileRefused(str(refused)) from refused


def refuse_at(row: int, column: str, message: str) -> FileRefused:
    """A refusal for one place in the file, named in its text too."""
    problems = Problems()
    problems.add(row, column, message)
    return FileRefused(str(problems.shown[0]), problems)


def refuse_rows(problems: Problems) -> FileRefused:
    """The refusal of a file whose rows have errors: all of them or none are taken over."""
    if problems.are_questions:
        question = ngettext(
            "Nothing is imported before one question is answered.",
            "Nothing is imported before %(count)d questions are answered.",
            problems.total,
        )
        return FileRefused(question % {"count": problems.total}, problems)
    message = ngettext(
        "Nothing was imported: the file has %(count)d error.",
        "Nothing was imported: the file has %(count)d errors.",
        problems.total,
    )
    return FileRefused(message % {"count": problems.total}, problems)
