"""A budget, its lines with their revisions and papers, and the rooms that hotels hold for it."""

from events.budget.models.blocks import BlockNight, RoomBlock
from events.budget.models.budgets import Basis, Budget, BudgetOwner, Category, DayRate, Scenario
from events.budget.models.lines import BudgetLine, LineFile, Revision, RevisionQuerySet
