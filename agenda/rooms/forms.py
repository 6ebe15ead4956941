from django import forms

from agenda.rooms.models import Room


class RoomForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Room
        fields = ["name", "place", "capacity", "position", "notes"]
