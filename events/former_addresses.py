"""
Addresses of before, which stand in mails that went out: each leads to where its page is now.

They say nothing of what is there: whoever follows one is asked at the new address.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

# Below `k/<slug>/`: what an address began with, and what it begins with now
MOVED = {
    "territories/": "packets/territories/",
    "plans/": "packets/comp/",
    "quotas/": "packets/quotas/",
    "letters/": "packets/letters/",
    "packet-questions/": "packets/inquiries/",
    "packet-records/": "packets/records/",
    "packet-reminders/now/": "packets/coverage/reminders/now/",
    "packet-reminders/": "packets/coverage/reminders/",
    "packets/report/": "packets/coverage/report/",
}


def _moved(request: HttpRequest, slug: str, to: str, rest: str = "") -> HttpResponse:
    query = request.META["QUERY_STRING"]
    address = f"/k/{slug}/{to}{rest}" + (f"?{query}" if query else "")
    # With its method: a form that was open while the addresses moved is sent all the same
    return redirect(address, permanent=True, preserve_request=True)


urlpatterns: list[URLPattern] = [
    pattern
    for before, now in MOVED.items()
    for pattern in (
        path(f"k/<slug:slug>/{before}", _moved, {"to": now}),
        path(f"k/<slug:slug>/{before}<path:rest>", _moved, {"to": now}),
    )
]
