"""What a file does not say by itself: asked once for a column, answered on the preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.keys import name_key

HEADER_ROW, HIDDEN = "header_row", "hidden"
AMOUNTS, EMPTY = "amounts", "empty"
POINT, COMMA = "point", "comma"
LEAVE, CLEAR = "leave", "clear"
LEAVE_OUT, READ = "leave_out", "read"
_ROWS_SHOWN = 20


@dataclass(slots=True)
class Question:
    """
    One thing to say of a file, or of the column of a field.

    `choices` are answers and their words; where there is one alone it is told and not asked.
    `rows` are those that the answer changes. `answer` is what was said, or else what the file leaves no doubt of; "" is open, and
    then `guess` is what seems likely.
    """

    kind: str
    text: str
    choices: Sequence[tuple[str, str]]
    key: str = ""
    column: str = ""
    rows: list[int] = field(default_factory=list)
    answer: str = ""
    guess: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind}_{self.key}" if self.key else self.kind

    @property
    def is_open(self) -> bool:
        return not self.answer

    @property
    def is_asked(self) -> bool:
        return len(self.choices) > 1

    @property
    def rows_in_words(self) -> str:
        """The rows that the answer changes: 2, 5, 9 and 31 more."""
        shown = ", ".join(str(row) for row in self.rows[:_ROWS_SHOWN])
        more = len(self.rows) - _ROWS_SHOWN
        if more > 0:
            return _("%(rows)s and %(more)d more") % {"rows": shown, "more": more}
        return shown


class Asked:
    """The questions of one file, and what was said to them: answers by a question's name."""

    def __init__(self, said: Mapping[str, str] | None = None) -> None:
        self.said = dict(said or {})
        self.questions: dict[str, Question] = {}

    def ask(self, question: Question) -> Question:
        """Put a question; its answer becomes what was said, where that is one of the choices."""
        said = self.said.get(question.name, "")
        if not said and question.column:
            # In a terminal a column goes by its header
            said = next((s for n, s in self.said.items() if _is_about(n, question)), "")
        if said in dict(question.choices):
            question.answer = said
        self.questions[question.name] = question
        return question

    def forget(self, *kinds: str) -> None:
        """Take questions back, because the rows are read anew."""
        kept = {name: each for name, each in self.questions.items() if each.kind not in kinds}
        self.questions = kept


def _is_about(name: str, question: Question) -> bool:
    kind, _sign, column = name.partition("_")
    return kind == question.kind and name_key(column) == name_key(question.column)
