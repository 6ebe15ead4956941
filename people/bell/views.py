from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import told_on
from people.accounts.requests import AuthenticatedRequest
from people.bell import access, queries
from people.bell.hooks import show_ahead
from people.mail.actions import Draft
from people.mail.rendering import html_of, text_of
from people.notices.actions import ChoiceRefused, NoticeDraft, choose_deliveries, mark_read
from people.notices.models import Notice
from people.notices.queries import choices_of, notices_of
from people.notices.rules import Delivery, delivery
from people.org.access import planner_or_404
from people.waiting.queries import waiting_for_one
from people.waiting.rules import Place, When, rows_by_group, tally


@login_required
@require_GET
def show(request: AuthenticatedRequest) -> HttpResponse:
    """What waits for whoever asks, across kickoffs, and what is new for them."""
    person, at = request.user, timezone.now()
    zone = ZoneInfo(person.time_zone)
    items = waiting_for_one(person, at)
    unread, read = notices_of(person, at)
    places: Counter[Place] = Counter()
    for item in items:
        if item.place:
            places[item.place] += item.count
    groups = rows_by_group(items, at, zone)
    ahead = [one for one in show_ahead(person, at) if one is not None]
    first = min(ahead, key=lambda one: one.starts_at, default=None)
    context = {
        "ahead": first,
        "minutes": first.minutes(at) if first else None,
        "groups": [one for one in groups if one[0] not in _FOLDED],
        "folded": [one for one in groups if one[0] in _FOLDED],
        "tally": tally(items, at),
        "places": list(places.items()),
        "unread": unread,
        "read": read,
        "at": at,
        "zone": zone,
    }
    return render(request, "people/bell/show.html", context)


@login_required
@require_POST
def mark_all_read(request: AuthenticatedRequest) -> HttpResponse:
    """Mark as read what the page has shown: what came since stays new."""
    at = timezone.now()
    shown_at = _moment(request.POST.get("until", "")) or at
    mark_read(notices=Notice.objects.filter(person=request.user, at__lte=shown_at), at=at)
    return redirect("people:bell:show")


@login_required
@require_POST
def open_notice(request: AuthenticatedRequest, notice_id: int) -> HttpResponse:
    """Mark one notice as read, and go where it leads."""
    notice = access.notice_or_404(request.user, notice_id)
    mark_read(notices=Notice.objects.filter(pk=notice.pk), at=timezone.now())
    return redirect(notice.url or "people:bell:show")


@login_required
@require_http_methods(["GET", "POST"])
def choose_mails(request: AuthenticatedRequest) -> HttpResponse:
    """How whoever asks wants to be mailed, by kind."""
    kinds = queries.kinds_of(request.user)
    if request.method == "POST":
        with told_on(request, ChoiceRefused):
            choose_deliveries(
                person=request.user, chosen={one: request.POST.get(one.name, "") for one in kinds}
            )
            messages.success(request, _("Your choice is kept."))
        return redirect("people:bell:mails")
    chosen = choices_of(request.user)
    rows = [(kind, delivery(kind, chosen.get(kind.name), is_urgent=False)) for kind in kinds]
    ways = list(Delivery)
    return render(request, "people/bell/mails.html", {"rows": rows, "ways": ways})


@login_required
@require_GET
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # it knows plain requests alone
def show_mails(request: AuthenticatedRequest) -> HttpResponse:
    """Every mail that the product can send, as people get it, with an invented content."""
    planner_or_404(request.user)
    mails = queries.mails_shown()
    number = min(_number(request.GET.get("mail", "")), len(mails) - 1)
    shown = mails[number]
    context = {"mails": mails, "number": number, "shown": shown, "text": _text(shown)}
    return render(request, "people/bell/all_mails.html", context)


@login_required
@require_GET
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]  # as above
    {
        "frame-ancestors": [SELF],
        "style-src": [UNSAFE_INLINE],
        "sandbox": [""],
        "form-action": [NONE],
    }
)
def show_mail(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """One of those mails as it leaves, alone in its frame: its styles stand in it."""
    planner_or_404(request.user)
    mails = queries.mails_shown()
    if number >= len(mails):
        raise Http404
    mail = mails[number]
    html = html_of(mail.subject, mail.body, button=_button(mail), is_personal=True)
    return HttpResponse(html)


_FOLDED = (When.LATER,)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _button(mail: Draft) -> str:
    return mail.button or (str(mail.kind.button) if isinstance(mail, NoticeDraft) else "")


def _text(mail: Draft) -> str:
    return text_of(mail.body, is_personal=True)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None
