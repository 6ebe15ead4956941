"""Clean input for a budget. No form saves."""

from events.budget.forms.blocks import BlockForm
from events.budget.forms.lines import AnswerForm, LineForm
from events.budget.forms.model import AssumptionsForm, DaysForm, RoleForms, ScenarioForms
from events.budget.forms.papers import PaperForm
from events.budget.forms.settings import OwnerForm, RateForm, SettingsForm

__all__ = [
    "AnswerForm",
    "AssumptionsForm",
    "BlockForm",
    "DaysForm",
    "LineForm",
    "OwnerForm",
    "PaperForm",
    "RateForm",
    "RoleForms",
    "ScenarioForms",
    "SettingsForm",
]
