"""The form with which a supervisor decides on an objection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from banenafspraak.web.components.formulier import Form, RadioSelect, Textarea


class BesluitForm(Form):
    """Grant or reject, and why."""

    besluit = forms.ChoiceField(
        label=_("Besluit"),
        choices=[("grant", _("Toewijzen: de blokkade vervalt")), ("reject", _("Afwijzen: de blokkade blijft"))],
        widget=RadioSelect,
        error_messages={"required": _("Kies een besluit.")},
    )
    motivering = forms.CharField(
        label=_("Motivering"),
        help_text=_("De werkgever leest dit. Noem geen namen en geen BSN."),
        max_length=2000,
        error_messages={"required": _("Schrijf op waarom.")},
        widget=Textarea,
    )
