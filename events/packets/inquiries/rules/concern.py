"""Whom an answer concerns besides the rep who asked: by what their packets have in common."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from core.keys import name_key
from events.packets.comp.rules.comp import Comp
from events.packets.delivery.rules.content import Content
from events.packets.territories.rules.territory import Territory


class Scope(TextChoices):
    PLAN = "PLAN", _("Reps with the same plan")
    TERRITORY = "TERRITORY", _("Reps in the same territory")
    TERMS = "TERMS", _("Reps under the same terms")
    EVERYONE = "EVERYONE", _("Every rep at this kickoff")


@sensitive_variables()
def concerns(scope: str, asked: Content, other: Content) -> bool:
    """
    Whether an answer about one packet concerns another.

    PLAN: plans of one name, or where one has none, paid by the same measures and bands, whatever
    the amounts. TERRITORY: the same geography, or a named account in common. TERMS: the same
    edition.
    """
    if scope == Scope.PLAN:
        return _is_one_plan(asked.comp, other.comp)
    if scope == Scope.TERRITORY:
        return _meets(asked.territory, other.territory)
    if scope == Scope.TERMS:
        return asked.comp.terms == other.comp.terms
    return scope == Scope.EVERYONE


def _is_one_plan(one: Comp, other: Comp) -> bool:
    if one.plan_name and other.plan_name:
        return name_key(one.plan_name) == name_key(other.plan_name)
    return _shape(one) == _shape(other)


def _shape(comp: Comp) -> list[tuple[object, ...]]:
    return [(measure.name, measure.weight, measure.plan) for measure in comp.measures]


def _meets(one: Territory, other: Territory) -> bool:
    if one.geography and name_key(one.geography) == name_key(other.geography):
        return True
    accounts = {name_key(name) for name in one.accounts}
    return any(name_key(name) in accounts for name in other.accounts)
