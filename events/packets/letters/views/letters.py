from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from events.packets.delivery.actions import record_reading
from events.packets.delivery.models import PacketVersion
from events.packets.letters import access, actions, queries
from events.packets.letters.models import LetterFile
from events.sealing.views import keeps_figures
from people.accounts.requests import AuthenticatedRequest

Kind = LetterFile.Kind


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def letter(request: AuthenticatedRequest, slug: str, packet_id: int, number: int) -> HttpResponse:
    version = access.version_or_404(request.user, slug, packet_id, number)
    return _answer(request, version, Kind.LETTER)


@login_required
@require_GET
@keeps_figures
@sensitive_variables()
def signed_copy(
    request: AuthenticatedRequest, slug: str, packet_id: int, number: int
) -> HttpResponse:
    version = access.signed_or_404(request.user, slug, packet_id, number)
    return _answer(request, version, Kind.SIGNED_COPY)


@sensitive_variables()
def _answer(request: AuthenticatedRequest, version: PacketVersion, kind: str) -> HttpResponse:
    """
    The file; while it is not made, a page that says so and then asks for it with `now`.

    Making it takes up to some seconds, for which a phone would show nothing. Whoever asks for no
    page is given the file at once.
    """
    if "made" in request.GET:
        return _whether_made(request, version, kind)
    if _wants_a_page(request) and not queries.is_made(version, kind):
        context = {"version": version, "download": "download" in request.GET}
        return render(request, "events/packets/letters/making.html", context, status=202)
    at = timezone.now()
    try:
        pdf = (
            actions.letter_now(version=version, kind=kind, at=at)
            if version.is_released
            else actions.preview(version=version, at=at)
        )
    except actions.LetterRefused as refusal:
        context = {"kickoff": version.packet.kickoff, "problem": str(refusal)}
        return render(request, "events/packets/letters/refused.html", context, status=503)
    verb = "packet.downloaded" if version.is_released else "packet.previewed"
    record_reading(version=version, by=request.user, at=at, verb=verb)
    how = "attachment" if "download" in request.GET else "inline"
    # The name says neither whose it is nor any figure: it stays in lists of downloads
    signed = "-signed" if kind == Kind.SIGNED_COPY else ""
    year = slugify(version.packet.kickoff.fiscal_year)
    return _file(pdf, f'{how}; filename="packet-{year}-v{version.number}{signed}.pdf"')


def _file(pdf: bytes, disposition: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    # Browsers show a PDF in a viewer of their own, which the policy of pages would stop. What
    # `csp_exempt` does to a whole view, whose pages keep the policy here
    response._csp_exempt = True  # type: ignore[attr-defined]  # where the middleware looks for it
    response.headers["Content-Disposition"] = disposition
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _whether_made(request: AuthenticatedRequest, version: PacketVersion, kind: str) -> HttpResponse:
    """For the page that waits: 204 until the file is there."""
    if not queries.is_made(version, kind):
        return HttpResponse(status=204)
    return render(request, "events/packets/letters/_made.html", {"version": version})


def _wants_a_page(request: HttpRequest) -> bool:
    return "now" not in request.GET and "text/html" in request.headers.get("Accept", "")
