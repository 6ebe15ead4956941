import base64

from csp.decorators import csp_exempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import told_in
from events.kickoff.models import Kickoff
from events.packets.letters import access, actions, queries
from events.packets.letters.forms import BrandForm
from events.packets.letters.rendering.languages import language_of
from events.packets.letters.rendering.pictures import first_page
from events.packets.letters.rules.brand import Brand
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_http_methods(["GET", "POST"])
def brand(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    current = queries.brand_of(kickoff)
    form = BrandForm(request.POST or None, request.FILES or None, current=current)
    if request.method == "POST" and form.is_valid():
        with told_in(form, actions.LetterRefused):
            saved = actions.save_brand(
                kickoff=kickoff, brand=form.brand, by=request.user, at=timezone.now()
            )
            messages.success(
                request,
                _("Saved as edition %(number)d. Letters made from now on look like this.")
                % {"number": saved.edition}
                if saved
                else _("The look is as it was."),
            )
            return redirect("events:packets:letters:brand", slug=slug)
    context = {
        "kickoff": kickoff,
        "form": form,
        "current": current,
        "languages": settings.LETTER_LANGUAGES,
        **_picture(kickoff, current),
    }
    return render(
        request, "events/packets/letters/brand.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def preview(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    form = BrandForm(request.POST, request.FILES, current=queries.brand_of(kickoff))
    context = {"kickoff": kickoff, "form": form}
    if form.is_valid():
        context |= _picture(kickoff, form.brand)
    return render(request, "events/packets/letters/_preview.html", context)


@login_required
@require_GET
@csp_exempt()  # type: ignore[arg-type]  # its annotation forgets that views take arguments
def sample(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    pdf = actions.sample(
        kickoff=kickoff,
        brand=queries.brand_of(kickoff),
        language=language_of(request.GET.get("language", "")),
        at=timezone.now(),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="sample-letter.pdf"'
    return response


@login_required
@require_GET
def logo(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    found = queries.brand_of(kickoff).logo
    if not found:
        raise Http404
    return HttpResponse(found, content_type="image/png", headers={"Cache-Control": "private"})


def _picture(kickoff: Kickoff, brand: Brand) -> dict[str, object]:
    """The first page of a sample letter as an address that holds its picture."""
    language = language_of("")
    pdf = actions.sample(kickoff=kickoff, brand=brand, language=language, at=timezone.now())
    drawn = first_page(pdf)
    encoded = base64.b64encode(drawn).decode() if drawn else ""
    return {"picture": f"data:image/png;base64,{encoded}" if encoded else ""}
