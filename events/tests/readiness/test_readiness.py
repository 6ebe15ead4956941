from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from core.tests.html import tight
from events.kickoff.hooks import Check, Finding, Phase, Severity, Threshold, check_readiness
from events.readiness import actions
from events.readiness.models import OwnThreshold, Waiver, WeeklyScore
from events.readiness.queries import asked, history_of, readiness_of
from events.tests.factories import KickoffFactory
from people.activity.models import Entry
from people.tests.factories import PlannerFactory

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2027, 1, 12, 9, tzinfo=UTC)
BETS = Check("bets.count", Phase.BEFORE, 3, "Guide")
MIX = Check(
    "agenda.mix",
    Phase.DURING,
    6,
    "Our choice",
    threshold=Threshold("at least %(value)s is experiential", 45, 10, 90),
)
PLAN = Check("campaign.plan", Phase.AFTER, 1, "Guide")


class Said:
    """What three checks say, changed as a test goes on."""

    def __init__(self):
        self.bets = Finding(BETS, Severity.BLOCKS, "No big bets yet.", "Why")
        self.mix = Finding(MIX, Severity.IMPROVE, "41% is experiential.", "Why", share=0.5)
        self.plan = Finding(PLAN, Severity.MET, "The plan has 4 activities.")

    def __call__(self, kickoff, at):
        return [self.bets, self.mix, self.plan]


@pytest.fixture
def said():
    said = Said()
    with check_readiness.only(said):
        yield said


@pytest.fixture
def kickoff():
    return KickoffFactory()


def waive(kickoff, key="bets.count", reason="The board decides on Friday", until=None, by=None):
    return actions.waive(
        kickoff=kickoff,
        key=key,
        reason=reason,
        until=until or date(2027, 1, 20),
        by=by or PlannerFactory(),
        at=TUESDAY,
    )


def test_a_check_gives_all_part_or_none_of_its_weight(kickoff, said):
    ready = readiness_of(kickoff, TUESDAY)

    assert [(one.points, one.earned) for one in ready.judged] == [(30, 0), (60, 30), (10, 10)]
    assert (ready.score, ready.blocking, ready.is_ready) == (40, 1, False)
    said.bets = Finding(BETS, Severity.MET, "There are 3 big bets.")
    said.mix = Finding(MIX, Severity.IMPROVE, "44% is experiential.", share=0.85)
    assert (readiness_of(kickoff, TUESDAY).score, readiness_of(kickoff, TUESDAY).is_ready) == (
        91,
        True,
    )


def test_what_is_waived_asks_nobody_and_gives_no_points_until_it_ends(kickoff, said):
    waive(kickoff)

    ready = readiness_of(kickoff, TUESDAY)
    assert (ready.score, ready.blocking, ready.needing) == (40, 0, 1)
    assert ready.phases[0].calm == (said.bets,)
    later = readiness_of(kickoff, TUESDAY + timedelta(days=9))
    assert later.blocking == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "Say why"),
        ({"until": date(2027, 1, 11)}, "from today on"),
        ({"until": date(2027, 4, 13)}, "within 90 days"),
        ({"key": "campaign.plan"}, "needs nobody now"),
        ({"key": "no.such"}, "needs nobody now"),
    ],
)
def test_a_waiver_is_refused_without_a_reason_a_day_or_a_need(kickoff, said, changes, words):
    with pytest.raises(actions.WaiverRefused, match=words):
        waive(kickoff, **changes)

    assert not Waiver.objects.exists()
    assert not Entry.objects.filter(verb="readiness.waived").exists()


def test_a_new_waiver_takes_the_place_of_the_one_before_and_is_ended_once(kickoff, said):
    planner = PlannerFactory()
    waive(kickoff)
    waive(kickoff, reason="Moved to Monday", by=planner)
    assert Waiver.objects.get().reason == "Moved to Monday"

    for _ in range(2):
        actions.end_waiver(kickoff=kickoff, key="bets.count", by=planner, at=TUESDAY)
    verbs = list(Entry.objects.filter(object_id=kickoff.pk).values_list("verb", flat=True))
    assert sorted(verbs) == [
        "readiness.waived",
        "readiness.waived",
        "readiness.waiver_ended",
    ]


def set_threshold(kickoff, value, key="agenda.mix", reason="The comp keynote was added"):
    actions.set_threshold(
        kickoff=kickoff, key=key, value=value, reason=reason, by=PlannerFactory(), at=TUESDAY
    )


def test_a_planner_sets_what_a_check_asks_for_and_the_trail_keeps_why(kickoff, said):
    assert asked(kickoff, MIX) == 45
    set_threshold(kickoff, 40)
    set_threshold(kickoff, 41, reason="One more keynote")

    assert (asked(kickoff, MIX), asked(KickoffFactory(), MIX)) == (41, 45)
    (judged,) = (one for one in readiness_of(kickoff, TUESDAY).judged if one.own)
    assert judged.asks_for == "at least 41% is experiential"
    set_threshold(kickoff, 45, reason="It is gone again")
    assert not OwnThreshold.objects.exists()
    notes = Entry.objects.filter(verb="readiness.threshold_set").order_by("pk")
    assert [entry.note for entry in notes] == [
        "at least 40% is experiential: The comp keynote was added",
        "at least 41% is experiential: One more keynote",
        "at least 45% is experiential: It is gone again",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": -1}, "from 10% to 90%"),
        ({"value": 10**9}, "from 10% to 90%"),
        ({"value": 40, "reason": " "}, "Say why"),
        ({"value": 40, "key": "bets.count"}, "asks for no number"),
        ({"value": 40, "key": "no.such"}, "asks for no number"),
    ],
)
def test_a_threshold_is_refused_outside_its_limits_or_without_a_reason(
    kickoff, said, changes, words
):
    with pytest.raises(actions.ThresholdRefused, match=words):
        set_threshold(kickoff, **changes)

    assert not OwnThreshold.objects.exists()
    assert not Entry.objects.filter(verb="readiness.threshold_set").exists()


@pytest.mark.parametrize("name", ["one_a_check", "says_why"])
def test_the_database_keeps_one_threshold_a_check_with_a_reason(kickoff, said, name):
    set_threshold(kickoff, 40)
    own = OwnThreshold.objects.get()
    if name == "one_a_check":
        own.pk = None
    else:
        own.reason = ""

    with pytest.raises(IntegrityError):
        own.save()


def test_the_page_sets_a_threshold_in_place_also_of_what_is_met(client, kickoff, said):
    client.force_login(PlannerFactory())
    said.mix = Finding(MIX, Severity.MET, "46% is experiential.")
    form = reverse("events:readiness:threshold", args=[kickoff.slug, "agenda.mix"])

    assert '<details class="k-fold" open>' in client.get(form).content.decode()
    wrong = client.post(form, {"value": "1000000000", "reason": "Why not"})
    assert (wrong.status_code, "less than or equal to 90" in wrong.content.decode()) == (422, True)
    done = client.post(form, {"value": "44", "reason": "<i>One keynote</i>"}, follow=True)
    assert "at least 44% is experiential" in done.content.decode()
    assert "&lt;i&gt;One keynote" in done.content.decode()
    none = reverse("events:readiness:threshold", args=[kickoff.slug, "bets.count"])
    assert client.get(none).status_code == 404


def test_the_score_of_each_tuesday_is_kept_once_and_says_what_moved_it(kickoff, said):
    for hours in (0, 1, 100):
        actions.keep_scores(TUESDAY + timedelta(hours=hours))
    said.bets = Finding(BETS, Severity.MET, "There are 3 big bets.")
    actions.keep_scores(TUESDAY + timedelta(days=8))

    assert [(one.week_date, one.score) for one in WeeklyScore.objects.all()] == [
        (date(2027, 1, 12), 40),
        (date(2027, 1, 19), 70),
    ]
    at = TUESDAY + timedelta(days=9)
    history = history_of(kickoff, readiness_of(kickoff, at), at)
    assert [score for _week, score in history.weeks] == [40, 70, 70]
    assert [(move.by, move.texts) for move in history.moves] == [(30, ["There are 3 big bets."])]


def test_no_score_is_kept_of_what_is_archived_or_long_over(said):
    KickoffFactory(status="ARCHIVED")
    KickoffFactory(starts_date=date(2026, 9, 1), ends_date=date(2026, 9, 3))

    assert actions.keep_scores(TUESDAY) == {"kept": 0}


def test_the_page_shows_points_source_and_owner_and_waives_in_place(client, kickoff, said):
    planner = PlannerFactory()
    client.force_login(planner)
    page = reverse("events:readiness:page", args=[kickoff.slug])
    form = reverse("events:readiness:waive", args=[kickoff.slug, "bets.count"])

    html = tight(client.get(page).content.decode())
    assert "Not ready yet: 1 check blocks" in html
    assert "Mend it and the score is" in html
    assert "<b>30</b>of 60" in html
    assert "Our choice" in html

    empty = client.post(form, {"reason": "", "until": "2027-01-20"})
    assert (empty.status_code, "Say why" in empty.content.decode()) == (422, True)
    until = kickoff.local_date(datetime.now(UTC)) + timedelta(days=3)
    done = client.post(form, {"reason": "<b>Friday</b>", "until": until.isoformat()}, follow=True)
    html = tight(done.content.decode())
    assert "&lt;b&gt;Friday&lt;/b&gt;" in html
    assert "Ask again" in html

    client.post(reverse("events:readiness:end", args=[kickoff.slug, "bets.count"]))
    assert not Waiver.objects.exists()


def test_a_page_reads_few_queries_whatever_is_kept(
    client, kickoff, said, django_assert_max_num_queries
):
    client.force_login(PlannerFactory())
    page = reverse("events:readiness:page", args=[kickoff.slug])
    client.get(page)
    for week in range(12):
        day = date(2026, 10, 6) + timedelta(weeks=week)
        actions.keep_score(kickoff=kickoff, week=day, at=TUESDAY)
    waive(kickoff)

    with django_assert_max_num_queries(10):
        client.get(page)
