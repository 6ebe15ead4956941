"""What the pages about one version share."""

from typing import Any

from django.http import QueryDict

from core.numbers import whole_number
from core.ui.figures import money
from events.packets.comp.rules import curves, extras
from events.packets.comp.rules import words as comp_words
from events.packets.delivery import queries
from events.packets.delivery.models import PacketVersion
from events.packets.delivery.rules import states, words
from events.packets.delivery.rules.content import Content
from events.packets.quotas.rules.words import period_name

BAR_PARTS = 100


def chosen_packets(data: QueryDict) -> list[int] | None:
    """The packets that somebody ticked on the desk; None where nobody ticked any."""
    given = map(whole_number, data.getlist("packet"))
    return [number for number in given if number is not None] or None


def figures_of(version: PacketVersion) -> dict[str, Any]:
    """What a page about one version shows of its content."""
    content = version.read()
    before = queries.version_before(version)
    answers = queries.answers_to(version)
    return {
        "version": version,
        "kind": states.kind(version.shown_state),
        "word": version.state_word,
        "answer": answers[0] if answers else None,
        "answers": answers,
        "content": content,
        "before": before,
        "changes": queries.changes_in(version, before),
        "curve": curves.draw(*content.own_numbers),
        "finding": _finding(content),
        "pays_target": content.pays_target(),
        "plan": comp_words.comp_sentences(content.comp),
        "extras": extras.extra_sentences(content.comp, content.currency),
        "full_year": words.full_year_sentence(content),
        "examples": content.examples(),
        "named": words.named(content.territory.accounts, 2),
        "periods": _periods(content),
    }


def _finding(content: Content) -> dict[str, str]:
    _half, at_quota, above = content.examples()
    return {
        "at_quota": money(at_quota.earned, content.currency),
        "above": money(above.earned, content.currency),
    }


def _periods(content: Content) -> list[dict[str, Any]]:
    largest = max(period.amount for period in content.quota.periods) or 1
    return [
        {
            "name": period_name(period),
            "amount": period.amount,
            "width": f"{period.amount / largest * BAR_PARTS:.1f}",
        }
        for period in content.quota.periods
    ]
