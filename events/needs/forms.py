from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.needs import rules
from events.needs.models import NeedForm
from people.accounts.forms import PersonField, Suggestions
from people.accounts.queries import leading_people


class AnswersForm(forms.Form):
    """One form of needs, made of its questions. What managers alone write is not in it."""

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = [one for one in rules.KINDS[kind].questions if not one.by_managers]
        for one in self.questions:
            self.fields[one.key] = _field(one)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        key, problem = rules.problem_of_days(self._texts(cleaned))
        if problem and not self.errors:
            self.add_error(key, problem)
        return cleaned

    @property
    def values(self) -> dict[str, str]:
        """The clean answers, for an action."""
        return self._texts(self.cleaned_data)

    def _texts(self, cleaned: dict[str, Any]) -> dict[str, str]:
        found = {one.key: cleaned.get(one.key) for one in self.questions}
        return {
            key: value.isoformat() if hasattr(value, "isoformat") else str(value)
            for key, value in found.items()
            if value
        }


class SettingsForm(forms.Form):
    """Until when people change a form, and how long its answers are kept."""

    until_date = forms.DateField(
        label=_("People change it until"), widget=forms.DateInput(attrs={"type": "date"})
    )
    keep_days = forms.IntegerField(
        label=_("Days kept after the event"),
        min_value=0,
        max_value=365,
        help_text=_("Then all answers are deleted, by themselves."),
    )

    def __init__(self, *args: Any, form: NeedForm, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"until_date": form.until_date, "keep_days": form.keep_days}


class ManagerForm(forms.Form):
    """Somebody who is to read the answers of a form."""

    person = PersonField(label=_("Who reads the answers too"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].widget = Suggestions(leading_people(timezone.now()))


def _field(question: rules.Question) -> forms.Field:
    if question.choices:
        choices = [("", _("Choose one")), *question.choices]
        return forms.ChoiceField(
            label=str(question.label), choices=choices, required=question.required
        )
    if question.is_day:
        return forms.DateField(
            label=str(question.label),
            required=question.required,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
    return forms.CharField(
        label=str(question.label), required=question.required, max_length=rules.LONGEST_TEXT
    )
