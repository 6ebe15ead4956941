"""Editions of the terms: written, published, deleted while they are drafts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from events.packets.comp.actions.refusals import ChangedMeanwhile, CompRefused
from events.packets.comp.models import TermsEdition
from events.packets.comp.rules.terms import EDITIONS
from people.accounts.models import Person
from people.activity.actions import record_entry

Clauses = Mapping[str, Sequence[Sequence[str]]]
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,19}")


@transaction.atomic
def draft_terms(*, code: str, clauses: Clauses, by: Person, at: datetime) -> TermsEdition:
    """
    Begin a new edition. Nothing can refer to it before it is published.

    :raises CompRefused: the code is no code, or there is an edition of it
    """
    if not _CODE.fullmatch(code):
        raise CompRefused(
            _("An edition has letters, digits, points and dashes, such as 2028.1: 20 at most.")
        )
    taken = _("There is an edition %(code)s already.") % {"code": code}
    if code in EDITIONS:
        raise CompRefused(taken)
    try:
        with transaction.atomic():
            edition = TermsEdition.objects.create(
                code=code, clauses=clauses, changed_by=by, changed_at=at
            )
    except IntegrityError:
        raise CompRefused(taken) from None
    record_entry(by=by, verb="terms.drafted", at=at, object=edition, note=code)
    return edition


@transaction.atomic
def change_terms(
    *, edition_id: int, clauses: Clauses, expected: int, by: Person, at: datetime
) -> TermsEdition:
    """
    Write the clauses of a draft anew, in all of its languages.

    :raises ChangedMeanwhile: somebody else changed it since it was read
    :raises CompRefused: it is published
    """
    rows = TermsEdition.objects.filter(pk=edition_id, state=TermsEdition.State.DRAFT)
    if not rows.filter(version=expected).update(
        clauses=clauses, changed_by=by, changed_at=at, version=F("version") + 1
    ):
        if rows.exists():
            raise ChangedMeanwhile(
                _("Somebody changed these terms after you opened them. Nothing was saved.")
            )
        raise CompRefused(_("Published terms never change. Write a new edition."))
    edition = rows.get()
    record_entry(by=by, verb="terms.changed", at=at, object=edition, note=edition.code)
    return edition


@transaction.atomic
def publish_terms(*, edition_id: int, by: Person, at: datetime) -> TermsEdition:
    """
    Freeze an edition, so that plans and packets may refer to it. Twice is once.

    :raises CompRefused: it has no clause
    """
    edition = TermsEdition.objects.get(pk=edition_id)
    if not any(edition.clauses.values()):
        raise CompRefused(_("These terms have no clause yet."))
    drafts = TermsEdition.objects.filter(pk=edition_id, state=TermsEdition.State.DRAFT)
    if drafts.update(state=TermsEdition.State.PUBLISHED, published_by=by, published_at=at):
        record_entry(by=by, verb="terms.published", at=at, object=edition, note=edition.code)
    return TermsEdition.objects.get(pk=edition_id)


@transaction.atomic
def delete_terms(*, edition_id: int, by: Person, at: datetime) -> None:
    """
    Delete a draft.

    :raises CompRefused: it is published
    """
    edition = TermsEdition.objects.filter(pk=edition_id).first()
    if edition is None:
        return
    if edition.is_published:
        raise CompRefused(_("Published terms are kept: packets may refer to them."))
    record_entry(by=by, verb="terms.deleted", at=at, object=edition, note=edition.code)
    edition.delete()
