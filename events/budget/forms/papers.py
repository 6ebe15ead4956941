from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.budget.actions.papers import PAPERS
from events.budget.models import LineFile
from people.files.forms import UploadField


class PaperForm(forms.Form):
    """A contract or an invoice of a line."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LineFile.Kind.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Here, so that its hint is in the reader's language
        self.fields["file"] = UploadField(PAPERS, label=_("File"))
