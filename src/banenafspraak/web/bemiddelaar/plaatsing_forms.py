"""Forms of a bemiddelaar around placements: narrow the list, what was agreed, longer, and over."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from banenafspraak.bemiddeling.contactwoorden import Contactuitkomst
from banenafspraak.bemiddeling.loonafstemming import Verschil
from banenafspraak.bemiddeling.plaatsingen import Bedrijf, Inhoud
from banenafspraak.bemiddeling.plaatsingwoorden import Eindreden, Plaatsingsector, Plaatsingsoort
from banenafspraak.web.components.formulier import (
    DateField,
    Form,
    NumberInput,
    RadioSelect,
    Select,
    TextInput,
)
from banenafspraak.web.contactwoorden import UITKOMSTEN
from banenafspraak.web.plaatsingwoorden import EINDREDENEN, ROUTES, SECTOREN, SOORTEN
from banenafspraak.wet.instrumenten.proefplaatsing import Loket


class PlaatsingenForm(Form):
    """Which placements to show; stands in the address."""

    stand = forms.ChoiceField(
        label=_("Welke plaatsingen"),
        choices=[
            ("", _("Die aandacht vragen")),
            ("lopend", _("Die lopen")),
            ("voorgenomen", _("Die zijn afgesproken")),
            ("klaar", _("Die voorbij zijn")),
            ("alle", _("Alle")),
        ],
        required=False,
        widget=Select,
    )
    soort = forms.ChoiceField(
        label=_("Soort werk"),
        choices=[("", _("Alle soorten")), *((s.value, SOORTEN[s]) for s in Plaatsingsoort)],
        required=False,
        widget=Select,
    )


class VerschilForm(Form):
    """Which difference between placements and wages to show; stands in the address."""

    verschil = forms.ChoiceField(
        label=_("Wat klopt er niet?"),
        choices=[
            (Verschil.GEEN_LOON.value, _("Wel een plaatsing, geen loon")),
            (Verschil.GEEN_PLAATSING.value, _("Wel loon, geen plaatsing")),
            (Verschil.NUMMER_ONBEKEND.value, _("Wel loon, maar niet zeker van deze werkgever")),
        ],
        required=False,
        widget=Select,
    )


class PlaatsingForm(Form):
    """What was agreed. `sleutel` makes a second press the same placement."""

    soort = forms.ChoiceField(
        label=_("Wat voor werk is het?"),
        choices=[(s.value, SOORTEN[s]) for s in Plaatsingsoort],
        error_messages={"required": _("Kies wat voor werk het is.")},
        widget=RadioSelect,
    )
    werkgever_kvk = forms.CharField(
        label=_("KvK-nummer van de werkgever"),
        help_text=_("De werkgever met wie het contract is. Acht cijfers."),
        max_length=20,
        error_messages={"required": _("Vul het KvK-nummer in.")},
        widget=TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    werkgever_naam = forms.CharField(
        label=_("Naam van de werkgever"),
        max_length=200,
        error_messages={"required": _("Vul de naam in.")},
        widget=TextInput({"autocomplete": "off"}),
    )
    inlener_kvk = forms.CharField(
        label=_("KvK-nummer van het bedrijf waar de persoon werkt"),
        help_text=_("Alleen bij uitzendwerk, detachering of beschut werk bij een ander bedrijf."),
        max_length=20,
        required=False,
        widget=TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    inlener_naam = forms.CharField(
        label=_("Naam van dat bedrijf"), max_length=200, required=False, widget=TextInput({"autocomplete": "off"})
    )
    sector = forms.ChoiceField(
        label=_("In welke sector werkt de persoon?"),
        help_text=_("De sector van het bedrijf waar de persoon echt werkt. Daar telt de baan."),
        choices=[(s.value, SECTOREN[s]) for s in Plaatsingsector],
        error_messages={"required": _("Kies een sector.")},
        initial=Plaatsingsector.ONBEKEND.value,
        widget=RadioSelect,
    )
    uren_per_week = forms.DecimalField(
        label=_("Uren per week"),
        help_text=_("Bijvoorbeeld: 24 of 25,5"),
        max_digits=4,
        decimal_places=1,
        min_value=Decimal("0.5"),
        max_value=60,
        localize=False,
        error_messages={
            "required": _("Vul de uren per week in."),
            "invalid": _("Vul een getal in, zoals 24 of 25,5."),
            "min_value": _("Vul meer dan 0 en hoogstens 60 uur per week in."),
            "max_value": _("Vul meer dan 0 en hoogstens 60 uur per week in."),
            "max_decimal_places": _("Gebruik hoogstens een cijfer achter de komma."),
        },
        widget=NumberInput,
    )
    begint_op = DateField(label=_("Eerste dag"), error_messages={"required": _("Vul de eerste dag in.")})
    eindigt_op = DateField(
        label=_("Laatste dag"), help_text=_("Laat dit leeg als er geen einddatum is."), required=False
    )
    route = forms.ChoiceField(
        label=_("Bij een proefplaatsing: wie staat haar toe?"),
        choices=[("", _("Geen proefplaatsing")), *((r.value, ROUTES[r]) for r in Loket)],
        required=False,
        widget=Select,
    )
    verlengd = forms.BooleanField(
        label=_("De proefplaatsing is verlengd, of UWV vond meer dan twee maanden nodig"), required=False
    )
    onderbroken_dagen = forms.IntegerField(
        label=_("Bij een proefplaatsing: dagen die niet meetellen"),
        help_text=_("Zonder reden. Zo veel later mag de proefplaatsing stoppen."),
        min_value=0,
        max_value=366,
        required=False,
        widget=NumberInput({"inputmode": "numeric"}),
    )
    met_loonheffing = forms.BooleanField(
        label=_("Bij een werkervaringsplaats: er is een vergoeding met loonheffing"), required=False
    )
    sleutel = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, begun: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if begun:  # what has begun stays the same work at the same employer
            for name in ("soort", "werkgever_kvk", "inlener_kvk", "inlener_naam", "begint_op", "route"):
                self.fields[name].disabled = True

    def clean_uren_per_week(self) -> Decimal:
        """The hours, as the law counts with them."""
        return Decimal(self.cleaned_data["uren_per_week"])

    def inhoud(self) -> Inhoud:
        """What was agreed, once the form is valid."""
        data = self.cleaned_data
        inlener = Bedrijf(data["inlener_kvk"].replace(" ", ""), data["inlener_naam"])
        return Inhoud(
            soort=Plaatsingsoort(data["soort"]),
            uren_per_week=data["uren_per_week"],
            begint_op=data["begint_op"],
            eindigt_op=data["eindigt_op"],
            werkgever=Bedrijf(data["werkgever_kvk"].replace(" ", ""), data["werkgever_naam"]),
            inlener=inlener if inlener.kvk or inlener.naam else None,
            sector=Plaatsingsector(data["sector"]),
            route=Loket(data["route"]) if data["route"] else None,
            verlengd=data["verlengd"],
            onderbroken_dagen=data["onderbroken_dagen"] or 0,
            met_loonheffing=data["met_loonheffing"],
        )


def initial_of(inhoud: Inhoud) -> dict[str, Any]:
    """What was agreed, as the form shows it."""
    return {
        "soort": inhoud.soort.value,
        "werkgever_kvk": inhoud.werkgever.kvk,
        "werkgever_naam": inhoud.werkgever.naam,
        "inlener_kvk": inhoud.inlener.kvk if inhoud.inlener else "",
        "inlener_naam": inhoud.inlener.naam if inhoud.inlener else "",
        "sector": inhoud.sector.value,
        "uren_per_week": f"{inhoud.uren_per_week.normalize():f}".replace(".", ","),
        "begint_op": inhoud.begint_op,
        "eindigt_op": inhoud.eindigt_op,
        "route": inhoud.route.value if inhoud.route else "",
        "verlengd": inhoud.verlengd,
        "onderbroken_dagen": inhoud.onderbroken_dagen or None,
        "met_loonheffing": inhoud.met_loonheffing,
    }


class VerlengForm(Form):
    """A later last day, or none any more."""

    eindigt_op = DateField(
        label=_("Nieuwe laatste dag"), help_text=_("Laat dit leeg als er geen einddatum meer is."), required=False
    )


class EindForm(Form):
    """That the work stopped."""

    laatste_dag = DateField(label=_("Laatste dag"), error_messages={"required": _("Vul de laatste dag in.")})
    reden = forms.ChoiceField(
        label=_("Waarom stopte het?"),
        help_text=_("Schrijf niets op over ziekte of gezondheid."),
        choices=[
            ("", _("Kies een reden")),
            *((r.value, EINDREDENEN[r]) for r in Eindreden if r is not Eindreden.OVERGEGAAN),
        ],
        error_messages={"required": _("Kies waarom het stopte.")},
        widget=Select,
    )


class UitkomstForm(Form):
    """What the employer said came of it."""

    uitkomst = forms.ChoiceField(
        label=_("Wat zei de werkgever?"),
        choices=[("", _("Kies")), *((u.value, UITKOMSTEN[u]) for u in Contactuitkomst)],
        error_messages={"required": _("Kies wat ervan is gekomen.")},
        widget=Select,
    )
