"""The pages of records: retention, holds, exports, leavers, one's own."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from events.packets.delivery.models import PacketVersion
from events.packets.records.models import Handout, LeaverLink, LegalHold
from events.tests.factories import AttendeeFactory, PacketFactory, PacketVersionFactory
from events.tests.packets.delivery.pages import FIGURES
from people.tests.factories import PersonFactory, RevOpsFactory
from people.tests.passages import behind_our_back

pytestmark = pytest.mark.django_db
LONG_AFTER = datetime(2031, 3, 5, 9, tzinfo=UTC)
PASSWORD = "correct horse battery"


@pytest.fixture
def confirmed(client):
    """`confirmed(person)`: signed in, and lately confirmed that it is them."""

    def sign_in(person):
        client.logout()
        client.force_login(person)
        client.post(f"{reverse('account_reauthenticate')}?next=/", {"password": PASSWORD})
        return client

    return sign_in


def at(world, page, **kwargs):
    return reverse(f"events:packets:records:{page}", kwargs={"slug": world.kickoff.slug, **kwargs})


def test_retention_says_what_becomes_of_each_version(client, world):
    client.force_login(world["revops"])

    text = client.get(at(world, "retention")).content.decode()

    assert text.count("Wed 1 Mar 2028") == 0
    assert "Sat 1 Mar 2031" in text
    assert "kept for 3 years" in text
    assert "Delete the" not in text
    assert not FIGURES.search(text)


def test_what_is_due_is_deleted_once_it_is_meant_and_confirmed(client, confirmed, world):
    with time_machine.travel(LONG_AFTER, tick=False):
        client.force_login(world["revops"])
        assert "Delete the 3 that are due" in client.get(at(world, "retention")).content.decode()
        assert client.post(at(world, "shred"), {"expected": 3}).status_code == 422
        asked = client.post(at(world, "shred"), {"expected": 3, "is_meant": "on"})
        assert asked.url.startswith(reverse("account_reauthenticate"))
        assert not PacketVersion.objects.exclude(shredded_at=None).exists()

        confirmed(world["revops"])
        page = client.post(at(world, "shred"), {"expected": 3, "is_meant": "on"}, follow=True)

        assert "3 versions are deleted" in page.content.decode()
        letter = reverse(
            "events:packets:letters:letter",
            kwargs={
                "slug": world.kickoff.slug,
                "packet_id": world.things["packet"].pk,
                "number": 2,
            },
        )
        gone = client.get(letter)
    assert gone.status_code == 410
    assert "deleted under retention on Wed 5 Mar 2031" in gone.content.decode()


def test_a_rep_reads_that_a_version_was_deleted(client, world):
    with time_machine.travel(datetime(2030, 1, 22, 9, tzinfo=UTC), tick=False):
        with behind_our_back("RETENTION"):
            PacketVersion.objects.filter(pk=world.things["first"].pk).shred(datetime.now(UTC))
        client.force_login(world["rep"])
        mine = reverse("events:packets:delivery:mine", kwargs={"slug": world.kickoff.slug})
        page = client.get(mine)
        PacketVersion.objects.filter(pk=world.things["second"].pk).update(
            superseded_at=datetime(2027, 1, 6, tzinfo=UTC)
        )
        with behind_our_back("RETENTION"):
            PacketVersion.objects.filter(pk=world.things["second"].pk).shred(datetime.now(UTC))
        gone = client.get(mine)
        desk = reverse("events:packets:delivery:desk", kwargs={"slug": world.kickoff.slug})
        client.force_login(world["revops"])
        listed = client.get(desk)

    assert page.status_code == 200
    assert "deleted under retention, Tue 22 Jan 2030" in page.content.decode()
    assert gone.status_code == 410
    assert listed.status_code == 200


def test_a_packet_is_held_and_let_go(confirmed, world):
    client = confirmed(world["revops"])
    url = at(world, "hold", packet_id=world.things["packet"].pk)

    assert client.post(url, {"reason": ""}).status_code == 422
    held = client.post(url, {"reason": "Claim over 917342"}, follow=True).content.decode()
    assert "It is held" in held
    assert "Claim over 917342" in held
    listed = client.get(at(world, "retention") + "?fate=HELD").content.decode()
    assert "See it" in listed
    assert not FIGURES.search(listed)
    lifted = client.post(at(world, "lift", hold_id=LegalHold.objects.get().pk), follow=True)
    assert "The hold is lifted" in lifted.content.decode()


@pytest.mark.parametrize(
    ("page", "kwargs", "data"),
    [
        ("link_make", {"person_id": "leaver"}, {}),
    ],
)
def test_whoever_has_not_confirmed_lately_is_asked_who_they_are(
    client, world, leaver, page, kwargs, data
):
    ids = {"packet": world.things["packet"].pk, "leaver": leaver.pk}
    client.force_login(world["revops"])

    answer = client.post(at(world, page, **{key: ids[name] for key, name in kwargs.items()}), data)

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not LeaverLink.objects.exists()


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("hold", {"reason": "Claim over 917342"}),
        ("export_new", {"scope": "ALL", "purpose": "Claim over 917342"}),
    ],
)
def test_what_somebody_wrote_does_not_wait_in_the_session_until_they_confirm(
    client, confirmed, world, page, data
):
    kwargs = {"packet_id": world.things["packet"].pk} if page == "hold" else {}
    client.force_login(world["revops"])
    asked = client.get(at(world, page, **kwargs))
    assert asked.url.startswith(reverse("account_reauthenticate"))

    answer = client.post(at(world, page, **kwargs), data)

    assert answer.status_code == 422
    assert "Confirm that it is you once more" in answer.content.decode()
    assert not LegalHold.objects.exists()
    assert not Handout.objects.exists()
    assert not FIGURES.search(json.dumps(dict(client.session.items())))


def test_an_export_is_asked_for_made_and_fetched(
    confirmed, world, django_capture_on_commit_callbacks
):
    client = confirmed(world["revops"])
    wrong = client.post(at(world, "export_new"), {"scope": "REGION", "purpose": ""})
    assert wrong.status_code == 422
    assert "Choose the region." in wrong.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(world, "export_new"), {"scope": "ALL", "purpose": "Claim 917342"})

    handout = Handout.objects.get()
    listed = client.get(at(world, "exports")).content.decode()
    assert "Ready" in listed
    assert "Claim 917342" in listed
    answer = client.post(at(world, "export_download", handout_id=handout.pk))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert answer["Content-Disposition"] == 'attachment; filename="packets-fy28.zip"'
    assert "no-store" in answer["Cache-Control"]
    client.post(at(world, "export_end", handout_id=handout.pk))
    handout.refresh_from_db()
    assert handout.state == "ENDED"
    again = client.post(at(world, "export_download", handout_id=handout.pk), follow=True)
    assert "not here any more" in again.content.decode()


def test_only_whoever_asked_fetches_an_export_or_reads_its_purpose(
    client, confirmed, world, django_capture_on_commit_callbacks
):
    confirmed(world["revops"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(world, "export_new"), {"scope": "ALL", "purpose": "Claim 917342"})
    handout = Handout.objects.get()
    confirmed(RevOpsFactory(full_name="Other RevOps"))

    listed = client.get(at(world, "exports")).content.decode()

    assert "Mateusz" in listed
    assert "Claim" not in listed
    for page in ("export_download", "export_end"):
        assert client.post(at(world, page, handout_id=handout.pk)).status_code == 404


def test_the_list_of_exports_asks_again_while_one_is_made(client, world):
    Handout.objects.create(
        kind="COUNSEL",
        kickoff=world.kickoff,
        sealed_purpose="x",
        requested_by=world["revops"],
        requested_at=LONG_AFTER,
        parts_total=4,
        parts_done=1,
    )
    client.force_login(world["revops"])

    fragment = client.get(at(world, "exports"), headers={"hx-request": "true"}).content.decode()

    assert "<html" not in fragment
    assert 'hx-trigger="every 2s"' in fragment
    assert "1 of 4 packets" in fragment
    Handout.objects.update(state="READY", ready_at=LONG_AFTER, expires_at=LONG_AFTER)
    assert (
        "hx-trigger"
        not in client.get(at(world, "exports"), headers={"hx-request": "true"}).content.decode()
    )


def test_a_link_and_its_code_are_shown_once(confirmed, world, leaver):
    client = confirmed(world["revops"])
    assert "Joana Reis" in client.get(at(world, "leavers")).content.decode()

    page = client.post(at(world, "link_make", person_id=leaver.pk))

    text = page.content.decode()
    assert "/packet-copy/" in text
    assert "never again" in text
    assert page["Cache-Control"] == "no-store, private"
    after = client.get(at(world, "leavers")).content.decode()
    assert "/packet-copy/" not in after
    assert "Not fetched yet" in after
    link = LeaverLink.objects.get()
    ended = client.post(at(world, "link_revoke", link_id=link.pk), follow=True)
    assert "The link is ended" in ended.content.decode()


def test_a_link_of_another_kickoff_is_not_found_here(confirmed, world):
    elsewhere = PacketVersionFactory(packet__rep__is_active=False).packet
    client = confirmed(world["revops"])

    refused = client.post(at(world, "link_make", person_id=elsewhere.rep_id), follow=True)

    assert "who have left" in refused.content.decode()
    assert client.get(at(world, "hold", packet_id=elsewhere.pk)).status_code == 404


def test_a_rep_downloads_all_of_their_own(client, world, django_capture_on_commit_callbacks):
    client.force_login(world["rep"])
    packet = client.get(
        reverse("events:packets:delivery:mine", kwargs={"slug": world.kickoff.slug})
    )
    assert at(world, "mine") in packet.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(world, "mine_ask"))

    text = client.get(at(world, "mine")).content.decode()

    handout = Handout.objects.get()
    assert "Your files are ready" in text
    answer = client.post(at(world, "mine_download", handout_id=handout.pk))
    assert answer["Content-Disposition"] == 'attachment; filename="my-packets.zip"'
    b"".join(answer.streaming_content)
    client.force_login(world["peer"])
    assert client.post(at(world, "mine_download", handout_id=handout.pk)).status_code == 404


def test_a_rep_with_nothing_released_is_told_what_will_come(client, world):
    newcomer = PersonFactory()
    AttendeeFactory(kickoff=world.kickoff, person=newcomer)
    client.force_login(newcomer)

    assert "Nothing to download yet" in client.get(at(world, "mine")).content.decode()
    refused = client.post(at(world, "mine_ask"), follow=True)
    assert "nothing to hand out" in refused.content.decode()


@pytest.mark.parametrize("page", ["retention", "exports", "leavers"])
def test_a_list_makes_the_same_number_of_queries_for_any_number_of_rows(
    client, world, page, django_assert_max_num_queries
):
    client.force_login(world["revops"])
    client.get(at(world, page))
    counts = []
    for more in (1, 2, 9):
        for _ in range(more):
            gone = PacketFactory(kickoff=world.kickoff, rep=PersonFactory(is_active=False))
            PacketVersionFactory(packet=gone)
            Handout.objects.create(
                kind="COUNSEL",
                kickoff=world.kickoff,
                sealed_purpose="x",
                requested_by=world["revops"],
                requested_at=LONG_AFTER,
            )
        with django_assert_max_num_queries(20) as captured:
            client.get(at(world, page))
        counts.append(len(captured))

    assert len(set(counts)) == 1, counts
