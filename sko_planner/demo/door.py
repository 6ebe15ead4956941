"""The doors of the kickoffs that began: who was scanned where, a phone without a network, a wrong clock."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from agenda.door.actions import make_badges, name_keeper
from agenda.door.models import Badge, Scan
from agenda.presence.queries import counted
from agenda.sessions.queries.released import Shown, agendas_of
from events.attendance.models import Attendee
from events.kickoff.models import Kickoff
from sko_planner.demo.kickoffs import Kickoffs
from sko_planner.demo.people import Company

_GATES = ("Gate A, foyer", "Gate A, second phone", "Gate B, garage")
_BEHIND = -58 * 60  # seconds: the clock of the last phone


def load(company: Company, kickoffs: Kickoffs, rng: random.Random, now: datetime) -> None:
    """Scans for everybody who came, as three phones made them."""
    keepers = [company["declan"], company["aicha"]]
    for kickoff in kickoffs.all:
        make_badges(kickoff=kickoff, at=now)
        for person in keepers:
            name_keeper(kickoff=kickoff, person=person, by=company.planner, at=now)
    for kickoff in (kickoffs.ended, kickoffs.today):
        came = Attendee.objects.filter(kickoff=kickoff).exclude(checked_in_at=None)
        hands = [company.planner, *keepers]
        scans = []
        for seat in came.select_related("person").order_by("checked_in_at", "pk"):
            gate = rng.choices(range(3), (5, 4, 3))[0]
            was_offline = gate == 1 and rng.random() < 0.2
            scans.append(
                Scan(
                    kickoff=kickoff,
                    attendee=seat,
                    **_told(seat.checked_in_at, now, gate, was_offline, rng),
                    by=hands[gate],
                )
            )
        if scans:
            torn = _told(scans[-1].scanned_at, now, 0, False, rng) | {"problem": "TORN"}
            scans.append(Scan(kickoff=kickoff, by=hands[0], **torn))
        Scan.objects.bulk_create([*scans, *_in_sessions(kickoff, scans, now, rng)], batch_size=500)
    old = Badge.objects.filter(attendee__kickoff=kickoffs.today).order_by("pk").first()
    if old is not None:
        old.revoked_at = now
        old.save(update_fields=["revoked_at"])
        Badge.objects.create(attendee=old.attendee, made_at=now)


def _in_sessions(
    kickoff: Kickoff, scans: list[Scan], now: datetime, rng: random.Random
) -> Iterator[Scan]:
    """Whoever came was in most of their sessions, as the code of the room said."""
    seats = [scan.attendee for scan in scans if scan.attendee is not None]
    people = {seat.pk: seat.person_id for seat in seats}
    for pk, shown in agendas_of(seats, kickoff).items():
        at_once: dict[datetime, list[Shown]] = defaultdict(list)
        for one in counted(shown):
            at_once[one.starts_at].append(one)
        for starts_at, beside in at_once.items():
            if starts_at < now and rng.random() < 0.85:
                told = _told(starts_at, now, 0, False, rng)
                told |= {
                    "how": Scan.How.ROOM,
                    "device": "",
                    "session_id": rng.choice(beside).id,
                }
                yield Scan(kickoff=kickoff, attendee_id=pk, by_id=people[pk], **told)


def _told(
    at: datetime | None, now: datetime, gate: int, was_offline: bool, rng: random.Random
) -> dict[str, object]:
    came_at = at or now
    ahead = _BEHIND if gate == 2 else 0
    late = timedelta(minutes=rng.randint(5, 20)) if was_offline else timedelta()
    return {
        "key": UUID(int=rng.getrandbits(128), version=4),
        "kind": Scan.Kind.IN,
        "how": Scan.How.BADGE if rng.random() < 0.85 else Scan.How.NAME,
        "device": _GATES[gate],
        "device_at": came_at + timedelta(seconds=ahead),
        "clock_ahead_seconds": ahead,
        "scanned_at": came_at,
        "arrived_at": max(came_at, min(came_at + late, now)),
        "was_offline": was_offline,
    }
