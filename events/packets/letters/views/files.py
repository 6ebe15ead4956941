"""The list of letters, and all of them at once."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from core.lists import Column, Filter, ListSpec
from events.packets.letters import access, actions, queries
from events.packets.letters.models import LetterFile
from events.sealing.views import confirm_who, keeps_figures
from people.accounts.requests import AuthenticatedRequest

State = LetterFile.State
# The kind of `{% state %}` for each
SHAPES = {
    State.WAITING: "wait",
    State.RENDERING: "part",
    State.READY: "done",
    State.FAILED: "late",
}

LIST = ListSpec(
    columns=[
        Column("rep", gettext_lazy("Rep"), sort="version__packet__rep__full_name"),
        Column("kind", gettext_lazy("Letter"), sort="kind"),
        Column("version", gettext_lazy("Version"), sort="version__number", numeric=True),
        Column("language", gettext_lazy("Language"), sort="language", narrow=False),
        Column("made", gettext_lazy("Made"), sort="rendered_at", narrow=False),
        Column("state", gettext_lazy("State"), sort="state"),
    ],
    filters=[
        Filter("kind", gettext_lazy("Letter"), LetterFile.Kind.choices, "kind", chips=True),
        Filter("state", gettext_lazy("State"), State.choices, "state", chips=True),
    ],
    search=["version__packet__rep__full_name", "version__packet__rep__email"],
    default_sort="rep",
    per_page=25,
)


@login_required
@require_GET
def files(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    page = LIST.page(queries.files_of(kickoff), request.GET)
    languages = dict(settings.LETTER_LANGUAGES)
    for row in page.rows:
        row.shape = SHAPES[State(row.state)]  # type: ignore[attr-defined]  # for the template
        row.written_in = languages.get(row.language, row.language)  # type: ignore[attr-defined]  # for the template
    context = {
        "kickoff": kickoff,
        "page": page,
        "ready": queries.ready_files(kickoff).count(),
    }
    return render(request, "events/packets/letters/files.html", context)


@login_required
@require_POST
@keeps_figures
@sensitive_variables()
def download(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    kickoff = access.desk_or_404(request.user, slug)
    confirm_who(request)
    try:
        pieces = actions.hand_out_letters(kickoff=kickoff, by=request.user, at=timezone.now())
    except actions.LetterRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("events:packets:letters:files", slug=slug)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    # The name says neither whose they are nor any figure: it stays in lists of downloads
    name = f"letters-{slugify(kickoff.fiscal_year)}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response  # type: ignore[return-value]  # what wraps it changes headers alone
