"""Forms of a gemeente: look up one inhabitant, narrow the overview, ask for the file."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banenafspraak.access.bsn import Bsn, BsnError
from banenafspraak.register.populatie import Populatiefilter, Stand, Volgorde
from banenafspraak.register.populatiewoorden import DOELEN, DOELEN_BESTAND, DOELEN_INWONER, Bestandsvorm, Gemeentedoel
from banenafspraak.web.components.formulier import DateField, RadioSelect, Select, TextInput
from banenafspraak.web.components.registerwoorden import LABELS
from banenafspraak.wet.grondlabel import Grondlabel

DOELNAMEN = {
    Gemeentedoel.ONDERSTEUNING: _("Een inwoner helpen aan werk"),
    Gemeentedoel.LOONKOSTENSUBSIDIE: _("Loonkostensubsidie beoordelen"),
    Gemeentedoel.BESCHUT_WERK: _("Beschut werk beoordelen"),
    Gemeentedoel.MELDING_AAN_UWV: _("Een melding aan UWV voorbereiden"),
    Gemeentedoel.EIGEN_DOELGROEP: _("De eigen doelgroep in beeld brengen"),
}
VORMEN = {
    Bestandsvorm.ODS: _("ODS: opent in een rekenprogramma"),
    Bestandsvorm.CSV: _("CSV: voor uw eigen systeem"),
    Bestandsvorm.JSON: _("JSON: voor uw eigen systeem"),
}


def doelen(chosen: tuple[Gemeentedoel, ...]) -> list[tuple[str, str]]:
    """The purposes to choose from, each with the article of the task."""
    return [(doel.value, f"{DOELNAMEN[doel]} ({DOELEN[doel].artikel})") for doel in chosen]


class InwonerForm(forms.Form):
    """One inhabitant, and what for. Always sent with POST: a BSN never stands in an address."""

    use_required_attribute = False

    bsn = forms.CharField(
        label=_("Burgerservicenummer (BSN)"),
        help_text=_("Negen cijfers."),
        max_length=20,
        error_messages={"required": _("Vul een BSN in.")},
        widget=TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
    doel = forms.ChoiceField(
        label=_("Waarvoor hebt u dit nodig?"),
        help_text=_("Dit komt in het logboek. Uw inwoner kan het lezen."),
        error_messages={"required": _("Kies waarvoor u dit nodig hebt.")},
        widget=RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["doel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = doelen(DOELEN_INWONER)

    def clean_bsn(self) -> Bsn:
        """The number without the blanks and dots people type between."""
        text = "".join(sign for sign in self.cleaned_data["bsn"] if sign not in " .-\u00a0")
        try:
            return Bsn.parse(text)
        except BsnError:
            raise forms.ValidationError(
                _("Dit is geen geldig BSN. Een BSN heeft negen cijfers. Controleer het nummer."), code="invalid"
            ) from None


class PopulatieForm(forms.Form):
    """What the overview is narrowed to and ordered by; stands in the address, so without anything about a person."""

    use_required_attribute = False

    grond = forms.ChoiceField(label=_("Grond"), required=False, widget=Select)
    stand = forms.ChoiceField(
        label=_("Registratie"),
        required=False,
        choices=[
            (Stand.LOPEND.value, _("Loopt nu")),
            (Stand.GEEINDIGD.value, _("Is geëindigd")),
            (Stand.ALLE.value, _("Alle")),
        ],
        widget=Select,
    )
    sinds = DateField(label=_("Begonnen of geëindigd sinds"), required=False)
    volgorde = forms.ChoiceField(
        label=_("Volgorde"),
        required=False,
        choices=[
            (Volgorde.VANAF.value, _("Begin: nieuwste eerst")),
            (Volgorde.TOT.value, _("Einde: laatste eerst")),
            (Volgorde.GROND.value, _("Grond")),
        ],
        widget=Select,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["grond"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Alle gronden")), *((label.value, LABELS[label]) for label in Grondlabel)]

    def filters(self) -> Populatiefilter:
        """The choice as the register understands it; what is not filled in or not valid narrows nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        sinds = data.get("sinds")
        return Populatiefilter(
            label=Grondlabel(data["grond"]) if data.get("grond") else None,
            stand=Stand(data.get("stand") or Stand.LOPEND.value),
            sinds=sinds if isinstance(sinds, date) else None,
            volgorde=Volgorde(data.get("volgorde") or Volgorde.VANAF.value),
        )


class VerzoekForm(forms.Form):
    """Ask for the file: what for, and agreeing to the text above it."""

    use_required_attribute = False

    doel = forms.ChoiceField(
        label=_("Waarvoor hebt u het bestand nodig?"),
        error_messages={"required": _("Kies waarvoor u het bestand nodig hebt.")},
        widget=RadioSelect,
    )
    akkoord = forms.BooleanField(
        label=_("Wij houden ons aan deze afspraken"),
        error_messages={"required": _("Zonder deze afspraken kunnen wij het bestand niet geven.")},
    )
    versie = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["doel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = doelen(DOELEN_BESTAND)


class LeveringForm(forms.Form):
    """In which form to fetch the file."""

    use_required_attribute = False

    vorm = forms.ChoiceField(
        label=_("In welke vorm wilt u het bestand?"),
        error_messages={"required": _("Kies een vorm.")},
        choices=[(vorm.value, naam) for vorm, naam in VORMEN.items()],
        widget=RadioSelect,
    )
