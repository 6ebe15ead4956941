from django import forms
from django.utils.translation import gettext_lazy as _

from people.org.models import Region


class RegionForm(forms.Form):
    """A region's name."""

    name = forms.CharField(label=_("Name"), max_length=80)


class TeamForm(forms.Form):
    """A team's name, and the region it belongs to."""

    name = forms.CharField(label=_("Name"), max_length=120)
    region = forms.ModelChoiceField(
        Region.objects.all(),
        label=_("Region"),
        required=False,
        empty_label=_("No region"),
        help_text=_("Empty for teams that serve all regions, such as enablement."),
    )
