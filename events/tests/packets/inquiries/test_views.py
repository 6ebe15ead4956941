"""What the pages do: ask, answer, hand on, share, wish, offer and take."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.packets.delivery.models import PacketVersion
from events.packets.inquiries.models import AnswerTime, Inquiry, QuotaWish, ReviewSlot, SharedAnswer
from events.tests.packets.inquiries import making
from events.tests.packets.inquiries.making import SECRET
from events.tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The event begins tomorrow, so that times can be offered at it."""
    tomorrow = timezone.now().date() + timedelta(days=1)
    world = build_world(starts_date=tomorrow, ends_date=tomorrow + timedelta(days=2))
    for role in ("rep", "peer"):
        world.things[role] = making.released(world, role)
    return world


def url(world, page, **kwargs):
    return reverse(
        f"events:packets:inquiries:{page}", kwargs={"slug": world.kickoff.slug, **kwargs}
    )


def post(client, world, role, page, data=None, **kwargs):
    client.force_login(world[role])
    return client.post(url(world, page, **kwargs), data or {}, follow=True)


def text_of(answer):
    return answer.content.decode()


def test_a_rep_asks_and_reads_who_has_it_and_by_when(client, world):
    page = post(client, world, "rep", "ask", {"kind": "TERRITORY", "text": SECRET})

    text = text_of(page)
    assert "with Søren Lindqvist" in text
    assert "answer by " in text
    assert SECRET in text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"text": "x"}, "Choose what your question is about."),
        ({"kind": "GOSSIP", "text": "x"}, "GOSSIP"),
        ({"kind": "DATA"}, "Write something first."),
        ({"kind": "DATA", "text": "\x00"}, "Null characters"),
        ({"kind": "DATA", "text": "x" * 5000}, "4000 characters"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_beside_the_field(client, world, data, says):
    page = post(client, world, "rep", "ask", data)

    assert page.status_code == 422
    assert says in text_of(page)
    assert not Inquiry.objects.exists()


def test_whoever_has_no_packet_is_taught_and_asks_nothing(client, world):
    PacketVersion.objects.update(state="SUPERSEDED")
    client.force_login(world["rep"])

    assert "No packet for you yet" in text_of(client.get(url(world, "mine")))
    for page in ("ask", "make_wish"):
        assert client.get(url(world, page)).url.endswith("/packets/mine/")
    assert "No packet for you yet" in text_of(client.get(url(world, "review")))


def test_a_manager_answers_on_the_page_and_the_rep_closes(client, world):
    inquiry = making.asked(world, kind="QUOTA")

    page = post(
        client, world, "manager", "thread", {"text": "Last year’s plus ten", "as": "answer", "seen": 0},
        inquiry_id=inquiry.pk,
    )  # fmt: skip
    assert "Last year’s plus ten" in text_of(page)
    client.force_login(world["rep"])
    assert "Does this answer it?" in text_of(
        client.get(url(world, "thread", inquiry_id=inquiry.pk))
    )
    post(client, world, "rep", "close", inquiry_id=inquiry.pk)

    inquiry.refresh_from_db()
    assert inquiry.state == "CLOSED"


@pytest.mark.parametrize(
    ("role", "kind", "says"),
    [
        ("revops", "answer", "Answered: Aïcha Benyahia gets a mail."),
        ("revops", "note", "Sent: Aïcha Benyahia gets a mail."),
        ("revops", "share", "Now tell it to the others."),
        ("rep", "", "Sent: whoever answers it gets a mail."),
    ],
)
def test_whoever_writes_in_a_thread_is_told_that_it_has_arrived(client, world, role, kind, says):
    inquiry = making.asked(world)

    page = post(
        client, world, role, "thread", {"text": "So", "as": kind, "seen": 0}, inquiry_id=inquiry.pk
    )

    assert says in text_of(page)


def test_a_rep_who_asks_again_is_told_that_it_waits_once_more(client, world):
    now = timezone.now()
    inquiry = making.asked(world, at=now)
    answer = making.answered(world, inquiry, at=now)

    page = post(
        client, world, "rep", "thread", {"text": "Why?", "seen": answer.pk}, inquiry_id=inquiry.pk
    )

    assert "Asked again. You get a mail once it is answered." in text_of(page)


def test_a_rep_reads_every_time_of_a_question_and_of_a_wish_in_their_own_zone(client, world):
    world["rep"].time_zone = "Asia/Kolkata"
    world["rep"].save(update_fields=["time_zone"])
    inquiry, wish = making.asked(world), making.wished(world)
    making.answered(world, inquiry)
    client.force_login(world["rep"])

    for page in (
        url(world, "thread", inquiry_id=inquiry.pk),
        url(world, "wish", wish_id=wish.pk),
        url(world, "mine"),
    ):
        text = text_of(client.get(page))
        assert "\N{NO-BREAK SPACE}IST" in text
        assert "\N{NO-BREAK SPACE}WET" not in text


def test_a_manager_who_does_not_hold_it_only_adds_a_note(client, world):
    inquiry = making.asked(world)

    page = post(
        client, world, "manager", "thread", {"text": "x", "as": "answer"}, inquiry_id=inquiry.pk
    )

    assert page.status_code == 422
    assert "not with you" in text_of(page)
    client.get(url(world, "thread", inquiry_id=inquiry.pk))
    page = post(
        client, world, "manager", "thread", {"text": "I know", "as": "note"}, inquiry_id=inquiry.pk
    )
    assert "I know" in text_of(page)
    inquiry.refresh_from_db()
    assert inquiry.state == "OPEN"


@pytest.mark.parametrize("seen", ["", "abc", "-1", "9" * 30])
def test_a_forged_place_in_the_thread_breaks_nothing(client, world, seen):
    inquiry = making.asked(world)
    making.answered(world, inquiry)

    page = post(
        client, world, "revops", "thread", {"text": "More", "as": "answer", "seen": seen},
        inquiry_id=inquiry.pk,
    )  # fmt: skip

    assert page.status_code in (200, 422)


def test_handing_on_goes_to_the_other_side_with_a_note(client, world):
    inquiry = making.asked(world)

    page = post(client, world, "revops", "hand_on", {"note": ""}, inquiry_id=inquiry.pk)
    assert (page.status_code, "Write something first." in text_of(page)) == (422, True)
    page = post(client, world, "revops", "hand_on", {"note": "Yours"}, inquiry_id=inquiry.pk)

    assert "Mateusz Wiśniewski handed it on to the manager" in text_of(page)
    inquiry.refresh_from_db()
    assert inquiry.routed_to == "MANAGER"


def test_send_and_share_leads_to_the_page_that_tells_others(client, world):
    inquiry = making.asked(world)

    page = post(
        client, world, "revops", "thread", {"text": "So", "as": "share", "seen": 0},
        inquiry_id=inquiry.pk,
    )  # fmt: skip

    assert page.redirect_chain[-1][0] == url(world, "share", inquiry_id=inquiry.pk)
    assert "Every rep at this kickoff: 1 besides the one who asked" in text_of(page)


def test_what_looks_like_an_amount_is_shared_only_after_a_tick(client, world):
    inquiry = making.asked(world)
    making.answered(world, inquiry)
    data = {"scope": "EVERYONE", "question": "Why?", "answer": "Because of €900."}

    page = post(client, world, "revops", "share", data, inquiry_id=inquiry.pk)
    assert page.status_code == 422
    assert "Take out what tells about one person: “€900”" in text_of(page)
    assert 'type="checkbox" name="is_confirmed"' in text_of(page)
    assert not SharedAnswer.objects.exists()

    page = post(
        client, world, "revops", "share", {**data, "is_confirmed": "on"}, inquiry_id=inquiry.pk
    )
    assert "1 rep is told; they get a mail." in text_of(page)


def test_shared_answers_stand_beside_the_packet_and_are_new_once(client, world):
    inquiry = making.asked(world)
    making.answered(world, inquiry)
    data = {"scope": "EVERYONE", "question": "Why a jump?", "answer": "From the first deal."}
    post(client, world, "revops", "share", data, inquiry_id=inquiry.pk)
    client.force_login(world["peer"])
    packet = reverse("events:packets:delivery:mine", kwargs={"slug": world.kickoff.slug})
    assert "1 new" in text_of(client.get(packet))

    answers = text_of(client.get(url(world, "answers")))

    assert "From the first deal." in answers
    assert "Aïcha" not in answers
    assert "1 new" not in text_of(client.get(packet))
    client.force_login(world["rep"])
    assert "No shared answers yet" in text_of(client.get(url(world, "answers")))
    shared = SharedAnswer.objects.get()
    page = post(client, world, "revops", "withdraw_shared", shared_id=shared.pk)
    assert "No answer is shared yet" in text_of(page)


def test_revops_sets_the_times(client, world):
    days = dict.fromkeys(("CALCULATION", "DATA", "CREDITING", "INTERPRETATION", "QUOTA"), 4)
    page = post(client, world, "revops", "times", {**days, "TERRITORY": 0})
    assert page.status_code == 422

    page = post(
        client, world, "revops", "times", {**days, "TERRITORY": 3, "PAY_TERMS": 2, "TYPO": 1}
    )

    assert "asked from now on" in text_of(page)
    assert AnswerTime.objects.count() == 5


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("", "Write the quota"),
        ("a lot", "is no number"),
        ("850.000", "may mean two numbers"),
        ("-5", "never negative"),
        ("850000.123", "EUR has 2 decimals"),
        ("900,000", "That is the quota that you have"),
        ("9" * 35, "too large"),
    ],
)
def test_what_is_wrong_with_a_wish_is_said_beside_the_field(client, world, amount, says):
    page = post(client, world, "rep", "make_wish", {"amount": amount, "reason": "So"})

    assert page.status_code == 422
    assert says in text_of(page)
    assert not QuotaWish.objects.exists()


def test_a_wish_goes_from_the_rep_over_the_manager_to_revops(client, world):
    page = post(client, world, "rep", "make_wish", {"amount": "850,000", "reason": "They left"})
    assert "€850,000" in text_of(page)
    wish = QuotaWish.objects.get()
    client.force_login(world["rep"])
    assert client.get(url(world, "make_wish")).url == url(world, "wish", wish_id=wish.pk)

    data = {"supports": "no", "comment": "Not yet"}
    page = post(client, world, "manager", "comment_wish", data, wish_id=wish.pk)
    assert "does not support it" in text_of(page)
    page = post(
        client, world, "revops", "decide_wish", {"answer": "We do", "as": "grant"}, wish_id=wish.pk
    )
    assert "A new version follows" in text_of(page)
    client.force_login(world["rep"])
    assert "RevOps drafts a new version" in text_of(client.get(url(world, "wish", wish_id=wish.pk)))


def test_a_manager_offers_a_row_of_times_and_reads_why_one_is_refused(client, world):
    day = world.kickoff.starts_date.isoformat()
    data = {"day": day, "begins": "13:00", "ends": "15:00", "minutes": "20", "place": "Table 4"}

    page = post(client, world, "manager", "slots", data)
    assert "6 times are offered." in text_of(page)
    page = post(client, world, "manager", "slots", {**data, "begins": "14:50", "ends": ""})
    assert "14:50–15:10 overlaps your time from 14:40 to 15:00." in text_of(page)
    assert ReviewSlot.objects.count() == 6


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ends": "12:00"}, "not after the beginning"),
        ({"ends": "13:10"}, "Not one fits in"),
        ({"minutes": "5", "ends": "23:00"}, "more than 40"),
        ({"minutes": "999"}, "less than or equal to 180"),
        ({"day": "1999-01-01"}, "1999-01-01"),
        ({"day": "x"}, "Select a valid choice"),
        ({"begins": "25:00"}, "valid time"),
        ({"place": ""}, "required"),
    ],
)
def test_what_is_wrong_with_times_is_said_beside_the_field(client, world, changes, says):
    day = world.kickoff.starts_date.isoformat()
    data = {"day": day, "begins": "13:00", "ends": "15:00", "minutes": "20", "place": "Table 4"}

    page = post(client, world, "manager", "slots", {**data, **changes})

    assert page.status_code == 422
    assert says in text_of(page)


def test_a_rep_takes_a_time_moves_and_gives_it_up(client, world):
    at = timezone.now()
    starts_at = world.kickoff.doors_open_at
    first, second = making.offered(world, at=at, starts_at=starts_at)

    page = post(client, world, "rep", "take_slot", slot_id=first.pk)
    assert "Table 4" in text_of(page)
    packet = reverse("events:packets:delivery:mine", kwargs={"slug": world.kickoff.slug})
    assert "Table 4" in text_of(client.get(packet))
    post(client, world, "rep", "take_slot", slot_id=second.pk)
    first.refresh_from_db()
    assert first.rep is None
    client.force_login(world["manager"])
    report = reverse("events:packets:coverage:report", kwargs={"slug": world.kickoff.slug})
    assert "Table 4" in text_of(client.get(report))

    page = post(client, world, "rep", "give_up")
    assert "The time is free for others." in text_of(page)


def test_a_manager_moves_and_cancels_a_time(client, world):
    slot = making.offered(world, count=1, at=timezone.now(), starts_at=world.kickoff.doors_open_at)[
        0
    ]
    data = {
        "day": world.kickoff.ends_date.isoformat(), "begins": "10:00", "minutes": "30",
        "place": "Bar",
    }  # fmt: skip

    page = post(client, world, "manager", "move_slot", data, slot_id=slot.pk)
    assert "The time is changed." in text_of(page)
    slot.refresh_from_db()
    assert (slot.place, slot.minutes) == ("Bar", 30)
    page = post(client, world, "manager", "cancel_slot", slot_id=slot.pk)
    assert "You offer no times yet" in text_of(page)


def test_the_packet_of_somebody_else_shows_their_questions(client, world):
    inquiry = making.asked(world)
    client.force_login(world["revops"])
    packet = reverse(
        "events:packets:delivery:detail",
        kwargs={"slug": world.kickoff.slug, "packet_id": world.things["rep"].packet_id},
    )

    page = text_of(client.get(packet))

    assert url(world, "thread", inquiry_id=inquiry.pk) in page
    assert SECRET not in page


def test_lists_without_anything_teach(client, world):
    client.force_login(world["revops"])
    assert "Nobody has asked anything yet" in text_of(client.get(url(world, "inbox")))
    client.force_login(world["manager"])
    assert "Nobody in your team has asked anything" in text_of(client.get(url(world, "team")))
    assert "You offer no times yet" in text_of(client.get(url(world, "slots")))
    client.force_login(world["rep"])
    assert "You have asked nothing so far" in text_of(client.get(url(world, "mine")))
    assert "No times are free yet" in text_of(client.get(url(world, "review")))
