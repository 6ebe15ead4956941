"""
Addresses of before, which stand in mails that went out: each leads to where its page is now.

They say nothing of what is there: whoever follows one is asked at the new address.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

# Below `k/<slug>/`: what an address began with, and what it begins with now
MOVED = {
    "bets/mine/": "commitments/mine/",
    "territories/": "packets/territories/",
    "plans/": "packets/comp/",
    "quotas/": "packets/quotas/",
    "letters/": "packets/letters/",
    "packet-questions/": "packets/inquiries/",
    "packet-records/": "packets/records/",
    "packet-reminders/": "packets/coverage/reminders/",
    "packets/report/": "packets/coverage/report/",
}


def _moved(request: HttpRequest, slug: str, before: str, now: str, rest: str = "") -> HttpResponse:
    of_kickoff = f"/k/{slug}/"
    # As it was asked for: what is escaped in it stays so, and what it asks stays behind it
    address = request.get_full_path().replace(of_kickoff + before, of_kickoff + now, 1)
    # With its method: a form that was open while the addresses moved is sent all the same
    return redirect(address, permanent=True, preserve_request=True)


urlpatterns: list[URLPattern] = [
    path(f"k/<slug:slug>/{before}{rest}", _moved, {"before": before, "now": now})
    for before, now in MOVED.items()
    for rest in ("", "<path:rest>")
]
