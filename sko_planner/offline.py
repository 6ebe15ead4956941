"""Which pages a device may keep for when it has no network, and the service worker that keeps them."""

import json
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from people.accounts.requests import open_to_guests

# The one list: an address is kept only if one of these is the whole of it. Names of a roster at
# most: never a page with a figure of a packet, an address of a person, or what somebody wrote. The
# room of a group is a frame; the deals in it are kept as data, for its facilitator alone (ADR 42)
KEPT = (r"/k/[-a-zA-Z0-9_]+/door/", r"/k/[-a-zA-Z0-9_]+/clinics/[0-9]+/")
HOURS = 72  # for so long at most

_SCRIPTS = (
    *(f"vendor/workbox-{part}.js" for part in ("core", "expiration", "routing", "strategies")),
    "core/offline/worker.js",
)


def may_be_kept(path: str) -> bool:
    """Whether a page of this address may be kept on a device."""
    return any(re.fullmatch(one, path) for one in KEPT)


@require_GET
@cache_control(no_cache=True)
@open_to_guests
def worker(request: HttpRequest) -> HttpResponse:
    """
    The service worker: at the top, so that it may serve any page, and asked for anew each time.
    A new version of its scripts has new addresses, so that browsers see that it changed.
    """
    said = {"KEPT": KEPT, "HOURS": HOURS, "STATIC": f"/{settings.STATIC_URL.strip('/')}/"}
    lines = [f"self.{name} = {json.dumps(value)};" for name, value in said.items()]
    lines.append(f"importScripts({', '.join(json.dumps(static(one)) for one in _SCRIPTS)});")
    return HttpResponse("\n".join(lines), content_type="text/javascript")
