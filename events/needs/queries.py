from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.attendance.hooks import Facts
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from events.needs import rules
from events.needs.models import NeedAnswer, NeedForm, NeedManager
from people.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Row:
    """A form with its counts; `is_mine` where the reader is one of its managers."""

    form: NeedForm
    managers: list[Person]
    answered: int
    needs: int
    is_mine: bool


def forms(kickoff: Kickoff) -> QuerySet[NeedForm]:
    return NeedForm.objects.filter(kickoff=kickoff).select_related("kickoff")


def board(kickoff: Kickoff, person: Person, at: datetime) -> list[Row]:
    """The forms with how many of those who come have answered: counts alone. Three queries."""
    coming = Attendee.objects.filter(kickoff=kickoff).coming(at)
    here: Any = Q(answers__attendee__in=coming)
    named = NeedManager.objects.select_related("person").order_by("person__full_name")
    found: Any = (
        forms(kickoff)
        .annotate(
            answered=Count("answers", filter=here),
            needs=Count("answers", filter=here & Q(answers__is_need=True)),
        )
        .prefetch_related(Prefetch("named", queryset=named))
    )
    return [
        Row(
            one,
            [each.person for each in one.named.all()],
            one.answered,
            one.needs,
            any(each.person_id == person.pk for each in one.named.all()),
        )
        for one in found
    ]


def answers(form: NeedForm, at: datetime) -> QuerySet[NeedAnswer]:
    """What those who come have said in a form, with its people."""
    coming = Attendee.objects.filter(kickoff=form.kickoff_id).coming(at)
    found = form.answers.filter(attendee__in=coming)
    return found.select_related("attendee__person__team", "attendee__person__region")


def silent(form: NeedForm, at: datetime) -> QuerySet[Attendee]:
    """Those who come and have not answered a form."""
    coming = Attendee.objects.filter(kickoff=form.kickoff_id).coming(at)
    return coming.exclude(pk__in=form.answers.values("attendee")).select_related("person")


def own(attendee: Attendee, **more: Any) -> list[tuple[Any, NeedAnswer | None]]:
    """
    The forms of a kickoff, each with what somebody has said in it, and with `more` that the database
    says of each. Two queries.
    """
    said = {one.form_id: one for one in NeedAnswer.objects.filter(attendee=attendee)}
    asked = forms(attendee.kickoff).filter(deleted_at=None).annotate(**more)
    return [(one, said.get(one.pk)) for one in asked]


def rooms(kickoff: Kickoff, at: datetime) -> dict[tuple[str, date], int]:
    """How many rooms those who come sleep in, by hotel and night. One query."""
    said = NeedAnswer.objects.filter(
        form__kickoff=kickoff,
        form__kind="ROOM",
        attendee__in=Attendee.objects.filter(kickoff=kickoff).coming(at),
    )
    return rules.rooms_by_night(one.read() for one in said)


def own_data(person: Person) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """What somebody said of their needs, for the file that they may take with them. One query."""
    said = NeedAnswer.objects.filter(attendee__person=person).select_related("form__kickoff")
    yield (
        "needs",
        [
            {
                "kickoff": one.form.kickoff.name,
                "form": one.form.kind,
                "values": one.read(),
                "said_at": one.said_at,
            }
            for one in said.order_by("pk")
        ],
    )


def facts_of(attendee: Attendee, reader: Person, at: datetime) -> Facts | None:
    """
    What somebody needs, for their page: words to managers of a form, else that it is given. Two
    queries, none of somebody who does not come.
    """
    if attendee.rsvp != Attendee.Rsvp.YES:
        return None
    read: Any = NeedManager.objects.filter(person=reader, form=OuterRef("pk"))
    lines = []
    for form, said in own(attendee, is_read=Exists(read)):
        if said is None:
            text = _("not given yet")
        elif form.is_read:
            values = said.read()
            words = [rules.said(one, values) for one in form.of_kind.questions]
            text = ", ".join(word for word in words if word)
        else:
            text = _("given, not yours to see")
        lines.append((form.label, text))
    return Facts(_("Needs"), lines) if lines else None


def what_follows(
    kickoff: Kickoff, people: Collection[int], is_leaving: bool, at: datetime
) -> list[str]:
    """What becomes of the answers of people who go from a roster. One query."""
    said = NeedAnswer.objects.filter(form__kickoff=kickoff, attendee__person__in=people)
    if not (count := said.count()):
        return []
    if is_leaving:
        text = ngettext(
            "%(count)d answer about travel, room or food counts no more, and is deleted on its day.",
            "%(count)d answers about travel, room or food count no more, and are deleted on their"
            " days.",
            count,
        )
    else:
        text = ngettext(
            "%(count)d answer about travel, room or food is deleted.",
            "%(count)d answers about travel, room or food are deleted.",
            count,
        )
    return [text % {"count": count}]
