"""Editions of the terms: versioned text that plans and packets name by its code."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.numbers import whole_number
from core.refusals import told_in, told_on
from events.kickoff.models import Kickoff
from events.packets.comp import access, actions, queries
from events.packets.comp.forms import terms as forms
from events.packets.comp.models import TermsEdition
from events.packets.comp.rules.terms import EDITIONS
from people.accounts.requests import AuthenticatedRequest

_UNPROCESSABLE = 422


@login_required
@require_GET
def show_list(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    return render(
        request,
        "events/packets/comp/terms.html",
        {
            "kickoff": kickoff,
            "editions": TermsEdition.objects.select_related("changed_by", "published_by"),
            "built_in": [(code, queries.clauses_of(code)) for code in EDITIONS],
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def create(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    form = forms.EditionForm(request.POST or None, editions=queries.published_editions())
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.CompRefused, field="code"):
            edition = actions.draft_terms(
                code=form.cleaned_data["code"].strip(),
                clauses=queries.texts_of(form.cleaned_data["source"]),
                by=request.user,
                at=timezone.now(),
            )
            return redirect("events:packets:comp:terms_edit", slug=slug, edition_id=edition.pk)
    return render(
        request,
        "events/packets/comp/terms_new.html",
        {"kickoff": kickoff, "form": form},
        status=_UNPROCESSABLE if request.method == "POST" else 200,
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedRequest, slug: str, edition_id: int) -> HttpResponse:
    kickoff, edition = access.terms_or_404(request.user, slug, edition_id)
    language = request.GET.get("language") or next(iter(edition.clauses), settings.LANGUAGE_CODE)
    if not forms.is_language(language):
        raise Http404
    rows = edition.clauses.get(language, [])
    checks, refusal = False, ""
    if request.method == "POST" and not edition.is_published:
        rows = forms.rows_from(request.POST)
        if do := request.POST.get("do", ""):
            forms.change(rows, do)
        else:
            checks = True
    clauses = forms.clause_forms(rows, checks=checks)
    if checks and all(clause.is_valid() for clause in clauses):
        texts = [[one.cleaned_data["title"], one.cleaned_data["text"]] for one in clauses]
        try:
            actions.change_terms(
                edition_id=edition.pk,
                clauses={**edition.clauses, language: texts},
                expected=whole_number(request.POST.get("version", "")) or 0,
                by=request.user,
                at=timezone.now(),
            )
        except actions.CompRefused as problem:
            refusal = str(problem)
        else:
            messages.success(request, _("Edition %(code)s is saved.") % {"code": edition.code})
            return redirect(_address(kickoff, edition, language))
    return render(
        request,
        "events/packets/comp/terms_edit.html",
        {
            "kickoff": kickoff,
            "edition": edition,
            "clauses": clauses,
            "shown": queries.clauses_in(edition, language) if edition.is_published else (),
            "language": language,
            "languages": _languages(edition, language),
            "version": request.POST.get("version", edition.version),
            "refusal": refusal,
        },
        status=_UNPROCESSABLE if checks else 200,
    )


@login_required
@require_POST
def publish(request: AuthenticatedRequest, slug: str, edition_id: int) -> HttpResponse:
    _kickoff, edition = access.terms_or_404(request.user, slug, edition_id)
    with told_on(request, actions.CompRefused):
        actions.publish_terms(edition_id=edition.pk, by=request.user, at=timezone.now())
        messages.success(
            request,
            _("Edition %(code)s is published: plans may name it now, and it never changes.")
            % {"code": edition.code},
        )
    return redirect("events:packets:comp:terms_edit", slug=slug, edition_id=edition.pk)


@login_required
@require_POST
def delete(request: AuthenticatedRequest, slug: str, edition_id: int) -> HttpResponse:
    _kickoff, edition = access.terms_or_404(request.user, slug, edition_id)
    try:
        actions.delete_terms(edition_id=edition.pk, by=request.user, at=timezone.now())
    except actions.CompRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:packets:comp:terms_edit", slug=slug, edition_id=edition.pk)
    messages.success(request, _("The draft %(code)s is deleted.") % {"code": edition.code})
    return redirect("events:packets:comp:terms", slug=slug)


def _languages(edition: TermsEdition, language: str) -> list[tuple[str, str, bool, bool]]:
    """Code, name, whether it is shown, whether there is text in it."""
    codes = dict.fromkeys([*edition.clauses, language])
    if not edition.is_published:
        codes |= dict.fromkeys(queries.languages_of_people())
    return [
        (code, forms.language_name(code), code == language, bool(edition.clauses.get(code)))
        for code in codes
    ]


def _address(kickoff: Kickoff, edition: TermsEdition, language: str) -> str:
    kwargs = {"slug": kickoff.slug, "edition_id": edition.pk}
    return f"{reverse('events:packets:comp:terms_edit', kwargs=kwargs)}?language={language}"
