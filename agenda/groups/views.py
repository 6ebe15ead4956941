from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.groups import access, tasks
from agenda.groups.actions import drafting, releasing, solving
from agenda.groups.actions.drafting import GroupsRefused
from agenda.groups.forms import ChangeForm, GroupingForm, ReleaseForm, RulesForm, SolveForm
from agenda.groups.models import Grouping, Place, Round
from agenda.groups.queries import groups_of
from agenda.groups.queries.board import Board, Card, Placed, lines
from agenda.groups.queries.connections import connections_of
from agenda.groups.queries.crowd import settings_for
from agenda.groups.queries.pictures import bars, circles
from agenda.groups.queries.trying import try_swap
from agenda.groups.queries.words import rule_lines
from agenda.groups.rules.weighing import turns
from core.refusals import told_in, told_on
from events.kickoff.access import kickoff_as_attendee_or_404, kickoff_to_plan_or_404
from people.accounts.requests import AuthenticatedRequest

GROUPS_SHOWN = 9  # on a page of the board, a third more on the last


@login_required
@require_GET
def show_list(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    context = {"kickoff": kickoff, "lines": lines(kickoff.pk)}
    return render(request, "agenda/groups/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create_grouping(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_to_plan_or_404(request.user, slug)
    form = GroupingForm(
        request.POST or None,
        kickoff=kickoff,
        initial={"title": _("Deal clinics"), "segment_kind": "REP"},
    )
    if form.is_valid():
        with told_in(form, GroupsRefused):
            grouping = drafting.create_grouping(
                kickoff=kickoff,
                kind=form.cleaned_data["kind"],
                title=form.cleaned_data["title"],
                segment={"segment_kind": form.cleaned_data["segment_kind"]},
                rounds=form.rounds,
                by=request.user,
                at=timezone.now(),
            )
            return redirect("agenda:groups:board", slug=slug, grouping_id=grouping.pk)
    return render(request, "agenda/groups/form.html", {"kickoff": kickoff, "form": form})


@dataclass(frozen=True, slots=True)
class Tab:
    """One round in the head of the board."""

    round: Round
    is_here: bool
    collides: bool


@login_required
@require_GET
def show_board(request: AuthenticatedRequest, slug: str, grouping_id: int) -> HttpResponse:
    grouping = access.grouping_to_plan_or_404(request.user, slug, grouping_id)
    board = Board(grouping, timezone.now())
    wanted = request.GET.get("round", "")
    round_ = next((one for one in board.rounds if str(one.number) == wanted), board.rounds[0])
    chosen = _place(board, round_, request.GET.get("one", ""))
    trial = None
    if chosen and (other := _place(board, round_, request.GET.get("other", ""))):
        trial = try_swap(board, round_, chosen, other)
    seated = board.seated(round_)
    pages = Paginator(seated, GROUPS_SHOWN, orphans=GROUPS_SHOWN // 3)
    picked = trial.other if trial else chosen
    page = pages.get_page(request.GET.get("page") or _page_of(seated, picked))
    kept = f"round={round_.number}&"
    is_going = board.solving is not None and board.solving.state in ("WAITING", "RUNNING")
    context = {
        "kickoff": grouping.kickoff,
        "grouping": grouping,
        "board": board,
        "round": round_,
        "tabs": [
            Tab(one, one is round_, bool(one.report.get("collisions"))) for one in board.rounds
        ],
        "cards": board.cards(round_, list(page), also=[chosen] if chosen else []),
        "page": page,
        # What a page keeps when it is turned, and what picks somebody: with whom one is chosen to swap
        "keep": f"{kept}one={chosen.pk}&" if chosen else kept,
        "pick": f"?{kept}one={chosen.pk}&other=" if chosen else f"?{kept}one=",
        "when": board.when(round_),
        "time": _time(board, round_),
        "reports": [(one, board.report(one)) for one in board.rounds],
        "to_place": board.to_place(round_),
        "out": board.out(round_),
        "chosen": chosen,
        # Each seat asks: a look-up that finds nothing is slow
        "chosen_pk": chosen.pk if chosen else 0,
        "other_pk": trial.other.pk if trial else 0,
        "trying": {one.group_id for one in (chosen, trial and trial.other) if one},
        "trial": trial,
        "told": len({place.person_id for place in board.changed}),
        "rules": list(rule_lines(board.settings)),
        "regions": board.legend,
        "solving": board.solving if is_going else None,
        "last": board.solving,
    }
    return render(request, "agenda/groups/board.html", context)


def _page_of(seated: Sequence[Card], place: Placed | None) -> int:
    """The page that shows the group of a place; the first without one."""
    of = (n for n, card in enumerate(seated) if place and card.group.pk == place.group_id)
    return next(of, 0) // GROUPS_SHOWN + 1


def _place(board: Board, round_: Round, said: str) -> Placed | None:
    return next((one for one in board.places[round_.pk] if str(one.pk) == said), None)


@dataclass(frozen=True, slots=True)
class Time:
    """Whether the turns of a round fit, in words."""

    said: str
    more: str
    is_short: bool


def _time(board: Board, round_: Round) -> Time | None:
    sizes = board.sizes(round_)
    if board.grouping.kind != Grouping.Kind.CLINIC or not sizes:
        return None
    minutes, turn = board.minutes(round_), board.settings.turn_minutes
    fit, people = minutes // turn, sum(sizes)
    said = _(
        "%(people)d people in %(groups)d groups; %(fit)d deals of %(turn)d minutes fit a round."
    ) % {"people": people, "groups": len(sizes), "fit": fit, "turn": turn}
    places = sum(turns(board.sizes(one), board.minutes(one), turn) for one in board.rounds)
    largest = max(sizes)
    rounds = len(board.rounds)
    more = ngettext(
        "%(rounds)d round gives %(places)d turns.",
        "%(rounds)d rounds give %(places)d turns.",
        rounds,
    ) % {"rounds": rounds, "places": places}
    if places < people:
        need = largest * turn
        more += " " + _(
            "%(left)d people have none: %(largest)d × %(turn)d minutes are %(hours)s hours."
        ) % {
            "left": people - places,
            "largest": largest,
            "turn": turn,
            "hours": f"{need / 60:g}" if need % 30 == 0 else f"{need / 60:.1f}",
        }
    return Time(said, more, places < people)


@login_required
@require_GET
def show_connections(request: AuthenticatedRequest, slug: str, grouping_id: int) -> HttpResponse:
    grouping = access.grouping_to_plan_or_404(request.user, slug, grouping_id)
    regions, functions = connections_of(grouping)
    context = {
        "kickoff": grouping.kickoff,
        "grouping": grouping,
        "regions": regions,
        "functions": functions,
        "circles": circles(regions),
        "function_circles": circles(functions),
        "bars": bars(regions),
    }
    return render(request, "agenda/groups/connections.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change_rules(request: AuthenticatedRequest, slug: str, grouping_id: int) -> HttpResponse:
    grouping = access.grouping_to_plan_or_404(request.user, slug, grouping_id)
    now = settings_for(grouping).as_json | {"version": grouping.version}
    form = RulesForm(request.POST or None, initial=now)
    if form.is_valid():
        with told_in(form, GroupsRefused):
            drafting.change_rules(
                grouping=grouping,
                settings=form.settings,
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("The rules are changed. Solve the groups again."))
            return redirect("agenda:groups:board", slug=slug, grouping_id=grouping_id)
    context = {"kickoff": grouping.kickoff, "grouping": grouping, "form": form}
    return render(request, "agenda/groups/rules.html", context)


@login_required
@require_POST
def change_groups(request: AuthenticatedRequest, slug: str, grouping_id: int) -> HttpResponse:
    grouping = access.grouping_to_plan_or_404(request.user, slug, grouping_id)
    form = ChangeForm(request.POST)
    number = 1
    if form.is_valid():
        place = access.place_or_404(grouping, form.cleaned_data["place"]) if _names(form) else None
        number = place.round.number if place else 1
        with told_on(request, GroupsRefused):
            said = _change(grouping, form, place, request, timezone.now())
            messages.success(request, said)
    else:
        messages.error(request, _("Nothing was changed: load the page again."))
    address = redirect("agenda:groups:board", slug=slug, grouping_id=grouping_id)
    address["Location"] += f"?round={request.POST.get('round', '') or number}"
    if page := request.POST.get("page"):
        address["Location"] += f"&page={page}"
    return address


def _names(form: ChangeForm) -> bool:
    return form.cleaned_data["place"] is not None


def _change(
    grouping: Grouping,
    form: ChangeForm,
    place: Place | None,
    request: AuthenticatedRequest,
    at: datetime,
) -> str:
    """Do it, and say so. :raises GroupsRefused: it is not to be done"""
    do = form.cleaned_data["do"]
    draft: dict[str, Any] = {
        "grouping": grouping,
        "version": form.cleaned_data["version"],
        "by": request.user,
        "at": at,
    }
    if do == "stop":
        stopped = solving.stop_solving(grouping=grouping, by=request.user, at=at)
        return _("The search stops; what it found is kept.") if stopped else _("It was over.")
    if do == "undo":
        drafting.undo_change(**draft)
        return _("Everybody is back where they were.")
    if do == "way":
        rule, value = form.cleaned_data["rule"], form.way
        drafting.take_way(rule=rule, value=value, **draft)
        return _("The rule is changed. Solve the groups again.")
    if do == "seat":
        moves = drafting.seat_again(**draft)
        return ngettext(
            "Everybody has a place. %(count)d person moved for it.",
            "Everybody has a place. %(count)d people moved for it.",
            moves,
        ) % {"count": moves}
    if place is None:
        raise Http404
    return _change_place(do, place, form, draft)


def _change_place(do: str, place: Place, form: ChangeForm, draft: dict[str, Any]) -> str:
    name = {"name": place.person.display_name}
    grouping: Grouping = draft["grouping"]
    if do == "swap":
        other = access.place_or_404(grouping, form.cleaned_data["other"] or 0)
        drafting.swap_people(one=place, other=other, **draft)
        return _("%(one)s and %(other)s changed places.") % {
            "one": name["name"],
            "other": other.person.display_name,
        }
    if do == "move":
        other = access.place_or_404(grouping, form.cleaned_data["other"] or 0)
        if other.group is None:
            raise Http404
        drafting.move_person(place=place, group=other.group, **draft)
        return _("%(name)s has a place.") % name
    steps: dict[str, tuple[Callable[..., None], dict[str, bool], str]] = {
        "pin": (drafting.pin_person, {"is_pinned": True}, _("%(name)s stays there.")),
        "unpin": (drafting.pin_person, {"is_pinned": False}, _("%(name)s may be moved.")),
        "out": (drafting.leave_out, {"is_out": True}, _("%(name)s takes no part.")),
        "in": (drafting.leave_out, {"is_out": False}, _("%(name)s waits for a place.")),
    }
    act, how, said = steps[do]
    act(place=place, **how, **draft)
    return said % name


@login_required
@require_POST
def solve_groups(request: AuthenticatedRequest, slug: str, grouping_id: int) -> HttpResponse:
    grouping = access.grouping_to_plan_or_404(request.user, slug, grouping_id)
    form = SolveForm(request.POST)
    seconds = form.cleaned_data["seconds"] if form.is_valid() else solving.SECONDS
    with told_on(request, GroupsRefused):
        begun = solving.start_solving(
            grouping=grouping, seconds=seconds, by=request.user, at=timezone.now()
        )
        tasks.start(begun.pk)
    return redirect("agenda:groups:board", slug=slug, grouping_id=grouping_id)


@login_required
@require_GET
def show_solving(request: AuthenticatedRequest, slug: str, solving_id: int) -> HttpResponse:
    """How far a search is; once it is over, the page is loaded anew."""
    found = access.solving_or_404(request.user, slug, solving_id)
    if found.state not in ("WAITING", "RUNNING"):
        if request.htmx:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return redirect("agenda:groups:board", slug=slug, grouping_id=found.grouping_id)
    context = {
        "solving": found,
        "grouping": found.grouping,
        "kickoff_slug": slug,
        "is_stuck": found.is_stuck(timezone.now()),
    }
    return render(request, "agenda/groups/_solving.html", context)


@login_required
@require_POST
def release_groups(request: AuthenticatedRequest, slug: str, grouping_id: int) -> HttpResponse:
    grouping = access.grouping_to_plan_or_404(request.user, slug, grouping_id)
    form = ReleaseForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    with told_on(request, GroupsRefused):
        told = releasing.release_groups(
            grouping=grouping, version=version, by=request.user, at=timezone.now()
        )
        words = ngettext(
            "The groups are out. %(count)d person is told.",
            "The groups are out. %(count)d people are told.",
            told,
        )
        messages.success(request, words % {"count": told})
    return redirect("agenda:groups:board", slug=slug, grouping_id=grouping_id)


@login_required
@require_GET
def show_mine(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = kickoff_as_attendee_or_404(request.user, slug)
    groups = groups_of(kickoff, person=request.user)
    now = timezone.now()
    met = {
        person.pk: person
        for one in groups
        if one.ends_at is not None and one.ends_at <= now
        for person in one.people
        if person.pk != request.user.pk
    }
    people = sorted(met.values(), key=lambda one: one.full_name)
    context = {"kickoff": kickoff, "groups": groups, "met": people, "now": now}
    return render(request, "agenda/groups/mine.html", context)
