from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Territory:
    """
    Where a rep sells: geography and segment, the named accounts wherever they are, and the
    accounts left out. A named account overrides geography.
    """

    geography: str = ""
    segment: str = ""
    accounts: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.geography or self.segment or self.accounts)
