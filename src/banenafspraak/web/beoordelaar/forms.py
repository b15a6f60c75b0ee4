"""What an assessor fills in besides the answers to the law's questions."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banenafspraak.register.aanvragen import Aanvraagsoort
from banenafspraak.web.aanvragen import kind_name
from banenafspraak.web.components.formulier import DateField, Form, RadioSelect, Select, Textarea

_REQUIRED = _("Vul dit in.")
_CHOOSE = _("Kies een van de antwoorden.")
_JA_NEE = (("ja", _("Ja")), ("nee", _("Nee")))


class WorklistForm(Form):
    """Which cases to show; sent with GET, so the choice stands in the address."""

    soort = forms.ChoiceField(label=_("Soort"), required=False, widget=Select)
    van = forms.ChoiceField(
        label=_("Van wie?"),
        required=False,
        choices=(("", _("Van iedereen")), ("mij", _("Van mij")), ("niemand", _("Nog niet opgepakt"))),
        widget=Select,
    )
    tijd = forms.ChoiceField(
        label=_("Tijd"),
        required=False,
        choices=(("", _("Alles")), ("te-laat", _("Te laat")), ("week", _("Binnen 7 dagen"))),
        widget=Select,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        soort = self.fields["soort"]
        assert isinstance(soort, forms.ChoiceField)
        soort.choices = [("", _("Alle soorten")), *((kind.value, kind_name(kind)) for kind in Aanvraagsoort)]


class RequestForm(Form):
    """What the applicant must still send."""

    vraag = forms.CharField(
        label=_("Wat hebt u nodig van de aanvrager?"),
        help_text=_("Dit komt letterlijk in de brief. Schrijf korte zinnen. Bij een gemeente: vraag niets medisch."),
        max_length=3900,
        widget=Textarea(),
        error_messages={"required": _REQUIRED},
    )


class ExtendForm(Form):
    """Until when the decision is put off, and why."""

    tot_en_met = DateField(label=_("Nieuwe laatste dag"), error_messages={"required": _REQUIRED})
    reden = forms.CharField(
        label=_("Waarom duurt het langer?"),
        help_text=_("Dit komt letterlijk in de brief aan de aanvrager."),
        max_length=1000,
        widget=Textarea({"rows": 4}),
        error_messages={"required": _REQUIRED},
    )


class EmployerForm(Form):
    """What the employer thinks of it that somebody leaves the register."""

    gehoord_op = DateField(label=_("Wanneer sprak u de werkgever?"), error_messages={"required": _REQUIRED})
    heeft_bezwaar = forms.TypedChoiceField(
        label=_("Heeft de werkgever bezwaar?"),
        choices=_JA_NEE,
        coerce=lambda code: code == "ja",
        widget=RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    mening = forms.CharField(
        label=_("Wat vindt de werkgever ervan? (mag leeg blijven)"), required=False, max_length=3900, widget=Textarea()
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_gehoord_op(self) -> date:
        """A day that has been."""
        day: date = self.cleaned_data["gehoord_op"]
        if day > self._today:
            raise forms.ValidationError(_("Deze dag moet nog komen. Vul de dag van het gesprek in."))
        return day


class BezwaarForm(Form):
    """On which day an objection came in."""

    op = DateField(label=_("Dag waarop het bezwaar binnenkwam"), error_messages={"required": _REQUIRED})
