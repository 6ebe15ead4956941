from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from people.files.actions import FileUnwanted, check_file
from people.files.rules import Kind


class UploadField(forms.FileField):
    """A file of one of some kinds, whose hint says which and how large at most."""

    def __init__(self, kinds: Sequence[Kind], **options: Any) -> None:
        endings = [f".{kind.ending}" for kind in kinds]
        most = max(kind.max_bytes for kind in kinds)
        said = {"endings": ", ".join(endings), "most": filesizeformat(most)}
        options.setdefault("help_text", _("%(endings)s, %(most)s at most.") % said)
        attrs = {
            "accept": ",".join(endings),
            "data-most-bytes": most,
            "data-too-large": _("This is larger than %(most)s. Choose a smaller file.") % said,
        }
        options.setdefault("widget", forms.FileInput(attrs=attrs))
        super().__init__(max_length=255, **options)
        self.kinds = kinds

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, File) and file is not initial:
            try:
                check_file(file, self.kinds)
            except FileUnwanted as unwanted:
                raise forms.ValidationError(str(unwanted)) from unwanted
        return file
