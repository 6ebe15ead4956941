import re
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from agenda.door.models import Badge, Scan
from agenda.door.rendering import Face, Label, NoRoom, Placed
from events.tests.factories import AttendeeFactory, KickoffFactory

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
@pytest.mark.parametrize(
    "wrong", [{"width": "215"}, {"height": "nan"}, {"part": "7"}, {"team": "9"}]
)
def test_a_label_that_cannot_be_is_said_beside_its_field(client, wrong):
    kickoff = KickoffFactory()
    client.force_login(kickoff.owner)
    answer = client.post(reverse("agenda:door:badges", args=[kickoff.slug]), ON_A4 | wrong)
    assert list(answer.context["form"].errors) == list(wrong)
