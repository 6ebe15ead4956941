"""A rep chooses deals, writes in two windows, sends, is asked again; nobody else gets in between."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.deals.queries import open_deals_of
from events.prework import actions as prework
from events.prework.models import ItemComment
from events.strategies import access, actions
from events.strategies.models import Brief, Strategy
from events.strategies.queries import offered_to, strategies_of
from events.strategies.rules import LETTERS, Content, Known, Risk
from events.tests.factories import (
    AttendeeFactory,
    OpportunityFactory,
    PreworkItemFactory,
    StrategyFactory,
)
from people.notices.models import Notice
from people.search.hooks import Search
from people.tests.factories import PersonFactory, PlannerFactory
from people.waiting.queries import waiting_for_one

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 5, 9, tzinfo=UTC)
LATER = datetime(2027, 1, 20, 9, tzinfo=UTC)
WHOLE = Content(
    letters={letter.key: Known(1) for letter in LETTERS},
    risks=(Risk("They wait"),),
    ask="A way to the COO",
)


@pytest.fixture
def item():
    manager = PersonFactory()
    item = PreworkItemFactory(
        assignment__kind="STRATEGY",
        assignment__wants_review=True,
        person=PersonFactory(manager=manager),
    )
    AttendeeFactory(kickoff=item.assignment.kickoff, person=manager)
    return item


def keep(strategy, content=WHOLE, seen=1, at=AT):
    return actions.keep_draft(
        strategy_id=strategy.pk, content=content, seen=seen, by=strategy.item.person, at=at
    )


def choose(item, *deals, account="", by=None):
    return actions.choose_deals(
        item_id=item.pk,
        deal_ids=[deal.pk for deal in deals],
        account=account,
        by=by or item.person,
        at=AT,
    )


def page(name, item, *more):
    args = [item.assignment.kickoff.slug, item.pk, *more]
    return reverse(f"events:strategies:{name}", args=args)


def typed(content, version):
    fields = {"version": version, "ask": content.ask, "next_step": content.next_step}
    for letter, known in content.known():
        fields[f"{letter.key}_score"] = "" if known.score is None else known.score
        fields[f"{letter.key}_evidence"] = known.evidence
    for n, risk in enumerate(content.risks):
        fields |= {f"risk_{n}": risk.what, f"owner_{n}": risk.owner}
    return fields


def test_the_most_valuable_open_deal_is_offered_first_and_prefills(item):
    small = OpportunityFactory(owner=item.person, value=Decimal(100))
    none = OpportunityFactory(owner=item.person)
    large = OpportunityFactory(
        owner=item.person, value=Decimal(900), next_step="Call", competitor="Frostline"
    )
    OpportunityFactory(owner=item.person, stage="WON", value=Decimal(5000))

    assert list(open_deals_of(item.person)) == [large, small, none]
    [begun] = choose(item, large)
    assert begun.written.next_step == "Call"
    assert "Frostline" in begun.written.letters["competition"].evidence
    assert [one.deal for one in offered_to(item, date(2027, 1, 5))] == [small, none]


def test_who_has_begun_keeps_their_pre_work_when_its_segment_leaves_them_out(item):
    other = PreworkItemFactory(assignment=item.assignment)
    seats = item.assignment.kickoff.attendees.filter(person__in=[item.person, other.person])
    seats.update(rsvp="NO", answered_at=AT)
    [begun] = choose(item, account="Marsanne")

    prework.sync_roster(item.assignment.kickoff, AT)

    assert item.assignment.items.filter(person__in=[item.person, other.person]).get() == item
    assert Strategy.objects.get() == begun


def test_only_open_deals_of_ones_own_can_be_chosen(item):
    theirs, won = OpportunityFactory(), OpportunityFactory(owner=item.person, stage="WON")

    for deal in (theirs, won):
        with pytest.raises(actions.StrategyRefused, match="not an open deal of yours"):
            choose(item, deal)
    with pytest.raises(actions.StrategyRefused, match="somebody else"):
        choose(item, theirs, by=theirs.owner)
    with pytest.raises(actions.StrategyRefused, match="Choose a deal, or write"):
        choose(item, account="  ")
    assert not Strategy.objects.exists()


def test_a_rep_without_deals_writes_the_account_and_a_second_needs_the_brief(item):
    [begun] = choose(item, account="  Marsanne   Logistique ")
    assert begun.name == "Marsanne Logistique"
    with pytest.raises(actions.StrategyRefused, match="Bring 1 deal"):
        choose(item, account="Another")

    Brief.objects.create(assignment=item.assignment, most_deals=2)
    choose(item, account="Another")
    actions.drop_deal(strategy_id=begun.pk, by=item.person, at=AT)
    assert [one.place for one in choose(item, account="Third")] == [1]


def test_the_later_of_two_windows_overwrites_nothing_and_says_so(client, item):
    strategy = StrategyFactory(item=item)
    other = Content(ask="From the first window")
    assert keep(strategy, other) == 2
    assert keep(strategy, other) == 2  # the same again changes nothing

    with pytest.raises(actions.ChangedElsewhere, match="another window") as refusal:
        keep(strategy, WHOLE)
    assert refusal.value.version == 2
    client.force_login(item.person)
    url = page("draft", item, strategy.pk)
    assert client.post(url, typed(WHOLE, 1)).status_code == 409
    answer = client.post(page("edit", item, strategy.pk), {**typed(WHOLE, 1), "send": "1"})
    assert "another window" in answer.content.decode()
    assert 'name="version" value="2"' in answer.content.decode()
    assert "A way to the COO" in answer.content.decode()
    strategy.refresh_from_db()
    assert (strategy.written, strategy.sent) == (other, None)

    # Who has seen it and saves again means to replace it
    client.post(page("edit", item, strategy.pk), {**typed(WHOLE, 2), "send": "1"})
    strategy.refresh_from_db()
    assert strategy.handed_in.ask == WHOLE.ask


def test_what_is_not_whole_is_not_sent_and_the_draft_is_kept(client, item):
    strategy = StrategyFactory(item=item)
    client.force_login(item.person)

    half = Content(ask="Help", risks=(Risk("<script>alert(1)</script>"),))
    answer = client.post(page("edit", item, strategy.pk), {**typed(half, 1), "send": "1"})

    page_text = answer.content.decode()
    assert "Give each letter a score" in page_text
    assert "<script>alert" not in page_text
    strategy.refresh_from_db()
    item.refresh_from_db()
    assert (strategy.written.ask, strategy.sent, item.state) == ("Help", None, "OPEN")


def test_sent_it_waits_for_the_manager_who_asks_again_and_it_is_sent_again(client, item):
    strategy = StrategyFactory(item=item)
    keep(strategy)
    actions.send_strategies(item_id=item.pk, by=item.person, at=AT)
    manager = item.person.manager
    waits = [one.kind for one in waiting_for_one(manager, AT)]
    assert waits == ["team.prework"]

    client.force_login(manager)
    read = page("read", item)
    assert "A way to the COO" in client.get(read).content.decode()
    slug = item.assignment.kickoff.slug
    reopen = reverse("events:prework:reopen", args=[slug, item.pk])
    assert client.post(reopen, {"note": "Who signs?"}).status_code == 302
    item.refresh_from_db()
    assert (item.state, ItemComment.objects.get().is_return) == ("RETURNED", True)
    assert Notice.objects.get().person == item.person

    changed = Content(**{**vars_of(WHOLE), "ask": "Another ask"})
    keep(strategy, changed, seen=3, at=AT + timedelta(hours=1))
    assert "Another ask" not in client.get(read).content.decode()  # a draft is the rep's alone
    actions.send_strategies(item_id=item.pk, by=item.person, at=AT + timedelta(hours=2))
    assert "Another ask" in client.get(read).content.decode()
    prework.review_item(item_id=item.pk, by=manager, at=AT + timedelta(hours=3))
    assert waiting_for_one(manager, AT + timedelta(hours=3)) == []


def vars_of(content):
    return {name: getattr(content, name) for name in ("next_step", "letters", "risks", "ask")}


def test_after_the_due_time_what_was_sent_stands(item):
    strategy = StrategyFactory(item=item)
    keep(strategy)
    actions.send_strategies(item_id=item.pk, by=item.person, at=AT)
    keep(strategy, Content(**{**vars_of(WHOLE), "ask": "Too late"}), seen=3, at=LATER)

    with pytest.raises(actions.StrategyRefused, match="what you sent stands"):
        actions.send_strategies(item_id=item.pk, by=item.person, at=LATER)
    strategy.refresh_from_db()
    assert strategy.handed_in.ask == WHOLE.ask


def test_a_clinic_reads_what_was_sent_in_one_query_however_many(item):
    kickoff = item.assignment.kickoff
    for _n in range(3):
        other = PreworkItemFactory(assignment=item.assignment)
        keep(StrategyFactory(item=other))
        actions.send_strategies(item_id=other.pk, by=other.person, at=AT)
    StrategyFactory(item=item)
    people = list(item.assignment.items.values_list("person_id", flat=True))

    with CaptureQueriesContext(
        connection,
    ) as captured:
        found = strategies_of(kickoff, people, date(2027, 1, 5))

    assert (len(found), len(captured)) == (3, 1)
    assert item.person_id not in found


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("events_strategy_one_at_each_place", {}),
        ("events_strategy_at_most_two", {"place": 3}),
        ("events_strategy_of_a_deal", {"place": 2, "deal": None}),
        ("events_strategy_sent_has_time", {"place": 2, "sent": {}}),
    ],
)
def test_the_database_refuses(item, name, values):
    StrategyFactory(item=item)
    with pytest.raises(IntegrityError, match=f"{name}|UNIQUE"), transaction.atomic():
        StrategyFactory(item=item, **values)


def test_pages_of_a_rep_take_as_many_queries_with_one_deal_as_with_thirty(client, item):
    client.force_login(item.person)
    StrategyFactory(item=item)
    Brief.objects.create(assignment=item.assignment, most_deals=2)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page("mine", item)).status_code == 200
        counts.append(len(captured))
        for _n in range(30):
            OpportunityFactory(owner=item.person)
    assert counts[0] <= counts[1] <= 15
    assert counts[1] - counts[0] <= 1


def test_search_finds_win_strategies_for_whom_they_are_open_to_and_no_draft_of_others(item):
    sent = StrategyFactory(item=item, deal=None, account="Nordkyst Sjømat")
    draft = StrategyFactory(
        item__assignment=item.assignment,
        item__person__manager=item.person.manager,
        deal=None,
        account="Nordkyst Havn",
    )
    Strategy.objects.filter(pk=sent.pk).update(sent={}, sent_at=AT, changed_at=AT)

    def found(person):
        search = Search(person, ["nordkyst"], most=5)
        return [(one.label, one.url) for one in access.find_strategies(search)]

    read = (sent.name, page("read", item))
    assert found(item.person) == [(sent.name, page("edit", item, sent.pk))]
    assert found(item.person.manager) == found(PlannerFactory()) == [read]
    assert found(draft.item.person) == [(draft.name, page("edit", draft.item, draft.pk))]
    assert found(PersonFactory()) == []
