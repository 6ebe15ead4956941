"""What somebody who left gets: a link and a code, a few times, for a while; and nobody else."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from events.packets.records import actions
from events.packets.records.actions import leaver_links
from events.packets.records.models import LeaverLink
from events.packets.records.rules import codes
from events.tests.packets.delivery.pages import FIGURES
from people.activity.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 2, 10, 9, tzinfo=UTC)


@pytest.fixture
def key(world, leaver):
    key = actions.make_link(kickoff=world.kickoff, rep_id=leaver.pk, by=world["revops"], at=NOW)
    actions.build_handout(handout_id=key.link.handout_id, at=NOW)
    return key


def use(key, code=None, at=NOW):
    return actions.open_link(token=key.token, typed=key.code if code is None else code, at=at)


def link(key):
    return LeaverLink.objects.get(pk=key.link.pk)


def test_link_and_code_open_the_leavers_own_and_nothing_else(key, leaver):
    handout = use(key)

    archive = zipfile.ZipFile(io.BytesIO(b"".join(actions.archive_of(handout))))
    assert handout.rep == leaver
    receipts = archive.read("receipts.csv").decode()
    assert "Joana Reis" in receipts
    assert "Aïcha" not in receipts
    assert link(key).downloads == 1


def test_neither_half_is_stored(key):
    stored = repr(list(LeaverLink.objects.values_list()) + list(Entry.objects.values_list()))

    assert key.token not in stored
    assert key.code not in stored
    assert codes.plain_code(key.code) not in stored
    assert key.token not in repr(key)


def test_the_code_may_be_typed_in_any_way(key):
    assert use(key, key.code.lower().replace("-", " "))


def test_links_are_for_those_who_have_left(world, leaver):
    with pytest.raises(actions.RecordRefused, match="who have left"):
        actions.make_link(kickoff=world.kickoff, rep_id=world["rep"].pk, by=world["revops"], at=NOW)
    world["rep"].leave_date = NOW.date()
    world["rep"].save()
    with pytest.raises(actions.RecordRefused):  # their last day is today
        actions.make_link(kickoff=world.kickoff, rep_id=world["rep"].pk, by=world["revops"], at=NOW)
    later = NOW + timedelta(days=1)
    assert actions.make_link(
        kickoff=world.kickoff, rep_id=world["rep"].pk, by=world["revops"], at=later
    )


def test_ten_wrong_codes_lock_it_for_the_right_one_too(key):
    for _ in range(codes.MOST_WRONG):
        assert use(key, "WRONG") is None

    assert link(key).is_locked
    assert use(key) is None
    assert link(key).downloads == 0


def test_the_right_code_sets_the_count_back(key):
    for _ in range(codes.MOST_WRONG - 1):
        use(key, "WRONG")

    assert use(key)
    assert link(key).tries == 0


@pytest.mark.parametrize("code", ["", " ", "-", "0" * 5000, "\0", "’; DROP TABLE"])
def test_odd_codes_are_wrong_codes(key, code):
    assert use(key, code) is None
    assert link(key).tries == 1


def test_five_downloads_and_no_more(key):
    assert all(use(key) for _ in range(codes.MOST_DOWNLOADS))

    assert use(key) is None
    assert link(key).downloads == codes.MOST_DOWNLOADS


def test_fourteen_days_and_no_more(key):
    assert use(key, at=NOW + timedelta(days=14) - timedelta(minutes=1))

    assert use(key, at=NOW + timedelta(days=14)) is None


def test_an_ended_link_opens_nothing(key, world):
    actions.revoke_link(link_id=key.link.pk, by=world["revops"], at=NOW)

    assert use(key) is None
    with pytest.raises(actions.RecordRefused, match="ended already"):
        actions.revoke_link(link_id=key.link.pk, by=world["revops"], at=NOW)


def test_a_new_link_ends_the_one_before(key, world, leaver):
    actions.make_link(kickoff=world.kickoff, rep_id=leaver.pk, by=world["revops"], at=NOW)

    assert use(key) is None


def test_while_the_files_are_made_the_right_code_says_so_and_costs_nothing(world, leaver):
    key = actions.make_link(kickoff=world.kickoff, rep_id=leaver.pk, by=world["revops"], at=NOW)

    with pytest.raises(actions.NotYet, match="try again"):
        use(key)
    assert use(key, "WRONG") is None
    assert (link(key).downloads, link(key).tries) == (0, 1)


def test_a_link_that_is_not_there_takes_as_long_as_one_that_is(key, monkeypatch):
    hashed = []
    monkeypatch.setattr(leaver_links, "make_password", lambda text: hashed.append("made") or "x")
    monkeypatch.setattr(
        leaver_links, "check_password", lambda *args: hashed.append("checked") and False
    )

    for token in (key.token, "never-made", ""):
        assert actions.open_link(token=token, typed="WRONG", at=NOW) is None
    for _ in range(codes.MOST_WRONG):
        use(key, "WRONG")
    hashed.clear()
    use(key)

    assert hashed == ["made"]


def test_it_is_in_the_trail_that_it_was_made_and_fetched(key, world, leaver):
    use(key)

    made = Entry.objects.get(verb="packet.handed_out")
    fetched = Entry.objects.get(verb="packet.copied")
    assert (made.actor, made.subject) == (world["revops"], leaver)
    assert (fetched.actor, fetched.subject) == (leaver, leaver)
    assert not FIGURES.search(made.note + fetched.note)


def test_counts_stay_in_bounds_whatever_happens(key):
    for wrong in ({"downloads": 6}, {"tries": 11}, {"expires_at": key.link.made_at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LeaverLink.objects.update(**wrong)


# The page


def page_of(key):
    return reverse("events:packet_copy", kwargs={"token": key.token})


@pytest.fixture
def live_key(world, leaver):
    at = datetime.now(UTC)
    key = actions.make_link(kickoff=world.kickoff, rep_id=leaver.pk, by=world["revops"], at=at)
    actions.build_handout(handout_id=key.link.handout_id, at=at)
    return key


def test_the_page_gives_the_files_to_the_right_code(client, live_key):
    answer = client.post(page_of(live_key), {"code": live_key.code})

    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == 'attachment; filename="my-packets.zip"'
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None
    assert "no-store" in answer["Cache-Control"]


def test_the_page_says_the_same_of_every_link_that_does_not_open(client, live_key, world):
    def answer(url, code):
        page = client.post(url, {"code": code})
        # But for the token against forged requests, and the code as it was typed
        text = re.sub(r'value="\w{64}"|"x-csrftoken": "\w{64}"', "", page.content.decode())
        return page.status_code, text.replace(code, "")

    never = reverse("events:packet_copy", kwargs={"token": codes.draw_token()})
    wrong = answer(page_of(live_key), "AAAA-AAAA-AAAA")
    unknown = answer(never, "AAAA-AAAA-AAAA")
    LeaverLink.objects.update(tries=codes.MOST_WRONG)
    locked = answer(page_of(live_key), live_key.code)
    long_ago = live_key.link.made_at - timedelta(days=20)
    LeaverLink.objects.update(tries=0, made_at=long_ago, expires_at=long_ago + codes.VALID_FOR)
    expired = answer(page_of(live_key), live_key.code)

    assert wrong == unknown == locked == expired
    assert wrong[0] == 422
    known, other = client.get(page_of(live_key)), client.get(never)
    assert known.status_code == other.status_code == 200


def test_the_page_shows_no_name_no_kickoff_and_no_figure(client, live_key, world):
    for page in (
        client.get(page_of(live_key)),
        client.post(page_of(live_key), {"code": "AAAA-AAAA-AAAA"}),
        client.post(page_of(live_key), {"code": ""}),
    ):
        text = page.content.decode()
        assert not FIGURES.search(text)
        for word in ("Joana", world.kickoff.name, "Mateusz", live_key.token):
            assert word not in text
        assert page["Referrer-Policy"] == "strict-origin"
        assert page["Cache-Control"] == "no-store, private"
        assert page["X-Robots-Tag"] == "noindex"


def test_a_flood_is_stopped_before_it_is_looked_at(client, live_key):
    answers = [
        client.post(page_of(live_key), {"code": "AAAA-AAAA-AAAA"}).status_code for _ in range(25)
    ]

    assert answers[:10] == [422] * 10
    assert answers[-1] == 429
    assert LeaverLink.objects.get().tries == codes.MOST_WRONG


def test_other_methods_are_refused(client, live_key):
    for method in (client.put, client.delete, client.patch):
        assert method(page_of(live_key)).status_code == 405
