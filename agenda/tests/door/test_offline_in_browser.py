import pytest
from django.urls import reverse
from playwright.sync_api import Error, expect

from agenda.door.models import Scan
from agenda.door.queries import counts
from events.tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)

NOTHING_LEFT = """async () =>
  (await indexedDB.databases()).length === 0 && (await caches.keys()).length === 0"""
CACHED = """async () => {
  const paths = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname);
  return paths.filter((path) => !path.startsWith("/static/"));
}"""


def let_in(page, name):
    page.locator("[data-search]").fill(name)
    page.locator("[data-found] button").first.click()
    expect(page.locator("[data-log]")).to_contain_text(name)


def test_the_door_opened_once_works_without_a_network_and_sends_each_scan_once(page, sign_in):
    world = build_world()
    sign_in(page, world["planner"])
    door = reverse("agenda:door:page", args=[world.kickoff.slug])
    packet = reverse("events:packets:delivery:mine", args=[world.kickoff.slug])
    page.goto(door)
    page.locator("[data-ready]").wait_for()

    page.context.set_offline(True)
    page.goto(door)
    page.locator("[data-ready]").wait_for()
    let_in(page, "Benyahia")
    let_in(page, "佐藤")
    expect(page.locator("[data-network]")).to_contain_text("wait on this phone: 2")
    other = page.context.new_page()
    with pytest.raises(Error):
        other.goto(packet)
    other.close()
    assert Scan.objects.count() == 0
    assert page.evaluate(CACHED) == [door]

    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-network]")).to_be_hidden()
    expect(page.locator("[data-log] .k-done")).to_have_count(2)
    assert list(Scan.objects.values_list("was_offline", "kind")) == [(True, "IN")] * 2
    assert counts(world.kickoff, Scan.objects.first().arrived_at).came == 2

    page.context.set_offline(True)
    let_in(page, "Thabo")
    page.context.route("**/scans/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto(reverse("people:accounts:profile"))
    leave = page.locator("form[data-signs-out]").first
    leave.evaluate("form => form.requestSubmit()")
    expect(page.locator("#confirm-title")).to_have_text("Sign out and lose what waits?")
    page.locator("[data-confirm-go]").click()
    page.wait_for_url(lambda url: reverse("account_login") in url)
    page.wait_for_function(NOTHING_LEFT)
