import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader

from agenda.door import actions
from agenda.door.actions import badges
from agenda.door.models import Badge, BadgeRun, Scan
from agenda.door.rendering import Face, Label, NoRoom, Placed
from events.tests.factories import AttendeeFactory, KickoffFactory
from people.files.models import StoredFile
from people.notices.models import Notice

NINE = datetime(2027, 2, 2, 9, tzinfo=UTC)
ON_A4 = {"sheet": "A4", "width": 90, "height": 55, "gap": 2, "with_back": "on"}


def test_labels_stand_in_the_middle_of_their_sheet_as_many_as_fit():
    label = Label(90, 55, "A4", 2)
    assert label.grid == (2, 5)
    assert ".c0 { left: 14.00mm; }" in label.rules
    assert ".c1 { left: 106.00mm; }" in label.rules
    assert Label(62, 100).grid == (1, 1)
    with pytest.raises(NoRoom):
        _ = Label(215, 55, "A4").grid


def test_a_badge_says_the_role_in_a_word_and_a_name_as_it_is_written():
    face = Face("<b>دانا</b> الخطيب", "AE", "rep", "rep", "SKO:ABC")
    context = {"sheets": [[Placed(face, 0, 0, 0)]], "title": "Open Lanes", "most": ":3"}
    html = render_to_string("agenda/door/badges_print.html", context)
    assert "&lt;b&gt;دانا&lt;/b&gt; الخطيب" in html
    assert re.search(r'class="kind rep">rep<', html)
    assert "<svg" in html


@pytest.mark.parametrize(
    ("name", "hand"),
    [
        ("Đặng Ngọc", "own"),
        ("Łukasz Żółtowski", "own"),
        ("Efua Adébáyọ̀", "other"),
        ("佐々木 健", "other"),
    ],
)
def test_a_name_is_written_by_one_typeface_which_has_all_of_it(name, hand):
    assert Face(name, "AE", "rep", "rep", "SKO:ABC").hand == hand


@pytest.mark.django_db
def test_printing_makes_codes_once_and_lets_nobody_in(client):
    kickoff = KickoffFactory()
    AttendeeFactory.create_batch(2, kickoff=kickoff)
    client.force_login(kickoff.owner)
    url = reverse("agenda:door:badges", args=[kickoff.slug])
    files = [client.post(url, ON_A4) for _twice in range(2)]
    assert [one["Content-Type"] for one in files] == ["application/pdf"] * 2
    assert files[0].content.startswith(b"%PDF")
    assert (Badge.objects.count(), Scan.objects.count()) == (2, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"width": "215"}, {"height": "nan"}, {"team": "9"}])
def test_a_label_that_cannot_be_is_said_beside_its_field(client, wrong):
    kickoff = KickoffFactory()
    client.force_login(kickoff.owner)
    answer = client.post(reverse("agenda:door:badges", args=[kickoff.slug]), ON_A4 | wrong)
    assert list(answer.context["form"].errors) == list(wrong)


@pytest.fixture
def crowd(db, monkeypatch):
    monkeypatch.setattr(badges, "AT_ONCE", 3)
    monkeypatch.setattr(badges, "PART", 2)
    kickoff = KickoffFactory()
    for number in range(5):
        AttendeeFactory(kickoff=kickoff, person__full_name=f"Attendee {number}")
    return kickoff


def ask(kickoff, **wanted):
    return actions.print_badges(
        kickoff=kickoff,
        label=Label(90, 55),
        with_back=False,
        language="en",
        by=kickoff.owner,
        at=NINE,
        **{"team": None, "person": None} | wanted,
    )


def work(run, at=NINE, seconds=10.0):
    left = actions.work_badges(run_id=run.pk, at=at, seconds=seconds)
    run.refresh_from_db()
    return left


def pages_of(pdf):
    return PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Count"]


def test_badges_of_many_are_made_part_by_part_into_one_file_by_name(crowd, client):
    run = ask(crowd)
    client.force_login(crowd.owner)
    page = reverse("agenda:door:badge_run", args=[crowd.slug, run.pk])
    assert "hx-get" in client.get(page).content.decode()

    while work(run, seconds=0):
        assert run.done < run.total

    assert (run.state, run.done, run.parts.count()) == ("READY", 5, 0)
    sent = client.get(reverse("agenda:door:badge_file", args=[crowd.slug, run.pk]))
    assert pages_of(b"".join(sent.streaming_content)) == 5
    assert "hx-get" not in client.get(page).content.decode()
    assert Notice.objects.get(person=crowd.owner).url.endswith(f"{run.pk}/file/")


def test_who_gets_a_new_badge_meanwhile_is_not_printed_with_the_old_code(crowd):
    run = ask(crowd)
    actions.correct_badge(attendee=crowd.attendees.latest("pk"), by=crowd.owner, at=NINE)

    work(run)

    with run.file.content.open() as file:
        assert pages_of(file.read()) == 4


def test_a_worker_that_dies_leaves_what_it_made_and_is_not_followed_for_ever(crowd, monkeypatch):
    run = ask(crowd)
    work(run, seconds=0)
    made, later = run.done, NINE
    monkeypatch.setattr(badges, "badges_pdf", _die)
    for _try in range(badges.MOST_TRIES):
        with pytest.raises(SystemExit):
            work(run, at=later)
        assert not work(run, at=later)
        later += badges.LEASE + timedelta(seconds=1)

    assert actions.tend_badges(later) == []
    run.refresh_from_db()
    assert (run.state, run.done) == ("FAILED", made)


def _die(*_said, **_named):
    raise SystemExit


def test_what_goes_wrong_is_said_and_the_run_has_failed(crowd, monkeypatch, client):
    run = ask(crowd)

    def fail(*_said, **_named):
        raise OSError("no room on the disk")

    monkeypatch.setattr(badges, "badges_pdf", fail)
    with pytest.raises(OSError, match="no room"):
        work(run)

    client.force_login(crowd.owner)
    page = client.get(reverse("agenda:door:badge_run", args=[crowd.slug, run.pk]))
    assert "could not be made" in page.content.decode()
    assert (
        client.get(reverse("agenda:door:badge_file", args=[crowd.slug, run.pk])).status_code == 404
    )


def test_a_file_of_badges_goes_after_a_week(crowd):
    run = ask(crowd)
    work(run)

    actions.tend_badges(NINE + badges.KEPT + timedelta(seconds=1))

    assert not BadgeRun.objects.exists()
    assert StoredFile.objects.held_by_nothing(NINE + timedelta(days=99)).get().pk == run.file_id
