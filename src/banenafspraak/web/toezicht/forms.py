"""The form with which a supervisor decides on an objection."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BesluitForm(forms.Form):
    """Grant or reject, and why."""

    besluit = forms.ChoiceField(
        label=_("Besluit"),
        choices=[("grant", _("Toewijzen: de blokkade vervalt")), ("reject", _("Afwijzen: de blokkade blijft"))],
        widget=forms.Select(attrs={"class": "utrecht-select utrecht-select--html-select"}),
    )
    motivering = forms.CharField(
        label=_("Motivering"),
        help_text=_("De werkgever leest dit. Noem geen namen en geen BSN."),
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "utrecht-textbox utrecht-textbox--html-input", "rows": 6}),
    )
