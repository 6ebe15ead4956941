from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.ui.figures import day
from events.attendance.hooks import Facts
from events.attendance.models import Attendee
from events.kickoff.hooks import Check, Finding, Phase, Severity, checks
from events.kickoff.models import Kickoff
from events.needs import rules
from events.needs.models import NeedAnswer, NeedForm, NeedManager
from events.sealing.rules import Unreadable
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
        .order_by("pk")  # a count drops the order of the table
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
            text = _read(form, said)
        else:
            text = _("given, not yours to see")
        lines.append((form.label, text))
    return Facts(_("Needs"), lines) if lines else None


def _read(form: NeedForm, said: NeedAnswer) -> str:
    try:
        values = said.read()
    except Unreadable:
        return _("given, and not readable: the key that sealed it is not on this server")
    return ", ".join(text for _label, text in in_words(form, values))


def in_words(form: NeedForm, values: rules.Values) -> list[tuple[str, str]]:
    """What somebody said in a form, question by question, for people to read."""
    return [
        (
            str(one.label),
            day(date.fromisoformat(values[one.key])) if one.is_day else rules.said(one, values),
        )
        for one in form.of_kind.questions
        if values.get(one.key)
    ]


ASKED = Check(
    "needs.asked",
    Phase.BEFORE,
    3,
    gettext_lazy(
        "Our choice: asked six weeks before, so that hotel and kitchen have their numbers"
    ),
    name=gettext_lazy("What people need"),
)
_ASK_AHEAD = timedelta(weeks=6)


@checks(ASKED)
def check_readiness(kickoff: Kickoff, at: datetime) -> Iterator[Finding]:
    """Whether those who come are asked what they need, and each form has a reader; one query."""
    managed: Any = NeedManager.objects.filter(form=OuterRef("pk"))
    found = list(forms(kickoff).annotate(is_managed=Exists(managed)))
    unread = [form.label for form in found if not form.is_managed]
    page = reverse("events:needs:list", args=[kickoff.slug])
    if not found:
        if kickoff.starts_date - _ASK_AHEAD <= kickoff.local_date(at) < kickoff.starts_date:
            yield Finding(
                ASKED,
                Severity.IMPROVE,
                _("Nobody is asked about travel, room and food."),
                why=_("Hotel and kitchen want their numbers two weeks before."),
                mend_label=_("Ask those who come"),
                mend_url=page,
            )
    elif unread:
        yield Finding(
            ASKED,
            Severity.IMPROVE,
            _("Nobody reads the answers of: %(forms)s.") % {"forms": ", ".join(unread)},
            why=_("What people say there reaches nobody who books or cooks."),
            mend_label=_("Name who reads them"),
            mend_url=page,
            share=1 - len(unread) / len(found),
        )
    else:
        yield Finding(ASKED, Severity.MET, _("Those who come are asked what they need."))


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
