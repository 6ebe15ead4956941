from core.hooks import Hook
from events.prework.models import PreworkItem

find_page = Hook[[PreworkItem, bool], str | None](
    "events.prework.hooks.find_page",
    """
    Say where a kind of pre-work is done and read that has pages of its own.

    Takes an item with its assignment and kickoff, and whether the person does it themselves or a
    reviewer reads it; gives the path, or None for kinds of others. The first path counts.
    """,
)


def page_of(item: PreworkItem, *, own: bool) -> str | None:
    """The page of an item outside this capability; None where it has none."""
    return next((path for path in find_page(item, own) if path), None)
