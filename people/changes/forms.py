import re
from collections.abc import Iterable

_CHANGE = re.compile(r"^(\d{1,18})-(\d{1,18})$", re.ASCII)


def chosen_managers(texts: Iterable[str]) -> dict[int, int]:
    """What was ticked: `person-manager`, as it was shown. Anything else is left out."""
    found = (_CHANGE.match(text) for text in texts)
    return {int(one[1]): int(one[2]) for one in found if one}
