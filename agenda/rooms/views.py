from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.rooms import actions, queries
from agenda.rooms.access import room_or_404
from agenda.rooms.forms import RoomForm
from core.lists import Column, ListSpec
from core.refusals import told_in
from events.kickoff.access import kickoff_to_plan_or_404
from people.accounts.requests import AuthenticatedRequest

ROOMS = ListSpec(
    columns=[
        Column("position", gettext_lazy("Order"), sort=("position", "name"), numeric=True),
        Column("name", gettext_lazy("Room"), sort="name"),
        Column("place", gettext_lazy("Where"), sort="place"),
        Column("capacity", gettext_lazy("Seats"), sort="capacity", numeric=True),
        Column("sessions", gettext_lazy("Sessions"), sort="session_count", numeric=True),
        Column("notes", gettext_lazy("Notes"), narrow=False),
        Column("action", ""),
    ],
    search=["name", "place", "notes"],
    default_sort="position",
)


@login_required
@require_GET
def list_rooms(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    page = ROOMS.page(queries.rooms_of(kickoff), request.GET)
    return render(request, "agenda/rooms/list.html", {"kickoff": kickoff, "page": page})


@login_required
@require_http_methods(["GET", "POST"])
def add_room(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = RoomForm(request.POST or None, initial={"position": kickoff.rooms.count() + 1})
    if form.is_valid():
        with told_in(form, actions.RoomRefused, field="name"):
            room = actions.add_room(
                kickoff=kickoff, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("%(room)s added.") % {"room": room.name})
            return redirect("agenda:rooms:list", slug=slug)
    return render(request, "agenda/rooms/form.html", {"kickoff": kickoff, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def edit_room(request: AuthenticatedRequest, slug: str, room_id: int) -> HttpResponse:
    room = room_or_404(request.user, slug, room_id)
    name = room.name
    form = RoomForm(request.POST or None, instance=room)
    if form.is_valid():
        with told_in(form, actions.RoomRefused, field="name"):
            actions.edit_room(room=room, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("%(room)s saved.") % {"room": room.name})
            return redirect("agenda:rooms:list", slug=slug)
    context = {"kickoff": room.kickoff, "form": form, "room": room, "name": name}
    return render(request, "agenda/rooms/form.html", context)


@login_required
@require_POST
def delete_room(request: AuthenticatedRequest, slug: str, room_id: int) -> HttpResponse:
    room = room_or_404(request.user, slug, room_id)
    name = room.name
    try:
        actions.delete_room(room=room, by=request.user, at=timezone.now())
    except actions.RoomRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("agenda:rooms:edit", slug=slug, room_id=room_id)
    messages.success(request, _("%(room)s deleted.") % {"room": name})
    return redirect("agenda:rooms:list", slug=slug)
