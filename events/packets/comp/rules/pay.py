"""What somebody is paid by default or by exception, and who has which of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.keys import name_key


@dataclass(frozen=True, slots=True, repr=False)
class Pay:
    """Base salary and target variable of a plan year, in a currency that stands beside it."""

    base: Decimal
    target_variable: Decimal

    @property
    def on_target(self) -> Decimal:
        return self.base + self.target_variable


def title_key(job_title: str) -> str:
    """A job title without case and superfluous space: how people of one title are found."""
    return name_key(job_title)[:240]


def title_keys(job_title: str) -> tuple[str, ...]:
    """
    The keys under which plan and pay of a title are looked for, in this order.

    The title itself, then what stands before its first comma: “Enterprise AE, Lyon” has what
    “Enterprise AE” has unless it has its own.
    """
    whole, stem = title_key(job_title), title_key(stem_of(job_title))
    return (whole,) if whole == stem or not stem else (whole, stem)


def stem_of(job_title: str) -> str:
    """A job title without the place or team behind its first comma."""
    return job_title.partition(",")[0].strip()


def pay_for_country(countries: Sequence[Sequence[str]], country: str) -> int | None:
    """
    Which of a title's pays somebody of a country has, by its place; none if there is none.

    `countries` are the codes that each pay is for. The one that names the country, else the one
    that names none.
    """
    for place, codes in enumerate(countries):
        if country and country in codes:
            return place
    return next((place for place, codes in enumerate(countries) if not codes), None)
