from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.rooms.models import Room


class RoomForm(forms.ModelForm[Room]):
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=100_000)

    class Meta:
        model = Room
        fields = ["name", "place", "capacity", "is_outdoors", "position", "notes"]
