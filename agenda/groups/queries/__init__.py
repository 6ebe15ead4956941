"""Who sits with whom: as released for everybody, and as planned for planners."""

from agenda.groups.queries.released import Seated, groups_of, seats_of

__all__ = ["Seated", "groups_of", "seats_of"]
