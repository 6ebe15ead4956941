"""Mails about new managers: who hears that somebody waits for RevOps, and what came of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.folding import alphabetical
from people.accounts.models import Person
from people.notices.actions import NoticeDraft, tell
from people.notices.hooks import someone
from people.notices.rules import Delivery, Kind

MANAGER = Kind(
    "org.manager",
    gettext_lazy("You have another manager, or other people report to you"),
    gettext_lazy("Open the SKO Planner"),
    Delivery.AT_ONCE,
    needed=gettext_lazy("It says who opens your packet, or whose packets you open."),
)
CONFIRM = Kind(
    "org.confirm",
    gettext_lazy("New managers that wait for RevOps to confirm"),
    gettext_lazy("Confirm or put back"),
    Delivery.AT_ONCE,
    needed=gettext_lazy("RevOps guards who reads figures."),
    roles=("REVOPS",),
)
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose new manager waits for RevOps, and who managed them until now."""

    person: Person
    before: Person | None
    is_new: bool = False


def tell_waiting(waiting: Sequence[Waiting], *, by: Person | None, at: datetime) -> None:
    """Tell people, those who managed them, and RevOps: one mail each, however many are moved."""
    tell(drafts=_waiting(waiting, Person.objects.revops(), by, at), at=at)


def tell_confirmed(people: Sequence[Person], *, at: datetime) -> None:
    """Tell people, and their managers once each, that packets, notes and scores are open now."""
    tell(drafts=_confirmed(people, at), at=at)


def tell_refused(
    refused: Sequence[tuple[Person, Person | None]], *, by: Person, at: datetime
) -> None:
    """Tell people who manages them after all, those managers, and whoever asked for another."""
    tell(drafts=_refused(refused, by, at), at=at)


def _waiting(
    waiting: Sequence[Waiting], revops: Iterable[Person], by: Person | None, at: datetime
) -> list[NoticeDraft]:
    key = f"{waiting[0].person.pk}:{at.isoformat()}"
    drafts = [
        _draft(
            one.person,
            f"new-manager:{one.person.pk}:{at.isoformat()}",
            _("%(manager)s is your manager from now on") % _names(one.person),
            _(
                "%(manager)s is your manager in the SKO Planner from now on; %(by)s changed it.\n\n"
                "Your packet, and notes and scores about you, stay closed to them until RevOps "
                "has confirmed it. If this is not so, tell RevOps."
            )
            % (_names(one.person) | {"by": _who(by)}),
        )
        for one in waiting
        if not one.is_new
    ]
    managed: dict[Person, list[Person]] = {}
    for one in waiting:
        if one.before is not None and one.before != by:
            managed.setdefault(one.before, []).append(one.person)
    drafts += [
        _draft(
            manager,
            f"manager-changed:{manager.pk}:{key}",
            ngettext(
                "%(count)d person has another manager now",
                "%(count)d people have another manager now",
                len(people),
            )
            % {"count": len(people)},
            _(
                "%(by)s gave people of yours another manager:\n\n%(people)s\n\n"
                "You do not open their packets any more. If this is not so, tell RevOps."
            )
            % {"by": _who(by), "people": _list(people)},
        )
        for manager, people in managed.items()
    ]
    people = [one.person for one in waiting]
    drafts += [
        _draft(
            reader,
            f"managers-to-confirm:{reader.pk}:{key}",
            ngettext(
                "%(count)d new manager to confirm", "%(count)d new managers to confirm", len(people)
            )
            % {"count": len(people)},
            _(
                "%(by)s gave people another manager, who reads nothing of theirs until you "
                "confirm it:\n\n%(people)s\n\nConfirm or put back: %(url)s"
            )
            % {"by": _who(by), "people": _list(people), "url": changes_url()},
            CONFIRM,
        )
        for reader in revops
    ]
    return drafts


def _confirmed(people: Sequence[Person], at: datetime) -> list[NoticeDraft]:
    drafts = [
        _draft(
            person,
            f"manager-confirmed:{person.pk}:{at.isoformat()}",
            _("RevOps has confirmed %(manager)s as your manager") % _names(person),
            _("%(manager)s may open your packet, and notes and scores about you, from now on.")
            % _names(person),
        )
        for person in people
    ]
    teams: dict[Person, list[Person]] = {}
    for person in people:
        if person.manager is not None:
            teams.setdefault(person.manager, []).append(person)
    drafts += [
        _draft(
            manager,
            f"team-confirmed:{manager.pk}:{team[0].pk}:{at.isoformat()}",
            ngettext(
                "RevOps has confirmed %(count)d person of yours",
                "RevOps has confirmed %(count)d people of yours",
                len(team),
            )
            % {"count": len(team)},
            _("Packets, notes and scores are open to you now, of:\n\n%(people)s")
            % {"people": _list(team, with_manager=False)},
        )
        for manager, team in teams.items()
    ]
    return drafts


def _refused(
    refused: Sequence[tuple[Person, Person | None]], by: Person, at: datetime
) -> list[NoticeDraft]:
    drafts = [
        _draft(
            person,
            f"manager-refused:{person.pk}:{at.isoformat()}",
            _("Your manager has not changed"),
            _("RevOps has not confirmed the change of your manager. It is as before: %(manager)s.")
            % _names(person),
        )
        for person, _asked_by in refused
    ]
    asked: dict[Person, list[Person]] = {}
    for person, asked_by in refused:
        if asked_by is not None:
            asked.setdefault(asked_by, []).append(person)
    drafts += [
        _draft(
            asker,
            f"managers-refused:{asker.pk}:{people[0].pk}:{at.isoformat()}",
            _("RevOps has put managers back"),
            _("%(by)s has not confirmed new managers. They are as before:\n\n%(people)s")
            % {"by": by.full_name, "people": _list(people)},
        )
        for asker, people in asked.items()
    ]
    back: dict[Person, list[Person]] = {}
    for person, asked_by in refused:
        if person.manager is not None and person.manager != asked_by:
            back.setdefault(person.manager, []).append(person)
    drafts += [
        _draft(
            manager,
            f"managers-back:{manager.pk}:{people[0].pk}:{at.isoformat()}",
            ngettext(
                "%(count)d person is yours as before",
                "%(count)d people are yours as before",
                len(people),
            )
            % {"count": len(people)},
            _(
                "RevOps has not confirmed another manager. You open the packets again of:\n\n%(people)s"
            )
            % {"people": _list(people, with_manager=False)},
        )
        for manager, people in back.items()
    ]
    return drafts


def shown_mails() -> Iterator[NoticeDraft]:
    """The mails about managers, for the page that shows them."""
    manager = someone("Søren Lindqvist")
    rep = someone(manager=manager)
    by, at = someone("Priya Raghunathan"), timezone.now()
    yield from _waiting([Waiting(rep, someone("Kwame Asante"))], [by], by, at)
    yield from _confirmed([rep], at)
    yield from _refused([(rep, by)], by, at)


def changes_url() -> str:
    """The page on which RevOps decides, for a mail."""
    return f"{settings.SITE_URL}{reverse('people:changes:list')}"


def _draft(reader: Person, key: str, subject: str, text: str, kind: Kind = MANAGER) -> NoticeDraft:
    body = _("Hello %(name)s,\n\n%(text)s\n") % {"name": reader.display_name, "text": text}
    return NoticeDraft(kind=kind, key=key, person=reader, subject=subject, body=body)


def _names(person: Person) -> dict[str, str]:
    return {"manager": person.manager.full_name if person.manager else _("nobody")}


def _who(by: Person | None) -> str:
    return by.full_name if by is not None else _("The operator of the planner")


def _list(people: Iterable[Person], *, with_manager: bool = True) -> str:
    listed = sorted(people, key=lambda person: alphabetical(person.full_name))
    lines = [
        f"- {person.full_name} → {_names(person)['manager']}"
        if with_manager
        else f"- {person.full_name}"
        for person in listed[:_NAMED]
    ]
    if len(listed) > _NAMED:
        lines.append(_("… and %(count)d more") % {"count": len(listed) - _NAMED})
    return "\n".join(lines)
