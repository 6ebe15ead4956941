from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.lists import Column, ListSpec
from people.accounts.requests import AuthenticatedRequest
from people.activity import queries, words

_LIST = ListSpec(
    columns=[
        Column("at", _("When"), sort="at"),
        Column("what", _("What")),
        Column("who", _("Who"), sort="actor__full_name"),
    ],
    default_sort="-at",
)


@login_required
@require_GET
def list_mine(request: AuthenticatedRequest) -> HttpResponse:
    page = _LIST.page(queries.entries_about(request.user), request.GET)
    rows = [(entry, words.of(entry.verb)) for entry in page.rows]
    return render(request, "people/activity/mine.html", {"page": page, "rows": rows})


@login_required
@require_GET
def export_mine(request: AuthenticatedRequest) -> JsonResponse:
    """What is kept of the person, as a file that another program reads."""
    response = JsonResponse(
        queries.own_data(request.user), json_dumps_params={"indent": 1, "ensure_ascii": False}
    )
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response.headers["Cache-Control"] = "no-store"
    return response
