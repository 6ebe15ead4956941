"""What a file leaves open is asked once a column, and never guessed in silence."""

from argparse import ArgumentParser
from decimal import Decimal

from core.imports.answering import (
    QuestionsForm,
    add_answer_options,
    answers_given,
    answers_repeated,
    answers_said,
    options_for,
)
from core.imports.asking import Question
from core.imports.mapping import Field
from core.imports.problems import Problems, refuse_rows
from core.imports.readers import read_table
from core.imports.rows import parse_rows

FIELDS = [
    Field("name", "Name", required=True),
    Field("value", "Value", is_amount=True, parse=lambda found: found, currency="currency"),
    Field("currency", "Currency"),
    Field("team", "Team"),
]
COLUMNS = {"name": "Name", "value": "Worth", "currency": "Currency", "team": "Team"}
DEALS = b"Name;Worth;Currency;Team\nA;84.000;EUR;x\nB;1.250;EUR;\nC;1500.125;KWD;\n"


def read(data=DEALS, **said):
    table = read_table(data, said=said)
    return parse_rows(table, FIELDS, {k: h for k, h in COLUMNS.items() if h in table.headers})


def values(parsed):
    return [row.get("value", None) for row in parsed.rows]


def test_amounts_that_may_mean_two_numbers_are_asked_with_samples_and_are_an_error_until_then():
    parsed = read()

    question = parsed.asked.questions["amounts_value"]
    assert (question.answer, question.column) == ("", "Worth")
    assert dict(question.choices) == {
        "point": "84.000 is 84; 1.250 is 1.25; 1500.125 is 1,500.125",
        "comma": "84.000 is 84,000; 1.250 is 1,250; 1500.125 is no number",
    }
    assert [str(error) for error in parsed.problems] == [
        "Row 1, column “Worth”: “84.000” may mean two numbers: say how this column is written."
    ]


def test_an_answer_is_what_the_whole_column_is_read_by():
    by_point, by_comma = read(amounts_value="point"), read(amounts_value="comma")

    assert values(by_point) == [Decimal(84), Decimal("1.25"), Decimal("1500.125")]
    assert not by_point.problems
    assert values(by_comma) == [Decimal(84000), Decimal(1250), None]
    assert [str(error) for error in by_comma.problems] == [
        "Row 4, column “Worth”: “1500.125” is no number where a comma parts the decimals."
    ]


def test_what_is_no_answer_leaves_the_question_open():
    assert read(amounts_value="guess").asked.questions["amounts_value"].is_open


def test_a_column_that_tells_how_it_is_written_is_told_and_not_asked():
    parsed = read(b"Name;Worth\nA;84.000,50\nB;1.250\n")

    question = parsed.asked.questions["amounts_value"]
    assert not question.is_asked
    assert list(question.choices) == [("comma", "1.250 is 1,250; 84.000,50 is 84,000.5")]
    assert values(parsed) == [Decimal("84000.50"), Decimal(1250)]


def test_an_amount_has_no_more_decimals_than_its_currency_and_names_no_other():
    parsed = read(
        b"Name,Worth,Currency\nA,1.5,JPY\nB,1500.125,KWD\nC,0.5551,EUR\nD,1.50 USD,EUR\nE,5,XYZ\n"
    )

    assert [str(error) for error in parsed.problems] == [
        "Row 2, column “Worth”: JPY has 0 decimals.",
        "Row 4, column “Worth”: EUR has 2 decimals.",
        "Row 5, column “Worth”: The cell says USD, and the row is in EUR.",
    ]


def test_an_empty_cell_is_asked_only_where_it_could_clear_something():
    parsed = read(amounts_value="point")

    assert not parsed.clears(parsed.rows[0], "team", "x")
    assert not parsed.clears(parsed.rows[1], "team", "")
    assert "empty_team" not in parsed.asked.questions

    assert not parsed.clears(parsed.rows[1], "team", "East")
    assert not parsed.clears(parsed.rows[2], "team", "West")

    question = parsed.asked.questions["empty_team"]
    assert (question.answer, question.rows_in_words) == ("", "3, 4")
    assert [str(error) for error in parsed.problems] == [
        "Row 1, column “Team”: Some cells are empty: say whether that clears what is known."
    ]


def test_empty_means_what_was_said():
    leaves = read(amounts_value="point", empty_team="leave")
    clears = read(amounts_value="point", empty_team="clear")

    assert not leaves.clears(leaves.rows[1], "team", "East")
    assert clears.clears(clears.rows[1], "team", "East")
    assert not clears.problems
    assert not read(b"Name\nA\n", empty_team="clear").has("team")


def test_many_rows_are_told_in_part():
    parsed = read(b"Name,Team,Worth\n" + b"A,,1\n" * 30)
    for row in parsed.rows:
        parsed.clears(row, "team", "East")

    assert parsed.asked.questions["empty_team"].rows_in_words.endswith("20, 21 and 10 more")


def test_a_form_asks_repeats_and_hears_the_answers():
    parsed = read()
    parsed.clears(parsed.rows[1], "team", "East")
    form = QuestionsForm(parsed.asked.questions.values())

    assert list(form.fields) == ["ask_header_row", "ask_amounts_value", "ask_empty_team"]
    assert [value for value, _words in form.fields["ask_amounts_value"].choices] == [
        "", "point", "comma"
    ]  # fmt: skip
    assert form.fields["ask_empty_team"].help_text == "Changes row 3."
    assert answers_repeated(parsed.asked.questions.values()) == [("ask_header_row", "1")]
    assert answers_said({"ask_empty_team": "clear", "ask_x": "", "column_team": "Team"}) == {
        "empty_team": "clear"
    }


def test_a_terminal_is_told_the_options_and_takes_them_by_field_or_header():
    told = list(options_for(read().problems.questions))

    assert told == [
        'Say --amounts "Worth=point" (84.000 is 84; 1.250 is 1.25; 1500.125 is 1,500.125), or'
        ' --amounts "Worth=comma" (84.000 is 84,000; 1.250 is 1,250; 1500.125 is no number).'
    ]
    parser = ArgumentParser()
    add_answer_options(parser)
    for column in ("worth", "value"):
        options = vars(parser.parse_args(["--amounts", f"{column}=comma", "--header-row", "1"]))
        assert values(read(**answers_given(options)))[0] == 84000


def test_a_file_that_only_leaves_something_open_has_no_errors():
    problems = Problems()
    problems.ask(
        1, Question("empty", "What does an empty cell mean?", [("leave", "Leave")]), "Say."
    )

    assert problems.are_questions
    assert str(refuse_rows(problems)) == "Nothing is imported before one question is answered."
    problems.add(2, "Team", "Nobody knows this team.")
    assert not problems.are_questions
    assert str(refuse_rows(problems)) == "Nothing was imported: the file has 2 errors."
