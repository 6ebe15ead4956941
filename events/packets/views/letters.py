from csp.decorators import csp_exempt
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from events.packets import access, actions, queries
from events.packets.rules.letters import render_letter
from events.packets.views.showing import keeps_figures
from people.accounts.requests import AuthenticatedRequest


@login_required
@require_GET
# Not a page: browsers show a PDF in a viewer of their own, which the policy of pages would stop
@csp_exempt()  # type: ignore[arg-type]
@keeps_figures
@sensitive_variables()
def letter(request: AuthenticatedRequest, slug: str, packet_id: int, number: int) -> HttpResponse:
    version = access.version_or_404(request.user, slug, packet_id, number)
    pdf = render_letter(queries.letter_of(version, version.packet.kickoff.zone))
    verb = "packet.downloaded" if version.is_released else "packet.previewed"
    actions.record_reading(version=version, by=request.user, at=timezone.now(), verb=verb)
    how = "attachment" if "download" in request.GET else "inline"
    # The name says neither whose it is nor any figure: it stays in lists of downloads
    name = f"packet-{slugify(version.packet.kickoff.fiscal_year)}-v{version.number}.pdf"
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
