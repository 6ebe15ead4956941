from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from people.accounts.models import Person
from people.imports import hooks
from people.imports.models import ImportRun
from people.waiting.rules import Waiting


def find(people: Sequence[Person], at: datetime) -> Iterator[Waiting]:
    """
    Files that were not imported, or whose worker has died, for whoever chose them: they start them
    again, or let them be for a day. One query, and those of the gates of such a file's page.
    """
    runs = ImportRun.objects.filter(
        Q(state=ImportRun.State.FAILED) | Q(state=ImportRun.State.RUNNING, leased_until__lt=at),
        owner__in=people,
    ).select_related("owner")
    for run in runs.defer("result"):
        try:
            flow = hooks.flow_of(run.purpose, run.owner)
        except Http404:
            continue  # they may not import it any more
        yield Waiting(
            person_id=run.owner_id,
            kind="imports.failed",
            title=_("Start the import again: %(title)s") % {"title": flow.title},
            url=f"{flow.preview_url(run.token)}?{run.address}",
            button=_("Open"),
            since=run.finished_at or run.queued_at,
            is_private=True,
        )
