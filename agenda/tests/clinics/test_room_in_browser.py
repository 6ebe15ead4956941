import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from agenda.clinics.models import Act, Step, Turn
from agenda.tests.clinics.room import build_clinic, hand_in
from events.commitments.models import Commitment
from events.tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)

PARTS = ("Stakeholders", "MEDDPICC", "Crisis points", "Save or loss", "Lessons")


def tap(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_a_phone_without_a_network_takes_a_group_through_a_whole_deal_and_sends_it_once(
    page, sign_in
):
    world = build_world()
    hand_in(world.kickoff, world["rep"])
    clinic = build_clinic(world.kickoff, world["peer"], [world["rep"], world["manager"]])
    clinic.seated.session and type(clinic.seated.session).objects.update(starts_at=timezone.now())
    room = reverse("agenda:clinics:room", args=[world.kickoff.slug, clinic.group.pk])
    sign_in(page, world["peer"])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(room)
    page.locator("[data-ready]").wait_for()

    page.context.set_offline(True)
    page.goto(room)
    page.locator("[data-ready]").wait_for()
    expect(page.locator("[data-network]")).to_contain_text("No connection since")
    tap(page, "Begin: Marsanne Logistique")
    for part in PARTS:
        tap(page, f"Next: {part}")
        expect(page.locator("[data-part]")).to_have_text(part)
    page.get_by_text("Enter scores for somebody without a phone").click()
    for score in ("0", "3"):
        for letter in page.locator("[data-enter] select:not([name=person])").all():
            letter.select_option(score)
        tap(page, "Enter these scores")
    tap(page, "Show the scores")
    expect(page.locator("[data-heading]")).to_contain_text("splits the group: 1 say 3, 1 say 0")
    page.get_by_label("What", exact=True).fill("Ask Claire who signed")
    tap(page, "Keep the action")
    page.get_by_label("Restructure").check()
    tap(page, "Finish this deal")
    expect(page.locator("[data-tosend]")).to_contain_text("12 to send")
    assert Act.objects.count() == 0

    page.goto(room)
    page.locator("[data-ready]").wait_for()
    page.get_by_role("button", name="Marsanne Logistique: Aïcha").click()
    expect(page.locator("[data-steps]")).to_contain_text("Ask Claire who signed")
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-tosend]")).to_be_hidden()
    expect(page.locator("[data-network]")).to_be_hidden()

    assert set(Act.objects.values_list("was_offline", flat=True)) == {True}
    assert Act.objects.count() == 12
    turn = Turn.objects.get()
    assert (turn.verdict, turn.medians["champion"]) == ("RESTRUCTURE", 1.5)
    assert turn.ended_at is not None
    assert Step.objects.get().commitment == Commitment.objects.get()
