from django import forms

from agenda.notes.actions import NoteWords
from agenda.notes.models import Note


class NoteForm(forms.ModelForm[Note]):
    """A note, whom one met, a lead or company: any of the three. Never saves."""

    class Meta:
        model = Note
        fields = ["text", "met", "company"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def words(self) -> NoteWords:
        return NoteWords(**self.cleaned_data)
