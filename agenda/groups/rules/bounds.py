"""What cannot be, by counting: which rules collide, in words, and what would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.groups.rules.people import Crowd
from agenda.groups.rules.settings import Settings

_ROOM = 0.8  # of the places that a region needs, so that other rules find some too


@dataclass(frozen=True, slots=True)
class Way:
    """A change of one rule that would help: its name in `Settings`, and what it becomes."""

    rule: str
    value: int | str | bool


@dataclass(frozen=True, slots=True)
class Collision:
    """Rules that cannot hold together, in words; `round` is 0 where it is so of every round."""

    said: str
    ways: tuple[Way, ...] = ()
    round: int = 0


class Impossible(Exception):
    """No groups can be made. `collisions` say why."""

    def __init__(self, *collisions: Collision) -> None:
        super().__init__(" ".join(one.said for one in collisions))
        self.collisions = collisions


class NotFound(Impossible):
    """No groups were found, and it is not proven that there are none."""


def group_counts(people: int, settings: Settings, sits: int | None = None) -> range:
    """
    How many groups people can make, fewest first. Whoever leads one is of the people; where only
    some of them are to sit (`sits`), those who lead come from the others.
    """
    if sits is not None:
        people, seats = sits, 0
    else:
        seats = settings.led_seats
    fewest = -(-people // (settings.largest + seats))
    return range(max(1, fewest), people // (settings.smallest + seats) + 1)


def find_collisions(
    crowd: Crowd, rounds: int, tables: list[int] | None = None
) -> Iterator[Collision]:
    """
    What counting alone says against the rules. `tables` are how many groups each round has room
    for, None where nobody counts them.
    """
    settings = crowd.settings
    everybody = bool(crowd.sits.all())
    sits = None if everybody else int(crowd.sits.sum())
    counts = group_counts(crowd.count, settings, sits)
    if not counts:
        yield _sizes(crowd.count if sits is None else sits, settings)
        return
    if tables:
        seen = False
        for number, free in enumerate(tables, start=1):
            if free < counts[0] and not seen:
                seen = True
                yield _tables(crowd, settings, number, free)
    if settings.led:
        tops = int(crowd.top.sum())
        if tops < counts[0]:
            yield _tops(crowd, settings, tops, counts[0])
            return
        counts = range(counts[0], min(counts[-1], tops) + 1)
        yield from _regions(crowd, settings, counts)
    yield from _teams(crowd, settings, counts)
    if everybody:
        yield from _fresh(crowd, settings, rounds, counts)
    yield from _managers(crowd, settings, counts)


def _sizes(people: int, settings: Settings) -> Collision:
    one = settings.led_seats
    lead = _(" beside whoever leads it") if one else ""
    if people < settings.smallest + one:
        said = ngettext(
            "%(count)d person makes no group of %(smallest)d%(lead)s.",
            "%(count)d people make no group of %(smallest)d%(lead)s.",
            people,
        ) % {"count": people, "smallest": settings.smallest, "lead": lead}
        return Collision(said, (Way("smallest", people - one),) if people > one else ())
    # Between the sizes that n groups and n + 1 groups need there is nothing
    fewer = people // (settings.smallest + one)
    said = _(
        "%(people)d people cannot be shared out into groups of %(smallest)d to %(largest)d%(lead)s:"
        " %(fewer)d groups seat %(most)d at most, and %(more)d need %(least)d."
    ) % {
        "people": people,
        "smallest": settings.smallest,
        "largest": settings.largest,
        "lead": lead,
        "fewer": fewer,
        "most": fewer * (settings.largest + one),
        "more": fewer + 1,
        "least": (fewer + 1) * (settings.smallest + one),
    }
    larger = -(-people // fewer) - one
    smaller = people // (fewer + 1) - one
    ways = [Way("largest", larger)]
    if smaller > 0:
        ways.append(Way("smallest", smaller))
    return Collision(said, tuple(ways))


def _tables(crowd: Crowd, settings: Settings, number: int, free: int) -> Collision:
    sit = crowd.count - free * settings.led_seats
    seats = free * settings.largest
    if not free:
        return Collision(
            _("Round %(round)d has no table: its sessions have no room that seats a group.")
            % {"round": number},
            round=number,
        )
    need = -(-sit // free)
    said = _(
        "%(people)d people at %(tables)d free tables make groups of %(need)d. You allow"
        " %(largest)d: %(seats)d seats, %(left)d people without one."
    ) % {
        "people": sit,
        "tables": free,
        "need": need,
        "largest": settings.largest,
        "seats": seats,
        "left": sit - seats,
    }
    return Collision(said, (Way("largest", need),), number)


def _tops(crowd: Crowd, settings: Settings, tops: int, fewest: int) -> Collision:
    said = ngettext(
        "%(tops)d person may lead a group, and %(people)d people need %(fewest)d groups at least.",
        "%(tops)d people may lead a group, and %(people)d people need %(fewest)d groups at least.",
        tops,
    ) % {"tops": tops, "people": crowd.count, "fewest": fewest}
    ways = [Way("led", False)]
    if tops:
        ways.insert(0, Way("largest", -(-(crowd.count - tops) // tops)))
    return Collision(said, tuple(ways))


def few_of(size: int, regions: int) -> int:
    """
    How many of a group can be of one region so that another one surely has more, where there are
    so many regions.
    """
    if regions < 2:
        return 0
    few = 0
    while -(-(size - few - 1) // (regions - 1)) > few + 1:
        few += 1
    return few


def most_leaders(crowd: Crowd, members: int, of_region: int, size: int) -> int:
    """
    How many people of a region should lead, at most, where `of_region` of `members` are of it and
    groups seat `size`: the others' groups have to hold the members of that region, with some room.
    """
    apart = crowd.settings.apart
    if not of_region or not apart:
        return members
    beside = few_of(size, len(crowd.regions)) if apart == "MAJORITY" else 0
    return int((members - of_region) * _ROOM) // max(1, size - beside)


def widest(crowd: Crowd) -> tuple[str, int, int]:
    """The region of most, how many are of it, and how many who may lead are of another."""
    known = Counter(one.region for one in crowd.guests if one.region and one.sits)
    region, count = known.most_common(1)[0] if known else ("", 0)
    return region, count, sum(1 for one in crowd.guests if one.top and one.region != region)


def _regions(crowd: Crowd, settings: Settings, counts: range) -> Iterator[Collision]:
    if not settings.apart:
        return
    region, count, strangers = widest(crowd)
    if count == int(crowd.sits.sum()) and not strangers:
        said = _(
            "Everybody is of one region, %(region)s, and whoever leads a group must be of another."
        ) % {"region": region}
        yield Collision(said, (Way("apart", ""),))
        return
    if any(holds(crowd.count, settings, groups, count, strangers) for groups in counts):
        return
    said = _(
        "%(count)d people are of %(region)s, and %(strangers)d who may lead are of another region:"
        " their groups cannot hold them."
    ) % {"count": count, "region": region, "strangers": strangers}
    easier = "" if settings.apart == "MAJORITY" else "MAJORITY"
    yield Collision(said, (Way("apart", easier),))


def holds(people: int, settings: Settings, groups: int, of_region: int, strangers: int) -> bool:
    """Whether groups seat all of a region where so many who lead are of another one."""
    others = min(strangers, groups)
    size = -(-(people - groups) // groups)
    near = (size - 1) // 2 if settings.apart == "MAJORITY" else 0
    return others * size + (groups - others) * near >= of_region - (groups - others)


def _teams(crowd: Crowd, settings: Settings, counts: range) -> Iterator[Collision]:
    if not settings.most_of_team or not crowd.teams:
        return
    names = Counter(one.team for one in crowd.guests if one.team and one.sits)
    team, size = names.most_common(1)[0]
    most, groups = settings.most_of_team, counts[-1]
    if size > most * groups:
        said = _(
            "%(size)d people are of the team %(team)s. At most %(most)d of a team in a group, in"
            " %(groups)d groups, seats %(seats)d of them."
        ) % {"size": size, "team": team, "most": most, "groups": groups, "seats": most * groups}
        yield Collision(said, (Way("most_of_team", -(-size // groups)),))
        return
    alone = sum(1 for one in crowd.guests if not one.team)
    whole = -(-crowd.count // groups)
    if not alone and all(one.sits for one in crowd.guests) and whole > most * len(names):
        said = _(
            "There are %(teams)d teams. At most %(most)d of a team makes groups of %(seats)d, and"
            " %(people)d people in %(groups)d groups need %(whole)d."
        ) % {
            "teams": len(names),
            "most": most,
            "seats": most * len(names),
            "people": crowd.count,
            "groups": groups,
            "whole": whole,
        }
        yield Collision(said, (Way("most_of_team", -(-whole // len(names))),))


def _fresh(crowd: Crowd, settings: Settings, rounds: int, counts: range) -> Iterator[Collision]:
    if not settings.fresh or rounds < 2:
        return
    people, groups = crowd.count, counts[-1]
    whole = -(-people // groups)
    smaller = Way("smallest", max(1, settings.smallest - 2))
    ways = (Way("fresh", False), smaller) if settings.smallest > 1 else (Way("fresh", False),)
    if whole > groups:
        said = _(
            "%(people)d people in %(groups)d groups of %(whole)d cannot meet afresh twice: the"
            " %(whole)d of a group come from %(groups)d groups of the round before, so two of them"
            " have met."
        ) % {"people": people, "groups": groups, "whole": whole}
        yield Collision(said, ways)
        return
    least = people // groups - 1
    if rounds * least > people - 1:
        said = _(
            "In %(rounds)d rounds each of %(people)d people meets %(meets)d others at least, and"
            " there are %(others)d: somebody meets somebody twice."
        ) % {
            "rounds": rounds,
            "people": people,
            "meets": rounds * least,
            "others": people - 1,
        }
        yield Collision(said, ways)


def _managers(crowd: Crowd, settings: Settings, counts: range) -> Iterator[Collision]:
    if settings.own_manager and counts[-1] == 1 and crowd.apart.any():
        yield Collision(
            _("There is one group only, and somebody would sit in it with their own manager."),
            (Way("own_manager", False),),
        )
