"""The forms of an import: a file, then the column of each field and the import's own options."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.imports.mapping import Field
from core.imports.readers import too_large
from core.imports.tables import Limits

_PREFIX = "column_"
TABLES = ".csv,.xlsx,.tsv,.txt"


class UploadForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.ClearableFileInput(),
    )

    def __init__(self, *args: Any, limits: Limits, accept: str = TABLES, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limits = limits
        self.fields["file"].widget.attrs["accept"] = accept
        text = _("CSV or XLSX, with a row of headers. %(rows)s rows and %(size)d MB at most.")
        shown = {"rows": f"{limits.rows:,}", "size": limits.file_bytes // (1024 * 1024)}
        self.fields["file"].help_text = text % shown

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.limits.file_bytes:
            raise ValidationError(str(too_large(file.size, self.limits)))
        return file


class ColumnsForm(forms.Form):
    """Which column holds which field; its values stand in the URL of the preview."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        fields: Sequence[Field],
        headers: Sequence[str],
        guessed: Mapping[str, str],
    ) -> None:
        initial = {f"{_PREFIX}{key}": header for key, header in guessed.items()}
        super().__init__(data or None, initial=initial)
        choices = [("", _("Not in the file")), *((header, header) for header in headers)]
        for field in fields:
            self.fields[f"{_PREFIX}{field.key}"] = forms.ChoiceField(
                label=str(field.label),
                choices=choices,
                required=False,
                help_text=str(field.hint),
                # The headers are the person's own words
                widget=forms.Select(attrs={"data-content": True}),
            )

    def given(self) -> dict[str, str]:
        """The chosen column of each field, "" for none; nothing where nothing was chosen yet."""
        if not self.is_bound or not self.is_valid():
            return {}
        return {name.removeprefix(_PREFIX): value for name, value in self.cleaned_data.items()}


class TakenAs(forms.MultipleChoiceField):
    """Spellings in a file that seem to mean something else: those that are ticked are taken so."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, proposed: Mapping[str, str], **options: Any) -> None:
        said = _("“%(name)s” is “%(wanted)s”")
        choices = [(name, said % {"name": name, "wanted": proposed[name]}) for name in proposed]
        super().__init__(required=False, choices=choices, initial=list(proposed), **options)
        self.proposed = proposed

    def clean(self, value: Any) -> dict[str, str]:
        """What is taken as what."""
        return {name: self.proposed[name] for name in super().clean(value)}


class NoOptions(forms.Form):
    """An import without options of its own."""
