"""Who sits on a panel: their details, what they allow, and the call before."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agenda.panels import access, actions, queries
from agenda.panels.forms import CallForm, ConsentForm, PanelistForm
from agenda.panels.rules import standing_of
from core.refusals import told_in, told_on
from events.guests.actions import GuestRefused, invite_guest
from events.guests.models import Guest
from events.kickoff.access import planner_or_404
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def add_panelist(request: AuthenticatedRequest, slug: str, session_id: int) -> HttpResponse:
    session = access.panel_or_404(request.user, slug, session_id)
    form = PanelistForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_in(form, actions.PanelRefused):
            panelist = actions.add_panelist(
                session=session, details=form.details, by=request.user, at=timezone.now()
            )
            said = _("%(name)s sits on the panel, as a %(standing)s.")
            standing = panelist.get_standing_display()
            messages.success(request, said % {"name": panelist.name, "standing": standing})
            return redirect("agenda:panels:panel", slug=slug, session_id=session_id)
    context = {"kickoff": session.kickoff, "session": session, "form": form}
    status = 422 if form.errors else 200
    return render(request, "agenda/panels/panelist.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def edit_panelist(
    request: AuthenticatedRequest, slug: str, session_id: int, panelist_id: int
) -> HttpResponse:
    panelist = access.panelist_or_404(request.user, slug, session_id, panelist_id)
    fresh = access.panelist_or_404(request.user, slug, session_id, panelist_id)
    form = PanelistForm(request.POST if request.method == "POST" else None, instance=fresh)
    if form.is_valid():
        with told_in(form, actions.PanelRefused):
            actions.update_panelist(
                panelist=panelist, details=form.details, by=request.user, at=timezone.now()
            )
            standing = standing_of(form.cleaned_data["score"])
            said = _("%(name)s is saved.")
            if standing != panelist.standing:
                said = _("%(name)s is saved, and counts otherwise in the mix now.")
            messages.success(request, said % {"name": form.cleaned_data["name"]})
            return redirect("agenda:panels:panel", slug=slug, session_id=session_id)
    context = {
        "kickoff": panelist.session.kickoff,
        "session": panelist.session,
        "panelist": panelist,
        "form": form,
        "consent": ConsentForm(initial={"places": panelist.places}),
        "consents": queries.consents_of(panelist),
        "link": queries.link_of(panelist),
    }
    status = 422 if form.errors else 200
    return render(request, "agenda/panels/panelist.html", context, status=status)


@login_required
@require_POST
def remove_panelist(
    request: AuthenticatedRequest, slug: str, session_id: int, panelist_id: int
) -> HttpResponse:
    panelist = access.panelist_or_404(request.user, slug, session_id, panelist_id)
    actions.remove_panelist(panelist=panelist, by=request.user, at=timezone.now())
    said = _("%(name)s is off the panel. What was promised to them stays.")
    messages.success(request, said % {"name": panelist.name})
    return redirect("agenda:panels:panel", slug=slug, session_id=session_id)


@login_required
@require_POST
def note_consent(
    request: AuthenticatedRequest, slug: str, session_id: int, panelist_id: int
) -> HttpResponse:
    """Note what a panelist has said; whoever holds their call may do so too."""
    panelist, is_lead = access.prep_or_404(request.user, slug, session_id, panelist_id)
    form = ConsentForm(request.POST)
    if form.is_valid():
        with told_on(request, actions.PanelRefused):
            said = actions.say_consent(
                panelist=panelist,
                places=form.cleaned_data["places"],
                by=request.user,
                at=timezone.now(),
            )
            words = _(
                "Noted: %(name)s may be quoted nowhere. What was kept of their words is gone."
            )
            if said.words:
                words = _("Noted: %(name)s may be quoted %(places)s.")
            places = ", ".join(said.words)
            messages.success(request, words % {"name": panelist.name, "places": places})
    else:
        messages.error(request, _("Choose among the places that are shown."))
    page = "agenda:panels:panelist" if is_lead else "agenda:panels:prep"
    return redirect(page, slug=slug, session_id=session_id, panelist_id=panelist_id)


@login_required
@require_POST
def renew_link(
    request: AuthenticatedRequest, slug: str, session_id: int, panelist_id: int
) -> HttpResponse:
    panelist = access.panelist_or_404(request.user, slug, session_id, panelist_id)
    actions.renew_link(panelist=panelist, by=request.user, at=timezone.now())
    messages.success(request, _("There is a new link. The one before opens nothing any more."))
    return redirect(
        "agenda:panels:panelist", slug=slug, session_id=session_id, panelist_id=panelist_id
    )


@login_required
@require_POST
def invite(
    request: AuthenticatedRequest, slug: str, session_id: int, panelist_id: int
) -> HttpResponse:
    """Invite a panelist to a limited account of their own, from which their page is a tap away."""
    planner_or_404(request.user)
    panelist = access.panelist_or_404(request.user, slug, session_id, panelist_id)
    if not panelist.email:
        messages.error(request, _("Write their e-mail first: the invitation goes there."))
    else:
        with told_on(request, GuestRefused):
            invite_guest(
                kickoff=panelist.session.kickoff,
                name=panelist.name,
                email=panelist.email,
                company=panelist.company,
                kind=Guest.Kind.PANELIST,
                purpose=panelist.session.title,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("Invited: the mail leads them to their panel."))
    return redirect(
        "agenda:panels:panelist", slug=slug, session_id=session_id, panelist_id=panelist_id
    )


@login_required
@require_http_methods(["GET", "POST"])
def prepare(
    request: AuthenticatedRequest, slug: str, session_id: int, panelist_id: int
) -> HttpResponse:
    """The prep call, for whoever holds it: whom to call, what to agree, what was said."""
    panelist, is_lead = access.prep_or_404(request.user, slug, session_id, panelist_id)
    kickoff, at = panelist.session.kickoff, timezone.now()
    data = request.POST if request.method == "POST" else None
    form = CallForm(data, panelist=panelist, today=kickoff.local_date(at))
    if form.is_valid():
        said = form.cleaned_data
        with told_in(form, actions.PanelRefused):
            actions.hold_call(
                panelist=panelist,
                held_date=said["held_date"],
                notes=said["notes"],
                agreed={one.pk for one in said["agreed"]},
                by=request.user,
                at=at,
            )
            messages.success(request, _("The call is noted."))
            return redirect(
                "agenda:panels:prep", slug=slug, session_id=session_id, panelist_id=panelist_id
            )
    context = {
        "kickoff": kickoff,
        "session": panelist.session,
        "panelist": panelist,
        "form": form,
        "consent": ConsentForm(initial={"places": panelist.places}),
        "consents": queries.consents_of(panelist),
        "is_lead": is_lead,
        "has_questions": form.fields["agreed"].queryset.exists(),  # type: ignore[attr-defined]  # a field of rows
    }
    status = 422 if form.errors else 200
    return render(request, "agenda/panels/prep.html", context, status=status)
