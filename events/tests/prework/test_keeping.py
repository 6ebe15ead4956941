from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile

from events.prework import actions
from events.prework.models import ItemComment, QuizTry, Watching
from events.strategies import actions as strategies
from events.strategies.models import Strategy
from events.tests.factories import PreworkItemFactory, StrategyFactory
from people.files.models import StoredFile
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2030, 1, 5, 9, tzinfo=UTC)
LONG_AGO = {"assignment__kickoff__starts_date": date(2028, 1, 3)}
LONG_AGO["assignment__kickoff__ends_date"] = date(2028, 1, 5)
YEAR_AGO = dict.fromkeys(LONG_AGO, date(2029, 1, 5))


def handed_in(**fields):
    upload = ContentFile(b"Who pays, and when.", "proposal.txt")
    item = PreworkItemFactory(assignment__kind="UPLOAD", assignment__opens_date=None, **fields)
    due = item.assignment.due_at - timedelta(days=1)
    actions.submit_work(item_id=item.pk, upload=upload, by=item.person, at=due)
    ItemComment.objects.create(item=item, author=PersonFactory(), text="Who?", written_at=due)
    Watching.objects.create(item=item, length_seconds=9, reported_at=due)
    QuizTry.objects.create(item=item, number=1, right_count=1, question_count=1, finished_at=due)
    item.refresh_from_db()
    return item


@pytest.mark.parametrize(
    ("fields", "is_past"),
    [
        (LONG_AGO, True),
        (YEAR_AGO, False),
        (YEAR_AGO | {"person__leave_date": AT.date() - timedelta(days=91)}, True),
        (YEAR_AGO | {"person__leave_date": AT.date() - timedelta(days=90)}, False),
    ],
)
def test_words_and_files_are_kept_for_two_years_and_90_days_after_leaving(fields, is_past):
    item = handed_in(**fields)
    file = item.file_id

    told = [actions.forget_old(AT) for _twice in range(2)]

    item.refresh_from_db()
    assert told == [{"forgotten": int(is_past)}, {"forgotten": 0}]
    assert (item.state, item.file_id) == ("DONE", None if is_past else file)
    left = [model.objects.count() for model in (ItemComment, Watching, QuizTry)]
    assert left == [0 if is_past else 1] * 3
    assert StoredFile.objects.held_by_nothing(AT).exists() == is_past


def test_a_win_strategy_forgets_what_it_says_and_stays_one_of_a_deal():
    content = {"ask": "A way to the COO"}
    said = {"draft": content, "sent": content, "sent_at": AT - timedelta(days=900)}
    past, kept = (
        StrategyFactory(
            **{f"item__{name}": value for name, value in ends.items()}, **said, changed_at=AT
        )
        for ends in (LONG_AGO, YEAR_AGO)
    )

    assert strategies.forget_old(AT) == {"forgotten": 1}

    past.refresh_from_db()
    assert (past.draft, past.sent, past.deal is None) == ({}, None, False)
    assert Strategy.objects.get(pk=kept.pk).sent == content


def test_it_is_looked_for_once_an_hour():
    handed_in(**LONG_AGO)

    assert actions.forget_old(AT + timedelta(minutes=1)) == {}
