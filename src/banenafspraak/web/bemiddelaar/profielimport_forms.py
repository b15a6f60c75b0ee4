"""Forms of taking in and giving out profiles: which file, which columns, which form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from banenafspraak.bemiddeling.profielbestand import Exportvorm
from banenafspraak.bemiddeling.profiellevering import Profielformaat, Profielveld
from banenafspraak.web.components.formulier import FileInput, Form, RadioSelect, Select
from banenafspraak.web.requests import ActorRequest

FORMATEN = {
    Profielformaat.SONAR: _("Sonar: het dashboard als Excel (.xlsx, 35 kolommen)"),
    Profielformaat.CSV: _("CSV: een tabel uit uw eigen systeem"),
    Profielformaat.VUM: _("VUM 3.0: JSON"),
    Profielformaat.UM: _("UM 0.8.7: JSON, de voorganger van VUM"),
}
VORMEN = {
    Exportvorm.ODS: _("ODS: opent in een rekenprogramma"),
    Exportvorm.CSV: _("CSV: voor uw eigen systeem"),
    Exportvorm.VUM: _("VUM 3.0 JSON: voor elk systeem dat VUM kent"),
    Exportvorm.AANVULLING: _("VUM JSON met dagen en soort werk erbij: voor een ander platform zoals dit"),
}
VELDNAMEN = {
    Profielveld.BSN: _("BSN"),
    Profielveld.BRONNUMMER: _("Uw eigen nummer van deze persoon"),
    Profielveld.TOESTEMMING: _("Toestemming (ja of nee)"),
    Profielveld.POSTCODE: _("Postcode"),
    Profielveld.REISAFSTAND: _("Reisafstand in kilometers"),
    Profielveld.REISTIJD: _("Reistijd in minuten"),
    Profielveld.VERVOER: _("Vervoer"),
    Profielveld.RIJBEWIJS: _("Rijbewijs"),
    Profielveld.UREN: _("Uren per week"),
    Profielveld.UREN_MINIMAAL: _("Uren per week: minstens"),
    Profielveld.DAGEN: _("Dagen"),
    Profielveld.BESCHIKBAAR: _("Beschikbaar (ja of nee)"),
    Profielveld.BESCHIKBAAR_VANAF: _("Beschikbaar vanaf"),
    Profielveld.CONTRACT: _("Soort contract"),
    Profielveld.OPLEIDINGSNIVEAU: _("Opleidingsniveau"),
    Profielveld.OPLEIDING: _("Naam van de opleiding"),
    Profielveld.BEROEP: _("Gewenst werk"),
    Profielveld.WERKVELD: _("Sector"),
    Profielveld.WERKERVARING: _("Werkervaring"),
    Profielveld.NEDERLANDS_MONDELING: _("Nederlands spreken"),
    Profielveld.NEDERLANDS_SCHRIFTELIJK: _("Nederlands schrijven"),
    Profielveld.BEGELEIDING: _("Begeleiding nodig (ja of nee)"),
    Profielveld.AANPASSING: _("Aanpassing nodig (ja of nee)"),
    Profielveld.PRESENTATIE: _("Tekst over de persoon"),
    Profielveld.NAAM: _("Naam"),
    Profielveld.EMAIL: _("E-mailadres"),
    Profielveld.TELEFOON: _("Telefoonnummer"),
}


class LeveringForm(Form):
    """The file, and what it is."""

    formaat = forms.ChoiceField(
        label=_("Wat voor bestand is het?"),
        choices=[(formaat.value, naam) for formaat, naam in FORMATEN.items()],
        error_messages={"required": _("Kies wat voor bestand het is.")},
        widget=RadioSelect,
    )
    bestand = forms.FileField(
        label=_("Het bestand"),
        help_text=_("Hoogstens 10 MB. U ziet eerst wat er zou veranderen."),
        error_messages={
            "required": _("Kies een bestand."),
            "empty": _("Dit bestand is leeg. Kies een ander bestand."),
        },
        widget=FileInput,
    )

    @classmethod
    def of(cls, request: ActorRequest) -> "LeveringForm":
        """The form as it was sent; says so when the file was too large to be read."""
        form = cls(request.POST, request.FILES)
        too_large = getattr(request, "too_large", None)
        if too_large is not None:
            form.errors.pop("bestand", None)
            form.add_error("bestand", too_large.message_dict["bestand"])
        return form

    @property
    def content(self) -> bytes:
        """The whole file; the upload handler let nothing through that is larger than 10 MB."""
        bestand = self.cleaned_data["bestand"]
        assert isinstance(bestand, UploadedFile)
        return bytes(bestand.read())


class KolommenForm(Form):
    """For each field the column that holds it."""

    def __init__(self, data: Any = None, *, koppen: Sequence[str], gekozen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        columns = [("", _("Staat er niet in")), *((kop, kop) for kop in koppen if kop)]
        for veld in Profielveld:
            chosen = gekozen.get(veld.value, "")
            self.fields[veld.value] = forms.ChoiceField(
                label=VELDNAMEN[veld],
                required=False,
                choices=columns,
                initial=chosen if chosen in koppen else "",
                error_messages={"invalid_choice": _("Kies een kolom uit de lijst.")},
                widget=Select,
            )


class ExportForm(Form):
    """In which form to fetch the profiles."""

    vorm = forms.ChoiceField(
        label=_("In welke vorm wilt u de profielen?"),
        choices=[(vorm.value, naam) for vorm, naam in VORMEN.items()],
        error_messages={"required": _("Kies een vorm.")},
        widget=RadioSelect,
    )
