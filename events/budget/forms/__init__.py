"""Clean input for a budget. No form saves."""

from events.budget.forms.blocks import BlockForm
from events.budget.forms.lines import AnswerForm, LineForm
from events.budget.forms.settings import OwnerForm, RateForm, SettingsForm

__all__ = ["AnswerForm", "BlockForm", "LineForm", "OwnerForm", "RateForm", "SettingsForm"]
