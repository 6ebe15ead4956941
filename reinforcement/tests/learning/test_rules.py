from datetime import UTC, datetime, timedelta

from reinforcement.learning import rules

POOL = {1: [11, 12, 13], 2: [21, 22, 23], 3: [31]}


def test_each_topic_has_its_share_of_a_quiz():
    drawn = rules.draw(POOL, 4, frozenset(), "a")

    assert len({question // 10 for question in drawn[:3]}) == 3
    assert len(set(drawn)) == 4


def test_unseen_questions_come_first():
    drawn = rules.draw(POOL, 3, frozenset({11, 12, 21, 22}), "a")

    assert set(drawn) == {13, 23, 31}


def test_a_small_pool_gives_fewer_questions_and_none_twice():
    assert sorted(rules.draw(POOL, 20, frozenset(), "a")) == [11, 12, 13, 21, 22, 23, 31]
    assert rules.draw({}, 4, frozenset(), "a") == []


def test_the_same_seed_draws_the_same_quiz():
    assert rules.draw(POOL, 4, frozenset(), "7:1") == rules.draw(POOL, 4, frozenset(), "7:1")


def test_percent_is_rounded_half_up():
    assert [rules.percent(right, 8) for right in (0, 1, 5, 8)] == [0, 13, 63, 100]
    assert rules.percent(0, 0) == 0


def test_a_certification_is_tried_again_below_80_percent_and_after_a_week():
    finished = datetime(2027, 4, 15, 10, tzinfo=UTC)
    week = finished + timedelta(days=7)

    def may(score, at):
        return rules.may_retry(score_percent=score, finished_at=finished, at=at)

    assert may(79, week) is True
    assert may(80, week) is False
    assert may(79, week - timedelta(seconds=1)) is False


def test_marks_are_gathered_by_topic():
    assert rules.by_topic([(1, True), (1, False), (2, True)]) == {1: 50, 2: 100}
