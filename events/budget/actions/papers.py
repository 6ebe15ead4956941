"""The papers of a line: contracts, invoices."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from events.budget.actions.lines import refuse_archived
from events.budget.actions.refusals import BudgetRefused
from events.budget.models import BudgetLine, LineFile
from people.accounts.models import Person
from people.activity.actions import record_entry
from people.files.actions import FileUnwanted, keep_file
from people.files.rules import DOCUMENTS, PICTURES

PAPERS = (*DOCUMENTS, *PICTURES)
MOST = 20  # of one line


@transaction.atomic
def add_file(
    *, line: BudgetLine, upload: File[bytes], kind: str, by: Person, at: datetime
) -> LineFile:
    """
    Keep a paper with a line.

    :raises BudgetRefused: it is of a kind, a size or a content that is not taken, the line has 20
        already, or the kickoff is archived
    """
    refuse_archived(line.budget.kickoff)
    BudgetLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if line.files.count() >= MOST:
        raise BudgetRefused(_("A line holds 20 files. Take one out first."))
    try:
        kept = keep_file(upload=upload, kinds=PAPERS, by=by, at=at)
    except FileUnwanted as unwanted:
        raise BudgetRefused(str(unwanted)) from unwanted
    paper = LineFile.objects.create(line=line, file=kept, kind=kind)
    record_entry(by=by, verb="budget.file_added", at=at, object=line, note=kept.name)
    return paper


@transaction.atomic
def remove_file(*, paper: LineFile, by: Person, at: datetime) -> None:
    """
    Take a paper out of a line; the file goes within a day. Twice is as once.

    :raises BudgetRefused: the kickoff is archived
    """
    refuse_archived(paper.line.budget.kickoff)
    if LineFile.objects.filter(pk=paper.pk).delete()[0]:
        record_entry(
            by=by, verb="budget.file_removed", at=at, object=paper.line, note=paper.file.name
        )
